"""The first hundred bytes of a file, read without SQLite: is it a book, whole, of our version?"""

import struct
from pathlib import Path

from backstop.disk.files import is_too_long
from backstop.domain import message
from backstop.store.faults import (
    DamagedBook,
    LockedBook,
    NotABook,
    damaged,
    folder,
    missing,
    newer,
    unreadable,
)
from backstop.store.key import SALT_BYTES, Key
from backstop.store.layout import APPLICATION_ID, FILE_VERSION

MAGIC = b"SQLite format 3\x00"
SIZE = 100
_PAGE = 4096
_DIFFERENT = 220
"""Of 4,096 random bytes hardly ever fewer are different; text and tables have far fewer."""


def check_header(path: Path, key: Key | None = None) -> None:
    """Refuse a file that cannot be a book of ours, each kind with its own sentence.

    Of a locked book nothing can be seen without its key: raises `LockedBook` when none is given.
    """
    head, size = _start_of(path)
    if not size:
        raise NotABook(
            message("“{file}” is empty: it holds no book. Choose another file.", file=path.name)
        )
    if not head.startswith(MAGIC) and looks_locked(path):
        if key is None:
            raise LockedBook(path)
        return
    if not head.startswith(MAGIC):
        raise NotABook(
            message(
                "“{file}” is not a book file. Choose a .backstop book or a book.json.",
                file=path.name,
            )
        )
    if len(head) < SIZE or _cut_short(path, head, size):
        raise DamagedBook(
            message(
                "“{file}” is cut short: its end is missing. It was left as it is. "
                "Open a backup or an earlier copy.",
                file=path.name,
            )
        )
    _check_kind(path, head)


def looks_locked(path: Path) -> bool:
    """Whether this may be a locked book: whole pages of bytes without any order."""
    try:
        size = path.stat().st_size
    except OSError:
        return False
    return bool(size) and not size % _PAGE and is_random(path)


def is_random(path: Path, after: int = 0) -> bool:
    """Whether the page after so many bytes has no order: it was written with a key."""
    try:
        with path.open("rb") as file:
            file.seek(after)
            return len(set(file.read(_PAGE))) >= _DIFFERENT
    except OSError:
        return False


def fitting(path: Path, key: Key | None) -> Key | None:
    """The key, for a file that is locked; none for one that is open, such as an older backup."""
    return key if key is not None and looks_locked(path) else None


def salt_of(path: Path) -> bytes:
    """What a locked file begins with; raises as `check_header` does."""
    return _start_of(path)[0][:SALT_BYTES]


def _check_kind(path: Path, head: bytes) -> None:
    (application,) = struct.unpack_from(">I", head, 68)
    if application != APPLICATION_ID:
        raise NotABook(
            message(
                "“{file}” is a database of another program. "
                "Choose a .backstop book or a book.json.",
                file=path.name,
            )
        )
    (version,) = struct.unpack_from(">I", head, 60)
    if version > FILE_VERSION:
        raise newer(path)
    if version < 1:
        raise damaged(path)


def _start_of(path: Path) -> tuple[bytes, int]:
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise folder(path)
        if not path.is_file():  # a pipe, say, that would keep us waiting
            raise unreadable(path)
        with path.open("rb") as file:
            return file.read(SIZE), size
    except FileNotFoundError:
        raise missing(path) from None
    except OSError:
        raise unreadable(path) from None


def _cut_short(path: Path, head: bytes, size: int) -> bool:
    """Fewer pages than the header counts; with a log beside it, SQLite knows better."""
    page_size, pages = struct.unpack_from(">H", head, 16)[0], struct.unpack_from(">I", head, 28)[0]
    return not has_log(path) and size < pages * (65536 if page_size == 1 else page_size)


def has_log(path: Path) -> bool:
    """Whether a log lies beside the file: its writer was killed, or is writing just now."""
    if is_too_long(path):  # there can be none
        return False
    return any(log.exists() and log.stat().st_size for log in logs_of(path))


def logs_of(path: Path) -> tuple[Path, ...]:
    """Where SQLite keeps what is not yet, or no longer, in the file itself."""
    return tuple(path.with_name(path.name + suffix) for suffix in ("-wal", "-journal"))
