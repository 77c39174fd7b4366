"""One book file, open: created, read, written, closed."""

import errno
import os
import threading
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import Self

from backstop.disk.files import (
    beside,
    fresh_name,
    is_too_long,
    make_private,
    remove,
    remove_with_logs,
)
from backstop.disk.own import data_folder
from backstop.disk.unfinished import unfinished
from backstop.disk.whole import begin, give_name
from backstop.domain import Book, Message, Settled, Statements, message
from backstop.domain.statements import NOTHING_KEPT
from backstop.domain.validation import clip
from backstop.store.backup import back_up, set_parts_aside
from backstop.store.connecting import connect, sql_errors
from backstop.store.faults import DamagedPart, NotSaved, ReadOnlyBook
from backstop.store.header import check_header, fitting, has_log, looks_locked, salt_of
from backstop.store.history import Act, Entry, Step, now
from backstop.store.key import Key, key_for
from backstop.store.layout import FILE_VERSION, SUFFIX
from backstop.store.lock import BookLock
from backstop.store.locking import rewrite
from backstop.store.log import Doubt, doubt_about, said_of, set_logs_aside
from backstop.store.place import is_shared
from backstop.store.reading import Loaded, load, load_history, load_ledger, load_statements
from backstop.store.targets import BOOK, check_length, check_target, real

KeepCopy = Callable[[Path, Key | None], object]
"""Makes a proved backup of the file, before it is altered as a whole."""


class BookFile:
    """A book and the file that holds it.

    While it is open for writing no other Backstop can write the same file. `save` may be called on
    any thread, one at a time; the rest belongs to the thread that opened it. `why_read_only` says
    in a sentence why it cannot be written, and is None when it can; `found` says what was wrong
    with the log beside it.
    """

    def __init__(
        self,
        path: Path,
        loaded: Loaded,
        lock: BookLock | None,
        why: Message | None = None,
        key: Key | None = None,
        found: Message | None = None,
    ) -> None:
        self.path = path
        self.found = found
        self.key = key
        self.why_read_only = why
        self._loaded = loaded
        self._lock = lock
        self._one_at_a_time = threading.Lock()

    @classmethod
    def create(
        cls,
        path: Path,
        book: Book,
        *,
        key: Key | None = None,
        ledger: Sequence[Settled] = (),
        statements: Statements = NOTHING_KEPT,
    ) -> Self:
        """Write a new file, readable by its owner alone; it must not exist yet.

        The file appears whole or not at all. Raises `NotSaved`, or `BookInUse`.
        """
        path = real(path)
        try:
            make_private(path.parent)
            check_length(path)
            check_target(path, BOOK)  # said first, or a book that is open would only be in use
            lock = BookLock(path)
        except OSError as error:
            raise _cannot_create(path) from error
        try:
            seal = _written(path, book, key, ledger, statements)
        except BaseException:
            lock.release()
            raise
        return cls(path, Loaded(book, seal), lock, key=key)

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        read_only: bool = False,
        key: Key | None = None,
        keep_copy: KeepCopy | None = None,
    ) -> Self:
        """Open a file that exists; where it cannot be written, for reading only.

        A file of an older version is upgraded, after `keep_copy` has made a backup of it (without
        one, beside it). Raises `NotABook`, `DamagedBook`, `NewerBook`, `LockedBook`,
        `WrongPassphrase`, or `BookInUse` when another program has it open for writing. No byte of
        a file that is refused is changed.
        """
        path = real(path)
        key = fitting(path, key)
        check_header(path, key)
        lock, why = (None, _ASKED) if read_only else _right_to_write(path)
        try:
            loaded, found = _loaded(path, key, lock is not None)
            if lock and loaded.version < FILE_VERSION:
                loaded = _upgraded(path, key, loaded, keep_copy or _keep_beside)
        except BaseException:
            if lock:
                lock.release()
            raise
        return cls(path, loaded, lock, why, key, found)

    @property
    def book(self) -> Book:
        """What the file holds."""
        return self._loaded.book

    @property
    def read_only(self) -> bool:
        """Whether the file was opened without the lock that writing needs."""
        return self._lock is None

    @property
    def is_locked(self) -> bool:
        """Whether the file opens with a passphrase only."""
        return self.key is not None

    @property
    def remark(self) -> Message | None:
        """A sentence about the place of the file, where that is a network or synced folder."""
        if not is_shared(self.path):
            return None
        return message(
            "“{file}” lies in a network or synced folder: it is written without a log beside it, "
            "which is slower but safe there. Never change it on two machines at once.",
            file=self.path.name,
        )

    def history(self) -> list[Entry]:
        """What changed, the oldest first; raises `DamagedHistory` when that is not whole."""
        return load_history(self.path, self.key)

    def ledger(self) -> tuple[Settled, ...]:
        """What was settled, the oldest first; raises `DamagedLedger` when that is not whole."""
        return load_ledger(self.path, self.key)

    def statements(self) -> Statements:
        """What is kept of statements; raises `DamagedStatements` when that is not whole."""
        return load_statements(self.path, self.key)

    def save(self, after: Book, steps: Sequence[Step] = ()) -> None:
        """Write what differs from `book`, in one transaction; durable when it returns.

        The history tells of `steps`, or, without them, of one edit.

        Raises `NotSaved` when the disk or another program refuses, and `ReadOnlyBook`; the file
        and `book` are then as they were.
        """
        if self._lock is None:
            raise ReadOnlyBook(self.why_read_only or _ASKED)
        with self._one_at_a_time:
            if after is self.book and not steps:
                return
            from backstop.store.writing import write_difference

            told = steps or (Step(self.book, after, Act.EDIT, now()),)
            seal = write_difference(self.path, self.book, after, self._loaded.seal, told, self.key)
            self._loaded = Loaded(after, seal)

    def relock(self, key: Key | None) -> None:
        """Write the file anew under another key, or under none; whole or not at all.

        Raises `NotSaved` or `ReadOnlyBook`; the file is then as it was.
        """
        if self._lock is None:
            raise ReadOnlyBook(self.why_read_only or _ASKED)
        with self._one_at_a_time:
            rewrite(self.path, self.key, key)
            self.key = key

    def set_parts_aside(self, target: Path) -> tuple[DamagedPart, ...]:
        """Keep a copy of the file, of which parts are damaged, at `target`, and mend them; returns
        what was damaged.

        Raises `NotSaved` or `ReadOnlyBook`; the file is then as it was.
        """
        if self._lock is None:
            raise ReadOnlyBook(self.why_read_only or _ASKED)
        with self._one_at_a_time:
            return set_parts_aside(self.path, target, self.key)

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


