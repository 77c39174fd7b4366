"""Planned and actual: what was settled so far, by item and by month."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from backstop.desktop.cash_flow.ledger_rows import (
    item_columns,
    month_columns,
    unexplained_columns,
)
from backstop.desktop.cash_flow.since_other_dialog import OtherDialog
from backstop.desktop.forms.records_page import card_around
from backstop.desktop.forms.segments import Segments
from backstop.desktop.look.theme import Space
from backstop.desktop.state.aside import Aside
from backstop.desktop.tables import RowsView
from backstop.desktop.widgets.dialog_lifetimes import ends_with_state
from backstop.desktop.widgets.text import as_typed, button, plain_label
from backstop.services.explaining import explaining, unexplained
from backstop.services.ledger import MonthTotal, by_item, by_month
from backstop.services.usual_amounts import UsualAmount, as_usual, usual_amounts

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from backstop.desktop.state.context import Context
    from backstop.desktop.state.tasks import Cancelled
    from backstop.domain import Settled
    from backstop.services.taken_back import Ledger
    from backstop.settling import Extra

ITEMS, MONTHS, OPEN = "items", "months", "open"
PARTS = ((ITEMS, "By item"), (MONTHS, "By month"), (OPEN, "Unexplained"))


class LedgerView(QWidget):
    """Three tables of one ledger, which is read when it is first looked at: by item, by month, and
    what nobody has explained yet. `shown()` is called when it is there."""

    def __init__(self, context: Context, shown: Callable[[], None]) -> None:
        super().__init__()
        self._context, self._shown = context, shown
        self._ledger: Ledger = ()
        self._months: list[MonthTotal] = []
        self._usual: list[UsualAmount] = []
        self._reading: Aside[Ledger] = Aside(context.tasks, self._take)
        self.parts = Segments(context, "Show", PARTS)
        self.items = RowsView(context, item_columns(context), lambda row: (row.record, row.kind))
        self.months = RowsView(context, month_columns(context), lambda row: row.month)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.items)
        self._stack.addWidget(self.months)
        self.open = RowsView(context, unexplained_columns(context), _told_of)
        self._stack.addWidget(self.open)
        self.explain = button()
        self.explain.clicked.connect(self.ask)
        self.open.row_chosen.connect(lambda _: self._show_part())
        self.open.row_opened.connect(lambda _: self.ask())
        self.advice, self.take_over = plain_label("careful", wrap=True), button()
        self.take_over.clicked.connect(self._plan_as_usual)
        self.items.row_chosen.connect(lambda _: self._show_advice())
        self.nothing = plain_label("muted", wrap=True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.nothing.setMargin(Space.MEDIUM)
        self._stack.addWidget(self.nothing)
        self.parts.chosen.connect(lambda _: self._show_part())
        tools = QHBoxLayout()
        tools.addWidget(self.parts)
        tools.addStretch(1)
        tools.addWidget(self.explain)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.SMALL)
        column.addLayout(tools)
        said = QHBoxLayout()
        said.addWidget(self.advice, 1)
        said.addWidget(self.take_over)
        column.addLayout(said)
        column.addWidget(card_around(self._stack), 1)

    def show_book(self) -> None:
        """Show what was settled in the open book; read in the background."""
        session = self._context.session
        if session is None:
            return

        def read(cancelled: Cancelled) -> Ledger:
            return session.ledger()

        self._reading.ask((session.book, session.changes), read)

    def _take(self, ledger: Ledger) -> None:
        self._ledger, self._months = ledger, by_month(ledger)
        self._usual = usual_amounts(self._context.book, ledger)
        self.items.set_rows(by_item(ledger))
        self.months.set_rows(self._months)
        self.open.set_rows(unexplained(ledger))
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
        self.open.setAccessibleName(say("Unexplained differences"))
        self.explain.setText(as_typed(say("Explain…")))
        self.nothing.setText(
            say(
                "Here stands what was planned and what came of it, once the book has been brought "
                "to a later day."
            )
        )
        self._show_part()

    def _show_part(self) -> None:
        tables = {MONTHS: self.months, OPEN: self.open}
        table = tables.get(self.parts.value, self.items)
        self._stack.setCurrentWidget(table if self._ledger else self.nothing)
        self._show_advice()
        self.explain.setVisible(table is self.open)
        chosen = self.open.current() is not None
        self.explain.setEnabled(chosen and self._context.may_edit)

    def _advised(self) -> UsualAmount | None:
        """What is said of the chosen item, or else of the one that is most off."""
        if self.parts.value != ITEMS or not self._usual:
            return None
        row = self.items.current()
        chosen = (each for each in self._usual if row is not None and each.flow.id == row.record)
        return next(chosen, self._usual[0])

    def _show_advice(self) -> None:
        """What is planned of an item that usually comes to another amount."""
        usual, words, money = self._advised(), self._context.words, self._context.round_money
        self.advice.setVisible(usual is not None)
        self.take_over.setVisible(usual is not None)
        if usual is None:
            return
        self.advice.setText(
            words.say(
                "You plan {planned} for “{name}”; the last six were {average} on average. "
                "Change it?",
                planned=money(usual.flow.amount),
                name=usual.flow.name,
                average=money(usual.average),
            )
        )
        exact = self._context.money(usual.average)
        self.take_over.setText(as_typed(words.say("Plan {amount}", amount=exact)))
        self.take_over.setEnabled(self._context.may_edit)

    def _plan_as_usual(self) -> None:
        usual = self._advised()
        if usual is not None and self._context.apply(as_usual(self._context.book, usual)):
            self.show_book()

    def ask(self) -> None:
        """Ask what the chosen difference was; one change takes all of it back."""
        row, book = self.open.current(), self._context.book
        if row is None or not self._context.may_edit:
            return

        def take(what: Extra, recurs: bool) -> None:
            self._context.apply(explaining(book, row, what, recurs=recurs))
            self.show_book()

        title = "What was the difference?"
        dialog = OtherDialog(self._context, self, book, row.planned_day, take, title)
        dialog.explain(row.account, row.actual)
        ends_with_state(dialog, self._context)
        dialog.open()


def _told_of(row: Settled) -> tuple[str, date, int]:
    return row.account, row.rule_date, row.actual
