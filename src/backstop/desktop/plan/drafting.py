"""Plans drafted in the background, kept as long as the book they were made for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from backstop.desktop.state.tasks import Cancelled, Task, Tasks, is_under_way
from backstop.plan import NO_WISHES, explain, inputs_of
from backstop.services.losing import loss_on
from backstop.services.plans import kept_plan

if TYPE_CHECKING:
    from backstop.contingency import Contingency
    from backstop.plan import Answers, Loss, Plan, Wishes
    from backstop.services.plans import Shelf

MOST_KEPT = 32


@dataclass(frozen=True)
class Wanted:
    """For which book, read on which day, which loss on which day a plan is asked, and around which
    wishes."""

    fingerprint: str
    today: int
    contingency: Contingency
    day: int
    wishes: Wishes


@dataclass(frozen=True)
class PlanDraft:
    """A plan with the loss it answers and the answers it was made from."""

    answers: Answers
    loss: Loss
    plan: Plan


class Drafting:
    """One draft at a time: asking for another one cancels the first."""

    def __init__(
        self,
        tasks: Tasks,
        take: Callable[[PlanDraft], None],
        failed: Callable[[Exception], None],
        shelf: Callable[[], Shelf],
    ) -> None:
        self._tasks, self._take, self._failed = tasks, take, failed
        self._shelf = shelf
        self._task: Task | None = None
        self._explaining: Task | None = None
        self._kept: dict[Wanted, PlanDraft] = {}
        self.wanted: Wanted | None = None

    @property
    def running(self) -> bool:
        """Whether a plan is being drafted."""
        return is_under_way(self._task)

    def ask(self, answers: Answers, contingency: str, day: int, wishes: Wishes) -> None:
        """Hand over the plan: at once if it is known, else when it is drafted."""
        wanted = _wanted(answers, contingency, day, wishes)
        if self.running and wanted == self.wanted:
            return
        self.cancel()
        self.wanted = wanted
        if wanted in self._kept:
            self._take(self._kept[wanted])
            return

        def work(cancelled: Cancelled) -> PlanDraft:
            return draft_for(answers, contingency, day, wishes, self._shelf())

        self._task = self._tasks.start(work, self._done, self._gave_up)

    def without_wishes(self, answers: Answers, contingency: str, day: int) -> PlanDraft | None:
        """The plan before anything was wished for, if it is known."""
        return self._kept.get(_wanted(answers, contingency, day, NO_WISHES))

    def explain(self, take: Callable[[PlanDraft], None]) -> None:
        """Hand over the newest draft again once it is explained; it may never be."""
        wanted = self.wanted
        known = self._kept.get(wanted) if wanted is not None else None
        if wanted is None or known is None or known.plan.explanation is not None:
            return

        def work(cancelled: Cancelled) -> PlanDraft:
            return explained(known, wanted.wishes, self._shelf())

        def done(draft: PlanDraft) -> None:
            self._explaining = None
            self._kept[wanted] = draft
            take(draft)

        self._stop_explaining()
        self._explaining = self._tasks.start(work, done)

    def _stop_explaining(self) -> None:
        if self._explaining is not None:
            self._explaining.cancel()
            self._explaining = None

    def cancel(self) -> None:
        """Give up what is being drafted."""
        self._stop_explaining()
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self.wanted = None

    def _done(self, draft: PlanDraft) -> None:
        self._task = None
        assert self.wanted is not None
        self._kept[self.wanted] = draft
        while len(self._kept) > MOST_KEPT:
            del self._kept[next(iter(self._kept))]
        self._take(draft)

    def _gave_up(self, error: Exception) -> None:
        self._task = self.wanted = None
        self._failed(error)


def _wanted(answers: Answers, contingency: str, day: int, wishes: Wishes) -> Wanted:
    lost = answers.loss(contingency).contingency
    return Wanted(answers.book.fingerprint, answers.projection.today, lost, day, wishes)


def explained(draft: PlanDraft, wishes: Wishes, shelf: Shelf) -> PlanDraft:
    """The draft with its plan explained. Runs on a worker."""
    projection = draft.answers.projection
    plan = explain(projection, draft.plan, wishes)
    shelf.keep(inputs_of(projection, draft.loss.outcome, wishes), plan)
    return replace(draft, plan=plan)


def draft_for(
    answers: Answers,
    contingency: str,
    day: int,
    wishes: Wishes,
    shelf: Shelf,
) -> PlanDraft:
    """The plan for one contingency and day, from the shelf if it is known. Runs on a worker."""
    loss = loss_on(answers, contingency, day)
    plan = kept_plan(answers, loss, shelf, wishes)
    return PlanDraft(answers, loss.with_plan(plan), plan)
