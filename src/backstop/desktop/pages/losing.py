"""Answers for a loss on another day than today: worked out aside, for one page only."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from backstop.desktop.tasks import Cancelled, Task, Tasks

if TYPE_CHECKING:
    from backstop.domain import Book
    from backstop.plan import Answers


class Losing:
    """Hands `take` the answers for a day of loss: at once for today, else from a worker."""

    def __init__(self, tasks: Tasks, take: "Callable[[Answers], None]") -> None:
        self._tasks, self._take = tasks, take
        self._task: Task | None = None
        self._asked: tuple[Book, int] | None = None
        self.answers: Answers | None = None

    def ask(self, today: "Answers", day: int) -> None:
        """Answer this book for a loss on `day`; what was asked before is dropped."""
        day = min(day, today.book.horizon_days)
        if day and self._asked is not None and self._asked == (today.book, day):
            return  # the cures of today came in, which change nothing for another day
        self._asked = (today.book, day)
        if self._task is not None:
            self._task.cancel()
        if day == 0:
            self._show(today)
            return
        book = today.book

        def quick(cancelled: Cancelled) -> "Answers":
            from backstop.plan import answer

            return answer(book, day)

        self._task = self._tasks.start(quick, self._quick_done)

    def _quick_done(self, answers: "Answers") -> None:
        self._show(answers)

        def cures(cancelled: Cancelled) -> "Answers":
            from backstop.plan import assess

            return assess(answers, cancelled)

        self._task = self._tasks.start(cures, self._show)

    def _show(self, answers: "Answers") -> None:
        self.answers = answers
        self._take(answers)
