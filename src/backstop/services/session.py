"""One open book, as the window and the command line use it: the book, its file, undo and redo.

Threads. `apply`, `undo`, `redo` and every property belong to one thread, the owner of the session.
`save`, `attach` and `save_copy` may run on another one: they write the book as it is when they
begin, and each waits for the one before it. `prepare_writing` may run anywhere.
"""

import threading
import time
from functools import reduce
from pathlib import Path
from types import TracebackType
from typing import Self

from backstop.disk.own import data_folder
from backstop.disk.unfinished import sweep
from backstop.domain import Book, Defect, EnvironmentFault, Message, Statements, message
from backstop.domain.statements import NOTHING_KEPT
from backstop.services.backups import (
    Backup,
    Reason,
    aside_name,
    copy_before_upgrade,
    make_backup,
    was_set_aside,
)
from backstop.services.commands import Change
from backstop.services.copying import write_copy
from backstop.services.older_state import OlderState
from backstop.services.patience import patience
from backstop.services.reading import is_json, read_book, read_ledger
from backstop.services.samples import own_copy
from backstop.services.taken_back import Ledger, after_edits, after_steps, last_of, step_by
from backstop.store import (
    BookFile,
    BookInUse,
    DamagedBook,
    DamagedHistory,
    DamagedLedger,
    DamagedStatements,
    LockedBook,
    NewerBook,
    NotABook,
    NotSaved,
    ReadOnlyBook,
    WrongPassphrase,
    book_from_json,
    book_to_json,
    json_schema,
    ledger_from_json,
    prepare_writing,
)
from backstop.store.book_file import key_of
from backstop.store.faults import DamagedPart
from backstop.store.history import Act, Entry, Step
from backstop.store.key import Key
from backstop.store.locking import forget_keys

__all__ = [
    "Act",
    "BookInUse",
    "BookSession",
    "DamagedBook",
    "DamagedHistory",
    "DamagedLedger",
    "DamagedStatements",
    "LockedBook",
    "NewerBook",
    "NotABook",
    "NotSaved",
    "OlderState",
    "ReadOnlyBook",
    "WrongPassphrase",
    "book_from_json",
    "book_to_json",
    "is_json",
    "json_schema",
    "ledger_from_json",
    "prepare_writing",
    "read_book",
    "read_ledger",
]


BACKUP_SECONDS = 30 * 60
"""How long a book may be edited before its next backup."""


