"""Reading a book with nothing but the standard library, so that it is on screen at once.

The file is checked on the way: its kind, its pages, its seal. Nothing is ever written here. A file
of an older version is read through an upgraded private copy.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfile
from typing import Any

import msgspec

from backstop.disk.files import beside, is_too_long, remove
from backstop.disk.own import scratch
from backstop.domain import BadInput, Book, Settled, Statements, message
from backstop.domain.statements import NOTHING_KEPT
from backstop.store import layout
from backstop.store.connecting import connect, operational_errors, sql_errors
from backstop.store.faults import (
    DamagedBook,
    DamagedHistory,
    DamagedLedger,
    DamagedPart,
    DamagedStatements,
    WrongPassphrase,
    damaged,
    error_name,
    newer,
    refused_reading,
    unreadable,
)
from backstop.store.header import check_header, fitting, has_log, logs_of
from backstop.store.history import Entry, entries
from backstop.store.key import Key
from backstop.store.layout import (
    BOOK_SEAL,
    FILE_VERSION,
    FIRST_WITH_HISTORY,
    HISTORY_SEAL,
    LEDGER_SEAL,
    STATEMENTS_SEAL,
    Layout,
    Row,
)
from backstop.store.ledger import settled_in
from backstop.store.seal import (
    book_seal,
    history_seal,
    ledger_seal,
    statements_seal,
    stored_seals,
)
from backstop.store.statements import statements_in

_RECORDS = tuple(each.table for each in layout.LAYOUTS if each not in (layout.BOOK, layout.TRANCHE))


_FIRST_WITH_LEDGER = 6


@dataclass(frozen=True)
class Loaded:
    """A book, the seal of the rows that it came from, and the version of their file."""

    book: Book
    seal: str
    version: int = FILE_VERSION


def load(path: Path, key: Key | None = None, *, without_log: bool = False) -> Loaded:
    """The book in this file; raises an `EnvironmentFault` with a sentence, and changes no byte."""
    with reading(path, key, without_log=without_log) as connection:
        version = file_version(path, connection)
        if version < FILE_VERSION:
            return _load_upgraded(path, key, connection, version)
        return Loaded(*_checked(path, connection))


def check(path: Path, key: Key | None = None) -> int:
    """Everything that `load` checks but the making of records: pages, rows, seals; and what is kept
    beside the book. Raises the first `DamagedPart` too.

    Returns how many records there are. Rows that fit their seals are rows that were once a book.
    """
    with reading(path, key) as connection:
        if file_version(path, connection) < FILE_VERSION:
            return len(load(path, key).book.by_id)
        _check(path, connection)
        for fault in _damaged_parts(path, connection):
            raise fault
        counts = (connection.execute(f"SELECT count(*) FROM [{table}]") for table in _RECORDS)
        return sum(int(count.fetchone()[0]) for count in counts)


def damaged_parts(path: Path, key: Key | None = None) -> tuple[DamagedPart, ...]:
    """What is damaged of what the file keeps beside the book; nothing of an older file."""
    with reading(path, key) as connection:
        if file_version(path, connection) < FILE_VERSION:
            return ()
        return tuple(_damaged_parts(path, connection))


def _damaged_parts(path: Path, connection: sqlite3.Connection) -> Iterator[DamagedPart]:
    stored = stored_seals(connection)
    parts: tuple[tuple[int, Callable[[sqlite3.Connection], str], type[DamagedPart]], ...] = (
        (HISTORY_SEAL, history_seal, DamagedHistory),
        (LEDGER_SEAL, ledger_seal, DamagedLedger),
        (STATEMENTS_SEAL, statements_seal, DamagedStatements),
    )
    for number, seal, fault in parts:
        if seal(connection) != stored[number]:
            yield fault(path)


def load_history(path: Path, key: Key | None = None) -> list[Entry]:
    """The change history, the oldest first; raises `DamagedHistory` where it is not whole."""
    with reading(path, key) as connection:
        if file_version(path, connection) < FIRST_WITH_HISTORY:
            return []
        if not _has_whole_history(connection):
            raise DamagedHistory(path)
        try:
            return list(entries(connection))
        except (ValueError, TypeError, LookupError, RecursionError) as error:
            raise DamagedHistory(path) from error


def load_ledger(path: Path, key: Key | None = None) -> tuple[Settled, ...]:
    """What was settled, in the order in which it was written; raises `DamagedLedger` where it is
    not whole."""
    with reading(path, key) as connection:
        if file_version(path, connection) < _FIRST_WITH_LEDGER:
            return ()
        if ledger_seal(connection) != stored_seals(connection)[LEDGER_SEAL]:
            raise DamagedLedger(path)
        try:
            return settled_in(connection)
        except (ValueError, TypeError, LookupError, RecursionError) as error:
            raise DamagedLedger(path) from error


def load_statements(path: Path, key: Key | None = None) -> Statements:
    """What is kept of statements; raises `DamagedStatements` where it is not whole."""
    with reading(path, key) as connection:
        if file_version(path, connection) < _FIRST_WITH_LEDGER:
            return NOTHING_KEPT
        if statements_seal(connection) != stored_seals(connection)[STATEMENTS_SEAL]:
            raise DamagedStatements(path)
        try:
            return statements_in(connection)
        except (ValueError, TypeError, LookupError, RecursionError) as error:
            raise DamagedStatements(path) from error


def _has_whole_history(connection: sqlite3.Connection) -> bool:
    return history_seal(connection) == stored_seals(connection)[HISTORY_SEAL]


@contextmanager
def reading(
    path: Path, key: Key | None = None, *, without_log: bool = False
) -> Iterator[sqlite3.Connection]:
    """A connection that cannot write, inside a transaction; its errors become sentences.

    `without_log` reads the file by itself, whatever lies beside it.
    """
    key = fitting(path, key)
    check_header(path, key)
    try:
        with _connected(path, key, without_log) as connection:
            connection.execute("BEGIN")
            yield connection
    except sql_errors() as error:
        if error_name(error) == "SQLITE_NOTADB" and key is not None:
            raise WrongPassphrase(path) from error
        raise refused_reading(path, error) from error
    except UnicodeError as error:  # SQLite quotes damaged bytes in what it says
        raise damaged(path) from error
    except OSError as error:
        raise unreadable(path) from error


def file_version(path: Path, connection: sqlite3.Connection) -> int:
    """The version of a file of ours; refuses those of others, and of a newer Backstop.

    SQLite is asked, and not the header: a killed upgrade may stand in the log, and the header of
    a locked file says nothing.
    """
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application != layout.APPLICATION_ID or version < 1:
        raise damaged(path)
    if version > FILE_VERSION:
        raise newer(path)
    return int(version)


def tables_in(connection: sqlite3.Connection) -> set[str]:
    """What the file defines: tables of ours, and no trigger or view that someone slipped in."""
    listed = "SELECT type, name FROM sqlite_master"
    return {
        str(name)
        for kind, name in connection.execute(listed)
        if not (kind == "index" and str(name).startswith("sqlite_autoindex_"))
    }


def is_sound(connection: sqlite3.Connection) -> bool:
    """Whether SQLite finds nothing wrong with the pages."""
    return connection.execute("PRAGMA integrity_check(1)").fetchall() == [("ok",)]


def _load_upgraded(
    path: Path, key: Key | None, connection: sqlite3.Connection, version: int
) -> Loaded:
    from backstop.store.older import upgraded_copy  # of older files alone: start-up is measured

    with upgraded_copy(path, key, connection) as upgraded:
        book, seal = _checked(path, upgraded)
    return Loaded(book, seal, version)


def _checked(path: Path, connection: sqlite3.Connection) -> tuple[Book, str]:
    seal = _check(path, connection)
    return _book(path, connection), seal


def _check(path: Path, connection: sqlite3.Connection) -> str:
    if tables_in(connection) != layout.COLUMNS.keys() or not is_sound(connection):
        raise damaged(path)
    seal = stored_seals(connection)[BOOK_SEAL]
    if book_seal(connection) != seal:
        raise damaged(path)
    return seal


def _book(path: Path, connection: sqlite3.Connection) -> Book:
    try:
        return msgspec.convert(document(connection), Book)
    except BadInput as error:
        raise DamagedBook(
            message(
                "“{file}” holds what no book may hold. {problem}",
                file=path.name,
                problem=error.message,
            )
        ) from error
    except _NO_BOOK as error:
        raise damaged(path) from error


_NO_BOOK = (msgspec.ValidationError, ValueError, LookupError, StopIteration, RecursionError)


def document(connection: sqlite3.Connection) -> dict[str, Any]:
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
        "measures": _all(connection, layout.MEASURE),
        "contingencies": _all(connection, layout.SAVED_CONTINGENCY),
        "accepted_plans": _all(connection, layout.ACCEPTED_PLAN),
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
def _connected(path: Path, key: Key | None, without_log: bool) -> Iterator[sqlite3.Connection]:
    with (
        _source(path, key, without_log) as (file, options),
        closing(connect(file, options, key)) as connection,
    ):
        connection.execute("PRAGMA query_only = ON")
        yield connection


@contextmanager
def _source(path: Path, key: Key | None, without_log: bool) -> Iterator[tuple[Path, str]]:
    """Which file to read, and how, so that nothing is changed and nothing is left beside it.

    A log that a killed writer left is read with the file. Where SQLite's own bookkeeping cannot be
    put beside the file, on a full or write-protected disk, the file is read as it stands, or with
    its log from a private copy.
    """
    options = _tidy_options(path)
    if not without_log and _can_be_read(path, options, key):
        yield path, options
    elif without_log or not has_log(path):
        yield path, "mode=ro&immutable=1"
    else:
        with scratch() as folder:
            yield private_copy(path, folder), "mode=rw"


def _tidy_options(path: Path) -> str:
    """A reader that could write takes its bookkeeping away again, but would work in a log."""
    may_write = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    return "mode=rw" if may_write and not has_log(path) else "mode=ro"


def _can_be_read(path: Path, options: str, key: Key | None) -> bool:
    new = [] if is_too_long(path) else [each for each in beside(path) if not each.exists()]
    try:
        with closing(connect(path, options, key)) as connection:
            connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    except operational_errors() as error:
        if error_name(error).startswith(_NO_BOOKKEEPING):
            remove(*new)  # SQLite leaves there what it began and could not go on with
            return False
        raise
    return True


_NO_BOOKKEEPING = ("SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_IOERR", "SQLITE_FULL")


COPY_NAME = "copy.backstop"
"""However long the name of the book is."""


def private_copy(path: Path, folder: Path) -> Path:
    """A copy in this folder, with its log: SQLite may write there."""
    copy = folder / COPY_NAME
    for each, named in zip((path, *logs_of(path)), (copy, *logs_of(copy)), strict=True):
        if each.exists():
            copyfile(each, named)
    return copy
