"""Cash flow: every expected receipt and payment, as a table and as a month."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu

from backstop.desktop.cash_flow.evidence import FlowEvidence, flow_evidence
from backstop.desktop.cash_flow.ledger_view import LedgerView
from backstop.desktop.cash_flow.month_view import MonthView
from backstop.desktop.cash_flow.pane import FlowPane
from backstop.desktop.cash_flow.rows import FlowRow, flow_columns
from backstop.desktop.cash_flow.since_done import SinceDone
from backstop.desktop.cash_flow.since_sentences import since_detail, since_sentence
from backstop.desktop.cash_flow.since_view import SinceView
from backstop.desktop.forms.empty import EmptyState
from backstop.desktop.forms.record_changes import free_id, remove
from backstop.desktop.forms.records_page import RecordsPage, below_segments
from backstop.desktop.forms.segments import Segments
from backstop.desktop.tables import RowsView
from backstop.desktop.tables.whole import WholeRows
from backstop.desktop.widgets.keys import DUPLICATE
from backstop.desktop.widgets.one_of import OneOf
from backstop.desktop.widgets.record_places import LEDGER, SINCE
from backstop.desktop.widgets.text import as_typed, button
from backstop.domain import CashFlow, Direction, Facility
from backstop.services.commands import Change, put_record
from backstop.services.settling import InWork

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context
    from backstop.desktop.state.tasks import Cancelled

AnyView = TypeVar("AnyView", SinceView, LedgerView)
ALL = frozenset(Direction)
FILTERS = (
    (ALL, "All"),
    (frozenset({Direction.RECEIPT}), "Incoming"),
    (frozenset({Direction.PAYMENT}), "Outgoing"),
)
TABLE, CALENDAR = "table", "calendar"
VIEWS = (
    (TABLE, "Table"),
    (CALENDAR, "Calendar"),
    (SINCE, "Since then"),
    (LEDGER, "Planned and actual"),
)


class CashFlowPage(RecordsPage[FlowEvidence]):
    pane: FlowPane

    def __init__(self, context: Context) -> None:
        self.table = RowsView(context, flow_columns(context), key=lambda row: row.id)
        self.calendar = MonthView(context)
        self._table_place = WholeRows(self.table)
        self.parts = OneOf(self._table_place, self.calendar)
        self.filter = Segments(context, "Show", FILTERS)
        self.views = Segments(context, "View", VIEWS)
        super().__init__(context, below_segments(self.parts, self.filter), FlowPane(context))
        self.done = SinceDone(context)
        self.head.addWidget(self.done)
        self._rarely_seen: list[SinceView | LedgerView] = []
        self.views.offer(SINCE, False)
        self.tools.addWidget(self.views)
        self.add = button("primary")
        self.add_menu = QMenu(self)
        self.add.setMenu(self.add_menu)
        self.tools.addWidget(self.add)
        self.add_empty(
            EmptyState(
                "What do you expect to receive and to pay?",
                "Add what comes in, such as wages or a customer's payments, and what must be "
                "paid: wages, rent, taxes, goods. Three of each give a first picture.",
                ("Add a receipt", "Add a payment"),
            )
        )
        self._connect()

    def _connect(self) -> None:
        receipt, payment = self.empty.buttons
        receipt.clicked.connect(lambda: self.begin(Direction.RECEIPT))
        payment.clicked.connect(lambda: self.begin(Direction.PAYMENT))
        self.filter.chosen.connect(self._show_rows)
        self.views.chosen.connect(self._show_view)
        self.table.row_chosen.connect(self._choose)
        self.table.row_opened.connect(self._open)
        self.table.row_deleted.connect(self._remove)
        self.calendar.entry_chosen.connect(self.show_record)
        self.context.settling_changed.connect(self._settling_changed)
        self.pane.closed.connect(self.close_pane)
        self.pane.removed.connect(self.offer_undo)
        self.pane.added.connect(self._added)
        self.pane.duplicate_wanted.connect(self.duplicate)
        again = QShortcut(QKeySequence(DUPLICATE), self)
        again.activated.connect(lambda: self.duplicate(self.pane.flow))

    # what few look at

    @cached_property
    def since(self) -> SinceView:
        """What was due since the day of the book."""
        made = self._added_view(SinceView(self.context))
        made.settled.connect(self._settled)
        return made

    @cached_property
    def ledger(self) -> LedgerView:
        """What was planned, and what came."""
        return self._added_view(LedgerView(self.context, self._ledger_shown))

    def _added_view(self, made: AnyView) -> AnyView:
        self._rarely_seen.append(made)
        self.places.addWidget(made)
        made.speak()
        return made

    def in_pieces(self) -> Iterator[None]:
        """The forms of what comes in and of what goes out."""
        flows = {each.direction: each for each in reversed(self.context.book.cash_flows)}
        for direction, flow in flows.items():
            view = self.pane.view_of(direction)
            yield
            yield from view.in_pieces(flow)

    # what is chosen

    def begin(self, direction: Direction) -> None:
        """Start a new receipt or payment in the pane."""
        self._show_flows()
        self.places.setCurrentWidget(self.split)
        self.table.choose(None, tell=False)
        self.calendar.grid.choose("")
        self.split.show_pane()
        self.pane.begin(direction)

    def _choose(self, row: FlowRow | None) -> None:
        if row is not None:
            self.calendar.grid.choose(row.id)
            self.pane.open_flow(row.record)
            self.split.show_pane()

    def _open(self, row: FlowRow) -> None:
        self._choose(row)
        self.pane.focus_form()

    def _added(self, record_id: str) -> None:
        self.calendar.grid.choose(record_id)
        self.show_book()
        self.when_shown(lambda: self.table.choose(record_id, tell=False))

    def duplicate(self, record_id: str) -> None:
        """Make another one like it, and open that."""
        flow = self.context.book.by_id.get(record_id)
        if not isinstance(flow, CashFlow) or not self.is_editable:
            return
        name = self.say("{name} (copy)", name=flow.name)[:200]
        copy = flow.changed(id=free_id(self.context, flow.direction.value), name=name)
        if self.context.apply(put_record(self.context.book, copy)):
            self.show_book()
            self.show_record(copy.id)
            self.when_shown(self.pane.focus_form)

    def close_pane(self) -> None:
        """Be done with the details; the table has the keyboard again."""
        self.pane.leave()
        self.split.hide_pane()
        self.table.choose(None, tell=False)
        self.calendar.grid.choose("")
        (self.table if self.views.value == TABLE else self.calendar.grid).setFocus()
        self._show_place()

    def _remove(self, row: FlowRow) -> None:
        if self.is_editable and (said := remove(self.context, row.id)) is not None:
            self.offer_undo(said)

    def show_record(self, record_id: str) -> None:
        if record_id in (SINCE, LEDGER):
            self._show_now()
            self.views.choose(record_id)
            return
        flow = self.context.book.by_id.get(record_id)
        if isinstance(flow, Facility):  # what it asks for stands in the calendar
            self.context.show_page("sources", record_id)
        elif isinstance(flow, CashFlow):
            self._show_flows()
            self.when_shown(lambda: self._show_flow(flow))

    def _show_flow(self, flow: CashFlow) -> None:
        if flow.direction not in self.filter.value:
            self.filter.choose(ALL)
        if self.table.choose(flow.id, tell=False):
            self._choose(self.table.current())

    # what is shown

    def look(self) -> Callable[[Cancelled], FlowEvidence]:
        book, answers, words = self.context.book, self.context.latest_answers, self.context.words
        return lambda _: flow_evidence(book, answers, words)

    def show_evidence(self, found: FlowEvidence) -> None:
        self._show_rows()
        self._offer_since()
        self._say_answer()
        for each in (self.add, *self.empty.buttons):
            each.setEnabled(self.is_editable)
        if not self.pane.isHidden():
            self.pane.refresh()
        self._show_place()

    def _say_answer(self) -> None:
        words, work = self.context.words, self.context.settling
        if self.views.value == SINCE and work is not None:
            self.set_answer(since_sentence(work, words), since_detail(work, words))
        elif self.views.value == LEDGER:
            self.set_answer(*self.ledger.said)
        elif self.evidence is not None:
            self.set_answer(self.evidence.sentence, self.aged(self.evidence.detail))

    def _show_rows(self) -> None:
        if self.evidence is None:
            return
        wanted = self.filter.value
        rows = [row for row in self.evidence.rows if row.record.direction in wanted]
        self.table.set_rows(rows, beside=self.context.book.currency)
        if self.views.value == CALENDAR:
            outgoing = Direction.PAYMENT in wanted
            self.calendar.show_flows((row.record for row in rows), debts=outgoing)

    def _show_flows(self) -> None:
        """Show receipts and payments, where something else is shown."""
        if self.views.value in (SINCE, LEDGER):
            self.views.choose(TABLE)

    def _show_view(self) -> None:
        is_calendar = self.views.value == CALENDAR
        self.parts.show_only(self.calendar if is_calendar else self._table_place)
        self._show_rows()
        if self.views.value == SINCE:
            self.done.forget()
            self.since.begin()
            self.since.show_work()
        self._say_answer()
        self._show_place()
        if self.views.value == SINCE:
            self.since.take_focus()

    def _show_place(self) -> None:
        match self.views.value:
            case value if value == SINCE:
                self.places.setCurrentWidget(self.since)
            case value if value == LEDGER:
                self.ledger.show_book()
                self.places.setCurrentWidget(self.ledger)
            case _:
                is_empty = not self.context.book.cash_flows and self.pane.isHidden()
                self.places.setCurrentWidget(self.empty if is_empty else self.split)

    def _ledger_shown(self) -> None:
        if self.views.value == LEDGER:
            self._say_answer()

    # what happened since

    def _settling_changed(self) -> None:
        if self.context.session is None:
            return
        self._offer_since()
        if self.views.value == SINCE:
            self.since.show_work()
            self._say_answer()

    def _offer_since(self) -> None:
        book = self.context.book
        text = self.say("Since {day}", day=self.context.words.short_day(book.as_of))
        self.views.offer(SINCE, self.context.settling is not None, text)

    def _settled(self, work: InWork, change: Change) -> None:
        if change.after.as_of == work.last:
            self.views.choose(TABLE)
        self.show_book()
        self.done.show_done(work, change)

    def _session_changed(self) -> None:
        super()._session_changed()
        self.table.choose(None, tell=False)
        self.calendar.forget()
        self.done.forget()

    def retranslate(self) -> None:
        super().retranslate()
        self.add.setText(as_typed(self.say("Add")))
        self.add_menu.clear()
        for direction, text in (
            (Direction.RECEIPT, "Add a receipt"),
            (Direction.PAYMENT, "Add a payment"),
        ):
            action = self.add_menu.addAction(as_typed(self.say(text)))
            action.triggered.connect(lambda _=False, each=direction: self.begin(each))
        self.filter.speak()
        self.views.speak()
        self.calendar.speak()
        for each in self._rarely_seen:
            each.speak()
        self.done.speak()
        self.table.setAccessibleName(self.say("Cash flow"))
