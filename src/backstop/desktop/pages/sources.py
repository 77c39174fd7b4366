"""Sources: every account and facility, what each costs and what its loss would do."""

from typing import TYPE_CHECKING

from backstop.desktop.editors.empty import EmptyState
from backstop.desktop.editors.keeping import remove
from backstop.desktop.editors.records_page import RecordsPage
from backstop.desktop.editors.source_menu import SourceMenu
from backstop.desktop.editors.source_pane import SourcePane
from backstop.desktop.editors.source_words import own_money_sentence, sources_sentence
from backstop.desktop.models import RowsView
from backstop.desktop.models.sources import SourceRow, source_columns, source_rows
from backstop.desktop.widgets.text import as_typed, button
from backstop.domain import Account, Facility, LinkGroup, Record

if TYPE_CHECKING:
    from backstop.desktop.context import Context
    from backstop.services.catalogue import Template


class SourcesPage(RecordsPage):
    title = "Sources"
    question = "What money can you reach, and on whom does it depend?"
    pane: SourcePane

    def __init__(self, context: "Context") -> None:
        self.table = RowsView(context, source_columns(context), key=lambda row: row.id)
        super().__init__(context, self.table, SourcePane(context))
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
        self.table.row_chosen.connect(self._choose)
        self.table.row_opened.connect(self._open)
        self.table.row_deleted.connect(self._remove)
        self.pane.closed.connect(self.close_pane)
        self.pane.removed.connect(self.offer_undo)
        self.pane.added.connect(self._added)

    def _pop_up_menu(self) -> None:
        below = self.empty.buttons[1]
        self.add_menu.popup(below.mapToGlobal(below.rect().bottomLeft()))

    # what is chosen

    def begin(self, kind: type[Record]) -> None:
        """Start a new account, facility or group in the pane."""
        self.places.setCurrentWidget(self.split)
        if kind is not LinkGroup:
            self.table.choose(None, tell=False)
        self.split.show_pane()
        self.pane.begin(kind)

    def consider(self, template: "Template") -> None:
        """Show what a template of the catalogue would fill in."""
        self.places.setCurrentWidget(self.split)
        self.table.choose(None, tell=False)
        self.split.show_pane()
        self.pane.consider(template)

    def _choose(self, row: SourceRow | None) -> None:
        if row is not None:
            self.pane.open_record(row.record)
            self.split.show_pane()

    def _open(self, row: SourceRow) -> None:
        self._choose(row)
        self.pane.focus_form()

    def _added(self, record_id: str) -> None:
        self.show_book()
        self.table.choose(record_id, tell=False)

    def close_pane(self) -> None:
        """Be done with the details; the table has the keyboard again."""
        self.pane.leave()
        self.split.hide_pane()
        self.table.choose(None, tell=False)
        self.table.setFocus()
        self._show_place()

    def _remove(self, row: SourceRow) -> None:
        if self.is_editable and (said := remove(self.context, row.id)) is not None:
            self.offer_undo(said)

    def show_record(self, record_id: str) -> None:
        record = self.context.book.by_id.get(record_id)
        if isinstance(record, LinkGroup):
            self.pane.open_record(record)
            self.split.show_pane()
        elif isinstance(record, Account | Facility):
            self._show_now()
            self.table.choose(record_id)

    def _session_changed(self) -> None:
        super()._session_changed()
        self.table.choose(None, tell=False)

    # what is shown

    def show_book(self) -> None:
        book, words = self.context.book, self.context.words
        self.table.set_rows(source_rows(book, self.answers))
        self.set_answer(sources_sentence(book, words), own_money_sentence(book, words))
        for each in (self.add, *self.empty.buttons):
            each.setEnabled(self.is_editable)
        if not self.pane.isHidden():
            self.pane.refresh()
        self._show_place()

    def _show_place(self) -> None:
        is_empty = not self.table.rows.rows and self.pane.isHidden()
        self.places.setCurrentWidget(self.empty if is_empty else self.split)

    def retranslate(self) -> None:
        super().retranslate()
        self.add.setText(as_typed(self.say("Add")))
        self.add_menu.speak()
        self.table.setAccessibleName(self.say("Sources"))
