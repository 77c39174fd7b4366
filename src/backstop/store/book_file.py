"""One book file, open: created, read, written, closed."""

import errno
import os
import sqlite3
import sys
import threading
from contextlib import closing, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from backstop.domain import Book, Message, message
from backstop.store.faults import NotSaved, ReadOnlyBook
from backstop.store.header import check_header, has_log
from backstop.store.lock import BookLock
from backstop.store.reading import Loaded, connect, load

SUFFIX = ".backstop"


class BookFile:
    """A book and the file that holds it.

    While it is open for writing no other Backstop can write the same file. `save` may be called on
    any thread, one at a time; the rest belongs to the thread that opened it. `why_read_only` says
    in a sentence why it cannot be written, and is None when it can.
    """

    def __init__(
        self, path: Path, loaded: Loaded, lock: BookLock | None, why: Message | None = None
    ) -> None:
        self.path = path
        self.why_read_only = why
        self._loaded = loaded
        self._lock = lock
        self._one_at_a_time = threading.Lock()

    @classmethod
    def create(cls, path: Path, book: Book, *, replace: bool = False) -> Self:
        """Write a new file, readable by its owner alone; without `replace` it must not exist yet.

        The file appears whole or not at all. Raises `NotSaved`, or `BookInUse`.
        """
        path = path.resolve()
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = BookLock(path)
        except OSError as error:
            raise _cannot_create(path) from error
        try:
            seal = _written(path, book, replace=replace)
        except BaseException:
            lock.release()
            raise
        return cls(path, Loaded(book, seal), lock)

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> Self:
        """Open a file that exists; where it cannot be written, for reading only.

        Raises `NotABook`, `DamagedBook`, `NewerBook`, or `BookInUse` when another program has it
        open for writing. No byte of a file that is refused is changed.
        """
        path = path.resolve()
        check_header(path)
        lock, why = (None, _ASKED) if read_only else _right_to_write(path)
        try:
            loaded = load(path)
            if lock and has_log(path):
                _fold_log(path)
        except BaseException:
            if lock:
                lock.release()
            raise
        return cls(path, loaded, lock, why)

    @property
    def book(self) -> Book:
        """What the file holds."""
        return self._loaded.book

    @property
    def read_only(self) -> bool:
        return self._lock is None

    def save(self, after: Book) -> None:
        """Write what differs from `book`, in one transaction; durable when it returns.

        Raises `NotSaved` when the disk or another program refuses, and `ReadOnlyBook`; the file
        and `book` are then as they were.
        """
        if self._lock is None:
            raise ReadOnlyBook(self.why_read_only or _ASKED)
        with self._one_at_a_time:
            if after is self.book:
                return
            from backstop.store.writing import write_difference

            seal = write_difference(self.path, self.book, after, self._loaded.seal)
            self._loaded = Loaded(after, seal)

    def close(self) -> None:
        """Let other programs write the file. Nothing is saved here: every save was complete."""
        with self._one_at_a_time:
            if self._lock:
                self._lock.release()
                self._lock = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


_ASKED = message("This book is open for reading only. Save a copy to change it.")


def prepare_writing() -> None:
    """Import what writing needs, on whatever thread has a second to spare."""
    import backstop.store.writing  # noqa: F401 (that is the point)


def _right_to_write(path: Path) -> tuple[BookLock | None, Message | None]:
    if os.access(path, os.W_OK) and os.access(path.parent, os.W_OK):
        try:
            return BookLock(path), None
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                return None, message(
                    "The disk is full: “{file}” is open for reading only. "
                    "Free some space and open it again.",
                    file=path.name,
                )
    return None, message(
        "“{file}” is in a place that can only be read. Save a copy in a folder of your own.",
        file=path.name,
    )


def _written(path: Path, book: Book, *, replace: bool) -> str:
    """Write the file under another name first; the caller holds the lock on its own."""
    from backstop.store.writing import write_new

    if path.exists() and not replace:
        raise NotSaved(
            message("“{file}” exists already. Choose another name, or open it.", file=path.name)
        )
    fresh = path.with_name(f".{path.name}.new")
    _remove(fresh, *_beside(fresh))
    try:
        os.close(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        seal = write_new(fresh, book)
        _remove(*_beside(path))  # SQLite would work the log of an earlier book into this one
        fresh.replace(path)
        _settle(path.parent)
    except OSError as error:
        raise _cannot_create(path) from error
    finally:
        _remove(fresh, *_beside(fresh))
    return seal


def _beside(path: Path) -> list[Path]:
    """The files that SQLite may have left beside one that is no more."""
    return [path.with_name(path.name + suffix) for suffix in ("-wal", "-shm", "-journal")]


def _remove(*paths: Path) -> None:
    for each in paths:
        with suppress(OSError):
            each.unlink(missing_ok=True)


def _settle(folder: Path) -> None:
    """Make the new name itself survive a loss of power (Windows does so by itself)."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _fold_log(path: Path) -> None:
    """Work in what a killed writer left in its log, so that the file alone holds everything."""
    with suppress(sqlite3.Error), closing(connect(path, "mode=rw")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _cannot_create(path: Path) -> NotSaved:
    return NotSaved(
        message(
            "“{file}” cannot be created in this folder. Choose a folder of your own.",
            file=path.name,
        )
    )
