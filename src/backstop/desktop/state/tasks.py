"""Background work: one way to run it, hear of its end on the main thread, and cancel it.

    tasks.start(work, done, failed)

`work(cancelled)` runs on a worker thread; it asks `cancelled()` now and then. `done(result)` or
`failed(error)` is called on the main thread, unless the task was cancelled meanwhile: then nothing
is called any more, whatever the worker still does.

Every task is about something, and ends with it: unless it says otherwise, about the state of the
open book in which it was begun. So no result of an older state, or of another book, ever arrives.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import IntEnum
from threading import Event
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, Slot

from backstop.work import Work, working

MOST_THREADS = 6
"""Long work (plans, the reserve, reasons) must leave room for what answers an edit."""

FOR_GOOD = -1

T = TypeVar("T")


class About(IntEnum):
    """What a task is about, the shortest-lived first."""

    STATE = 0
    """The open book as it is now: over with the next change."""
    BOOK = 1
    """The open book, however it changes: over when another one is opened."""
    NOTHING = 2
    """No open book: files that are opened or written, the drawing library."""


Cancelled = Callable[[], bool]
Done = Callable[[T], None]
Failed = Callable[[Exception], None]
Told = Callable[[int, int], None]
"""Takes how much is done, of how much."""


class Task(QObject):
    """One piece of background work; lives on the main thread until its end is delivered."""

    _came = Signal(object)
    _went_on = Signal(int, int)
    _ended = Signal(object, object)

    def __init__(
        self,
        owner: Tasks,
        work: Callable[[Cancelled], Any],
        done: Callable[[Any], None],
        failed: Failed,
        about: About,
        *,
        several: bool = False,
        told: Told | None = None,
    ) -> None:
        super().__init__(owner)
        self.about = about
        self._several = several
        self._owner, self._work, self._done, self._failed = owner, work, done, failed
        self._cancelled = Event()
        self._told, self._said = told, (-1, -1)
        self._went_on.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        self._came.connect(self._deliver_one, Qt.ConnectionType.QueuedConnection)
        self._ended.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def cancel(self) -> None:
        """Ask the work to stop; neither callback is called from now on."""
        self._cancelled.set()

    @property
    def cancelled(self) -> bool:
        """Whether nobody wants the result any more."""
        return self._cancelled.is_set()

    def run_on_worker(self) -> None:
        """Do the work; called on a worker thread."""
        result, error = None, None
        try:
            if not self.cancelled:
                with working(Work(self._cancelled.is_set, self._go_on)):
                    result = self._work(self._cancelled.is_set)
                    for each in result if self._several else ():
                        self._came.emit(each)
        except Exception as raised:  # noqa: BLE001  delivered to the main thread, never lost
            error = raised
        self._ended.emit(result, error)

    def _go_on(self, done: int, of: int) -> None:
        """Called on the worker, often: only what is new is told."""
        if self._told is not None and self._said != (done, of):
            self._said = done, of
            self._went_on.emit(done, of)

    @Slot(int, int)
    def _tell(self, done: int, of: int) -> None:
        if self._told is not None and not self.cancelled:
            self._told(done, of)

    @Slot(object, object)
    def _deliver(self, result: object, error: Exception | None) -> None:
        self._owner.forget(self)
        if self.cancelled:
            return
        if error is not None:
            self._failed(error)
        elif not self._several:
            self._done(result)

    @Slot(object)
    def _deliver_one(self, result: object) -> None:
        if not self.cancelled:
            self._done(result)


class _Run(QRunnable):
    def __init__(self, task: Task) -> None:
        super().__init__()
        self._task = task

    def run(self) -> None:
        self._task.run_on_worker()


class Tasks(QObject):
    """The tasks of one window. Ended with `close()`, after which no callback comes. `failed(error)`
    hears of what goes wrong where nobody else wants to."""

    busy_changed = Signal(bool)

    def __init__(self, failed: Failed, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.failed = failed
        self._running: set[Task] = set()
        self.closed = False
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(MOST_THREADS)
        self._in_turn = QThreadPool(self)
        self._in_turn.setMaxThreadCount(1)
        self._in_turn.setExpiryTimeout(FOR_GOOD)

    @property
    def busy(self) -> bool:
        """Whether any task is under way."""
        return bool(self._running)

    def start(
        self,
        work: Callable[[Cancelled], T],
        done: Callable[[T], None],
        failed: Failed | None = None,
        *,
        about: About = About.STATE,
        shown_in: QObject | None = None,
        told: Told | None = None,
        in_turn: bool = False,
    ) -> Task:
        """Run `work` on a worker thread; call from the main thread. It ends with what its result is
        `shown_in`, too. `told(done, of)` is called on the main thread as it goes on. What is done
        `in_turn` is done one after the other, always on the same thread."""
        task = Task(self, work, done, failed or self.failed, about, told=told)
        if shown_in is not None:
            shown_in.destroyed.connect(task.cancel)
        return self._started(task, self._in_turn if in_turn else self._pool)

    def start_several(
        self, work: Callable[[Cancelled], Iterator[T]], took: Done[T], *, about: About = About.STATE
    ) -> Task:
        """The same where results come one after the other: each is taken as it is there."""
        task = Task(self, work, took, self.failed, about, several=True)
        return self._started(task, self._pool)

    def _started(self, task: Task, pool: QThreadPool) -> Task:
        self._running.add(task)
        pool.start(_Run(task))
        self.busy_changed.emit(True)
        return task

    def forget(self, task: Task) -> None:
        """Let go of a task that has ended."""
        self._running.discard(task)
        task.deleteLater()
        self.busy_changed.emit(self.busy)

    def end(self, over: About) -> None:
        """What tasks were about is over, as is what lasts less long: nothing is heard of them."""
        for task in self._running:
            if task.about <= over:
                task.cancel()

    def close(self) -> None:
        """Cancel everything and wait for the workers to notice."""
        self.closed = True
        for task in self._running:
            task.cancel()
        for pool in (self._pool, self._in_turn):
            pool.waitForDone()


def is_under_way(task: Task | None) -> bool:
    """Whether a result of it may still arrive."""
    return task is not None and not task.cancelled
