"""The cash never to go below, asked for beside the accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from backstop.desktop.forms.lines import AmountControl
from backstop.desktop.look.theme import Space
from backstop.desktop.widgets.text import plain_label
from backstop.domain import BadInput
from backstop.services.commands import change_facts

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context


class Minimum(QWidget):
    """One amount and why it is asked for; in the book as soon as it is left."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.label, self.hint = plain_label(), plain_label("small", wrap=True)
        self.control = AmountControl(blank=0)
        self.control.setMaximumWidth(160)
        self.label.setBuddy(self.control.target)
        self.problem = plain_label("danger", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(Space.SMALL)
        row.addWidget(self.label)
        row.addWidget(self.control)
        row.addWidget(self.hint, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, Space.LARGE, 0, 0)
        column.addLayout(row)
        column.addWidget(self.problem)
        self.control.left.connect(self.keep)
        self.control.escaped.connect(self.show_book)

    def show_book(self) -> None:
        """Show what the book says."""
        words, book = self._context.words, self._context.book
        self.control.speak(words, book)
        self.control.show_value(book.minimum_cash)
        self.label.setText(words.field("minimum_cash"))
        self.control.target.setAccessibleName(words.field("minimum_cash"))
        self.hint.setText(words.say("What you never want to go below, for what nobody foresees."))
        self.problem.hide()

    def keep(self) -> bool:
        """Put it into the book; whether it could be read."""
        try:
            wanted = self.control.value()
            change = change_facts(self._context.book, minimum_cash=wanted)
        except BadInput as bad:
            self.problem.setText(f"■ {self._context.words.tell(bad.message)}")
            self.problem.show()
            return False
        if not change.changes_nothing:
            self._context.apply(change)
        self.show_book()
        return True
