"""The look of every table: 32 px rows, no grid, a hairline under the head."""

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QHelpEvent, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
)

from backstop.desktop.look.theme import Space
from backstop.desktop.widgets.text import as_tip

ROW_HEIGHT = 32
PADDING = 2 * Space.MEDIUM
"""What a cell leaves free at the two sides of its text, in pixels."""
TAKEN = 2 * Space.SMALL + 6
"""How much of that is taken at least: the padding of the style sheet, and what Qt keeps for the
frame of the keyboard."""

_SELECTED = QStyle.StateFlag.State_Selected


class QuietCells(QStyledItemDelegate):
    """A selected cell keeps the colour of its text; only the ground behind it changes. What is too
    long for its cell is told whole where the mouse rests on it."""

    def initStyleOption(  # noqa: N802
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """A cell keeps its own colour while its row is selected."""
        super().initStyleOption(option, index)
        if not option.state & _SELECTED:
            return
        tone = index.data(Qt.ItemDataRole.ForegroundRole)
        brush = QBrush(tone) if tone is not None else option.palette.text()
        option.palette.setBrush(QPalette.ColorRole.HighlightedText, brush)

    def helpEvent(  # noqa: N802
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """Show the tip of a cell, or else all of a text that is longer than its cell."""
        is_tip = event.type() is QEvent.Type.ToolTip
        if not is_tip or index.data(Qt.ItemDataRole.ToolTipRole) or not _is_cut(option, index):
            return super().helpEvent(event, view, option, index)
        QToolTip.showText(event.globalPos(), as_tip(index.data()), view, option.rect)
        return True


def _is_cut(option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> bool:
    advance = option.fontMetrics.horizontalAdvance(str(index.data() or ""))
    return bool(advance > option.rect.width() - TAKEN)


def quiet_table(view: QTableView) -> None:
    """Give a table the product's look; whole rows are selected, keys move between them."""
    view.setItemDelegate(QuietCells(view))
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
