"""The look of every table: 32 px rows, no grid, a hairline under the head."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

ROW_HEIGHT = 32


class KeepsTone(QStyledItemDelegate):
    """A selected cell keeps the colour of its text; only the ground behind it changes."""

    def initStyleOption(  # noqa: N802
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """A cell keeps its own colour while its row is selected."""
        super().initStyleOption(option, index)
        tone = index.data(Qt.ItemDataRole.ForegroundRole)
        brush = QBrush(tone) if tone is not None else option.palette.text()
        option.palette.setBrush(QPalette.ColorRole.HighlightedText, brush)


def quiet_table(view: QTableView) -> None:
    """Give a table the product's look; whole rows are selected, keys move between them."""
    view.setItemDelegate(KeepsTone(view))
    view.setShowGrid(False)
    view.setFrameShape(QFrame.Shape.NoFrame)
    view.setAlternatingRowColors(False)
    view.setWordWrap(False)
    view.setTextElideMode(Qt.TextElideMode.ElideRight)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setTabKeyNavigation(False)
    rows = view.verticalHeader()
    rows.hide()
    rows.setDefaultSectionSize(ROW_HEIGHT)
    rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    head = view.horizontalHeader()
    head.setHighlightSections(False)
    head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    head.setMinimumSectionSize(40)


class WholeRows(QWidget):
    """Holds a table and gives it a height of whole rows, so that none is cut in half; or another
    view, with rows of so many pixels below a head of so many."""

    def __init__(
        self, view: QAbstractScrollArea, row: int = ROW_HEIGHT, head: int | None = None
    ) -> None:
        super().__init__()
        self._view, self._row, self._head = view, row, head
        view.setParent(self)
        self.setMinimumSize(view.minimumSize())
        view.setMinimumSize(0, 0)
        self.setFocusProxy(view)

    def show_at_least(self, rows: int) -> None:
        """Never be squeezed to fewer rows."""
        self.setMinimumHeight(rows * self._row)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Show whole rows: what remains below the last one stays empty."""
        super().resizeEvent(event)
        above = _head_of(self._view) if self._head is None else self._head
        rows = max((self.height() - above) // self._row, 1)
        self._view.setGeometry(0, 0, self.width(), above + rows * self._row)


def _head_of(view: QAbstractScrollArea) -> int:
    head = view.horizontalHeader() if isinstance(view, QTableView) else None
    return head.sizeHint().height() if head is not None and not head.isHidden() else 0
