"""Plans for every loss, drafted in the background after each edit; known ones are kept."""

from __future__ import annotations

import time
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from backstop.desktop.state.tasks import Cancelled, Task, Tasks, is_under_way
from backstop.plan import searched
from backstop.services.plans import Shelf, plans_for_all
from backstop.work import Work, working

PAUSE_SECONDS = 0.3
"""No plan is begun so soon after an edit: the next one may follow at once."""
LOOK_SECONDS = 0.01

if TYPE_CHECKING:
    from backstop.plan import Answers, Plan


class AllPlans(QObject):
    """Asked for newer answers, or told to stop, it gives up what it is doing.

    `changed()`: `done` and `of` are others, or `stopped` is. While nothing is asked, `of` is 0.
    """

    changed = Signal()
    _progressed = Signal(str, int, int)

    def __init__(self, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._task: Task | None = None
        self._asked = ""
        self.done = self.of = 0
        self.stopped = False
        self._progressed.connect(self._take_progress)

    @cached_property
    def shelf(self) -> Shelf:
        """The plans that are known, whatever book they were drafted for."""
        return Shelf()

    @property
    def running(self) -> bool:
        """Whether plans are being drafted."""
        return is_under_way(self._task)

    def ask(self, answers: Answers | None) -> None:
        """Draft what is not known yet of these answers, once they are assessed."""
        if answers is None or not answers.assessed:
            self._give_up()
            return
        asked = answers.book.fingerprint
        if asked == self._asked and self.running:
            return
        self._give_up()
        self._asked, self.stopped = asked, False
        self.changed.emit()

        def progress(done: int, of: int) -> None:
            self._progressed.emit(asked, done, of)

        def work(cancelled: Cancelled) -> list[Plan]:
            with working(Work(cancelled, progress)):
                progress(0, len(searched(answers)))  # of thousands of lines that takes a while
                _let_edits_pass(cancelled)
                return plans_for_all(answers, self.shelf)

        self._task = self._tasks.start(work, self._take)

    def stop(self) -> None:
        """The owner does not want to wait for them now."""
        self._give_up()
        self.stopped = True
        self.changed.emit()

    def forget(self) -> None:
        """Another book is open: nothing is known of it yet."""
        self._give_up()
        self.__dict__.pop("shelf", None)

    def _give_up(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self._asked = ""
        self.done = self.of = 0

    def _take_progress(self, asked: str, done: int, of: int) -> None:
        if asked == self._asked:
            self.done, self.of = done, of
            self.changed.emit()

    def _take(self, plans: list[Plan]) -> None:
        self._task = None
        self.done = self.of = len(plans)
        self.changed.emit()


def _let_edits_pass(cancelled: Cancelled) -> None:
    end = time.monotonic() + PAUSE_SECONDS
    while time.monotonic() < end and not cancelled():
        time.sleep(LOOK_SECONDS)
