"""The passphrase of a book: set, changed, removed, remembered by the system, printed for the safe.

The book changes first and its backups follow; whatever a killed program left behind is put right
when the book is next backed up. Deriving a key takes a quarter of a second: call on a worker.
"""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from backstop.domain import EnvironmentFault, Message, message
from backstop.services.backups import Reason, backups_of
from backstop.services.patience import patience
from backstop.services.session import BookSession
from backstop.store import SUFFIX, WrongPassphrase
from backstop.store.book_file import key_of
from backstop.store.header import looks_locked, salt_of
from backstop.store.key import Key, new_key
from backstop.store.locking import rewrite
from backstop.store.targets import holds_a_book

__all__ = [
    "Key",
    "change_passphrase",
    "forget_key",
    "is_locked",
    "is_open",
    "key_of",
    "new_key",
    "recovery_code",
    "remark_on_plain_copy",
    "remember_key",
    "remembered_key",
    "remove_passphrase",
    "set_passphrase",
]
KEYRING_SERVICE = "Backstop"


Stepped = Callable[[int, int], object]
"""Told how many backups have followed the book, and how many there are."""


def _unheard(done: int, of: int) -> None:
    """Nobody wants to know."""


def set_passphrase(session: BookSession, passphrase: str, stepped: Stepped = _unheard) -> str:
    """Lock an open book and its backups; returns the code for the recovery sheet.

    Raises `BadInput` for too short a passphrase, `NotSaved`, `ReadOnlyBook`.
    """
    key = new_key(passphrase)
    _relock(session, key, stepped)
    return key.recovery_code


def change_passphrase(
    session: BookSession, current: str, passphrase: str, stepped: Stepped = _unheard
) -> str:
    """Lock it with another passphrase; the old one and its recovery code open it no more."""
    key = new_key(passphrase)
    _check(session, current)
    forget_key(session.key)
    _relock(session, key, stepped)
    return key.recovery_code


def remove_passphrase(session: BookSession, current: str, stepped: Stepped = _unheard) -> None:
    """Unlock the book and its backups for good."""
    _check(session, current)
    forget_key(session.key)
    _relock(session, None, stepped)


def recovery_code(session: BookSession, current: str) -> str:
    """The code that opens the book without its passphrase, for who knows the passphrase."""
    _check(session, current)
    return session.key.recovery_code if session.key else ""


def is_locked(book: Path) -> bool:
    """Whether this file opens with a passphrase only."""
    return looks_locked(book)


def is_open(book: Path) -> bool:
    """Whether this is a book file that anyone can read; a damaged one may be neither."""
    return not looks_locked(book) and holds_a_book(book)


def remark_on_plain_copy(book: Path | None, file: Path) -> Message | None:
    """What to say when something from a locked book has been written where all can read it."""
    if book is None or not is_locked(book) or (file.suffix == SUFFIX and is_locked(file)):
        return None
    return message(
        "The book is locked, but “{file}” is not: whoever gets it can read it.", file=file.name
    )


def _keyring() -> Any:
    """The library for the system's keyring: slow to import, and not there everywhere."""
    import keyring

    return keyring


def remember_key(key: Key) -> bool:
    """Give the key to the system's keyring; False where there is none. The passphrase opens the
    book in any case, so a lost keyring loses nothing."""
    with suppress(Exception):  # a keyring is other people's code, and may fail in any way
        _keyring().set_password(KEYRING_SERVICE, key.salt.hex(), key.recovery_code)
        return True
    return False


def remembered_key(book: Path) -> Key | None:
    """The key of a locked book, if the system's keyring has it."""
    with suppress(Exception):  # as above
        code = _keyring().get_password(KEYRING_SERVICE, salt_of(book).hex())
        return key_of(book, code) if code else None
    return None


def forget_key(key: Key | None) -> None:
    """Take the key out of the system's keyring, if it is there."""
    with suppress(Exception):  # as above
        if key:
            _keyring().delete_password(KEYRING_SERVICE, key.salt.hex())


def _check(session: BookSession, typed: str) -> None:
    path = session.path
    if path is not None and session.key is not None:
        with patience(path):
            if key_of(path, typed) != session.key:
                raise WrongPassphrase(path)


def _relock(session: BookSession, key: Key | None, stepped: Stepped) -> None:
    old, path = session.key, session.path
    session.back_up(Reason.PASSPHRASE)
    session.relock(key)
    backups = backups_of(path) if path else []
    for number, backup in enumerate(backups):
        stepped(number, len(backups))
        with suppress(EnvironmentFault):  # of an older passphrase, or damaged: it stays as it is
            if looks_locked(backup.path) or key is not None:
                rewrite(backup.path, old if looks_locked(backup.path) else None, key)
