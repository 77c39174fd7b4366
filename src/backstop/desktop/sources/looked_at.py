"""Asked of a line that nobody has looked at: whether its limit was seen today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from backstop.desktop.look.theme import Space
from backstop.desktop.widgets.text import as_typed, button, plain_label
from backstop.services import clock
from backstop.services.commands import verify

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context
    from backstop.domain import Facility


class LookedAt(QWidget):
    """A plain yes or no; yes is one change of the book, no is not asked again of this line."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._facility: Facility | None = None
        self._declined: set[str] = set()
        self.question = plain_label(wrap=True)
        self.yes, self.no = button(), button("quiet")
        answers = QHBoxLayout()
        answers.setSpacing(Space.SMALL)
        answers.addWidget(self.yes)
        answers.addWidget(self.no)
        answers.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.SMALL)
        column.addWidget(self.question)
        column.addLayout(answers)
        self.yes.clicked.connect(self._verify)
        self.no.clicked.connect(self._decline)

    def show_facility(self, facility: Facility) -> None:
        """Ask of this line, where there is something to ask."""
        self._facility, say = facility, self._context.words.say
        self.question.setText(say("Looked at today? No plan counts on a line never looked at."))
        self.yes.setText(as_typed(say("Yes, today")))
        self.no.setText(as_typed(say("No, not yet")))
        asked = facility.last_verified is None and facility.id not in self._declined
        self.setVisible(asked and self._context.may_edit)

    def _verify(self) -> None:
        assert self._facility is not None
        book = self._context.book
        self._context.apply(verify(book, [self._facility], clock.today_of(book)))

    def _decline(self) -> None:
        assert self._facility is not None
        self._declined.add(self._facility.id)
        self.hide()
