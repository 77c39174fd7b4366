"""Keeps the answers fresh: quick ones after every edit, the slower cures behind them.

Only the newest book counts. An edit cancels what still runs for an older one, and a result that
comes late is dropped, never shown.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from backstop.desktop.tasks import Cancelled, Task, Tasks
from backstop.services import clock

if TYPE_CHECKING:
    from backstop.domain import Book
    from backstop.plan import Answers


class Answering:
    """Recomputes on worker threads and hands results to `take` on the main thread."""

    def __init__(self, tasks: Tasks, take: "Callable[[Answers], None]") -> None:
        self._tasks, self._take = tasks, take
        self._task: Task | None = None

    def ask(self, book: "Book") -> None:
        """Answer this book from now on."""
        self.stop()
        age = clock.age_of(book)

        def quick(cancelled: Cancelled) -> "Answers":
            from backstop.plan import answer  # numpy comes with it: not before the first paint

            return answer(book, today=age)

        self._task = self._tasks.start(quick, self._quick_done)

    def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _quick_done(self, answers: "Answers") -> None:
        self._take(answers)

        def cures(cancelled: Cancelled) -> "Answers":
            from backstop.plan import assess

            return assess(answers, cancelled)

        self._task = self._tasks.start(cures, self._take)