class BookSession:
    """A book being worked on.

    Made from a `Book` alone it is there at once and has no file yet; `attach` gives it one. With
    `saves_later`, a change is in memory at once and the client calls `save` (on a worker, say);
    otherwise every change is on disk when `apply`, `undo` or `redo` returns, or has not happened.
    """

    def __init__(
        self,
        book: Book,
        file: BookFile | None = None,
        sample: str = "",
        ledger: Ledger = (),
    ) -> None:
        self.saves_later = False
        self._ledger = ledger
        self._book = book
        self._file = file
        self._sample = sample
        self._done: list[Change] = []
        self._undone: list[Change] = []
        self._steps: list[Step] = []
        self.changes = 0  # how many were made, undone or done again since it was opened
        self._writing = threading.RLock()
        self._backing_up = threading.Lock()
        self._backed_up: tuple[float, Book | None] = (0.0, None)
        self._remarks = [each for each in (file.found, file.remark) if each] if file else []

    @classmethod
    def open(
        cls, path: Path, *, read_only: bool = False, passphrase: str = "", key: Key | None = None
    ) -> Self:
        """Open a book file; raises an `EnvironmentFault` with a sentence.

        `BookInUse` says who has it open: call again with `read_only` to look at it all the same.
        `LockedBook` asks for a passphrase (or a recovery code), `WrongPassphrase` for another.
        """
        sweep(data_folder())
        if passphrase:
            key = key_of(path, passphrase)
        with patience(path):
            file = BookFile.open(path, read_only=read_only, key=key, keep_copy=copy_before_upgrade)
        return cls(file.book, file)

    @classmethod
    def create(cls, path: Path, book: Book, *, key: Key | None = None, ledger: Ledger = ()) -> Self:
        """Write a new book file and open it; imports SQLAlchemy, which takes a second."""
        return cls(book, BookFile.create(path, book, key=key, ledger=ledger))

    @classmethod
    def demo(cls, name: str) -> Self:
        """A sample book, in memory; `attach()` gives it a file among the owner's copies."""
        from backstop.services.sample_past import sample_of_today  # the engine; a file needs none

        book, ledger = sample_of_today(name)
        return cls(book, sample=name, ledger=ledger)

    @property
    def book(self) -> Book:
        """The book as it is now, whether the file holds it yet or not."""
        return self._book

    @property
    def path(self) -> Path | None:
        """The file of the book; None while it is in memory alone."""
        return self._file.path if self._file else None

    @property
    def sample(self) -> str:
        """The name of the sample that the session began with, or empty."""
        return self._sample

    @property
    def read_only(self) -> bool:
        """Whether the book can only be looked at; `why_read_only` says why."""
        return self.why_read_only is not None

    @property
    def why_read_only(self) -> Message | None:
        """A sentence for a banner, when the book cannot be changed."""
        return self._file.why_read_only if self._file else None

    def take_remark(self) -> Message | None:
        """What is to be said of the file and was not yet: where it lies, what was wrong with its
        log, that its history was set aside."""
        remarks, self._remarks = self._remarks, []
        if not remarks:
            return None
        return reduce(lambda one, two: message("{one} {two}", one=one, two=two), remarks)

    @property
    def is_locked(self) -> bool:
        """Whether the file opens with a passphrase only."""
        return self.key is not None

    @property
    def key(self) -> Key | None:
        """The key of a locked book, for its backups; never shown, never written anywhere."""
        return self._file.key if self._file else None

    def history(self) -> list[Entry]:
        """What was changed in the file so far, the oldest first; see `services.history`."""
        with self._writing:
            return self._file.history() if self._file else []

    def ledger(self) -> Ledger:
        """What was settled so far, with what is not in the file yet; may run on a worker. Raises
        `DamagedLedger`."""
        with self._writing:
            kept = self._file.ledger() if self._file else self._ledger
            return after_steps(kept, self._steps)

    def statements(self) -> Statements:
        """As `ledger`, for what is kept of statements; raises `DamagedStatements`."""
        with self._writing:
            kept = self._file.statements() if self._file else NOTHING_KEPT
            return after_edits(kept, self._steps)

    @property
    def is_saved(self) -> bool:
        """Whether the file holds the book as it is now."""
        return self._file is not None and self._file.book is self._book

    def apply(self, change: Change, act: Act = Act.EDIT) -> Change:
        """Carry out a change made from `book`, or from one that equals it; returns it. It can be
        undone. `act` is what the history calls it.

        Raises `OlderState`, `ReadOnlyBook`, or, unless `saves_later`, `NotSaved`: then nothing has
        changed.
        """
        if change.before != self._book:
            raise OlderState
        if change.changes_nothing:
            return change
        self._adopt(change, act)
        self._done.append(change)
        self._undone.clear()
        return change

    def undo(self) -> Change:
        """Take the last change back; returns the change that did so."""
        back = last_of(self._done).reversed()
        self._adopt(back, Act.UNDO)
        self._undone.append(self._done.pop())
        return back

    def redo(self) -> Change:
        """Carry out again what was last undone."""
        again = last_of(self._undone)
        self._adopt(again, Act.REDO)
        self._done.append(self._undone.pop())
        return again

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to take back, and the right to."""
        return bool(self._done) and not self.read_only

    @property
    def can_redo(self) -> bool:
        """Whether there is a change to carry out again, and the right to."""
        return bool(self._undone) and not self.read_only

    @property
    def undo_message(self) -> Message | None:
        """What `undo` would take back, such as “change credit limit of “借呗””."""
        return self._done[-1].description if self._done else None

    @property
    def redo_message(self) -> Message | None:
        """What `redo` would carry out again; None where there is nothing."""
        return self._undone[-1].description if self._undone else None

    def attach(self, path: Path | None = None) -> Path:
        """Give a book in memory its file; returns its path. Without one, a sample goes among the
        owner's copies of samples. Changes made while this runs are saved too."""
        with self._writing:
            if self._file is not None:
                raise Defect(message("This book has a file already."))
            known = len(self._steps)
            book = self._steps[known - 1].after if known else self._book
            kept = self.ledger() if known else self._ledger
            statements = after_edits(NOTHING_KEPT, self._steps[:known])
            if path is not None:
                self._file = BookFile.create(path, book, ledger=kept, statements=statements)
            else:
                self._file = own_copy(self._sample or "book", book, kept, statements)
            del self._steps[:known]
            self.save()
            return self._file.path

    def save(self) -> None:
        """Write what is not on disk yet, in one transaction; raises `NotSaved`.

        A book without a file has nowhere to go yet: then this does nothing.
        """
        with self._writing:
            if self._file is None or self._file.read_only:
                return
            steps = tuple(self._steps)
            if steps:
                self._file.save(steps[-1].after, steps)
                del self._steps[: len(steps)]

    def back_up(self, reason: Reason = Reason.EDIT) -> Backup | None:
        """Make a backup of what is saved, while the book may be edited; None if there is nothing
        new to keep. Copies of samples are not backed up. Raises an `EnvironmentFault`."""
        file = self._file
        if file is None or file.read_only or self._sample:
            return None
        with self._backing_up:
            began, book = time.monotonic(), file.book
            try:
                made = make_backup(file.path, reason, file.key)
            except DamagedPart as fault:
                self._set_aside(file, fault)
                made = make_backup(file.path, reason, file.key)
            self._backed_up = (began, book)
            return made

    @property
    def backup_is_due(self) -> bool:
        """Whether a backup should be made now: after opening, and every 30 minutes of editing."""
        file = self._file
        if file is None or file.read_only or self._sample:
            return False
        when, book = self._backed_up
        if book is None:
            return True
        return book is not file.book and time.monotonic() - when >= BACKUP_SECONDS

    def _set_aside(self, file: BookFile, fault: DamagedPart) -> None:
        kept = aside_name(file.path, fault.part)
        for each in file.set_parts_aside(kept):
            self._remarks.append(was_set_aside(each, file.path, kept))

    def save_copy(self, path: Path) -> Message | None:
        """Write the book as it is now into another file; the session stays with its own. The copy
        of a locked book opens with the same passphrase. Returns what to say of what is missing."""
        with self._writing:
            return write_copy(path, self._book, self.key, self.ledger, self.statements)

    def close(self) -> None:
        """Save what is not saved, and let other programs write the file.

        Raises `NotSaved` when that fails; call `abandon` to close all the same.
        """
        self.save()
        self.abandon()

    def relock(self, key: Key | None) -> None:
        """Save, then put the file under another key, or under none. See `services.passphrase`."""
        with self._writing:
            if self._file is None:
                raise Defect(message("A book without a file cannot be locked."))
            self.save()
            self._file.relock(key)

    def forget(self) -> None:
        """Save and close, and let go of every record: for a book that locks itself.

        Python frees what nothing refers to any more; it does not overwrite it, and what other
        parts of the program, or the system's swap file, still hold is beyond this.
        """
        self.close()
        self._done.clear()
        self._undone.clear()
        self._file = None
        self._backed_up = (0.0, None)
        forget_keys()
        self._book = Book(title="–", as_of=self._book.as_of)

    def abandon(self) -> None:
        """Let go of the file without saving."""
        with self._writing:
            if self._file is not None:
                self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is None:
            self.close()
        else:
            self.abandon()

    def _adopt(self, change: Change, act: Act) -> None:
        """Make what it leads to the book. If it cannot be saved now, it has never been."""
        if self.why_read_only is not None:
            raise ReadOnlyBook(self.why_read_only)
        previous, self._book = self._book, change.after
        self.changes += 1
        self._steps.append(step_by(change, previous, act))
        if self.saves_later:
            return
        try:
            self.save()
        except EnvironmentFault:
            self._book = previous
            self._steps.pop()
            raise
