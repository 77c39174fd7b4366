"""One model for every table: frozen rows, shown by columns.

New rows are laid on the old ones by their key, so that the selection, the current cell and the
scroll position survive a refresh: only cells that changed say so. Cells are made when they are
first asked for: of thousands of rows few are ever seen.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, Generic, NamedTuple, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor

from backstop.desktop.look.theme import Theme
from backstop.desktop.tables.columns import TableColumn
from backstop.desktop.widgets.text import as_tip
from backstop.domain import BadInput
from backstop.telling import Words

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex
SORT_ROLE = Qt.ItemDataRole.UserRole
ROW_ROLE = Qt.ItemDataRole.UserRole + 1


class Cell(NamedTuple):
    """What a cell shows, sorts by, and the name of its colour."""

    text: str
    sort: Any
    tone: str


Cells = tuple[Cell, ...]
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_NOWHERE = QModelIndex()
_ROLES = frozenset(
    (
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.EditRole,
        Qt.ItemDataRole.TextAlignmentRole,
        Qt.ItemDataRole.ForegroundRole,
        Qt.ItemDataRole.AccessibleTextRole,
        Qt.ItemDataRole.ToolTipRole,
        SORT_ROLE,
        ROW_ROLE,
    )
)
"""To paint one cell Qt asks for twice as many as there are."""


class TableModel(QAbstractTableModel, Generic[Row]):
    """Rows of one kind; `key` tells which new row is which old one. `refused(bad)` says why what
    was typed into a cell was not taken."""

    refused = Signal(object)

    def __init__(
        self,
        columns: Sequence[TableColumn[Row]],
        key: Callable[[Row], Hashable],
        words: Words,
        theme: Theme,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._key, self._words, self._theme = key, words, theme
        self._rows: list[Row] = []
        self._cells: list[Cells | None] = []
        self._beside: Hashable = None

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows, in the order in which they were set."""
        return tuple(self._rows)

    def row_of(self, key: Hashable) -> int:
        """The position of the row with this key, or -1."""
        return next((i for i, row in enumerate(self._rows) if self._key(row) == key), -1)

    def row_at(self, index: Index) -> Row | None:
        """The row value at an index of this model."""
        return self._rows[index.row()] if index.isValid() else None

    def sort_key(self, index: Index) -> Any:
        """What the cell sorts by, None where there is nothing."""
        return self.columns[index.column()].sort(self._rows[index.row()])

    def texts(self, column: int, most: int | None = None) -> Iterator[str]:
        """What a column shows, row by row; of many rows, the first so many."""
        return (self._cells_of(number)[column].text for number in range(len(self._rows[:most])))

    def _cells_of(self, number: int) -> Cells:
        known = self._cells[number]
        if known is None:
            known = self._cells[number] = self._made(self._rows[number])
        return known

    def speak(self, words: Words) -> None:
        """Show everything in another language."""
        self._words = words
        self._cells = [None] * len(self._rows)
        self._everything_changed()
        if self.columns:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)

    def paint(self, theme: Theme) -> None:
        """Take up another appearance."""
        self._theme = theme
        self._everything_changed()

    # rows in

    def set_rows(self, rows: Iterable[Row], beside: Hashable = None) -> None:
        """Show these rows, in this order.

        `beside` is all that cells show beside their row, as far as that is known: while it is the
        same, so are the cells of a row that is the very same one.
        """
        wanted = tuple(rows)
        keys = [self._key(row) for row in wanted]
        assert len(set(keys)) == len(keys), "two rows with one key"
        self._remove_all_but(set(keys))
        self._reorder(keys)
        kept = len(self._rows)
        self._insert_new(wanted, keys)
        alike = beside is not None and beside == self._beside
        self._beside = beside
        if kept:
            self._update_all(wanted, alike=alike)

    def _remove_all_but(self, kept: set[Hashable]) -> None:
        for number in reversed(range(len(self._rows))):
            if self._key(self._rows[number]) not in kept:
                self.beginRemoveRows(_NOWHERE, number, number)
                del self._rows[number], self._cells[number]
                self.endRemoveRows()

    def _reorder(self, keys: list[Hashable]) -> None:
        place = {key: number for number, key in enumerate(keys)}
        order = sorted(
            range(len(self._rows)), key=lambda number: place[self._key(self._rows[number])]
        )
        if order == list(range(len(order))):
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        moved_to = {old: new for new, old in enumerate(order)}
        after = [self.index(moved_to[each.row()], each.column()) for each in before]
        self._rows = [self._rows[number] for number in order]
        self._cells = [self._cells[number] for number in order]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _insert_new(self, wanted: tuple[Row, ...], keys: list[Hashable]) -> None:
        """Those that follow one another at once."""
        known = {self._key(row) for row in self._rows}
        for is_known, run in groupby(range(len(keys)), key=lambda number: keys[number] in known):
            if is_known:
                continue
            numbers = list(run)
            first, after = numbers[0], numbers[-1] + 1
            self.beginInsertRows(_NOWHERE, first, after - 1)
            self._rows[first:first] = wanted[first:after]
            self._cells[first:first] = [None] * len(numbers)
            self.endInsertRows()

    def _update_all(self, wanted: tuple[Row, ...], *, alike: bool) -> None:
        """Rows are told of together: a call for each of hundreds takes longer than all else."""
        replaced = [
            number for number, row in enumerate(wanted) if not (alike and row is self._rows[number])
        ]
        for number in replaced:
            self._update(number, wanted[number])
        if replaced:
            first, last = self.index(replaced[0], 0), self.index(replaced[-1], 0)
            self.dataChanged.emit(first, last, [ROW_ROLE])

    def _update(self, number: int, row: Row) -> None:
        """Put a row in the place of the old one. Cells are compared, not rows: arrays in them would
        not compare to yes or no, and a cell may show more than its row holds. What was never asked
        for has nothing to compare."""
        old = self._cells[number]
        if old is None:
            self._rows[number] = row
            return
        new = self._made(row)
        self._rows[number], self._cells[number] = row, new
        for column in range(len(self.columns)):
            if old[column] != new[column]:
                cell = self.index(number, column)
                self.dataChanged.emit(cell, cell)

    def _made(self, row: Row) -> Cells:
        return tuple(
            Cell(each.text(row, self._words), each.sort(row), each.tone(row))
            for each in self.columns
        )

    def _everything_changed(self) -> None:
        if self._rows:
            last = self.index(len(self._rows) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    # cells out

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in _ROLES or not index.isValid():
            return None
        number, place = index.row(), index.column()
        cell, column = self._cells_of(number)[place], self.columns[place]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return cell.text
            case Qt.ItemDataRole.TextAlignmentRole:
                return _RIGHT if column.figures else _LEFT
            case Qt.ItemDataRole.ForegroundRole:
                return QColor(getattr(self._theme, cell.tone)) if cell.tone else None
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(column, self._rows[number])
            case Qt.ItemDataRole.ToolTipRole:
                row = self._rows[number]
                return as_tip(column.tip(row, self._words)) if column.tip else None
            case int() if role == SORT_ROLE:
                return cell.sort
            case int() if role == ROW_ROLE:
                return self._rows[number]
            case _:
                return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Cells of columns that are typed into can be edited."""
        flags = super().flags(index)
        typed = index.isValid() and self.columns[index.column()].typed
        return flags | Qt.ItemFlag.ItemIsEditable if typed else flags

    def setData(  # noqa: N802
        self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        """Hand what was typed to the column, unless it is what stood there."""
        typed = self.columns[index.column()].typed if index.isValid() else None
        if typed is None or role != Qt.ItemDataRole.EditRole:
            return False
        if str(value) == self._cells_of(index.row())[index.column()].text:
            return True
        try:
            typed(self._rows[index.row()], str(value))
        except BadInput as bad:
            self.refused.emit(bad)
            return False
        return True

    def headerData(  # noqa: N802
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or section >= len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words.say(column.title) if column.title else ""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column.figures else _LEFT
        return None

    def _spoken(self, column: TableColumn[Row], row: Row) -> str:
        said = (column.spoken or column.text)(row, self._words)
        title = self._words.say(column.title) if column.title else ""
        return f"{title}: {said}" if title and said else said
