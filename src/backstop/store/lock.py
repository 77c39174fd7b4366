"""One writer for each book: a lock on a small file beside it, held as long as the book is open.

The operating system lets go of the lock when its holder dies, however it dies, so a stale lock
never needs a person. Readers take no lock.
"""

import getpass
import json
import os
import platform
import sys
from contextlib import suppress
from pathlib import Path

from backstop.disk.holding import HELD, hold
from backstop.store.faults import BookInUse, Holder

_ATTEMPTS = 20


class BookLock:
    """The right to write a book. Raises `BookInUse` where another has it, `OSError` where the
    place has no locks or takes no files."""

    def __init__(self, book: Path) -> None:
        self._book = book
        self._path = book.with_name(book.name + ".lock")
        self._handle = self._taken()
        self._say_who()

    def release(self) -> None:
        """Let the next one have it. The file goes while it is still locked, so that nobody can
        take a lock on a file that is about to vanish."""
        with suppress(OSError):
            if sys.platform != "win32":
                self._path.unlink()
        os.close(self._handle)
        if sys.platform == "win32":
            with suppress(OSError):
                self._path.unlink()

    def _taken(self) -> int:
        for _ in range(_ATTEMPTS):
            handle = self._opened()
            if self._still_there(handle):
                return handle
            os.close(handle)  # its last holder took it away between our two steps
        raise BookInUse(self._book, Holder())

    def _opened(self) -> int:
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
        handle = os.open(self._path, flags, 0o600)
        try:
            hold(handle)
        except OSError as error:
            holder = _holder(handle)
            os.close(handle)
            if error.errno in HELD:
                raise BookInUse(self._book, holder) from None
            raise
        return handle

    def _still_there(self, handle: int) -> bool:
        try:
            return os.path.samestat(os.fstat(handle), self._path.stat())
        except FileNotFoundError:
            return False

    def _say_who(self) -> None:
        """For the sentence that a second program shows; a full disk is no reason to refuse."""
        who = {"process": os.getpid(), "user": _user(), "host": platform.node()}
        with suppress(OSError):
            os.truncate(self._handle, 0)
            os.write(self._handle, json.dumps(who).encode())


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "?"


def _holder(handle: int) -> Holder:
    try:
        who = json.loads(os.read(handle, 4096))
        return Holder(int(who["process"]), str(who["user"])[:40], str(who["host"])[:40])
    except (OSError, ValueError, LookupError, TypeError):
        return Holder()
