"""What was done when the book was brought to today: the way back, and the plan for a line cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from backstop.desktop.cash_flow.since_sentences import (
    done_sentence,
    lost_lines,
    lost_sentence,
    undone_plans,
    undone_sentence,
)
from backstop.desktop.look.icons import icon
from backstop.desktop.look.theme import Space
from backstop.desktop.widgets.text import as_typed, button, plain_label, tool_button

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context
    from backstop.services.commands import Change
    from backstop.services.settling import InWork


class SinceDone(QFrame):
    """Shown after a settling until the book changes again or it is closed."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._done: tuple[InWork, Change] | None = None
        self.setProperty("role", "notice")
        self.text, self.lost = plain_label(wrap=True), plain_label("careful", wrap=True)
        self.undo, self.plan = button("quiet"), button("quiet")
        self.close_button = tool_button()
        grid = QGridLayout(self)
        grid.setContentsMargins(Space.LARGE, Space.TINY, Space.SMALL, Space.TINY)
        grid.setColumnStretch(0, 1)
        rows: tuple[tuple[QWidget, ...], ...] = (
            (self.text, self.undo, self.close_button),
            (self.lost, self.plan),
        )
        for number, row in enumerate(rows):
            for column, each in enumerate(row):
                grid.addWidget(each, number, column)
        self.undo.clicked.connect(context.undo)
        self.plan.clicked.connect(self._show_plan)
        self.close_button.clicked.connect(self.forget)
        context.book_changed.connect(self.forget)
        context.theme_changed.connect(self.restyle)
        self.restyle()
        self.hide()

    def show_done(self, work: InWork, change: Change) -> None:
        """Say what was done; call after the change was applied."""
        self._done = work, change
        self.speak()
        self.show()

    def forget(self, _: object = None) -> None:
        """Say nothing any more."""
        self._done = None
        self.hide()

    def _show_plan(self) -> None:
        if self._done is None:
            return
        lost, undone = lost_lines(self._done[0]), undone_plans(self._done[0])
        self._context.show_page("plan", undone[0].contingency if undone else lost[0].id)

    def speak(self) -> None:
        """Say it in the words of the context."""
        words = self._context.words
        close = words.say("Close this message")
        self.undo.setText(as_typed(words.say("Undo")))
        self.plan.setText(as_typed(words.say("See the plan")))
        self.close_button.setToolTip(close)
        self.close_button.setAccessibleName(close)
        if self._done is None:
            return
        work, change = self._done
        lost, undone = lost_lines(work), undone_plans(work)
        self.text.setText(done_sentence(work, change, words))
        said = [lost_sentence(lost, words)] if lost else []
        said += [undone_sentence(undone, words)] if undone else []
        self.lost.setText(words.joined(said))
        self.lost.setVisible(bool(said))
        self.plan.setVisible(bool(said))
        self.setAccessibleName(self.text.text())

    def restyle(self) -> None:
        self.close_button.setIcon(icon("close", self._context.theme.muted))
