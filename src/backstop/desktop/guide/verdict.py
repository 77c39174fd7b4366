"""The verdict that grows beside what is typed in the guided start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QVBoxLayout

from backstop.desktop.look.theme import Space
from backstop.desktop.widgets.text import as_tip, plain_label, set_role
from backstop.plan import Severity
from backstop.telling import Narrator
from backstop.telling.meanings import secure_meaning
from backstop.telling.sentences import MARKS, severity_word, verdict

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context

_ROLES = {Severity.FINE: "fine", Severity.CAREFUL: "careful", Severity.DANGER: "danger"}


class GrowingVerdict(QFrame):
    """What the book says so far, in the words of the Overview."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._context = context
        self.title, self.mark = plain_label("section"), plain_label(wrap=True)
        self.headline, self.detail = plain_label("emphasis", wrap=True), plain_label(wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.LARGE, Space.MEDIUM, Space.LARGE, Space.MEDIUM)
        column.setSpacing(Space.SMALL)
        for each in (self.title, self.headline, self.mark, self.detail):
            column.addWidget(each)
        column.addStretch(1)
        context.answers_changed.connect(self.show_answers)
        self.show_answers()

    def set_brief(self, brief: bool) -> None:
        """Say the sentence alone, where the rows need the room."""
        self.title.setVisible(not brief)
        self.detail.setVisible(not brief)

    def show_answers(self, _: object = None) -> None:
        """Say the newest verdict; that of an older state stays until the next is there."""
        words, answers = self._context.words, self._context.answers
        self.title.setText(words.say("So far"))
        if answers is None:
            return
        said = verdict(answers, Narrator(answers.book, words))
        self.headline.setText(said.headline)
        self.detail.setText(said.detail)
        lines = answers.book.facilities
        secure = self._context.secure_count(answers)
        if secure and not lines:  # that there is no line yet is known
            secure = severity_word(said.severity, words)
        self.mark.setText(f"{MARKS[said.severity]} {secure}")
        self.mark.setVisible(bool(secure))
        self.mark.setToolTip(as_tip(secure_meaning(words)) if lines else "")
        set_role(self.mark, _ROLES[said.severity])
