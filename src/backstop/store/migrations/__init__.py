"""From each version of the file to the next: one numbered module each, all in one transaction.

A module has `VERSION`, which it leads to; `is_whole`, which checks a file of the version before
with the knowledge of that time; and `upgrade`, which makes the change through `run`. None of them
uses what is written for the present version, so that it stays what it was. The number of the
version is part of the transaction: after any failure the file is as it was before.
"""

import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Protocol

from backstop.store import connecting
from backstop.store.connecting import sql_errors
from backstop.store.faults import damaged, error_name, refused_reading, refused_writing
from backstop.store.key import Key
from backstop.store.layout import FILE_VERSION
from backstop.store.migrations import to_2_history, to_3_measures

Run = Callable[..., sqlite3.Cursor]
"""Carries out one statement with its values."""


class Migration(Protocol):
    """What a module of this package has."""

    VERSION: int

    def is_whole(self, connection: sqlite3.Connection, /) -> bool: ...

    def upgrade(self, run: Run, /) -> None: ...


MIGRATIONS: dict[int, Migration] = {each.VERSION: each for each in (to_2_history, to_3_measures)}

ADDED: dict[str, tuple[str, ...]] = {
    table: tuple(each.split()[0] for each in columns)
    for table, columns in to_3_measures.COLUMNS.items()
}
"""The columns that stand last in the tables of an upgraded file, which a new one has elsewhere."""


def upgrade(path: Path, key: Key | None = None, to: int = FILE_VERSION) -> int:
    """Bring the file to version `to`; returns the version that it had.

    The caller holds the lock and has a proved backup. Raises `DamagedBook` or `NotSaved`; the file
    is then as it was.
    """
    try:
        with closing(connecting.connect(path, "mode=rw", key)) as connection:
            connection.execute("PRAGMA synchronous = FULL")
            return _upgrade(path, connection, to)
    except sql_errors() as error:
        if error_name(error).startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
            raise refused_reading(path, error) from error
        raise refused_writing(path, error) from error


def execute(connection: sqlite3.Connection, statement: str, values: object = ()) -> sqlite3.Cursor:
    """Every statement of every upgrade passes here, so that a test can let each of them fail."""
    return connection.execute(statement, values)  # type: ignore[arg-type]  # a tuple, or nothing


def _upgrade(path: Path, connection: sqlite3.Connection, to: int) -> int:
    execute(connection, "BEGIN IMMEDIATE")
    try:
        (had,) = connection.execute("PRAGMA user_version").fetchone()
        for version in range(had + 1, to + 1):
            _take_step(path, connection, MIGRATIONS[version])
        execute(connection, "COMMIT")
    except BaseException:
        with suppress(*sql_errors()):  # a full disk has rolled back already
            connection.execute("ROLLBACK")
        raise
    return int(had)


def _take_step(path: Path, connection: sqlite3.Connection, step: Migration) -> None:
    if not step.is_whole(connection):
        raise damaged(path)

    def run(statement: str, values: object = ()) -> sqlite3.Cursor:
        return execute(connection, statement, values)

    step.upgrade(run)
    run(f"PRAGMA user_version = {step.VERSION}")


__all__ = ["ADDED", "MIGRATIONS", "Migration", "Run", "execute", "upgrade"]
