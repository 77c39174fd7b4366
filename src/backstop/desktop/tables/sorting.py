"""Rows in the order that the owner chose by a click on a head."""

from functools import cmp_to_key
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
        self._ranks: list[int] = []
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

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Compare each row with all others once: thousands would hold the window up."""
        self._ranks = self._ranked(column, order) if column >= 0 else []
        super().sort(column, order)
        self._ranks = []

    def _ranked(self, column: int, order: Qt.SortOrder) -> list[int]:
        """The place of each row among all; what is missing comes last in either order."""
        keys = [self._rows.columns[column].sort(row) for row in self._rows.rows]
        known = {key for key in keys if key is not None}
        is_text = all(isinstance(key, str) for key in known)
        in_order = sorted(known, key=cmp_to_key(self._collator.compare) if is_text else None)
        ranks = {key: number for number, key in enumerate(in_order)}
        missing = len(keys) if order is Qt.SortOrder.AscendingOrder else -1
        return [missing if key is None else ranks[key] for key in keys]

    def lessThan(self, left: Index, right: Index) -> bool:  # noqa: N802
        """Text by the rules of the language; rows without a value stand last in either order."""
        if self._ranks:
            return self._ranks[left.row()] < self._ranks[right.row()]
        one, other = self._rows.sort_key(left), self._rows.sort_key(right)
        if one is None or other is None:
            ascending = self.sortOrder() is Qt.SortOrder.AscendingOrder
            return (one is None) is not (other is None) and (other is None) is ascending
        if isinstance(one, str) and isinstance(other, str):
            return self._collator.compare(one, other) < 0
        return bool(one < other)
