"""The life of an accepted plan: whether it still holds, and how it stands in today's book."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from backstop.contingency import (
    Contingency,
    Outcome,
    closure_known_as,
    outcome_of,
    outcomes,
    projection_of_now,
)
from backstop.domain import AcceptedPlan, Book, Message, PlanStage, PlanStep
from backstop.plan.actions import Action
from backstop.plan.drafting.judge import replayed_low
from backstop.plan.drafting.rationale import what_remains
from backstop.plan.life.expenses import is_counted, is_real
from backstop.plan.life.inputs import inputs_of
from backstop.plan.life.steps import action_of, brought, to_come
from backstop.plan.offers import kind_of
from backstop.plan.situation import situation_of
from backstop.plan.wishes import Wishes
from backstop.projection import Projection


def contingency_of(book: Book, accepted: AcceptedPlan, today: int = 0) -> Contingency | None:
    """The loss that the plan is for, on its day in this book: the day it really came, or the one
    the plan was made for; today (offset) where that is past. None where the book no longer knows
    it."""
    earliest = 0 if accepted.activated_on else max(0, today)
    begins = ((accepted.activated_on or accepted.loss_date) - book.as_of).days
    day = min(max(earliest, begins), book.horizon_days)
    found = closure_known_as(book, accepted.contingency)
    if found is None:
        return None
    expense = 0 if is_counted(book, accepted, book.as_of) else found.expense
    passed = max(0, -begins) if accepted.activated_on else 0
    return replace(found, loss_day=day, passed_days=passed, expense=expense)


def as_it_goes_on(book: Book, asked: Contingency) -> Contingency:
    """The loss as it is by now, where a plan for it is being carried out; else as it was asked."""
    mine = (each for each in book.accepted_plans if each.contingency == asked.id and is_real(each))
    plan = next(mine, None)
    return (None if plan is None else contingency_of(book, plan)) or asked


def is_stale(projection: Projection, accepted: AcceptedPlan) -> bool:
    """Whether what the plan was worked out from is no longer so; never for one that is over."""
    if accepted.stage is PlanStage.ENDED:
        return False
    contingency = contingency_of(projection.book, accepted)
    if contingency is None:
        return True
    then = as_on(projection, accepted.accepted_on)
    (outcome,) = outcomes(then, [contingency])
    return inputs_of(then, outcome) != accepted.inputs


def as_on(projection: Projection, day: date) -> Projection:
    """The projection as it was to be read on another day: what a plan of that day started from.
    That days pass makes no plan stale."""
    return replace(projection, today=projection.day_of(day))


@dataclass(frozen=True)
class StepNow:
    """A step of an accepted plan in today's book. `action` is None where it has lost its meaning,
    `to_come` is what of it is replayed: None where it is in the book already, or can be no more.
    `planned` is what it was to bring and `actual`, once it is done, what it did (minor units).
    `overdue` is for how many days it has been due, in a plan that is being carried out."""

    number: int
    step: PlanStep
    action: Action | None
    to_come: Action | None
    planned: int
    actual: int | None
    overdue: int = 0

    @property
    def done(self) -> bool:
        """Whether it has happened."""
        return self.step.done_on is not None

    @property
    def difference(self) -> int:
        """What really came less what was planned (minor units); 0 until it is done."""
        return 0 if self.actual is None else self.actual - self.planned

    @property
    def days_late(self) -> int:
        """Days from the planned to the real one; 0 until it is done. What is agreed ahead of the
        payment that it is about is not early."""
        if self.step.done_on is None:
            return 0
        days = (self.step.done_on - self.step.day).days
        ahead = self.action is not None and kind_of(self.action).rearranges
        return max(0, days) if ahead else days


@dataclass(frozen=True)
class Standing:
    """How an accepted plan stands: its steps, and what remains if the rest of it is carried out.

    `before` is the loss with nothing done, `after` with the plan as it goes; both None, as is
    `remains`, where the book no longer knows the loss.
    """

    accepted: AcceptedPlan
    steps: tuple[StepNow, ...]
    stale: bool
    today: date
    before: Outcome | None = None
    after: Outcome | None = None
    remains: Message | None = None

    @property
    def done(self) -> int:
        """How many steps are done."""
        return sum(each.done for each in self.steps)

    @property
    def planned(self) -> int:
        """What the steps that are done were planned to bring."""
        return sum(each.planned for each in self.steps if each.done)

    @property
    def actual(self) -> int:
        """What the steps that are done have brought (minor units)."""
        return self.planned + sum(each.difference for each in self.steps)


def standing_of(accepted: AcceptedPlan, projection: Projection) -> Standing:
    """How the plan stands in this book: its loss replayed with what was done and is still to do."""
    book = projection.book
    steps = tuple(
        _step_now(projection, accepted, number, each)
        for number, each in enumerate(accepted.steps, start=1)
    )
    contingency = contingency_of(book, accepted, projection.today)
    stale = is_stale(projection, accepted)
    today = projection.date_of(projection.today)
    if contingency is None:
        return Standing(accepted, steps, stale, today)
    (before,) = outcomes(projection, [contingency])
    actions = [each.to_come for each in steps if each.to_come is not None]
    situation = situation_of(projection, before)
    after = outcome_of(projection, contingency, replayed_low(situation, actions))
    return Standing(accepted, steps, stale, today, before, after, what_remains(situation, after))


def _step_now(
    projection: Projection, accepted: AcceptedPlan, number: int, step: PlanStep
) -> StepNow:
    book, today = projection.book, projection.start
    action = action_of(book, step, today)
    return StepNow(
        number,
        step,
        action,
        to_come=None if action is None else to_come(book, step, action, today),
        planned=_money(book, action, step.amount),
        actual=None if step.actual is None else _money(book, action, step.actual),
        overdue=_overdue(projection, accepted, step),
    )


def _overdue(projection: Projection, accepted: AcceptedPlan, step: PlanStep) -> int:
    if accepted.stage is not PlanStage.ACTIVE or step.done_on is not None:
        return 0
    return max(0, projection.today - projection.day_of(step.day))


def _money(book: Book, action: Action | None, amount: int) -> int:
    return amount if action is None else brought(book, replace(action, amount=amount))


def standings(
    book: Book, plans: Sequence[AcceptedPlan] | None = None, today: int = 0
) -> list[Standing]:
    """How each accepted plan stands, the latest first."""
    wanted = book.accepted_plans if plans is None else plans
    projection = projection_of_now(book, today) if wanted else None
    kept = [standing_of(each, projection) for each in wanted if projection is not None]
    return sorted(kept, key=lambda s: (s.accepted.accepted_on, s.accepted.id), reverse=True)


def wishes_of(standing: Standing) -> Wishes:
    """What is done already, for the rest of the plan to be drafted around."""
    return Wishes(
        done=tuple(
            replace(each.to_come, done=True)
            for each in standing.steps
            if each.done and each.to_come is not None and each.to_come.amount
        )
    )
