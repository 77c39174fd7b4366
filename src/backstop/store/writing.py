"""Writing a book: SQLModel sessions over SQLite, one transaction for each change.

Importing this module imports SQLAlchemy, which takes a second; `BookFile` does so when it first
writes. Every save has a connection of its own, so that it may run on any thread, and so that after
it one file holds everything: SQLite works its log into the file when the last connection closes.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool
from sqlmodel import Session, SQLModel, create_engine

from backstop.domain import Book, message
from backstop.store import layout
from backstop.store.difference import Difference, difference, rows_of
from backstop.store.faults import NotSaved, refused_writing
from backstop.store.reading import connect
from backstop.store.seal import content_seal, stored_seal
from backstop.store.tables import TABLES, SealRow

DURABLE = ("PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL")
"""Set on every connection that writes: what has been committed survives a loss of power."""


def write_new(path: Path, book: Book) -> str:
    """Make the empty file at `path` a book file; returns the seal of its rows."""
    with _transaction(path) as session:
        for statement in (
            f"PRAGMA application_id = {layout.APPLICATION_ID}",
            f"PRAGMA user_version = {layout.FILE_VERSION}",
        ):
            session.connection().exec_driver_sql(statement)
        tables = [SQLModel.metadata.tables[name] for name in TABLES]
        SQLModel.metadata.create_all(session.connection(), tables)
        session.add_all(TABLES[table](**row) for table, row in rows_of(book))
        return _sealed(session)


def write_difference(path: Path, before: Book, after: Book, seal: str) -> str:
    """Bring the file from `before`, whose rows have that seal, to `after`; returns the new seal.

    Durable when it returns. Raises `NotSaved`, the file being as it was, when the disk refuses, or
    when the file no longer holds `before`.
    """
    with _transaction(path) as session:
        if stored_seal(_raw(session)) != seal:
            raise NotSaved(
                message(
                    "“{file}” was changed by another program since it was opened: "
                    "the change was not saved. Save a copy elsewhere, then open the file again.",
                    file=path.name,
                )
            )
        _carry_out(session, difference(before, after))
        return _sealed(session)


def _carry_out(session: Session, change: Difference) -> None:
    for table, key in change.deletions:
        session.delete(session.get_one(TABLES[table], key))
    for table, row in change.upserts:
        session.merge(TABLES[table](**row))
    session.flush()


def _sealed(session: Session) -> str:
    session.flush()
    seal = content_seal(_raw(session))
    session.merge(SealRow(id=1, digest=seal))
    return seal


def _raw(session: Session) -> sqlite3.Connection:
    raw = session.connection().connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)
    return raw


@contextmanager
def _transaction(path: Path) -> Iterator[Session]:
    """One session, one transaction: committed at the end, rolled back after any error."""
    try:
        with Session(_engine(path)) as session, session.begin():
            yield session
    except DBAPIError as error:
        raise refused_writing(path, error.orig) from error
    except sqlite3.Error as error:
        raise refused_writing(path, error) from error
    except OSError as error:
        raise refused_writing(path, None) from error


@lru_cache(maxsize=8)
def _engine(path: Path) -> Engine:
    """SQLAlchemy's view of the file; it keeps no connection, and is dear to make."""
    engine = create_engine(
        "sqlite://", creator=lambda: _writing_connection(path), poolclass=NullPool
    )
    event.listen(engine, "begin", _begin)
    return engine


def _writing_connection(path: Path) -> sqlite3.Connection:
    connection = connect(path, "mode=rw")
    for statement in DURABLE:
        connection.execute(statement)
    return connection


def _begin(connection: Connection) -> None:
    """The driver begins no transactions itself, so that SQLAlchemy's are SQLite's."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")
