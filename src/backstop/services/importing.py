"""A whole book brought in from `book.json`: checked first, backed up first, one change to undo."""

from pathlib import Path

from backstop.domain import Book
from backstop.importers.decoding import MOST_BYTES as MOST_OF_STATEMENT
from backstop.services.backups import Reason
from backstop.services.commands import Change, replace_book
from backstop.services.session import Act, BookSession
from backstop.store.faults import unreadable
from backstop.store.interchange import book_from_json
from backstop.store.json_text import MOST_BYTES


def import_book(session: BookSession, source: Path) -> Change:
    """Replace the session's book by the one in this file; returns the change.

    Nothing is altered unless the whole file holds together: raises `BadInput` with the field and
    the remedy, or `NotSaved`.
    """
    return put_in_place(session, book_in_json(source), source.name)


def put_in_place(session: BookSession, book: Book, file: str) -> Change:
    """The same with what was read of a file of this name; raises `NotSaved`."""
    keep_as_it_is(session)
    return session.apply(replace_book(session.book, book, file), Act.IMPORT)


def statement_bytes(source: Path) -> bytes:
    """What a statement's file holds, within bounds; raises an `EnvironmentFault`."""
    try:
        with source.open("rb") as file:
            return file.read(MOST_OF_STATEMENT + 1)
    except OSError as error:
        raise unreadable(source) from error


def book_in_json(source: Path) -> Book:
    """The book in a `book.json`; raises `BadInput` with the field and the remedy."""
    try:
        with source.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise unreadable(source) from error
    return book_from_json(data)


def keep_as_it_is(session: BookSession) -> None:
    """Save the book and back it up, before another takes its place; may run on a worker."""
    session.save()
    session.back_up(Reason.IMPORT)
