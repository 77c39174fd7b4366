"""The list of what was due since: many rows at once, answered by the keys 1 to 4."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from backstop.desktop.cash_flow.since_rows import SinceRow, since_columns
from backstop.desktop.tables import RowsView
from backstop.services.settling_words import item_title
from backstop.telling import Narrator

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context

PAUSE_MS = 1000
"""Letters within this time go on with the name that is looked for."""
_DIGITS = {Qt.Key.Key_1: 1, Qt.Key.Key_2: 2, Qt.Key.Key_3: 3, Qt.Key.Key_4: 4, Qt.Key.Key_5: 5}


class SinceTable(RowsView):
    """- `answered(number)`: a key from 1 to 5 for the chosen rows.
    - `selection_changed()`: other rows are chosen.
    """

    answered = Signal(int)
    selection_changed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, since_columns(context), lambda row: row.id, parent)
        self._searched, self._since_letter = "", QElapsedTimer()
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.selectionModel().selectionChanged.connect(lambda *_: self.selection_changed.emit())

    def chosen(self) -> list[SinceRow]:
        """The chosen rows, from above."""
        indexes = sorted(self.selectionModel().selectedRows(), key=lambda each: each.row())
        return [self.sorted_rows.row_at(index) for index in indexes]

    def choose_next(self) -> None:
        """Choose the row below the current one, or stay in the last."""
        below = self.currentIndex().siblingAtRow(self.currentIndex().row() + 1)
        row = self.sorted_rows.row_at(below) if below.isValid() else self.current()
        if row is not None:
            self.choose(row.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """A key from 1 to 5 answers, letters jump to the next row of that name."""
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        number = _DIGITS.get(Qt.Key(event.key()))
        if number is not None and not plain:
            self.answered.emit(number)
        elif event.text().isalpha() and not plain & ~Qt.KeyboardModifier.ShiftModifier:
            self._search(event.text())
        else:
            super().keyPressEvent(event)

    def _search(self, letter: str) -> None:
        going_on = self._searched and self._since_letter.isValid()
        going_on = going_on and self._since_letter.elapsed() < PAUSE_MS
        self._searched = (self._searched if going_on else "") + letter.casefold()
        self._since_letter.start()
        self.find_name(self._searched, here=bool(going_on))

    def find_name(self, typed: str, *, here: bool = False) -> bool:
        """Choose the next row whose name begins with, or else holds, what is typed; from the row
        after the current one, or `here` from that one. Whether there is one."""
        count, start = self.model().rowCount(), self.currentIndex().row() + (not here)
        rows = [(max(start, 0) + step) % count for step in range(count)]
        names = [(number, self._name(number)) for number in rows]
        starting = [number for number, name in names if name.startswith(typed)]
        found = starting or [number for number, name in names if typed in name]
        if found:
            self.choose(self._row(found[0]).id)
        return bool(found)

    def _row(self, number: int) -> SinceRow:
        row: SinceRow = self.sorted_rows.row_at(self.model().index(number, 0))
        return row

    def _name(self, number: int) -> str:
        item = self._row(number).item
        narrator = Narrator(self._context.book, self._context.words)
        return item_title(item, narrator).casefold()
