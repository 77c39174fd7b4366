"""The standing reserve worked out in the background, once for each state of the book."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from backstop.desktop.state.tasks import Cancelled, Task, Tasks, is_under_way
from backstop.services.answers import reserve_of

if TYPE_CHECKING:
    from backstop.plan import Answers, Reserve


class Reserving:
    """One question at a time: asking for another book cancels the one before."""

    def __init__(self, tasks: Tasks, take: Callable[[Answers, Reserve], None]) -> None:
        self._tasks, self._take = tasks, take
        self._task: Task | None = None
        self._asked = ""
        self._known: dict[str, Reserve] = {}

    def ask(self, answers: Answers) -> None:
        """Hand over the reserve when it is known; only assessed answers are worth asking."""
        mark = f"{answers.book.fingerprint}@{_loss_day(answers)}@{answers.projection.today}"
        if mark != self._asked:
            self._stop()
        if mark in self._known:
            self._take(answers, self._known[mark])
            return
        if not answers.assessed or not answers.losses or is_under_way(self._task):
            return
        self._asked = mark

        def work(cancelled: Cancelled) -> Reserve:
            return reserve_of(answers)

        def done(found: Reserve) -> None:
            self._task = None
            self._known = {mark: found}
            self._take(answers, found)

        self._task = self._tasks.start(work, done)

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None


def _loss_day(answers: Answers) -> int:
    return answers.losses[0].contingency.loss_day if answers.losses else 0
