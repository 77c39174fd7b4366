"""The passphrase of a book: set, changed, removed, remembered by the system, printed for the safe.

The book changes first and its backups follow; whatever a killed program left behind is put right
when the book is next backed up. Deriving a key takes a quarter of a second: call on a worker.
"""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from backstop.disk.own import data_folder
from backstop.disk.unfinished import sweep
from backstop.domain import EnvironmentFault, Message, message
from backstop.services.backups import LONGEST_STEM, Reason, folder_of
from backstop.services.patience import patience
from backstop.services.session import BookSession
from backstop.store import SUFFIX, WrongPassphrase
from backstop.store.book_file import key_of
from backstop.store.header import is_random, looks_locked, salt_of
from backstop.store.key import Key, new_key
from backstop.store.locking import rewrite
from backstop.store.log import is_kept_log
from backstop.store.targets import holds_a_book

__all__ = [
    "Key",
    "change_passphrase",
    "forget_key",
    "is_locked",
    "is_open",
    "key_of",
    "new_key",
    "readable_copies",
    "recovery_code",
    "remark_on_plain_copy",
    "remark_on_readable_copies",
    "remember_key",
    "remembered_key",
    "remove_passphrase",
    "set_passphrase",
]
KEPT_LOG_HEAD = 56
"""Bytes before the first page in a log."""
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


def readable_copies(book: Path) -> list[Path]:
    """What of a locked book can be read without its passphrase all the same, as far as it can be
    found: copies and logs that lie beside it, backups that could not be locked, and those of a book
    of its name that lay elsewhere. Exports and what other programs copied are not looked for."""
    beside = (each for each in _listed(book.parent) if each.name.startswith(book.stem))
    kept = (
        each
        for each in _listed(folder_of(book).parent)
        if each.name[:-11] == book.stem[:LONGEST_STEM]
    )
    found = (*beside, *(file for folder in kept for file in _listed(folder)))
    return sorted(each for each in found if each != book and each.is_file() and _is_plain(each))


def _listed(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def _is_plain(file: Path) -> bool:
    """A book that anyone can read, or a log of one that was set aside."""
    return is_open(file) or (is_kept_log(file) and not is_random(file, after=KEPT_LOG_HEAD))


def remark_on_readable_copies(book: Path) -> Message | None:
    """What to say of them when a book has been locked."""
    found = tuple(str(each) for each in readable_copies(book))
    if not found:
        return None
    return message(
        "Without the passphrase these can still be read: {files}. Remove those that you do not "
        "need. What was exported or printed stays readable too.",
        files=found,
    )


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
    sweep(data_folder())
    backups = [each for each in _listed(folder_of(path)) if each.suffix == SUFFIX] if path else []
    for number, backup in enumerate(backups):
        stepped(number, len(backups))
        with suppress(EnvironmentFault):  # of an older passphrase, or damaged: it stays as it is
            if looks_locked(backup) or key is not None:
                rewrite(backup, old if looks_locked(backup) else None, key)
