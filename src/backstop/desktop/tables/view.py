"""The view of a table of rows: sorted, quiet, by keyboard or mouse, never narrower than useful."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from backstop.desktop.look.theme import Space
from backstop.desktop.tables.columns import TableColumn
from backstop.desktop.tables.heights import row_height
from backstop.desktop.tables.look import PADDING, ROW_HEIGHT, TAKEN, quiet_table
from backstop.desktop.tables.sorting import SortedRows
from backstop.desktop.tables.table import TableModel

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context

NARROWEST_STRETCH, WIDEST_STRETCH = 120, 240
WORTH_CUT_NAMES = 3
"""Columns with a higher `spare` are served once the names of the rows are seen whole."""
MEASURED = 100
"""Rows whose texts say how wide the columns are, and of how many each may be of several lines:
measuring thousands takes seconds."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2)
_SELECT = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows


class RowsView(QTableView):
    """A table of row values, told apart by `key`. Speaks and paints with its context.

    - `row_chosen(row)`: another row is selected, by mouse or keys; None when none is.
    - `row_opened(row)`: double click, Return or F2 on a row.
    - `row_deleted(row)`: the Delete key on a row.
    - `walked(number)`: the keyboard went on to the row that stands so far from above.
    - `fitted()`: columns and rows have their sizes.
    """

    row_chosen = Signal(object)
    row_opened = Signal(object)
    row_deleted = Signal(object)
    walked = Signal(int)
    fitted = Signal()

    def __init__(
        self,
        context: Context,
        columns: Sequence[TableColumn[Any]],
        key: Callable[[Any], Hashable],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context, self._key = context, key
        self._telling = True
        self._left_out: frozenset[str] = frozenset()
        self._widths: dict[int, int] = {}
        self._heights: tuple[int, ...] = ()
        self._stands_in_page = False
        self.rows = TableModel[Any](columns, key, context.words, context.theme, self)
        self.sorted_rows = SortedRows(self.rows, self)
        self.setModel(self.sorted_rows)
        quiet_table(self)
        self._prepare_head()
        self.selectionModel().currentRowChanged.connect(self._tell_chosen)
        self.sorted_rows.layoutChanged.connect(self._fit_rows)
        self.doubleClicked.connect(lambda index: self.row_opened.emit(self._value(index)))
        context.language_changed.connect(self._speak)
        context.theme_changed.connect(self._paint)
        self._speak()

    def _prepare_head(self) -> None:
        head = self.horizontalHeader()
        head.setSortIndicatorClearable(True)
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        for number, column in enumerate(self.rows.columns):
            mode = QHeaderView.ResizeMode.Stretch if column.stretch else _BY_HAND
            head.setSectionResizeMode(number, mode)

    # rows in, selection out

    def set_rows(self, rows: Iterable[Any], *, fit: bool = True, beside: Hashable = None) -> None:
        """Show these rows, as the model does; columns stay as they are unless to `fit`. The chosen
        row stays selected if it is still there; if not, none is: Qt would go on to its neighbour,
        which nobody chose."""
        chosen = self.current()
        self._telling = False
        self._widths.clear()
        self.rows.set_rows(rows, beside)
        self._telling = True
        if chosen is not None and self.rows.row_of(self._key(chosen)) < 0:
            self.choose(None, tell=False)
        if fit:
            self.fit_columns()

    def current(self) -> Any:
        """The selected row's value, or None."""
        return self._value(self.currentIndex())

    def choose(self, key: Hashable, *, tell: bool = True) -> bool:
        """Select the row with this key; None or an unknown key selects nothing."""
        number = self.rows.row_of(key)
        self._telling = tell
        if number < 0:
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
        else:
            index = self.sorted_rows.mapFromSource(self.rows.index(number, 0))
            self.selectionModel().setCurrentIndex(index, _SELECT)
            self.scrollTo(index)
        self._telling = True
        return number >= 0

    def _value(self, index: QModelIndex) -> Any:
        return self.sorted_rows.row_at(index)

    def _tell_chosen(self, index: QModelIndex) -> None:
        if self._telling:
            self.row_chosen.emit(self._value(index))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter opens the row, Delete asks for its removal."""
        row = self.current()
        if row is not None and event.key() in _ENTER:
            self.row_opened.emit(row)
        elif row is not None and event.key() == Qt.Key.Key_Delete:
            self.row_deleted.emit(row)
        else:
            before = self.currentIndex().row()
            super().keyPressEvent(event)
            if self.currentIndex().row() != before:
                self.walked.emit(self.currentIndex().row())

    def stand_in_page(self) -> None:
        """Leave all scrolling to the page, which shows every row."""
        self._stands_in_page = True
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Scroll, unless that is the page's."""
        if self._stands_in_page:
            event.ignore()
        else:
            super().wheelEvent(event)

    # columns

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Texts have other widths in another typeface."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.__dict__.get("_widths", {}).clear()  # Qt asks before there is anything

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Let the columns share the new width."""
        super().resizeEvent(event)
        self.fit_columns()

    def fit_columns(self) -> None:
        """Give each column what its contents need; the spare ones go while there is no room."""
        wanted = [self._wanted(number) for number in range(len(self.rows.columns))]
        hidden = self._hidden(wanted)
        for number, width in enumerate(wanted):
            self.setColumnHidden(number, number in hidden)
            if not self.rows.columns[number].stretch and number not in hidden:
                self.setColumnWidth(number, width)
        self._fit_rows()

    def leave_out(self, titles: Iterable[str]) -> None:
        """Hide the columns of these titles, however much room there is."""
        self._left_out = frozenset(titles)
        self.fit_columns()

    def _wanted(self, number: int) -> int:
        """Measured from the texts: Qt would ask the delegate for every cell."""
        head = max(self._head_width(number), self.horizontalHeader().minimumSectionSize())
        if self.rows.columns[number].stretch:
            return max(head, NARROWEST_STRETCH)
        return max(head, self._text_width(number))

    def _text_width(self, number: int) -> int:
        """Measured once: a table that is resized has the same texts."""
        if number not in self._widths:
            advance, texts = self.fontMetrics().horizontalAdvance, self.rows.texts(number, MEASURED)
            self._widths[number] = max((advance(text) for text in set(texts)), default=0) + PADDING
        return self._widths[number]

    def _head_width(self, number: int) -> int:
        """Measured from the text: Qt's own hint is zero for a hidden column."""
        head = self.horizontalHeader()
        if head.isHidden():
            return 0
        text = self.rows.headerData(number, Qt.Orientation.Horizontal)
        arrow = Space.MEDIUM if self.isSortingEnabled() else 0
        return head.fontMetrics().horizontalAdvance(text) + Space.WIDE + arrow

    def _hidden(self, wanted: list[int]) -> set[int]:
        """What is left out, and the spare ones that find no room, the lowest being served first, or
        that say nothing of any row."""
        columns = self.rows.columns
        left_out = {i for i, each in enumerate(columns) if each.title in self._left_out}
        hidden, room, cut_off = set(left_out), self.viewport().width(), self._cut_off()
        for number in sorted(range(len(columns)), key=lambda i: columns[i].spare):
            if columns[number].spare > WORTH_CUT_NAMES:
                room, cut_off = room - cut_off, 0
            if columns[number].spare and (wanted[number] > room or self._is_blank(number)):
                hidden.add(number)
            elif number not in left_out:
                room -= wanted[number]
        return hidden

    def _cut_off(self) -> int:
        """How much of the column that stretches is not seen at its narrowest, within reason."""
        names = (i for i, column in enumerate(self.rows.columns) if column.stretch)
        wanted = max((self._text_width(number) for number in names), default=0)
        return max(0, min(wanted, WIDEST_STRETCH) - NARROWEST_STRETCH)

    def _is_blank(self, number: int) -> bool:
        return 0 < self.rows.rowCount() <= MEASURED and not any(self.rows.texts(number))

    # rows

    @property
    def row_heights(self) -> tuple[int, ...]:
        """The heights of the rows, from above, in pixels."""
        return self._heights

    def height_of(self, rows: Sequence[int]) -> int:
        """The height of the table with rows of these heights, its head among it."""
        head = self.horizontalHeader()
        return sum(rows) + (0 if head.isHidden() else head.sizeHint().height())

    def _fit_rows(self) -> None:
        """Names too long for their column take further lines; not in a table of very many rows."""
        count = self.sorted_rows.rowCount()
        names = next((i for i, each in enumerate(self.rows.columns) if each.stretch), None)
        wraps, wrapped = names is not None and count <= MEASURED, self.wordWrap()
        heights = [ROW_HEIGHT] * count
        if names is not None and wraps:
            room, metrics = self._room_of_names() - TAKEN, self.fontMetrics()
            places = (self.sorted_rows.index(row, names) for row in range(count))
            heights = [row_height(place.data(), room, metrics) for place in places]
        for row, height in enumerate(heights) if wraps or wrapped else ():
            if self.rowHeight(row) != height:
                self.setRowHeight(row, height)
        if wraps is not wrapped:
            self.setWordWrap(wraps)
        self._heights = tuple(heights)
        self.fitted.emit()

    def _room_of_names(self) -> int:
        """What the other columns leave: Qt gives it to the one that stretches a moment later."""
        others = (i for i, each in enumerate(self.rows.columns) if not each.stretch)
        taken = sum(self.columnWidth(i) for i in others if not self.isColumnHidden(i))
        return max(self.viewport().width() - taken, self.horizontalHeader().minimumSectionSize())

    # words and colours

    def _speak(self) -> None:
        words = self._context.words
        self._widths.clear()
        self.rows.speak(words)
        self.sorted_rows.speak(words.language.code)
        self.fit_columns()

    def _paint(self) -> None:
        self.rows.paint(self._context.theme)


_BY_HAND = QHeaderView.ResizeMode.Interactive
