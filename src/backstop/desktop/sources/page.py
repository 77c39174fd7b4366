"""Sources: every account and facility, what its loss would do, and what else could be done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from backstop.desktop.forms.empty import EmptyState
from backstop.desktop.forms.record_changes import remove
from backstop.desktop.forms.records_page import RecordsPage, below_segments
from backstop.desktop.forms.segments import Segments
from backstop.desktop.sources.evidence import SourceEvidence, source_evidence
from backstop.desktop.sources.measure_rows import MeasureRow, measure_columns
from backstop.desktop.sources.menu import SourceMenu
from backstop.desktop.sources.pane import SourcePane
from backstop.desktop.sources.rows import SourceRow, source_columns
from backstop.desktop.tables import RowsView
from backstop.desktop.tables.whole import WholeRows
from backstop.desktop.widgets.one_of import OneOf
from backstop.desktop.widgets.text import as_typed, button
from backstop.domain import Account, Facility, LinkGroup, Measure, Record

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context
    from backstop.desktop.state.tasks import Cancelled
    from backstop.services.catalogue import AnyTemplate


ALL, CREDIT, OWN, MEASURES = "all", "credit", "own", "measures"
PARTS = ((ALL, "All"), (CREDIT, "Credit"), (OWN, "Own money"), (MEASURES, "Other means"))


class SourcesPage(RecordsPage[SourceEvidence]):
    """Facilities and accounts in one table, and in another what else could be done."""

    pane: SourcePane

    def __init__(self, context: Context) -> None:
        self.table = RowsView(context, source_columns(context), key=lambda row: row.id)
        self.measures = RowsView(context, measure_columns(context), key=lambda row: row.id)
        self.no_measures = EmptyState(
            "What else could be done?",
            "Things to sell, invoices to factor or to collect early, a line to apply for, family "
            "or own money, a debt to renegotiate. Plans use them when lines alone are not enough.",
            ("Add something",),
        )
        self.parts = Segments(context, "Show", PARTS)
        self._whole_rows = WholeRows(self.table)
        self.tables = OneOf(self._whole_rows, self.measures, self.no_measures)
        super().__init__(context, below_segments(self.tables, self.parts), SourcePane(context))
        self.add = button("primary")
        self.add_menu = SourceMenu(context, self)
        self.add.setMenu(self.add_menu)
        self.tools.addWidget(self.add)
        self.add_empty(
            EmptyState(
                "Where does your money come from?",
                "Add the accounts that hold your own money, then every line of credit you lean "
                "on. Backstop then shows what the loss of each one would do.",
                ("Add an account", "Add a source of credit"),
            )
        )
        self._connect()

    def _connect(self) -> None:
        add_account, add_facility = self.empty.buttons
        add_account.clicked.connect(lambda: self.begin(Account))
        add_facility.clicked.connect(self._pop_up_menu)
        self.add_menu.wanted.connect(self.begin)
        self.add_menu.template_wanted.connect(self.consider)
        self.no_measures.buttons[0].clicked.connect(self._pop_up_measures)
        self.parts.chosen.connect(self._show_part)
        for table in (self.table, self.measures):
            table.row_chosen.connect(self._choose)
            table.row_opened.connect(self._open)
            table.row_deleted.connect(self._remove)
        self.pane.closed.connect(self.close_pane)
        self.pane.removed.connect(self.offer_undo)
        self.pane.added.connect(self._added)

    def _pop_up_menu(self) -> None:
        below = self.empty.buttons[1]
        self.add_menu.popup(below.mapToGlobal(below.rect().bottomLeft()))

    def _pop_up_measures(self) -> None:
        below = self.no_measures.buttons[0]
        self.add_menu.measures.popup(below.mapToGlobal(below.rect().bottomLeft()))

    # what is chosen

    @property
    def shown_table(self) -> RowsView:
        """The table in sight."""
        return self.measures if self.parts.value == MEASURES else self.table

    def _choose_nothing(self) -> None:
        for table in (self.table, self.measures):
            table.choose(None, tell=False)

    def begin(self, kind: type[Record]) -> None:
        """Start a new account, facility or group in the pane."""
        self.places.setCurrentWidget(self.split)
        if kind is not LinkGroup:
            self._choose_nothing()
        self.split.show_pane()
        self.pane.begin(kind)

    def consider(self, template: AnyTemplate) -> None:
        """Show what a template of the catalogue would fill in."""
        self.places.setCurrentWidget(self.split)
        self._choose_nothing()
        self.split.show_pane()
        self.pane.consider(template)

    def _choose(self, row: SourceRow | MeasureRow | None) -> None:
        if row is not None:
            self.pane.open_record(row.record)
            self.split.show_pane()

    def _open(self, row: SourceRow | MeasureRow) -> None:
        self._choose(row)
        self.pane.focus_form()

    def _added(self, record_id: str) -> None:
        self._choose_nothing()
        self.show_book()
        self.when_shown(lambda: self._show_added(record_id))

    def _show_added(self, record_id: str) -> None:
        self._show_part_of(record_id)
        self.shown_table.choose(record_id, tell=False)

    def _show_part_of(self, record_id: str) -> None:
        """Show the part of the page on which this record stands."""
        record, part = self.context.book.by_id.get(record_id), self.parts.value
        if isinstance(record, Measure):
            self.parts.show_chosen(MEASURES)
        elif part != (CREDIT if isinstance(record, Facility) else OWN):
            self.parts.show_chosen(ALL)
        self._show_rows()

    def close_pane(self) -> None:
        """Be done with the details; the table has the keyboard again."""
        self.pane.leave()
        self.split.hide_pane()
        self._choose_nothing()
        self.shown_table.setFocus()
        self._show_place()

    def _remove(self, row: SourceRow | MeasureRow) -> None:
        if self.is_editable and (said := remove(self.context, row.id)) is not None:
            self.offer_undo(said)

    def show_record(self, record_id: str) -> None:
        record = self.context.book.by_id.get(record_id)
        if isinstance(record, LinkGroup):
            self.pane.open_record(record)
            self.split.show_pane()
        elif isinstance(record, Account | Facility | Measure):
            self.when_shown(lambda: self._show_source(record_id))

    def _show_source(self, record_id: str) -> None:
        self._show_part_of(record_id)
        self.shown_table.choose(record_id)

    def _session_changed(self) -> None:
        super()._session_changed()
        self._choose_nothing()
        self.parts.show_chosen(ALL)

    # what is shown

    def look(self) -> Callable[[Cancelled], SourceEvidence]:
        book, answers, words = self.context.book, self.context.latest_answers, self.context.words
        return lambda _: source_evidence(book, answers, words)

    def show_evidence(self, found: SourceEvidence) -> None:
        self._show_rows()
        self.add_menu.follow()
        for each in (self.add, *self.empty.buttons, *self.no_measures.buttons):
            each.setEnabled(self.is_editable)
        if not self.pane.isHidden():
            self.pane.refresh()
        self._show_place()

    def _show_rows(self) -> None:
        found, part = self.evidence, self.parts.value
        if found is None:
            return
        wanted = {ALL: (True, False), CREDIT: (True,), OWN: (False,)}.get(part, ())
        fit = not any(row.waits for row in found.rows)  # columns do not move with each edit
        self.table.set_rows((row for row in found.rows if row.is_facility in wanted), fit=fit)
        self.measures.set_rows(found.measures)
        if part == MEASURES:
            self.set_answer(found.of_measures, self.aged(""))
            self.tables.show_only(self.measures if found.measures else self.no_measures)
        else:
            self.set_answer(found.sentence, self.aged(found.own_money))
            self.tables.show_only(self._whole_rows)

    def _show_part(self) -> None:
        """Another part is wanted: what was open in the pane belongs to the one before."""
        self._choose_nothing()
        self.pane.leave()
        self.split.hide_pane()
        self._show_rows()

    def _show_place(self) -> None:
        book = self.context.book
        is_empty = not (book.facilities or book.accounts or book.measures) and self.pane.isHidden()
        self.places.setCurrentWidget(self.empty if is_empty else self.split)

    def in_pieces(self) -> Iterator[None]:
        """The forms of what stands in its first table."""
        book = self.context.book
        for record in (*book.facilities[:1], *book.accounts[:1]):
            view = self.pane.view_for(type(record))
            yield
            yield from view.in_pieces(record)

    def retranslate(self) -> None:
        super().retranslate()
        self.add.setText(as_typed(self.say("Add")))
        self.add_menu.speak()
        self.parts.speak()
        self.no_measures.speak(self.context.words)
        self.table.setAccessibleName(self.say("Sources"))
        self.measures.setAccessibleName(self.say("What else could be done"))
