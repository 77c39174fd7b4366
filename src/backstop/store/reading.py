"""Reading a book with nothing but the standard library, so that it is on screen at once.

The file is checked on the way: its kind, its pages, its seal. Nothing is ever written here.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from backstop.domain import BadInput, Book, message
from backstop.store import layout
from backstop.store.faults import DamagedBook, damaged, error_name, refused_reading, unreadable
from backstop.store.header import check_header, has_log, logs_of
from backstop.store.layout import Layout, Row
from backstop.store.seal import content_seal, stored_seal

BUSY_SECONDS = 2.0
_TABLES = {each.table for each in layout.LAYOUTS} | {layout.MEMBER_TABLE, layout.SEAL_TABLE}


@dataclass(frozen=True)
class Loaded:
    """A book and the seal of the rows that it came from."""

    book: Book
    seal: str


def load(path: Path) -> Loaded:
    """The book in this file; raises an `EnvironmentFault` with a sentence, and changes no byte."""
    check_header(path)
    try:
        with _connected(path) as connection:
            connection.execute("BEGIN")
            return Loaded(*_checked(path, connection))
    except sqlite3.Error as error:
        raise refused_reading(path, error) from error
    except UnicodeError as error:  # SQLite quotes damaged bytes in what it says
        raise damaged(path) from error
    except OSError as error:
        raise unreadable(path) from error


def _checked(path: Path, connection: sqlite3.Connection) -> tuple[Book, str]:
    if _objects(connection) != _TABLES or _problems(connection):
        raise damaged(path)
    seal = stored_seal(connection)
    if content_seal(connection) != seal:
        raise damaged(path)
    return _book(path, connection), seal


def _objects(connection: sqlite3.Connection) -> set[str]:
    """What the file defines: tables of ours, and no trigger or view that someone slipped in."""
    listed = "SELECT type, name FROM sqlite_master"
    return {
        str(name)
        for kind, name in connection.execute(listed)
        if not (kind == "index" and str(name).startswith("sqlite_autoindex_"))
    }


def _problems(connection: sqlite3.Connection) -> list[tuple[object, ...]]:
    found = connection.execute("PRAGMA integrity_check(1)").fetchall()
    return [] if found == [("ok",)] else found


def _book(path: Path, connection: sqlite3.Connection) -> Book:
    try:
        return msgspec.convert(_document(connection), Book)
    except BadInput as error:
        raise DamagedBook(
            message(
                "“{file}” holds what no book may hold. {problem}",
                file=path.name,
                problem=error.message,
            )
        ) from error
    except (msgspec.ValidationError, ValueError, LookupError) as error:
        raise damaged(path) from error


def _document(connection: sqlite3.Connection) -> dict[str, Any]:
    """The book as plain values: what msgspec turns into records, checking each."""
    facts = layout.BOOK.values(next(_rows(connection, layout.BOOK, "id")))
    tranches: dict[Any, list[dict[str, Any]]] = {}
    for row in _rows(connection, layout.TRANCHE):
        tranches.setdefault(row["facility"], []).append(layout.TRANCHE.values(row))
    members: dict[Any, list[Any]] = {}
    listed = "SELECT [link_group], [member] FROM [link_member] ORDER BY [position]"
    for group, member in connection.execute(listed):
        members.setdefault(group, []).append(member)
    return facts | {
        "accounts": _all(connection, layout.ACCOUNT),
        "facilities": _all(connection, layout.FACILITY, tranches=tranches),
        "cash_flows": _all(connection, layout.CASH_FLOW),
        "planned_draws": _all(connection, layout.PLANNED_DRAW),
        "link_groups": _all(connection, layout.LINK_GROUP, members=members),
    }


def _all(
    connection: sqlite3.Connection, what: Layout, **owned: dict[Any, list[Any]]
) -> list[dict[str, Any]]:
    """The records of one table in their order, each with the list that it owns."""
    return [
        what.values(row) | {field: lists.get(row["id"], []) for field, lists in owned.items()}
        for row in _rows(connection, what)
    ]


def _rows(connection: sqlite3.Connection, what: Layout, order: str = "position") -> Iterator[Row]:
    names = (*what.fields, *what.extra)
    columns = ", ".join(f"[{name}]" for name in names)  # "name" would be text if there is none
    for row in connection.execute(f"SELECT {columns} FROM [{what.table}] ORDER BY [{order}]"):
        yield dict(zip(names, row, strict=True))


@contextmanager
def _connected(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that cannot write."""
    with _source(path) as (file, options), closing(connect(file, options)) as connection:
        connection.execute("PRAGMA query_only = ON")
        yield connection


@contextmanager
def _source(path: Path) -> Iterator[tuple[Path, str]]:
    """Which file to read, and how, so that nothing is changed and nothing is left beside it.

    A log that a killed writer left is read with the file. Where SQLite's own bookkeeping cannot be
    put beside the file, on a full or write-protected disk, the file is read as it stands, or with
    its log from a private copy.
    """
    options = _tidy_options(path)
    if _can_be_read(path, options):
        yield path, options
    elif not has_log(path):
        yield path, "mode=ro&immutable=1"
    else:
        from tempfile import TemporaryDirectory

        with TemporaryDirectory(prefix="backstop-") as folder:
            yield _copied(path, Path(folder)), "mode=rw"


def _tidy_options(path: Path) -> str:
    """A reader that could write takes its bookkeeping away again, but would work in a log."""
    may_write = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    return "mode=rw" if may_write and not has_log(path) else "mode=ro"


def _can_be_read(path: Path, options: str) -> bool:
    try:
        with closing(connect(path, options)) as connection:
            connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        if error_name(error).startswith(_NO_BOOKKEEPING):
            return False
        raise
    return True


_NO_BOOKKEEPING = ("SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_IOERR", "SQLITE_FULL")


def _copied(path: Path, folder: Path) -> Path:
    from shutil import copyfile

    for each in (path, *logs_of(path)):
        if each.exists():
            copyfile(each, folder / each.name)
    return folder / path.name


def connect(path: Path, options: str) -> sqlite3.Connection:
    """A connection that creates no file, begins no transaction of itself, and trusts no schema."""
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?{options}",
        uri=True,
        isolation_level=None,
        timeout=BUSY_SECONDS,
        check_same_thread=False,
    )
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA cell_size_check = ON")
    return connection
