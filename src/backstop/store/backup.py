"""Copies of a book file that are proved: made by SQLite, opened, checked, compared, then named.

A plain copy of an open database may lack every committed row and still pass SQLite's check, so
files are never copied byte by byte here, and no copy gets its name before it has been read back.
"""

import hashlib
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from backstop.disk.files import remove_with_logs
from backstop.disk.whole import begin, give_name
from backstop.store.connecting import connect, sql_errors
from backstop.store.faults import refused_copy, unproved_copy
from backstop.store.header import fitting
from backstop.store.key import Key
from backstop.store.reading import check, file_version, reading
from backstop.store.seal import stored_seals

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
    it is whole; `naming` may then choose another than that of `target`. Raises `NotSaved`, or what
    opening the book would raise.
    """
    key = fitting(path, key)
    fresh = target.with_name(f".{target.name}.{os.getpid()}-{threading.get_ident()}.new")
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        remove_with_logs(fresh)
        with reading(path, key) as connection:
            file_version(path, connection)
            with told_as(target):
                copy_pages(connection, fresh, key)
            known = _identity(connection)
        records = _proved(fresh, key, known, target)
        named = target.with_name(naming(records, known)) if naming else target
        if named.exists():
            raise unproved_copy(named)
        give_name(fresh, named)
    except OSError as error:
        raise refused_copy(target, error) from error
    finally:
        remove_with_logs(fresh)
    return named


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


def _proved(fresh: Path, key: Key | None, known: str, target: Path) -> int:
    """Read the copy back in full: its rows must fit its seals, and its seals be its source's."""
    records = check(fresh, key)
    if identity(fresh, key) != known:
        raise unproved_copy(target)
    return records
