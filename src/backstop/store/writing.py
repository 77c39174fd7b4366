"""Writing a book: SQLModel's tables over SQLite, one transaction for each change.

Importing this module imports SQLAlchemy, which takes a second; `BookFile` does so when it first
writes. Every save has a connection of its own, so that it may run on any thread, and so that after
it one file holds everything: SQLite works its log into the file when the last connection closes.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from sqlalchemy import Connection, Engine, Table, event, func, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool
from sqlmodel import Session, SQLModel, create_engine

from backstop.domain import Book, EnvironmentFault, Settled, Statements, message
from backstop.domain.statements import NOTHING_KEPT
from backstop.store import layout
from backstop.store.connecting import connect, sql_errors
from backstop.store.difference import RowChange, difference, rows_of
from backstop.store.faults import NotSaved, not_the_book, refused_writing
from backstop.store.header import check_header
from backstop.store.history import Step, rows_about
from backstop.store.key import Key
from backstop.store.layout import BOOK_SEAL, HISTORY_SEAL, LEDGER_SEAL, STATEMENTS_SEAL, Row
from backstop.store.ledger import kept_rows, ledger_rows, rows_taken_back, stored_rows
from backstop.store.place import is_shared
from backstop.store.placed import placed
from backstop.store.seal import EMPTY, added, book_seal, row_hash, stored_seals
from backstop.store.statements import rows_of as stored_statements
from backstop.store.statements import statement_rows
from backstop.store.tables import TABLES

DURABLE = ("PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL")
"""Set on every connection that writes: what has been committed survives a loss of power."""

DURABLE_WHERE_SHARED = ("PRAGMA journal_mode = DELETE", "PRAGMA synchronous = FULL")
"""The same in a network or synced folder, where a write-ahead log is not safe."""


def write_new(
    path: Path,
    book: Book,
    key: Key | None = None,
    ledger: Sequence[Settled] = (),
    statements: Statements = NOTHING_KEPT,
) -> str:
    """Make the empty file at `path` a book file; returns the seal of its rows."""
    with _transaction(path, key) as session:
        for statement in (
            f"PRAGMA application_id = {layout.APPLICATION_ID}",
            f"PRAGMA user_version = {layout.FILE_VERSION}",
        ):
            session.connection().exec_driver_sql(statement)
        SQLModel.metadata.create_all(session.connection(), [_table(name) for name in TABLES])
        for table, rows in groupby(rows_of(book), key=lambda each: each[0]):
            session.connection().execute(insert(_table(table)), [row for _, row in rows])
        seal = book_seal(_raw(session))
        kept = _add_to_ledger(session, EMPTY, kept_rows(ledger))
        seals = {BOOK_SEAL: seal, HISTORY_SEAL: EMPTY, LEDGER_SEAL: kept}
        _put_seals(session, seals | {STATEMENTS_SEAL: _add_statements(session, EMPTY, statements)})
        return seal


def write_difference(
    path: Path, before: Book, after: Book, seal: str, steps: Sequence[Step], key: Key | None = None
) -> str:
    """Bring the file from `before`, whose rows have that seal, to `after`; returns the new seal.

    `steps` go into the history. Durable when it returns. Raises `NotSaved`, the file being as it
    was, when the disk refuses, or when the file no longer holds `before`.
    """
    _check_it_is_there(path, key)
    with _transaction(path, key) as session:
        seals = stored_seals(_raw(session))
        if seals[BOOK_SEAL] != seal:
            raise NotSaved(
                message(
                    "“{file}” was changed by another program since it was opened: "
                    "the change was not saved. Save a copy elsewhere, then open the file again.",
                    file=path.name,
                )
            )
        differing = difference(before, after)
        changes = placed(_raw(session), before, after, differing)
        _carry_out(session, changes)
        renewed = _resealed(seal, changes)
        is_one = len(steps) == 1 and steps[0].before is before and steps[0].after is after
        known = differing if is_one else None
        told, ledger = _tell(session, steps, seals[LEDGER_SEAL] or EMPTY, known)
        history = added(seals[HISTORY_SEAL] or EMPTY, *told)
        kept = seals[STATEMENTS_SEAL] or EMPTY
        for step in steps:
            kept = _take_statements(session, kept, step.statements.removed)
            kept = _add_statements(session, kept, step.statements.added)
        now = {BOOK_SEAL: renewed, HISTORY_SEAL: history, LEDGER_SEAL: ledger}
        _put_seals(session, now | {STATEMENTS_SEAL: kept})
        return renewed


def _check_it_is_there(path: Path, key: Key | None) -> None:
    """SQLite would make a database of an empty file that was put in the book's place."""
    try:
        check_header(path, key)
    except EnvironmentFault as fault:
        raise not_the_book(path) from fault


def _carry_out(session: Session, changes: Iterable[RowChange]) -> None:
    gone = [each for each in changes if each.new is None]
    put = [each for each in changes if each.new is not None]
    for table, group in groupby(gone, key=lambda each: each.table):
        keys = _table(table).primary_key.columns
        for each in group:
            matching = [column == (each.old or {})[column.name] for column in keys]
            session.connection().execute(_table(table).delete().where(*matching))
    for table, group in groupby(put, key=lambda each: each.table):
        _upsert(session, _table(table), [each.new for each in group if each.new])


