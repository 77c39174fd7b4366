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
from backstop.store.faults import DamagedHistory, refused_copy, refused_writing, unproved_copy
from backstop.store.header import fitting
from backstop.store.key import Key
from backstop.store.layout import HISTORY_SEAL, HISTORY_TABLE, SEAL_TABLE
from backstop.store.reading import check, file_version, reading
from backstop.store.seal import EMPTY, stored_seals

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
    `DamagedHistory`, or what opening the book would raise.
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


def set_history_aside(path: Path, target: Path, key: Key | None) -> None:
    """Keep a copy of a book whose history is damaged at `target`; then begin its history anew.

    The caller holds the lock. Raises `NotSaved`; the file is then as it was.
    """
    try:
        make_private(target.parent)
        with unfinished(target.with_name(unused_name()), data_folder()) as fresh:
            with reading(path, key) as connection, told_as(target):
                copy_pages(connection, fresh, key)
            give_name(fresh, target)
        with closing(connect(path, "mode=rw", key)) as connection:
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(f"DELETE FROM [{HISTORY_TABLE}]")
            connection.execute(
                f"UPDATE [{SEAL_TABLE}] SET digest = ? WHERE id = ?", (EMPTY, HISTORY_SEAL)
            )
            connection.execute("COMMIT")
    except OSError as error:
        raise refused_writing(path, error) from error
    except sql_errors() as error:
        raise refused_writing(path, error) from error


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
    except DamagedHistory:
        raise DamagedHistory(path) from None
    if identity(fresh, key) != known:
        raise unproved_copy(target)
    return records
