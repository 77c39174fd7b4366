"""One open book, as the window and the command line use it: the book, its file, undo and redo.

Threads. `apply`, `undo`, `redo` and every property belong to one thread, the owner of the session.
`save`, `attach` and `save_copy` may run on another one: they write the book as it is when they
begin, and each waits for the one before it. `prepare_writing` may run anywhere.
"""

import threading
from pathlib import Path
from types import TracebackType
from typing import Self

from backstop.domain import Book, Defect, EnvironmentFault, Message, message
from backstop.services.commands import Change
from backstop.services.samples import load_sample, own_copy
from backstop.store import (
    BookFile,
    BookInUse,
    DamagedBook,
    NewerBook,
    NotABook,
    NotSaved,
    ReadOnlyBook,
    book_from_json,
    book_to_json,
    json_schema,
    prepare_writing,
)
from backstop.store.json_text import MOST_BYTES

__all__ = [
    "BookInUse",
    "BookSession",
    "DamagedBook",
    "NewerBook",
    "NotABook",
    "NotSaved",
    "ReadOnlyBook",
    "book_from_json",
    "book_to_json",
    "json_schema",
    "prepare_writing",
    "read_book",
]


class BookSession:
    """A book being worked on.

    Made from a `Book` alone it is there at once and has no file yet; `attach` gives it one. With
    `saves_later`, a change is in memory at once and the client calls `save` (on a worker, say);
    otherwise every change is on disk when `apply`, `undo` or `redo` returns, or has not happened.
    """

    def __init__(self, book: Book, file: BookFile | None = None, sample: str = "") -> None:
        self.saves_later = False
        self._book = book
        self._file = file
        self._sample = sample
        self._done: list[Change] = []
        self._undone: list[Change] = []
        self._writing = threading.RLock()

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> Self:
        """Open a book file; raises an `EnvironmentFault` with a sentence.

        `BookInUse` says who has it open: call again with `read_only` to look at it all the same.
        """
        file = BookFile.open(path, read_only=read_only)
        return cls(file.book, file)

    @classmethod
    def create(cls, path: Path, book: Book, *, replace: bool = False) -> Self:
        """Write a new book file and open it; imports SQLAlchemy, which takes a second."""
        return cls(book, BookFile.create(path, book, replace=replace))

    @classmethod
    def demo(cls, name: str) -> Self:
        """A sample book, in memory; `attach()` gives it a file among the owner's copies."""
        return cls(load_sample(name), sample=name)

    @property
    def book(self) -> Book:
        return self._book

    @property
    def path(self) -> Path | None:
        return self._file.path if self._file else None

    @property
    def sample(self) -> str:
        """The name of the sample that the session began with, or empty."""
        return self._sample

    @property
    def read_only(self) -> bool:
        return self.why_read_only is not None

    @property
    def why_read_only(self) -> Message | None:
        """A sentence for a banner, when the book cannot be changed."""
        return self._file.why_read_only if self._file else None

    @property
    def is_saved(self) -> bool:
        """Whether the file holds the book as it is now."""
        return self._file is not None and self._file.book is self._book

    def apply(self, change: Change) -> Change:
        """Carry out a change made from `book`; returns it. It can be undone.

        Raises `ReadOnlyBook`, or, unless `saves_later`, `NotSaved`: then nothing has changed.
        """
        if change.before is not self._book:
            raise Defect(message("This change was made for an older state of the book."))
        if change.changes_nothing:
            return change
        self._adopt(change.after)
        self._done.append(change)
        self._undone.clear()
        return change

    def undo(self) -> Change:
        """Take the last change back; returns the change that did so."""
        back = _last(self._done).reversed()
        self._adopt(back.after)
        self._undone.append(self._done.pop())
        return back

    def redo(self) -> Change:
        """Carry out again what was last undone."""
        again = _last(self._undone)
        self._adopt(again.after)
        self._done.append(self._undone.pop())
        return again

    @property
    def can_undo(self) -> bool:
        return bool(self._done) and not self.read_only

    @property
    def can_redo(self) -> bool:
        return bool(self._undone) and not self.read_only

    @property
    def undo_message(self) -> Message | None:
        """What `undo` would take back, such as “change credit limit of “借呗””."""
        return self._done[-1].description if self._done else None

    @property
    def redo_message(self) -> Message | None:
        return self._undone[-1].description if self._undone else None

    def attach(self, path: Path | None = None, *, replace: bool = False) -> Path:
        """Give a book in memory its file; returns its path. Without one, a sample goes among the
        owner's copies of samples. Changes made while this runs are saved too."""
        with self._writing:
            if self._file is not None:
                raise Defect(message("This book has a file already."))
            book = self._book
            if path is not None:
                self._file = BookFile.create(path, book, replace=replace)
            else:
                self._file = own_copy(self._sample or "book", book)
            self.save()
            return self._file.path

    def save(self) -> None:
        """Write what is not on disk yet, in one transaction; raises `NotSaved`.

        A book without a file has nowhere to go yet: then this does nothing.
        """
        with self._writing:
            if self._file is not None and not self._file.read_only:
                self._file.save(self._book)

    def save_copy(self, path: Path, *, replace: bool = False) -> None:
        """Write the book as it is now into another file; the session stays with its own."""
        with self._writing:
            BookFile.create(path, self._book, replace=replace).close()

    def close(self) -> None:
        """Save what is not saved, and let other programs write the file.

        Raises `NotSaved` when that fails; call `abandon` to close all the same.
        """
        self.save()
        self.abandon()

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

    def _adopt(self, book: Book) -> None:
        """Make this the book. If it cannot be saved now, it has never been."""
        if self.why_read_only is not None:
            raise ReadOnlyBook(self.why_read_only)
        previous, self._book = self._book, book
        if self.saves_later:
            return
        try:
            self.save()
        except EnvironmentFault:
            self._book = previous
            raise


def _last(changes: list[Change]) -> Change:
    if not changes:
        raise Defect(message("There is nothing to undo or redo."))
    return changes[-1]


def read_book(path: Path) -> Book:
    """The book in a `.backstop` file or a `book.json`, for looking only; no lock is taken.

    Raises an `EnvironmentFault` with a sentence.
    """
    data = _json_in(path)
    if data is not None:
        return book_from_json(data)
    with BookFile.open(path, read_only=True) as file:
        return file.book


def _json_in(path: Path) -> bytes | None:
    """What a JSON file holds; None for any other kind of file, and for none at all."""
    try:
        with path.open("rb") as file:
            start = file.read(1)
            if start == b"{" or (start and path.suffix.lower() == ".json"):
                return start + file.read(MOST_BYTES)
    except OSError:
        pass
    return None
