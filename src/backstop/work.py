"""Whether an answer is still wanted while it is worked out, and how far that has come.

Whoever wants an answer says so around the call: `with working(Work(cancelled)): draft(...)`. What
takes long asks `current_work()` now and then; nothing in between has to hand it on. Each thread has
its own, so whoever starts one there says again what it works for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import TypeVar

T = TypeVar("T")
PERCENT = 100


class Cancelled(Exception):
    """The owner no longer wants the answer."""


def _never() -> bool:
    return False


def _silent(done: int, of: int) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Work:
    """One piece of work: `cancelled()` says whether its answer is no longer wanted, `progress(done,
    of)` is told how far it is. By default it is never stopped, and nobody is told."""

    cancelled: Callable[[], bool] = _never
    progress: Callable[[int, int], None] = _silent

    @property
    def stopped(self) -> bool:
        """Whether the answer is no longer wanted."""
        return self.cancelled()

    def check(self) -> None:
        """Raises `Cancelled` once the answer is no longer wanted."""
        if self.stopped:
            raise Cancelled


UNDISTURBED = Work()

_current: ContextVar[Work] = ContextVar("work", default=UNDISTURBED)


def current_work() -> Work:
    """What this thread is working on."""
    return _current.get()


@contextmanager
def working(work: Work) -> Iterator[Work]:
    """Everything called within belongs to this work."""
    token = _current.set(work)
    try:
        yield work
    finally:
        _current.reset(token)


@contextmanager
def stage(first: int, last: int) -> Iterator[None]:
    """What is worked on within takes the whole from `first` to `last` percent, however it counts
    what it has done."""
    whole = current_work()

    def progress(done: int, of: int) -> None:
        whole.progress(first + (last - first) * min(done, of) // max(of, 1), PERCENT)

    progress(0, 1)
    with working(replace(whole, progress=progress)):
        yield


def heeded(items: Iterable[T]) -> Iterator[T]:
    """The items one after the other; before each it is asked whether the answer is still wanted."""
    work = current_work()
    for each in items:
        work.check()
        yield each


def watched(items: Sequence[T], every: int = 2048) -> Iterator[T]:
    """The items one after the other; after so many of them it is told how far they are, and asked
    whether the answer is still wanted."""
    work, of = current_work(), len(items)
    for start in range(0, of, every):
        work.check()
        work.progress(start, of)
        yield from items[start : start + every]
