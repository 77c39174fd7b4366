"""Rows in the order that the owner chose by a click on a head."""

from typing import Any

from PySide6.QtCore import (
    QCollator,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)

from backstop.desktop.tables.table import SORT_ROLE, TableModel

Index = QModelIndex | QPersistentModelIndex


class SortedRows(QSortFilterProxyModel):
    """Sorts by the columns' own keys, text as the language orders it.

    What is missing comes last in both directions; equal keys keep the order of the model.
    """

    def __init__(self, rows: TableModel[Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self._collator = QCollator()
        self.setSortRole(SORT_ROLE)
        self.setSourceModel(rows)

    def speak(self, language: str) -> None:
        """Order text as this language does (Chinese by pinyin)."""
        self._collator = QCollator(QLocale(language))
        self._collator.setNumericMode(True)
        self.invalidate()

    def row_at(self, index: Index) -> Any:
        """The row value at an index of this proxy."""
        return self._rows.row_at(self.mapToSource(index))

    def lessThan(self, left: Index, right: Index) -> bool:  # noqa: N802
        """Text by the rules of the language; rows without a value stand last in either order."""
        one, other = self._rows.sort_key(left), self._rows.sort_key(right)
        if one is None or other is None:
            ascending = self.sortOrder() is Qt.SortOrder.AscendingOrder
            return (one is None) is not (other is None) and (other is None) is ascending
        if isinstance(one, str) and isinstance(other, str):
            return self._collator.compare(one, other) < 0
        return bool(one < other)