def key_of(path: Path, typed: str) -> Key | None:
    """The key that a passphrase or a recovery code gives for this file; none for an open one."""
    path = real(path)
    return key_for(typed, salt_of(path)) if looks_locked(path) else None


def prepare_writing() -> None:
    """Import what writing needs, on whatever thread has a second to spare."""
    import_module("backstop.store.writing")


def _right_to_write(path: Path) -> tuple[BookLock | None, Message | None]:
    if is_too_long(path):
        return None, message(
            "The name of “{file}” is so long that nothing can be written beside it. "
            "Save a copy under a shorter name.",
            file=clip(path.name),
        )
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


def _loaded(path: Path, key: Key | None, may_write: bool) -> tuple[Loaded, Message | None]:
    """The book, and what was wrong with its log. Nothing a killed program left stays beside it: its
    log goes into the file, or is kept under another name where it is damaged or foreign."""
    if may_write:
        remove_with_logs(fresh_name(path))
    doubt = doubt_about(path, key)
    if doubt is Doubt.FOREIGN and may_write:
        kept = set_logs_aside(path)
        return load(path, key), said_of(doubt, path, kept)
    loaded = load(path, key, without_log=doubt is Doubt.FOREIGN)
    kept = set_logs_aside(path, copied=True) if doubt and may_write else ""
    if may_write and has_log(path):
        _fold_log(path, key)
    return loaded, said_of(doubt, path, kept) if doubt else None


def _upgraded(path: Path, key: Key | None, loaded: Loaded, keep_copy: KeepCopy) -> Loaded:
    from backstop.store.migrations import upgrade  # of older files alone: start-up is measured

    keep_copy(path, key)
    upgrade(path, key)
    return load(path, key)


def _keep_beside(path: Path, key: Key | None) -> None:
    number = 1
    while (target := path.with_name(f"{path.stem}.before-upgrade-{number}{SUFFIX}")).exists():
        number += 1
    back_up(path, target, key)


def _written(
    path: Path,
    book: Book,
    key: Key | None,
    ledger: Sequence[Settled],
    statements: Statements,
) -> str:
    """Write the file under another name first; the caller holds the lock on its own."""
    from backstop.store.writing import write_new

    check_target(path, BOOK)
    fresh = fresh_name(path)
    remove_with_logs(fresh)
    try:
        with unfinished(fresh, data_folder()):
            begin(fresh)
            seal = write_new(fresh, book, key, ledger, statements)
            set_logs_aside(path)  # SQLite would work the log of an earlier book into this one
            remove(*beside(path))
            give_name(fresh, path)
    except OSError as error:
        raise _cannot_create(path) from error
    return seal


def _fold_log(path: Path, key: Key | None) -> None:
    """Work in what a killed writer left in its log, so that the file alone holds everything."""
    with suppress(*sql_errors()), closing(connect(path, "mode=rw", key)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _cannot_create(path: Path) -> NotSaved:
    return NotSaved(
        message(
            "“{file}” cannot be created in this folder. Choose a folder of your own.",
            file=path.name,
        )
    )
