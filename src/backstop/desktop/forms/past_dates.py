"""The dates of a series that are taken as settled, each of which can be marked as still open; and
what is said of dates that the rule does not have.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from backstop.desktop.look.theme import Space
from backstop.desktop.widgets.flow import FlowLayout
from backstop.desktop.widgets.text import as_typed, plain_label, set_role, tool_button
from backstop.domain import CashFlow, Direction, PlannedDraw, Record, Recurring, StillOpen
from backstop.projection import calendar_of, taken_as_paid
from backstop.projection.amounts import due_at_first
from backstop.projection.exceptions import strays

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context

MOST_SHOWN = 3
_TAKEN = {
    Direction.PAYMENT: "Taken as paid, because it lies before {day}. Click one that is still open.",
    Direction.RECEIPT: (
        "Taken as received, because it lies before {day}. Click one that is still open."
    ),
}
_DRAWN = "Taken as drawn, because it lies before {day}. Click one that is still open."

Mark = Callable[[StillOpen], None]


class PastDates(QWidget):
    """`mark` is told which one is still open."""

    def __init__(self, context: Context, mark: Mark) -> None:
        super().__init__()
        self._context, self._mark = context, mark
        self._found: list[StillOpen] = []
        self.stated = plain_label("small", wrap=True)
        self.buttons = [self._button(number) for number in range(MOST_SHOWN)]
        self.strays = plain_label("careful", wrap=True)
        place = QWidget()
        row = FlowLayout(place, Space.MEDIUM, 0)
        for each in self.buttons:
            row.addWidget(each)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.TINY)
        for label in (self.stated, self.strays):
            label.hide()
        column.addWidget(self.stated)
        column.addWidget(place)
        column.addWidget(self.strays)

    def _button(self, number: int) -> QToolButton:
        made = tool_button()
        set_role(made, "day")
        made.clicked.connect(lambda: self._mark(self._found[number]))
        made.hide()
        return made

    def show_record(self, record: Record | None, rule: Recurring) -> None:
        """State what is taken as settled of a record, newest first, as far as it is one yet."""
        book, words = self._context.book, self._context.words
        days = []
        self._found = []
        if isinstance(record, CashFlow | PlannedDraw):
            found = taken_as_paid(record, book.as_of, calendar_of(book))[:MOST_SHOWN]
            days = [each.day for each in found]
            self._found = [
                StillOpen(rule_date=each.rule_date, left=due_at_first(record, each.rule_date))
                for each in found
            ]
            said = _TAKEN[record.direction] if isinstance(record, CashFlow) else _DRAWN
            self.stated.setText(words.say(said, day=book.as_of))
        self.stated.setVisible(bool(days))
        tip = words.say("Mark it as still open")
        for number, button in enumerate(self.buttons):
            button.setVisible(number < len(days))
            button.setText(as_typed(words.day(days[number])) if number < len(days) else "")
            button.setToolTip(tip)
            button.setAccessibleName(f"{tip}: {button.text()}")
            button.setEnabled(self._context.may_edit)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._show_strays(rule)

    def _show_strays(self, rule: Recurring) -> None:
        words, found = self._context.words, strays(rule)
        self.strays.setVisible(bool(found))
        if found:
            days = words.listing([words.day(each) for each in found])
            text = "Said of dates that this rule does not have: {days}. Take it back or change it."
            self.strays.setText(words.say(text, days=days))
