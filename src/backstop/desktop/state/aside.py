"""One thing at a time worked out aside: asking for another drops the one before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Generic, TypeVar

from backstop.desktop.state.tasks import Cancelled, Task, Tasks, is_under_way

if TYPE_CHECKING:
    from backstop.domain import Book

T = TypeVar("T")

AT_ONCE = 300
"""Records of a book whose reading takes no longer than to paint a page."""


def is_soon_read(book: Book) -> bool:
    """Whether its records are so few that what they say can be read at once."""
    return len(book.by_id) <= AT_ONCE


class Aside(Generic[T]):
    """Hands what was last asked for to `take`, on the main thread."""

    def __init__(self, tasks: Tasks, take: Callable[[T], None]) -> None:
        self._tasks, self._take = tasks, take
        self._task: Task | None = None
        self._key: object = None
        self.found: T | None = None

    @property
    def is_under_way(self) -> bool:
        """Whether something may still come."""
        return is_under_way(self._task)

    def ask(self, key: object, work: Callable[[Cancelled], T], *, at_once: bool = False) -> bool:
        """Work it out, unless it is the same as before: then it comes again, or is under way.

        `key` says what the result depends on; two that are equal ask for the same. Returns whether
        it came at once, as it does where that is wanted: if not, what is shown is of something
        else, until it comes.
        """
        known = self._known(key)
        if known is None and at_once:
            self._done(work(_never))
            return True
        if known is None:
            self._task = self._tasks.start(work, self._done)
        return bool(known)

    def follow(self, key: object, work: Callable[[Cancelled], Iterator[T]]) -> None:
        """The same for what comes step by step: each is taken, the last one stays."""
        if self._known(key) is None:
            self._task = self._tasks.start_several(work, self._came)

    def _known(self, key: object) -> bool | None:
        """Whether it came again; None where it has to be worked out."""
        if key == self._key and self.found is not None:
            self._take(self.found)
            return True
        if key == self._key and is_under_way(self._task):
            return False
        self.drop()
        self._key = key
        return None

    def drop(self) -> None:
        """Forget it, and end what is under way."""
        if self._task is not None:
            self._task.cancel()
        self._task = self._key = self.found = None

    def _done(self, found: T) -> None:
        self._task = None
        self._came(found)

    def _came(self, found: T) -> None:
        self.found = found
        self._take(found)


def _never() -> bool:
    return False
