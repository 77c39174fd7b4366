"""Plans drafted in the background, kept as long as the book they were made for."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from backstop.desktop.tasks import Cancelled, Task, Tasks

if TYPE_CHECKING:
    from backstop.plan import Answers, Loss, Plan

MOST_KEPT = 32


@dataclass(frozen=True)
class Wanted:
    """For which book, contingency and day of loss a plan is asked."""

    fingerprint: str
    contingency: str
    day: int


@dataclass(frozen=True)
class Draft:
    """A plan with the loss it answers and the answers it was made from."""

    answers: "Answers"
    loss: "Loss"
    plan: "Plan"


class Drafting:
    """One draft at a time: asking for another one cancels the first."""

    def __init__(
        self,
        tasks: Tasks,
        take: Callable[[Draft], None],
        failed: Callable[[Exception], None],
    ) -> None:
        self._tasks, self._take, self._failed = tasks, take, failed
        self._task: Task | None = None
        self._kept: dict[Wanted, Draft] = {}
        self.wanted: Wanted | None = None

    @property
    def running(self) -> bool:
        return self._task is not None

    def ask(self, answers: "Answers", contingency: str, day: int) -> None:
        """Hand over the plan: at once if it is known, else when it is drafted."""
        wanted = Wanted(answers.book.fingerprint, contingency, day)
        if self.running and wanted == self.wanted:
            return
        self.cancel()
        self.wanted = wanted
        if wanted in self._kept:
            self._take(self._kept[wanted])
            return

        def work(cancelled: Cancelled) -> Draft:
            return draft_for(answers, contingency, day, cancelled)

        self._task = self._tasks.start(work, self._done, self._gave_up)

    def cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self.wanted = None

    def _done(self, draft: Draft) -> None:
        self._task = None
        assert self.wanted is not None
        self._kept[self.wanted] = draft
        while len(self._kept) > MOST_KEPT:
            del self._kept[next(iter(self._kept))]
        self._take(draft)

    def _gave_up(self, error: Exception) -> None:
        self._task = self.wanted = None
        self._failed(error)


def draft_for(answers: "Answers", contingency: str, day: int, cancelled: Cancelled) -> Draft:
    """The plan for one contingency and day. Runs on a worker."""
    from dataclasses import replace

    from backstop.contingency import outcomes
    from backstop.plan import Loss, draft
    from backstop.plan.cures import cure_of

    known = answers.loss(contingency)
    if day == known.contingency.loss_day:
        loss = known
    else:
        moved = replace(known.contingency, loss_day=day)
        (outcome,) = outcomes(answers.projection, [moved])
        loss = Loss(known.name, outcome)
    if loss.cure is None and loss.outcome.hurts:
        loss = replace(loss, cure=cure_of(answers.projection, loss.outcome, cancelled))
    return Draft(answers, loss, draft(answers.projection, loss.outcome, cancelled))
