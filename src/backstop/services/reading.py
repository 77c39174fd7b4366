"""Books that are only looked at: whatever file they stand in, and no lock is taken."""

from collections.abc import Callable
from pathlib import Path

from backstop.disk.own import data_folder
from backstop.disk.unfinished import sweep
from backstop.domain import Book, Message, Settled, Statements
from backstop.domain.statements import NOTHING_KEPT
from backstop.services.patience import patience
from backstop.store import BookFile, book_from_json, ledger_from_json
from backstop.store.book_file import key_of
from backstop.store.header import looks_locked
from backstop.store.json_text import MOST_BYTES
from backstop.store.key import Key


def _unheard(said: Message) -> None:
    """Nobody wants to know."""


def read_book(
    path: Path,
    passphrase: str = "",
    *,
    key: Key | None = None,
    tell: Callable[[Message], object] = _unheard,
) -> Book:
    """The book in a `.backstop` file or a `book.json`, for looking only; no lock is taken. `tell`
    hears what was wrong with its log.

    Raises an `EnvironmentFault` with a sentence.
    """
    sweep(data_folder())
    data = _json_in(path)
    if data is not None:
        return book_from_json(data)
    key = key_of(path, passphrase) if passphrase else key
    with patience(path), BookFile.open(path, read_only=True, key=key) as file:
        if file.found:
            tell(file.found)
        return file.book


def read_ledger(path: Path, passphrase: str = "", *, key: Key | None = None) -> tuple[Settled, ...]:
    """What was settled in the book in a file, the oldest first. Raises an `EnvironmentFault`."""
    data = _json_in(path)
    if data is not None:
        return ledger_from_json(data)
    key = key_of(path, passphrase) if passphrase else key
    with patience(path), BookFile.open(path, read_only=True, key=key) as file:
        return file.ledger()


def read_statements(path: Path, *, key: Key | None = None) -> Statements:
    """What is kept of statements in the book in a file. Raises an `EnvironmentFault`."""
    if _json_in(path, most=1) is not None:
        return NOTHING_KEPT
    with patience(path), BookFile.open(path, read_only=True, key=key) as file:
        return file.statements()


def is_json(path: Path) -> bool:
    """Whether `read_book` takes this file for a `book.json`."""
    return _json_in(path, most=1) is not None


def _json_in(path: Path, most: int = MOST_BYTES) -> bytes | None:
    """What a JSON file holds; None for any other kind of file, and for none at all.

    One in 256 locked books begins with a brace too.
    """
    if looks_locked(path):
        return None
    try:
        with path.open("rb") as file:
            start = file.read(1)
            if start == b"{" or (start and path.suffix.lower() == ".json"):
                return start + file.read(most)
    except OSError:
        pass
    return None
