"""Copies of an open book, also where its own file is gone or cannot be read any more: the book
itself is in memory, and what is kept beside it is in the file alone."""

from collections.abc import Callable
from pathlib import Path

from backstop.domain import Book, EnvironmentFault, Message, Statements, message
from backstop.domain.statements import NOTHING_KEPT
from backstop.services.taken_back import Ledger
from backstop.store import BookFile
from backstop.store.key import Key


def write_copy(
    path: Path,
    book: Book,
    key: Key | None,
    ledger: Callable[[], Ledger],
    statements: Callable[[], Statements],
) -> Message | None:
    """Write a new book file with all that can be had; returns what to say of the rest."""
    settled, said = ledger_for_copy(ledger)
    try:
        kept = statements()
    except EnvironmentFault as fault:
        kept, said = NOTHING_KEPT, _left_out(fault)
    BookFile.create(path, book, key=key, ledger=settled, statements=kept).close()
    return said


def ledger_for_copy(ledger: Callable[[], Ledger]) -> tuple[Ledger, Message | None]:
    """The ledger, or none and what to say of that."""
    try:
        return ledger(), None
    except EnvironmentFault as fault:
        return (), _left_out(fault)


def _left_out(fault: EnvironmentFault) -> Message:
    return message(
        "What is kept of planned and actual and of statements could not be read, and is not in it. "
        "{problem}",
        problem=fault.message,
    )
