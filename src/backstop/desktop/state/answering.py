"""Keeps the answers fresh: quick ones after every edit, the slower cures behind them, each as it is
known.

Only the newest book counts. An edit cancels what still runs for an older one, and a result that
comes late is dropped, never shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from backstop.desktop.state.tasks import Cancelled, Task, Tasks
from backstop.plan import Answers, answer, assessing
from backstop.services import clock
from backstop.services.questions import causes_in

if TYPE_CHECKING:
    from backstop.domain import Book

SEEN_FIRST = 100
"""Losses whose cells a table makes at once, to see how wide its columns are."""


class Answering:
    """Recomputes on worker threads and hands results to `take` on the main thread."""

    def __init__(self, tasks: Tasks, take: Callable[[Answers], None]) -> None:
        self._tasks, self._take = tasks, take
        self._task: Task | None = None

    def ask(self, book: Book, known: Answers | None = None) -> None:
        """Answer this book from now on; `known` are answers of it that are there already."""
        self.stop()
        age = clock.age_of(book)
        if known is not None and known.projection.today == age:
            self._go_on_from(known)
            return

        def quick(cancelled: Cancelled) -> Answers:
            found = answer(book, today=age)
            _get_ready(found)
            return found

        self._task = self._tasks.start(quick, self._go_on_from)

    def stop(self) -> None:
        """Give up what is being worked out."""
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _go_on_from(self, answers: Answers) -> None:
        self._take(answers)
        if answers.assessed:
            return

        def cures(cancelled: Cancelled) -> Iterator[Answers]:
            return assessing(answers)

        self._task = self._tasks.start_several(cures, self._take)


def _get_ready(answers: Answers) -> None:
    """Work out here what every page asks for at once, and what in a large book would hold the
    window up: the mark of the book, the causes that it offers, and what bounces in the losses that
    are seen first. All is kept where it was asked."""
    known = causes_in(answers.book), [e.outcome.bounced for e in answers.losses[:SEEN_FIRST]]
    del known
