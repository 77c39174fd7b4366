"""Table models of all pages: frozen rows in, cells out; apart from the widgets that show them."""

from backstop.desktop.tables.columns import TableColumn, money_column, no_tone
from backstop.desktop.tables.sorting import SortedRows
from backstop.desktop.tables.table import ROW_ROLE, SORT_ROLE, TableModel
from backstop.desktop.tables.view import RowsView

__all__ = [
    "ROW_ROLE",
    "SORT_ROLE",
    "RowsView",
    "SortedRows",
    "TableColumn",
    "TableModel",
    "money_column",
    "no_tone",
]
