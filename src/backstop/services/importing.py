"""A whole book brought in from `book.json`: checked first, backed up first, one change to undo."""

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from backstop.domain import Book
from backstop.importers.decoding import MOST_BYTES as MOST_OF_STATEMENT
from backstop.services.backups import Reason
from backstop.services.commands import Change, replace_book
from backstop.services.session import Act, BookSession
from backstop.services.taken_back import Ledger, said
from backstop.store.faults import unreadable
from backstop.store.interchange import book_from_json, ledger_in_json
from backstop.store.json_text import MOST_BYTES


class InJson(NamedTuple):
    """What a `book.json` holds: a book, and perhaps its ledger (None: it says nothing of one)."""

    book: Book
    ledger: Ledger | None


def import_book(session: BookSession, source: Path) -> Change:
    """Replace the session's book, and its ledger where there is one, by those in this file; returns
    the change.

    Nothing is altered unless the whole file holds together: raises `BadInput` with the field and
    the remedy, or `NotSaved`.
    """
    return put_in_place(session, read_json(source), source.name)


def put_in_place(session: BookSession, found: InJson, file: str) -> Change:
    """The same with what was read of a file of this name; raises `NotSaved`."""
    keep_as_it_is(session)
    return session.apply(replacing(session, found, file), Act.IMPORT)


def replacing(session: BookSession, found: InJson, file: str) -> Change:
    """The change that puts it in place of the session's book; raises `DamagedLedger`."""
    change = replace_book(session.book, found.book, file)
    if same_ledger(session, found):
        return change
    return replace(change, settled=found.ledger or (), unsettled=session.ledger())


def same_ledger(session: BookSession, found: InJson) -> bool:
    """Whether what is settled stays as it is; raises `DamagedLedger`."""
    if found.ledger is None:
        return True
    return list(map(said, session.ledger())) == list(map(said, found.ledger))


def statement_bytes(source: Path) -> bytes:
    """What a statement's file holds, within bounds; raises an `EnvironmentFault`."""
    try:
        with source.open("rb") as file:
            return file.read(MOST_OF_STATEMENT + 1)
    except OSError as error:
        raise unreadable(source) from error


def read_json(source: Path) -> InJson:
    """What a `book.json` holds; raises `BadInput` with the field and the remedy."""
    try:
        with source.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise unreadable(source) from error
    return InJson(book_from_json(data), ledger_in_json(data))


def keep_as_it_is(session: BookSession) -> None:
    """Save the book and back it up, before another takes its place; may run on a worker."""
    session.save()
    session.back_up(Reason.IMPORT)