def _upsert(session: Session, table: Table, rows: list[Row]) -> None:
    statement = insert(table)
    keys = {column.name for column in table.primary_key.columns}
    others = {c.name: statement.excluded[c.name] for c in table.columns if c.name not in keys}
    session.connection().execute(
        statement.on_conflict_do_update(index_elements=sorted(keys), set_=others), rows
    )


def _resealed(seal: str, changes: Iterable[RowChange]) -> str:
    return added(
        seal,
        *(row_hash(each.table, each.new) for each in changes if each.new),
        removed=tuple(row_hash(each.table, each.old) for each in changes if each.old),
    )


def _tell(
    session: Session, steps: Sequence[Step], ledger: str, known: list[RowChange] | None
) -> tuple[list[int], str]:
    """Write the steps into the history and the ledger; returns the hashes of the history's new
    rows, and the seal that the ledger has then. `known` are the changes of a single step."""
    table = _table(layout.HISTORY_TABLE)
    last = select(func.max(table.c.number), func.max(table.c.change))
    number, change = (each or 0 for each in session.connection().execute(last).one())
    rows: list[Row] = []
    for step in steps:
        told = list(rows_about(step, number + len(rows) + 1, change + 1, known))
        rows += told
        change += bool(told)
        ledger = _settle(session, step, change, ledger)
    if rows:
        session.connection().execute(insert(table), rows)
    return [row_hash(layout.HISTORY_TABLE, row) for row in rows], ledger


def _settle(session: Session, step: Step, change: int, seal: str) -> str:
    """Take back what a step takes back, then add what it settles; returns the ledger's seal."""
    if step.unsettled:
        seal = _take_from_ledger(session, seal, step.unsettled)
    if not step.settled:
        return seal
    table = _table(layout.LEDGER_TABLE)
    last = session.connection().execute(select(func.max(table.c.id))).scalar() or 0
    return _add_to_ledger(session, seal, ledger_rows(step.settled, last + 1, change))


def _add_to_ledger(session: Session, seal: str, rows: list[Row]) -> str:
    if rows:
        session.connection().execute(insert(_table(layout.LEDGER_TABLE)), rows)
    return added(seal, *(row_hash(layout.LEDGER_TABLE, row) for row in rows))


def _take_from_ledger(session: Session, seal: str, unsettled: Sequence[Settled]) -> str:
    table = _table(layout.LEDGER_TABLE)
    rows = rows_taken_back(stored_rows(_raw(session)), unsettled)
    for row in rows:
        session.connection().execute(table.delete().where(table.c.id == row["id"]))
    return added(seal, removed=tuple(row_hash(layout.LEDGER_TABLE, row) for row in rows))


def _add_statements(session: Session, seal: str, kept: Statements) -> str:
    """Write what is kept of statements; returns their seal."""
    for each, records in statement_rows(kept):
        if records:
            table = _table(each.table)
            last = session.connection().execute(select(func.max(table.c.id))).scalar() or 0
            rows = [each.cells(record, id=n) for n, record in enumerate(records, start=last + 1)]
            session.connection().execute(insert(table), rows)
            seal = added(seal, *(row_hash(each.table, row) for row in rows))
    return seal


def _take_statements(session: Session, seal: str, gone: Statements) -> str:
    """Take away what is kept of statements; returns their seal."""
    for each, records in statement_rows(gone):
        rows = stored_statements(_raw(session), each, records)
        table = _table(each.table)
        for row in rows:
            session.connection().execute(table.delete().where(table.c.id == row["id"]))
        seal = added(seal, removed=tuple(row_hash(each.table, row) for row in rows))
    return seal


def _put_seals(session: Session, seals: dict[int, str]) -> None:
    rows: list[Row] = [{"id": number, "digest": digest} for number, digest in seals.items()]
    _upsert(session, _table(layout.SEAL_TABLE), rows)


def _table(name: str) -> Table:
    return SQLModel.metadata.tables[name]


def _raw(session: Session) -> sqlite3.Connection:
    raw: sqlite3.Connection = session.connection().connection.driver_connection  # type: ignore[assignment]
    return raw


@contextmanager
def _transaction(path: Path, key: Key | None) -> Iterator[Session]:
    """One session, one transaction: committed at the end, rolled back after any error."""
    try:
        with Session(_engine(path, key)) as session, session.begin():
            yield session
    except DBAPIError as error:
        raise refused_writing(path, error.orig) from error
    except sql_errors() as error:
        raise refused_writing(path, error) from error
    except OSError as error:
        raise refused_writing(path, error) from error


@lru_cache(maxsize=8)
def _engine(path: Path, key: Key | None) -> Engine:
    """SQLAlchemy's view of the file; it keeps no connection, and is dear to make."""
    engine = create_engine(
        "sqlite://", creator=lambda: _writing_connection(path, key), poolclass=NullPool
    )
    event.listen(engine, "begin", _begin)
    return engine


def forget_engines() -> None:
    """Drop what is remembered of files and their keys."""
    _engine.cache_clear()


def _writing_connection(path: Path, key: Key | None) -> sqlite3.Connection:
    connection = connect(path, "mode=rw", key)
    for statement in DURABLE_WHERE_SHARED if is_shared(path) else DURABLE:
        connection.execute(statement)
    return connection


def _begin(connection: Connection) -> None:
    """The driver begins no transactions itself, so that SQLAlchemy's are SQLite's."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")
