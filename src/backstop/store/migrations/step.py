"""What all steps from one version of the file to the next have in common.

Like the steps, it stays what it was when it was written: none of it uses what is written for the
present version.
"""

import hashlib
import re
import sqlite3
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field

Run = Callable[..., sqlite3.Cursor]
"""Carries out one statement with its values."""

_NAME = re.compile(r"CREATE TABLE (\w+)")
_TABLES = (
    "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name <> 'seal' ORDER BY name"
)


_APART = ("history", "ledger", "statement", "statement_row")


def seal_of(run: Run) -> str:
    """The seal of a book since version 2: the sum of its rows' hashes, modulo 2^256."""
    total = 0
    for table, definition in run(_TABLES).fetchall():
        total += _hash("definition", definition)
        if table not in _APART:
            names = sorted(row[1] for row in run(f"PRAGMA table_info([{table}])"))
            columns = ", ".join(f"[{name}]" for name in names)
            total += sum(_hash(table, row) for row in run(f"SELECT {columns} FROM [{table}]"))
    return f"{total % (1 << 256):064x}"


def nothing_else(run: Run) -> None:
    """Most steps only add."""


@dataclass(frozen=True)
class Step:
    """One step, as data: what version `version` added to the tables of the one before.

    `columns` are the definitions that tables get at their end, each with its default; `tables` the
    definitions of new ones. `further` does what neither says. `book_version` is the version of
    `book.json` that belongs to it; `seal_before` how the version before sealed its books.
    """

    version: int
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    tables: tuple[str, ...] = ()
    book_version: int | None = None
    further: Callable[[Run], None] = nothing_else
    seal_before: Callable[[Run], str] = seal_of

    @property
    def new_tables(self) -> set[str]:
        """The names of the tables that it makes."""
        return {name for definition in self.tables for name in _NAME.findall(definition)}

    @property
    def added(self) -> dict[str, tuple[str, ...]]:
        """The names of the added columns, by their tables."""
        return {
            table: tuple(each.split()[0] for each in columns)
            for table, columns in self.columns.items()
        }

    def is_whole(self, connection: sqlite3.Connection, tables: Set[str]) -> bool:
        """As the version before, which had these tables, checked its files: tables, pages, seal."""
        named = {
            str(name)
            for kind, name in connection.execute("SELECT type, name FROM sqlite_master")
            if not (kind == "index" and str(name).startswith("sqlite_autoindex_"))
        }
        if named != tables:
            return False
        if connection.execute("PRAGMA integrity_check(1)").fetchall() != [("ok",)]:
            return False
        found = connection.execute("SELECT digest FROM seal WHERE id = 1").fetchone()
        return bool(found) and found[0] == self.seal_before(connection.execute)

    def upgrade(self, run: Run) -> None:
        """Make the change, and seal the book anew."""
        for table, columns in self.columns.items():
            for column in columns:
                run(f"ALTER TABLE {table} ADD COLUMN {column}")
        self.further(run)
        for definition in self.tables:
            run(definition)
        if self.book_version is not None:
            run(f"UPDATE book SET version = {self.book_version}")
        run("UPDATE seal SET digest = ? WHERE id = 1", (seal_of(run),))
        run(f"PRAGMA user_version = {self.version}")


def _hash(table: str, what: object) -> int:
    return int.from_bytes(hashlib.sha256(f"{table}\n{what!r}".encode()).digest(), "big")
