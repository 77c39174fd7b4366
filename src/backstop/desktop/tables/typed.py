"""A table with cells to type into: whoever types meets the row's cell, Return goes on downwards."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QLineEdit,
    QStyleOptionViewItem,
    QWidget,
)

from backstop.desktop.tables.columns import TableColumn
from backstop.desktop.tables.look import QuietCells
from backstop.desktop.tables.view import RowsView

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2)
_SELECT = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
_END_OF_EDIT = QAbstractItemDelegate.EndEditHint
_TRIGGER = QAbstractItemView.EditTrigger


class TypedCell(QuietCells):
    """Makes the field of a cell: its text selected, so that figures take its place."""

    def createEditor(  # noqa: N802
        self,
        parent: QWidget,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> QWidget:
        """A line as wide as the cell."""
        made = QLineEdit(parent)
        made.setObjectName("typed-cell")
        made.setFrame(False)
        made.setAlignment(Qt.AlignmentFlag.AlignRight)
        made.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole) or ""))
        return made


class TypedRows(RowsView):
    """Rows with columns that can be typed into, the first of them by merely typing."""

    def __init__(
        self,
        context: Context,
        columns: Sequence[TableColumn[Any]],
        key: Callable[[Any], Hashable],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(context, columns, key, parent)
        self._typed = [n for n, each in enumerate(columns) if each.typed]
        self.setItemDelegate(TypedCell(self))
        self.setEditTriggers(
            _TRIGGER.DoubleClicked | _TRIGGER.SelectedClicked | _TRIGGER.AnyKeyPressed
        )
        self.doubleClicked.disconnect()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter opens the cell; figures go straight into it."""
        if self.state() is QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)  # what the field itself has no use for, such as Return
        elif event.key() in _ENTER:
            self.edit_cell()
        elif event.text().isprintable() and event.text().strip():
            self._edit(event)
        else:
            super().keyPressEvent(event)

    def edit_cell(self) -> None:
        """Type into the current cell, or the first of its row that takes something."""
        self._edit(None)

    def _edit(self, event: QKeyEvent | None) -> None:
        index = self._typed_index(self.currentIndex())
        if index.isValid():
            self._go_to(index)
            if event is None:
                self.edit(index)
            else:
                self.edit(index, _TRIGGER.AnyKeyPressed, event)

    def _typed_index(self, index: QModelIndex) -> QModelIndex:
        if not index.isValid() or index.column() in self._typed:
            return index
        return index.siblingAtColumn(self._typed[0])

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:  # noqa: N802
        """After Return the next row is chosen, after Tab the next cell opens."""
        at = self.currentIndex()
        plain = _END_OF_EDIT.NoHint if hint is not _END_OF_EDIT.RevertModelCache else hint
        super().closeEditor(editor, plain)
        if hint is _END_OF_EDIT.SubmitModelCache:
            self._go_to(at.siblingAtRow(at.row() + 1))
        elif hint in (_END_OF_EDIT.EditNextItem, _END_OF_EDIT.EditPreviousItem):
            following = self._next(at, 1 if hint is _END_OF_EDIT.EditNextItem else -1)
            if following.isValid():
                self._go_to(following)
                self.edit_cell()

    def _next(self, at: QModelIndex, step: int) -> QModelIndex:
        """The next cell to type into, row by row; none after the last."""
        place = at.row() * len(self._typed) + self._typed.index(at.column()) + step
        row, column = divmod(place, len(self._typed))
        return self.model().index(row, self._typed[column]) if place >= 0 else QModelIndex()

    def _go_to(self, index: QModelIndex) -> None:
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, _SELECT)
            self.scrollTo(index)
