"""From each version of the file to the next: one numbered module each, all in one transaction.

Each has a `Step`: what it adds, as data of its time, and what it does beside. None of them uses
what is written for the present version, so that it stays what it was. The number of the version is
part of the transaction: after any failure the file is as it was before.
"""

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from backstop.store import connecting
from backstop.store.connecting import sql_errors
from backstop.store.faults import damaged, error_name, refused_reading, refused_writing
from backstop.store.key import Key
from backstop.store.layout import FILE_VERSION
from backstop.store.migrations import (
    to_2_history,
    to_3_measures,
    to_4_renewal,
    to_5_terms,
    to_6_living,
)
from backstop.store.migrations.step import Step

FIRST_TABLES = frozenset(
    {
        "account",
        "book",
        "cash_flow",
        "facility",
        "link_group",
        "link_member",
        "planned_draw",
        "seal",
        "tranche",
    }
)
"""Those of version 1."""
STEPS: dict[int, Step] = {
    each.STEP.version: each.STEP
    for each in (to_2_history, to_3_measures, to_4_renewal, to_5_terms, to_6_living)
}
"""Each step by the version that it leads to."""


def tables_of(version: int) -> frozenset[str]:
    """The tables of a file of this version."""
    return FIRST_TABLES.union(*(STEPS[each].new_tables for each in range(2, version + 1)))


def added_since(version: int) -> dict[str, tuple[str, ...]]:
    """The columns that stand last in the tables of a file that once had this version, and that a
    new file has elsewhere."""
    added: dict[str, tuple[str, ...]] = {}
    for later in range(version + 1, FILE_VERSION + 1):
        for table, names in STEPS[later].added.items():
            added[table] = (*added.get(table, ()), *names)
    return added


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
            _take_step(path, connection, STEPS[version])
        execute(connection, "COMMIT")
    except BaseException:
        with suppress(*sql_errors()):  # a full disk has rolled back already
            connection.execute("ROLLBACK")
        raise
    return int(had)


def _take_step(path: Path, connection: sqlite3.Connection, step: Step) -> None:
    if not step.is_whole(connection, tables_of(step.version - 1)):
        raise damaged(path)

    def run(statement: str, values: object = ()) -> sqlite3.Cursor:
        return execute(connection, statement, values)

    step.upgrade(run)
