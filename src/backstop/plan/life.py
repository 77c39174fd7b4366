"""The life of an accepted plan: what its steps mean in today's book, and how it stands.

A step that was done before the book's as-of date is taken to be in the book already: its money in
a balance, what it owes in a schedule. One done since then, or still to be done, is replayed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import groupby

from backstop.contingency import (
    Contingency,
    Outcome,
    all_closures,
    outcome_of,
    outcomes,
    saved_closures,
)
from backstop.domain import AcceptedPlan, Book, Facility, Message, PlanStage, PlanStep
from backstop.plan.inputs import inputs_of
from backstop.plan.judge import replayed_low
from backstop.plan.rationale import what_remains
from backstop.plan.results import Action, ActionKind, Phase, Plan
from backstop.plan.situation import Situation
from backstop.plan.wishes import NO_WISHES, Wishes, pin_of
from backstop.projection import Projection, project

ON_ITS_OWN_DAY = frozenset({"purchase", "defer", "cut", "renegotiate"})
"""Actions that rearrange a payment: whenever they are agreed, the cash changes on its day."""


def steps_of(book: Book, plan: Plan) -> tuple[PlanStep, ...]:
    """The plan's actions as they are kept in the book, in the order of the plan."""
    return tuple(
        PlanStep(
            day=book.as_of + timedelta(days=each.day),
            option=option_of(each),
            amount=each.amount,
            cost=each.cost,
        )
        for each in plan.actions
    )


def option_of(action: Action) -> str:
    """An action's name for good: what it is and what of; its day and amount stand beside it.

    kind:source:payment:months:days, the days as steps from one to the next ("0,31,7*3").
    """
    steps = [
        later - earlier
        for earlier, later in zip((action.day, *action.days), action.days)  # noqa: B905
    ]
    runs = ((step, len(list(same))) for step, same in groupby(steps))
    days = ",".join(f"{step}*{times}" if times > 1 else str(step) for step, times in runs)
    return ":".join(
        (action.kind.value, action.source, action.payment, str(action.periods or ""), days)
    )


def action_of(book: Book, step: PlanStep) -> Action | None:
    """The step as an action in this book; None where it no longer means anything in it.

    What was done counts as it was done: with that amount, and on that day where money comes by it.
    What is late is to be done today.
    """
    try:
        kind, source, payment, periods, days = step.option.split(":")
        moved = step.day if kind in ON_ITS_OWN_DAY else step.done_on or step.day
        day = max(0, (moved - book.as_of).days)
        record = book.by_id[source]
        about = book.by_id.get(payment) or _owing(book, payment)
        return Action(
            kind=ActionKind(kind),
            source=source,
            name=record.name,
            day=day,
            start_day=max(0, day - (getattr(record, "lead_days", 0) or 0)),
            amount=step.amount if step.actual is None else step.actual,
            cost=step.cost,
            phase=Phase.DO_NOW if day == 0 else Phase.BY_DATE,
            payment=payment,
            payment_name=about.name if about else payment,
            periods=int(periods or 0),
            days=tuple(_days(day, days)),
        )
    except (KeyError, ValueError):
        return None


def _owing(book: Book, debt: str) -> Facility | None:
    """The line on which a debt is owed."""
    owing = (line for line in book.facilities if any(t.id == debt for t in line.tranches))
    return next(owing, None)


def _days(first: int, text: str) -> Iterator[int]:
    day = first
    for run in text.split(",") if text else ():
        step, _, times = run.partition("*")
        for _ in range(int(times or 1)):
            day += int(step)
            yield day


def contingency_of(book: Book, accepted: AcceptedPlan) -> Contingency | None:
    """The loss that the plan is for, on its day in this book: the day it really came, or the one
    the plan was made for; today where that is past. None where the book no longer knows it."""
    day = ((accepted.activated_on or accepted.loss_date) - book.as_of).days
    day = max(0, min(day, book.horizon_days))
    for each in (*all_closures(book, day), *saved_closures(book)):
        if each.id == accepted.contingency:
            return replace(each, loss_day=day)
    return None


def is_stale(projection: Projection, accepted: AcceptedPlan) -> bool:
    """Whether what the plan was worked out from is no longer so; never for one that is over."""
    if accepted.stage is PlanStage.ENDED:
        return False
    contingency = contingency_of(projection.book, accepted)
    if contingency is None:
        return True
    (outcome,) = outcomes(projection, [contingency])
    return inputs_of(projection, outcome) != accepted.inputs


@dataclass(frozen=True)
class StepNow:
    """A step of an accepted plan in today's book. `action` is None where it has lost its meaning,
    `counted` says whether it is replayed or already in the book."""

    number: int
    step: PlanStep
    action: Action | None
    counted: bool

    @property
    def done(self) -> bool:
        return self.step.done_on is not None

    @property
    def difference(self) -> int:
        """What really came less what was planned (minor units); 0 until it is done."""
        return 0 if self.step.actual is None else self.step.actual - self.step.amount

    @property
    def days_late(self) -> int:
        """Days from the planned to the real one; 0 until it is done."""
        return 0 if self.step.done_on is None else (self.step.done_on - self.step.day).days


@dataclass(frozen=True)
class Standing:
    """How an accepted plan stands: its steps, and what remains if the rest of it is carried out.

    `before` is the loss with nothing done, `after` with the plan as it goes; both None, as is
    `remains`, where the book no longer knows the loss.
    """

    accepted: AcceptedPlan
    steps: tuple[StepNow, ...]
    stale: bool
    before: Outcome | None = None
    after: Outcome | None = None
    remains: Message | None = None

    @property
    def done(self) -> int:
        return sum(each.done for each in self.steps)

    @property
    def planned(self) -> int:
        """What the steps that are done were planned to bring."""
        return sum(each.step.amount for each in self.steps if each.done)

    @property
    def actual(self) -> int:
        return self.planned + sum(each.difference for each in self.steps)


def standing_of(accepted: AcceptedPlan, projection: Projection) -> Standing:
    """How the plan stands in this book: its loss replayed with what was done and is still to do."""
    book = projection.book
    steps = tuple(
        _step_now(book, number, each) for number, each in enumerate(accepted.steps, start=1)
    )
    contingency = contingency_of(book, accepted)
    stale = is_stale(projection, accepted)
    if contingency is None:
        return Standing(accepted, steps, stale)
    (before,) = outcomes(projection, [contingency])
    actions = [each.action for each in steps if each.action is not None and each.counted]
    situation = Situation(projection, before, contingency.loss_day)
    after = outcome_of(projection, contingency, replayed_low(situation, actions))
    return Standing(accepted, steps, stale, before, after, what_remains(situation, after))


def _step_now(book: Book, number: int, step: PlanStep) -> StepNow:
    in_book = step.done_on is not None and step.done_on < book.as_of
    return StepNow(number, step, action_of(book, step), not in_book)


def standings(book: Book, plans: Sequence[AcceptedPlan] | None = None) -> list[Standing]:
    """How each accepted plan stands, the latest first."""
    wanted = book.accepted_plans if plans is None else plans
    projection = project(book) if wanted else None
    kept = [standing_of(each, projection) for each in wanted if projection is not None]
    return sorted(kept, key=lambda s: (s.accepted.accepted_on, s.accepted.id), reverse=True)


def wishes_of(standing: Standing) -> Wishes:
    """What is done already, as wishes for the rest of the plan to be drafted around."""
    pins = tuple(
        pin_of(a)
        for each in standing.steps
        if each.done and each.counted and (a := each.action) is not None and a.amount
    )
    return Wishes(pins=pins) if pins else NO_WISHES
