"""A hash over everything a book file says, to notice a flipped bit that SQLite cannot.

It is made of rows, not of pages or of `book.json`: it stays the same through VACUUM and backup, and
needs no knowledge of what a column means. Rows are hashed one by one and their hashes added, so
that a change to one row of five thousand costs two hashes. The change history has a seal of its
own: it grows for years, and opening a book does not wait for it.
"""

import hashlib
import sqlite3
from collections.abc import Mapping

from backstop.store.layout import (
    BOOK_SEAL,
    HISTORY_SEAL,
    HISTORY_TABLE,
    LEDGER_SEAL,
    LEDGER_TABLE,
    SEAL_TABLE,
    SEALED_APART,
    STATEMENT_TABLES,
    STATEMENTS_SEAL,
    Cell,
)

_MODULUS = 1 << 256
_TABLES = "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name <> ? ORDER BY name"


def row_hash(table: str, row: Mapping[str, Cell]) -> int:
    """The hash of one row, whatever the order of its columns."""
    return _hash(table, tuple(row[name] for name in sorted(row)))


def definition_hash(definition: str) -> int:
    """The hash of how a table is defined."""
    return _hash("definition", definition)


def added(seal: str, *hashes: int, removed: tuple[int, ...] = ()) -> str:
    """The seal after rows with these hashes came and others went."""
    return f"{(int(seal, 16) + sum(hashes) - sum(removed)) % _MODULUS:064x}"


EMPTY = added("0")


def definitions_in(connection: sqlite3.Connection) -> dict[str, str]:
    """How the file defines each table but that of the seals."""
    return dict(connection.execute(_TABLES, (SEAL_TABLE,)).fetchall())


def book_seal(connection: sqlite3.Connection) -> str:
    """Of how all tables are defined, and of all rows but the seals and those sealed apart."""
    total = 0
    for table, definition in definitions_in(connection).items():
        total += definition_hash(definition)
        if table not in SEALED_APART:
            total += _rows(connection, table)
    return added(EMPTY, total)


def history_seal(connection: sqlite3.Connection, up_to: int | None = None) -> str:
    """Of the rows of the change history, or of those up to this number."""
    rows = "" if up_to is None else f"WHERE number <= {up_to}"
    return added(EMPTY, _rows(connection, HISTORY_TABLE, rows))


def ledger_seal(connection: sqlite3.Connection) -> str:
    """Of the rows of the ledger."""
    return added(EMPTY, _rows(connection, LEDGER_TABLE))


def statements_seal(connection: sqlite3.Connection) -> str:
    """Of what is kept of statements."""
    return added(EMPTY, *(_rows(connection, table) for table in STATEMENT_TABLES))


def stored_seals(connection: sqlite3.Connection) -> dict[int, str]:
    """The seals that the file carries, by `BOOK_SEAL` and its like."""
    listed = connection.execute(f"SELECT id, digest FROM [{SEAL_TABLE}]")
    empty = dict.fromkeys((BOOK_SEAL, HISTORY_SEAL, LEDGER_SEAL, STATEMENTS_SEAL), "")
    return empty | {int(number): str(digest) for number, digest in listed}


def content_seal(connection: sqlite3.Connection) -> str:
    """One line that is the same for two files just when all that they say is the same."""
    seals = (book_seal, history_seal, ledger_seal, statements_seal)
    return "-".join(seal(connection) for seal in seals)


def _rows(connection: sqlite3.Connection, table: str, where: str = "") -> int:
    names = sorted(row[1] for row in connection.execute(f"PRAGMA table_info([{table}])"))
    columns = ", ".join(f"[{name}]" for name in names)
    found = connection.execute(f"SELECT {columns} FROM [{table}] {where}")
    return sum(_hash(table, row) for row in found)


def _hash(table: str, what: object) -> int:
    return int.from_bytes(hashlib.sha256(f"{table}\n{what!r}".encode()).digest(), "big")
