"""A thing that was due laid on a row of a statement by hand, or taken off it again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from backstop.desktop.cash_flow.since_choices import can_be_matched
from backstop.desktop.cash_flow.since_rows import SinceRow
from backstop.desktop.forms.dialog import AskingDialog
from backstop.desktop.forms.selecting_line import SelectingLine
from backstop.desktop.state.tasks import Cancelled
from backstop.desktop.tables import RowsView
from backstop.desktop.tables.columns import TableColumn, money_column
from backstop.desktop.widgets.dialog_lifetimes import ends_with_state
from backstop.desktop.widgets.room import room_for
from backstop.desktop.widgets.text import plain_label
from backstop.domain import BadInput, KeptRow, message
from backstop.services.looking import change_of
from backstop.services.matching import laid, rows_for
from backstop.services.settling_items import DueItem

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context
    from backstop.telling import Words

MOST_OFFERED = 500
WIDTH, TABLE_HEIGHT, AROUND = 720, 280, 190


class HandMatching(QObject):
    """Asks which row of the kept statements tells of a thing, and puts the answer in its place;
    `asked()` is called when a question is over."""

    def __init__(self, context: Context, view: QWidget, asked: Callable[[], None]) -> None:
        super().__init__(view)
        self._context, self._view, self._asked = context, view, asked

    def ask(self, row: SinceRow | None) -> None:
        """Offer the rows that this could be."""
        work, session = self._context.settling, self._context.session
        if row is None or work is None or session is None or not self._context.may_edit:
            return
        item = row.item
        if not isinstance(item, DueItem) or not can_be_matched(row):
            return

        def find(cancelled: Cancelled) -> list[KeptRow]:
            return rows_for(work, session.statements(), item)[:MOST_OFFERED]

        def offer(rows: list[KeptRow]) -> None:
            dialog = MatchDialog(self._context, self._view, item, rows, self._lay)
            ends_with_state(dialog, self._context)
            dialog.finished.connect(lambda _: self._asked())
            dialog.open()

        self._context.tasks.start(find, offer, shown_in=self)

    def _lay(self, item: DueItem, row: KeptRow) -> None:
        work = self._context.settling
        if work is not None:
            self._context.settle(laid(work, item, row))

    def leave(self, row: SinceRow) -> None:
        """Let it be as it usually is, by no row."""
        work = self._context.settling
        if work is not None and row.told_by is not None and self._context.may_edit:
            self._context.settle(work.answered((row.id,), None))


class MatchDialog(AskingDialog):
    """Hands `then(item, row)` the row that was chosen; the likeliest stand first."""

    def __init__(
        self,
        context: Context,
        parent: QWidget,
        item: DueItem,
        rows: Sequence[KeptRow],
        then: Callable[[DueItem, KeptRow], None],
    ) -> None:
        super().__init__(context, parent, "Which row of a statement is it?")
        self._item, self._rows, self._then = item, rows, then
        say = context.words.say
        planned = say(
            "{amount} planned for {day}",
            amount=context.money(item.due.planned),
            day=item.due.day,
        )
        self.search = SelectingLine()
        self.search.setPlaceholderText(say("Find by name"))
        self.search.setAccessibleName(say("Find by name"))
        self.table = RowsView(context, _columns(context), lambda row: row.digest)
        room = room_for(self)
        self.table.setMinimumHeight(min(TABLE_HEIGHT, room.height() - AROUND))
        self.setMinimumWidth(min(WIDTH, room.width()))
        self.table.setAccessibleName(say("Rows of the statements"))
        nothing = say("No free row of a statement in these days could be it.")
        about = f"{item.due.name} \u00b7 {planned}" if rows else nothing
        self.body.addWidget(plain_label("muted", about, wrap=True))
        self.body.addWidget(self.search)
        self.body.addWidget(self.table, 1)
        self.search.textChanged.connect(self._find)
        self.search.returnPressed.connect(self.table.setFocus)
        self.table.row_opened.connect(lambda _: self._try())
        self._find("")

    def _focus_first(self) -> None:
        self.table.setFocus()

    def _find(self, typed: str) -> None:
        wanted = typed.strip().casefold()
        shown = [e for e in self._rows if wanted in f"{e.counterparty} {e.text}".casefold()]
        self.table.set_rows(shown)
        self.table.choose(shown[0].digest if shown else None)

    def take(self) -> None:
        """Close, and hand on the row."""
        row = self.table.current()
        if row is None:
            raise BadInput(message("Choose a row first."))
        self._then(self._item, row)
        self.accept()


def _columns(context: Context) -> list[TableColumn[KeptRow]]:
    def currency() -> str:
        return context.book.currency

    return [
        TableColumn("Day", _day, sort=lambda row: row.day),
        TableColumn("Counterparty", _name, sort=_by_name, tip=_name, stretch=True),
        TableColumn("Text", _text, sort=lambda row: row.text, tip=_text, spare=2),
        money_column("Amount", change_of, currency),
    ]


def _day(row: KeptRow, words: Words) -> str:
    return words.day(row.day)


def _name(row: KeptRow, words: Words) -> str:
    return row.counterparty


def _by_name(row: KeptRow) -> str:
    return row.counterparty


def _text(row: KeptRow, words: Words) -> str:
    return row.text
