"""Copies of a book file that are proved: made by SQLite, opened, checked, compared, then named.

A plain copy of an open database may lack every committed row and still pass SQLite's check, so
files are never copied byte by byte here, and no copy gets its name before it has been read back.
"""

import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from backstop.disk.files import make_private
from backstop.disk.own import data_folder
from backstop.disk.unfinished import unfinished, unused_name
from backstop.disk.whole import begin, give_name
from backstop.store.connecting import connect, sql_errors
from backstop.store.faults import (
    DamagedHistory,
    DamagedLedger,
    DamagedPart,
    DamagedStatements,
    refused_copy,
    refused_writing,
    unproved_copy,
)
from backstop.store.header import fitting
from backstop.store.key import Key
from backstop.store.layout import (
    HISTORY_SEAL,
    HISTORY_TABLE,
    LEDGER_SEAL,
    LEDGER_TABLE,
    SEAL_TABLE,
    STATEMENT_TABLES,
    STATEMENTS_SEAL,
)
from backstop.store.ledger import unreadable_rows
from backstop.store.reading import check, damaged_parts, file_version, reading
from backstop.store.seal import EMPTY, ledger_seal, stored_seals

PAGES_AT_ONCE = 256
"""Other connections get their turn between two steps of a copy."""


Naming = Callable[[int, str], str]
"""A file name made of how many records a copy holds, and of its `identity`."""


def identity(path: Path, key: Key | None = None) -> str:
    """Twelve characters that differ for files that say different things, as their seals do."""
    with reading(path, key) as connection:
        return _identity(connection)


def back_up(
    path: Path, target: Path, key: Key | None = None, *, naming: Naming | None = None
) -> Path:
    """Write a proved copy of a book to `target`, which must not exist; returns its path.

    The copy is of the same version and opens with the same passphrase. It has its name only when
    it is whole; `naming` may then choose another than that of `target`. Raises `NotSaved`,
    `DamagedPart`, or what opening the book would raise.
    """
    key = fitting(path, key)
    try:
        make_private(target.parent)
        with unfinished(target.with_name(unused_name()), data_folder()) as fresh:
            with reading(path, key) as connection:
                file_version(path, connection)
                with told_as(target):
                    copy_pages(connection, fresh, key)
                known = _identity(connection)
            records = _proved(path, fresh, key, known, target)
            named = target.with_name(naming(records, known)) if naming else target
            if named.exists():
                raise unproved_copy(named)
            give_name(fresh, named)
    except OSError as error:
        raise refused_copy(target, error) from error
    return named


def set_parts_aside(path: Path, target: Path, key: Key | None) -> tuple[DamagedPart, ...]:
    """Keep a copy of a book of which parts are damaged at `target`; then begin its history and its
    statements anew, and keep the rows of the ledger that can be read. Returns what was damaged.

    The caller holds the lock. Raises `NotSaved`; the file is then as it was.
    """
    parts = damaged_parts(path, key)
    if not parts:
        return ()
    try:
        make_private(target.parent)
        with unfinished(target.with_name(unused_name()), data_folder()) as fresh:
            with reading(path, key) as connection, told_as(target):
                copy_pages(connection, fresh, key)
            give_name(fresh, target)
        with closing(connect(path, "mode=rw", key)) as connection:
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("BEGIN IMMEDIATE")
            for fault in parts:
                _BEGUN_ANEW[type(fault)](connection)
            connection.execute("COMMIT")
    except OSError as error:
        raise refused_writing(path, error) from error
    except sql_errors() as error:
        raise refused_writing(path, error) from error
    return parts


def _without_history(connection: sqlite3.Connection) -> None:
    connection.execute(f"DELETE FROM [{HISTORY_TABLE}]")
    _seal(connection, HISTORY_SEAL, EMPTY)


def _without_statements(connection: sqlite3.Connection) -> None:
    for table in STATEMENT_TABLES:
        connection.execute(f"DELETE FROM [{table}]")
    _seal(connection, STATEMENTS_SEAL, EMPTY)


def _with_readable_ledger(connection: sqlite3.Connection) -> None:
    for number in unreadable_rows(connection):
        connection.execute(f"DELETE FROM [{LEDGER_TABLE}] WHERE id = ?", (number,))
    _seal(connection, LEDGER_SEAL, ledger_seal(connection))


def _seal(connection: sqlite3.Connection, number: int, digest: str) -> None:
    connection.execute(f"UPDATE [{SEAL_TABLE}] SET digest = ? WHERE id = ?", (digest, number))


_BEGUN_ANEW: dict[type[DamagedPart], Callable[[sqlite3.Connection], None]] = {
    DamagedHistory: _without_history,
    DamagedLedger: _with_readable_ledger,
    DamagedStatements: _without_statements,
}


def copy_pages(source: sqlite3.Connection, target: Path, key: Key | None) -> None:
    """Copy a database as the reader sees it into a new file that its owner alone can read; to be
    called inside `told_as`."""
    begin(target)
    with closing(connect(target, "mode=rw", key)) as connection:
        source.backup(connection, pages=PAGES_AT_ONCE, sleep=0.001)
        connection.execute("PRAGMA journal_mode = DELETE")  # one file, wherever it is carried


@contextmanager
def told_as(named: Path) -> Iterator[None]:
    """What refuses a copy is told with the name that the copy was to have."""
    try:
        yield
    except OSError as error:
        raise refused_copy(named, error) from error
    except sql_errors() as error:
        raise refused_copy(named, error) from error


def _identity(connection: sqlite3.Connection) -> str:
    """Of any version: every one so far has had seals."""
    seals = sorted(stored_seals(connection).items())
    return hashlib.sha256(repr(seals).encode()).hexdigest()[:12]


def _proved(path: Path, fresh: Path, key: Key | None, known: str, target: Path) -> int:
    """Read the copy back in full: its rows must fit its seals, and its seals be its source's."""
    try:
        records = check(fresh, key)
    except DamagedPart as fault:
        raise type(fault)(path) from None
    if identity(fresh, key) != known:
        raise unproved_copy(target)
    return records
