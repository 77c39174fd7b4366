"""The steps of an accepted plan: how its actions are kept, and what they mean in today's book.

A step that was done before the book's as-of date is taken to be in the book already: its money in
a balance, what it owes in a schedule. One done since then, or still to be done, is yet to come. A
payment is arranged otherwise until its own day is over, whenever that was agreed.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import accumulate

from backstop.domain import Book, CashFlow, Facility, PlanStep, Repeat
from backstop.domain.step_option import StepOption, read_step_option
from backstop.plan.actions import Action, ActionKind, Phase
from backstop.plan.effects import cost_of
from backstop.plan.offers import KINDS, OptionKind, kind_of
from backstop.plan.offers.measures import measure_of
from backstop.plan.results import Plan

MOST_STEPS = 12
"""Payments of one action that are steps of their own. What goes on for longer is a habit: one step,
of which the payments that are still to come count."""

GONE = "…"
"""Stands for the name of a debt that is no longer in the book."""


def steps_of(book: Book, plan: Plan, today: int = 0) -> tuple[PlanStep, ...]:
    """The plan's actions as they are kept in the book, by the day on which they begin. `today` is
    an offset here and below."""
    parts = (part for action in plan.actions for part in _parts(action))
    return tuple(
        PlanStep(
            day=book.as_of + timedelta(days=each.day),
            option=str(option_of(each)),
            amount=each.amount,
            cost=each.cost,
            done_on=_done_on(book, each, today) if each.done else None,
            actual=each.amount if each.done else None,
        )
        for each in sorted(parts, key=lambda part: part.start_day)
    )


def _done_on(book: Book, action: Action, today: int) -> date:
    """The day on which money came, or today for what was agreed about a later payment."""
    agreed = not kind_of(action).brings_money
    return book.as_of + timedelta(days=today if agreed else action.day)


def _parts(action: Action) -> Iterator[Action]:
    """The action, or, where it is about several payments, one for each: it is ticked off alone."""
    times = action.times
    if times == 1 or times > MOST_STEPS:
        yield action
        return
    lead_days = action.day - action.start_day
    amounts, costs = _shares(action.amount, times), _shares(action.cost, times)
    for day, amount, cost in zip(action.days, amounts, costs, strict=True):
        yield replace(
            action, day=day, start_day=day - lead_days, amount=amount, cost=cost, days=(day,)
        )


def _shares(total: int, times: int) -> list[int]:
    """Equal parts, of which the last takes the remainder."""
    each = total // times
    return [*[each] * (times - 1), total - each * (times - 1)]


def option_of(action: Action) -> StepOption:
    """What the action is and what of; its day and amount stand beside it."""
    gaps = (
        later - earlier
        for earlier, later in zip((action.day, *action.days), action.days)  # noqa: B905
    )
    return StepOption(action.kind.value, action.source, action.payment, action.periods, tuple(gaps))


def action_of(book: Book, step: PlanStep, today: int = 0) -> Action | None:
    """The step as an action in this book; None where it no longer means anything in it.

    What was done counts as it was done: with that amount, and on that day where money comes by it.
    What is late is to be done today; a payment stays on its day (below 0 once that is over).
    """
    try:
        option = read_step_option(step.option)
        kind = KINDS[ActionKind(option.kind)]
        day = (_cash_day(kind, step) - book.as_of).days
        earliest = today if step.done_on is None else 0
        if not kind.rearranges:
            day = max(earliest, day)
        record = book.by_id[option.source]
        about = book.by_id.get(option.payment) or _owing(book, option.payment)
        return Action(
            kind=kind.key,
            source=option.source,
            name=record.name,
            day=day,
            start_day=max(earliest, day - (getattr(record, "lead_days", 0) or 0)),
            amount=step.amount if step.actual is None else step.actual,
            cost=step.cost,
            phase=Phase.DO_NOW if day <= today else Phase.BY_DATE,
            payment=option.payment,
            payment_name=about.name if about else GONE,
            periods=option.periods,
            days=tuple(accumulate(option.gaps, initial=(step.day - book.as_of).days))[1:],
        )
    except (KeyError, ValueError):
        return None


def begin_of(book: Book, step: PlanStep) -> date:
    """The day on which the step has to be begun: so long before its own as its record takes."""
    try:
        record = book.by_id[read_step_option(step.option).source]
    except (KeyError, ValueError):
        return step.day
    return step.day - timedelta(days=getattr(record, "lead_days", 0) or 0)


def _cash_day(kind: OptionKind, step: PlanStep) -> date:
    """The day on which its cash moves: that of the payment that it is about, or the one on which
    money came."""
    return step.done_on or step.day if kind.brings_money else step.day


def _owing(book: Book, debt: str) -> Facility | None:
    """The line on which a debt is owed."""
    owing = (line for line in book.facilities if any(t.id == debt for t in line.tranches))
    return next(owing, None)


def to_come(book: Book, step: PlanStep, action: Action, today: int = 0) -> Action | None:
    """What of the step's action is not in the book yet; None where nothing is.

    What is not done by today can no longer be done about a day that is over.
    """
    earliest = today if step.done_on is None else 0
    if kind_of(action).rearranges:
        return _still_due(book, step, action, earliest)
    in_book = step.done_on is not None and _cash_day(kind_of(action), step) < book.as_of
    receipt_is_over = any(day < earliest for day in action.days)
    return None if in_book or receipt_is_over else action


def _still_due(book: Book, step: PlanStep, action: Action, earliest: int) -> Action | None:
    """The action for those of its payments that are not over."""
    days = action.days or (action.day,)
    if step.done_on is None and _never_vanishes(book, action):
        days = tuple(max(0, day) for day in days)
    left = tuple(day for day in days if day >= earliest)
    if not left:
        return None
    amount = action.amount * len(left) // len(days)
    return replace(action, day=left[0], days=left if action.days else (), amount=amount)


def _never_vanishes(book: Book, action: Action) -> bool:
    """Whether it is about a single payment: an overdue one is due today until it is settled."""
    flow = book.by_id.get(action.payment or action.source)
    return isinstance(flow, CashFlow) and flow.repeat is Repeat.ONCE


def brought(book: Book, action: Action) -> int:
    """What comes of it, as its owner counts: of a sale the price, of all else the amount."""
    fetches_less = kind_of(action).amount_is_value
    return action.amount - cost_of(book, action) if fetches_less else action.amount


def amount_for(book: Book, action: Action, money: int) -> int:
    """The least amount of the action of which so much comes."""
    if not kind_of(action).amount_is_value:
        return money
    share = 100 - measure_of(book, action).cost_percent
    most = int((money + 1) * 100 / share) + 1 if share else money
    return bisect_left(
        range(most), money, key=lambda amount: brought(book, replace(action, amount=amount))
    )
