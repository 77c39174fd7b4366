"""Planned and actual: what was settled so far, by item and by month."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from backstop.desktop.cash_flow.ledger_rows import item_columns, month_columns
from backstop.desktop.forms.records_page import card_around
from backstop.desktop.forms.segments import Segments
from backstop.desktop.look.theme import Space
from backstop.desktop.state.aside import Aside
from backstop.desktop.tables import RowsView
from backstop.desktop.widgets.text import plain_label
from backstop.services.ledger import MonthTotal, by_item, by_month

if TYPE_CHECKING:
    from collections.abc import Callable

    from backstop.desktop.state.context import Context
    from backstop.desktop.state.tasks import Cancelled
    from backstop.services.taken_back import Ledger

ITEMS, MONTHS = "items", "months"
PARTS = ((ITEMS, "By item"), (MONTHS, "By month"))


class LedgerView(QWidget):
    """Two tables of one ledger, which is read when it is first looked at. `shown()` is called when
    it is there."""

    def __init__(self, context: Context, shown: Callable[[], None]) -> None:
        super().__init__()
        self._context, self._shown = context, shown
        self._ledger: Ledger = ()
        self._months: list[MonthTotal] = []
        self._reading: Aside[Ledger] = Aside(context.tasks, self._take)
        self.parts = Segments(context, "Show", PARTS)
        self.items = RowsView(context, item_columns(context), lambda row: (row.record, row.kind))
        self.months = RowsView(context, month_columns(context), lambda row: row.month)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.items)
        self._stack.addWidget(self.months)
        self.nothing = plain_label("muted", wrap=True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.nothing.setMargin(Space.MEDIUM)
        self._stack.addWidget(self.nothing)
        self.parts.chosen.connect(lambda _: self._show_part())
        tools = QHBoxLayout()
        tools.addWidget(self.parts)
        tools.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.SMALL)
        column.addLayout(tools)
        column.addWidget(card_around(self._stack), 1)

    def show_book(self) -> None:
        """Show what was settled in the open book; read in the background."""
        session = self._context.session
        if session is None:
            return

        def read(cancelled: Cancelled) -> Ledger:
            return session.ledger()

        self._reading.ask(session.book, read)

    def _take(self, ledger: Ledger) -> None:
        self._ledger, self._months = ledger, by_month(ledger)
        self.items.set_rows(by_item(ledger))
        self.months.set_rows(self._months)
        self.speak()
        self._shown()

    @property
    def said(self) -> tuple[str, str]:
        """The answer of the page while this is shown, and what it adds."""
        words, months = self._context.words, self._months
        if not months:
            return words.say("Nothing is settled yet."), ""
        came, planned = (
            self._context.round_money(sum(getattr(each, name) for each in months))
            for name in ("actual_in", "planned_in")
        )
        went, due = (
            self._context.round_money(sum(getattr(each, name) for each in months))
            for name in ("actual_out", "planned_out")
        )
        said = words.say(
            "Since {month}, {came} came in of {planned} planned, and {went} went out of {due}.",
            month=words.month(months[-1].month),
            came=came,
            planned=planned,
            went=went,
            due=due,
        )
        return said, self._difference()

    def _difference(self) -> str:
        words, months = self._context.words, self._months
        difference = sum(each.difference for each in months)
        if difference == 0:
            return words.say("Cash is where the plan said.")
        amount = self._context.round_money(abs(difference))
        if difference < 0:
            return words.say("Cash is {amount} lower than planned.", amount=amount)
        return words.say("Cash is {amount} higher than planned.", amount=amount)

    def speak(self) -> None:
        """Say everything in the words of the context."""
        say = self._context.words.say
        self.parts.speak()
        self.items.setAccessibleName(say("Planned and actual, by item"))
        self.months.setAccessibleName(say("Planned and actual, by month"))
        self.nothing.setText(
            say(
                "Here stands what was planned and what came of it, once the book has been brought "
                "to a later day."
            )
        )
        self._show_part()

    def _show_part(self) -> None:
        by_month = self.months if self.parts.value == MONTHS else self.items
        self._stack.setCurrentWidget(by_month if self._ledger else self.nothing)
