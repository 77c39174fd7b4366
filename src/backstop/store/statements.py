"""What is kept of statements in a book file: rows in, rows out, and taken away again."""

import sqlite3
from collections.abc import Iterable, Iterator
from typing import TypeVar

import msgspec

from backstop.domain import KeptRow, KeptStatement, Statements
from backstop.store import layout
from backstop.store.layout import Layout, Row

Kept = TypeVar("Kept", bound=msgspec.Struct)

_IDENTITY = {
    layout.STATEMENT.table: "key",
    layout.STATEMENT_ROW.table: "digest",
}
"""By which a row is known; each is in its table once."""


def statement_rows(kept: Statements) -> Iterator[tuple[Layout, list[msgspec.Struct]]]:
    """The records of each table, in the order in which they are written."""
    yield layout.STATEMENT, list(kept.files)
    yield layout.STATEMENT_ROW, list(kept.rows)


def stored(connection: sqlite3.Connection, table: Layout) -> Iterator[Row]:
    """Every row of a table, in the order in which it was written."""
    names = [each.name for each in table.columns]
    listed = ", ".join(f"[{name}]" for name in names)
    for row in connection.execute(f"SELECT {listed} FROM [{table.table}] ORDER BY [id]"):
        yield dict(zip(names, row, strict=True))


def rows_of(
    connection: sqlite3.Connection, table: Layout, records: Iterable[msgspec.Struct]
) -> list[Row]:
    """The stored rows of these records."""
    name = _IDENTITY[table.table]
    wanted = {getattr(each, name) for each in records}
    return [each for each in stored(connection, table) if each[name] in wanted] if wanted else []


def statements_in(connection: sqlite3.Connection) -> Statements:
    """All that is kept; raises `ValueError` or `msgspec.ValidationError` for what cannot be."""
    return Statements(
        tuple(_records(connection, layout.STATEMENT, KeptStatement)),
        tuple(_records(connection, layout.STATEMENT_ROW, KeptRow)),
    )


def _records(connection: sqlite3.Connection, table: Layout, kind: type[Kept]) -> Iterator[Kept]:
    return (msgspec.convert(table.values(row), kind) for row in stored(connection, table))
