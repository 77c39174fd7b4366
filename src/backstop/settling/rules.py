"""Receipts, payments and planned draws: which of their dates are over, and which are not yet."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any, TypeVar

import msgspec
import numpy as np

from backstop.domain import (
    Adjustment,
    CashFlow,
    MonthlyOn,
    Moved,
    OtherAmount,
    PlannedDraw,
    Recurring,
    Repeat,
    StillOpen,
)
from backstop.projection.amounts import counted, is_held_back, rounded_share
from backstop.projection.calendars import longest_shift
from backstop.projection.dues import amount_on, amounts_due, lateness_of, undecided
from backstop.projection.exceptions import has_date
from backstop.projection.recurrence import Occurrence, day_number, day_of
from backstop.projection.spans import Span

AnyRule = TypeVar("AnyRule", CashFlow, PlannedDraw)
Scheduled = TypeVar("Scheduled", bound=Recurring)

ONCE: dict[str, Any] = {
    "repeat": Repeat.ONCE,
    "every": 1,
    "last_day_of_month": False,
    "monthly_on": MonthlyOn.DAY,
    "second_day": None,
    "until": None,
    "count": None,
    "adjustment": Adjustment.NONE,
    "skipped": (),
    "moved": (),
    "amounts": (),
    "later_amounts": (),
    "answered_until": None,
    "open": (),
    "settled_ahead": (),
}
"""Of a rule: it happens once, on its own day."""
IN_FULL: dict[str, Any] = {
    "usual_lateness_days": 0,
    "haircut_percent": 0,
    "held_percent": 0,
    "held_days": 0,
}
"""Of a receipt: all of it comes, on its day."""


STEP = 101
"""Minor units within which what is counted on of an amount rises by one, and a rounding."""


@dataclass(frozen=True)
class Said:
    """What is said of dates of one rule, against what was planned: those that came although their
    day is not over, those that are `open`, with what is left and when that is expected."""

    came: frozenset[date] = frozenset()
    open: Mapping[date, StillOpen] = field(default_factory=lambda: MappingProxyType({}))


NOTHING_SAID = Said()


def not_settled(span: Span, rule: CashFlow | PlannedDraw, until: date) -> list[Occurrence]:
    """All that the book does not take as settled and that has its rule's date, or its day, before
    `until`; a day before the as-of date is overdue."""
    found = undecided(rule, span.as_of, until, span.calendar, lateness_of(rule))
    days, own = (each.tolist() for each in found)
    return [
        Occurrence(span.date(day), day_of(number)) for day, number in zip(days, own, strict=True)
    ]


def came(span: Span, rule: CashFlow | PlannedDraw, until: date) -> list[Occurrence]:
    """What of a rule fell before that day: on the as-of date, where it was overdue."""
    found = not_settled(span, rule, until)
    return [
        each._replace(day=max(each.day, span.as_of)) for each in sorted(found) if each.day < until
    ]


def advanced(span: Span, rule: AnyRule, until: date, said: Said = NOTHING_SAID) -> AnyRule:
    """The rule on a later day: what was due before it is settled, what is not stays open. A rule of
    which nothing was ever settled by name, and nothing fell due, is as it was."""
    found = not_settled(span, rule, until)
    came = {
        rule_date
        for day, rule_date in found
        if (day < until or rule_date in said.came) and rule_date not in said.open
    }
    came |= said.came - said.open.keys()
    if not (came or said.open) and rule.answered_until is None:
        return rule
    stays = [each for each in found if each.rule_date not in came]
    return rule.changed(**_settled(span, rule, until, came, stays, said))


def _settled(
    span: Span,
    rule: CashFlow | PlannedDraw,
    until: date,
    came: set[date],
    stays: list[Occurrence],
    said: Said,
) -> dict[str, Any]:
    opened = {each.rule_date: each for each in rule.open if each.rule_date not in came}
    for _, rule_date in stays:
        if rule_date < until and rule_date not in opened:
            left = left_of(rule, rule_date)
            if left:
                opened[rule_date] = StillOpen(rule_date=rule_date, left=left)
    opened |= said.open
    settled = max(until, rule.answered_until or until)
    ahead = {*rule.settled_ahead, *(day for day in came if day >= settled)}
    moved = _moves(rule, came)
    falls = {each.rule_date: each.to for each in moved}
    pending = _still_pending(span, rule, settled, until)
    return {
        "answered_until": settled,
        "open": tuple(opened[day] for day in sorted(opened)),
        "settled_ahead": tuple(sorted(day for day in ahead if day >= settled)),
        "skipped": tuple(
            day for day in rule.skipped if day not in came and pending(day, falls.get(day, day))
        ),
        "moved": tuple(
            each for each in moved if each.rule_date in opened or pending(each.rule_date, each.to)
        ),
        "amounts": tuple(
            each
            for each in rule.amounts
            if pending(each.rule_date, falls.get(each.rule_date, each.rule_date))
        ),
    }


def _moves(rule: CashFlow | PlannedDraw, came: set[date]) -> tuple[Moved, ...]:
    """Where dates fall. The part that is held back of a receipt that was open, and has come, counts
    from the day on which that was expected."""
    if not (isinstance(rule, CashFlow) and is_held_back(rule)):
        return rule.moved
    late = timedelta(days=lateness_of(rule))
    to = {e.rule_date: e.expected - late for e in rule.open if e.expected and e.rule_date in came}
    kept = (each for each in rule.moved if each.rule_date not in to)
    new = (Moved(rule_date=day, to=falls) for day, falls in to.items())
    return tuple(sorted((*kept, *new), key=lambda each: each.rule_date))


def _still_pending(
    span: Span, rule: CashFlow | PlannedDraw, settled: date, until: date
) -> Callable[[date, date], bool]:
    """Whether what is said of a rule's date is still needed: it is not over, or a part that was
    held back has yet to come."""
    reach = timedelta(days=longest_shift(span.calendar) + lateness_of(rule))
    held = isinstance(rule, CashFlow) and is_held_back(rule)
    behind = reach + timedelta(days=rule.held_days if isinstance(rule, CashFlow) else 0)

    def pending(rule_date: date, falls: date) -> bool:
        return rule_date >= settled or (held and max(rule_date, falls) + behind >= until)

    return pending


def held_of(flow: CashFlow, rule_date: date) -> int:
    """What is held back of all that one date brings (minor units): nothing of one that the rule
    does not have."""
    if not (is_held_back(flow) and has_date(flow, rule_date)):
        return 0
    own = np.array([day_number(rule_date)])
    return rounded_share(int(amounts_due(flow, own, opened=False)[0]), flow.held_percent)


def left_of(rule: CashFlow | PlannedDraw, rule_date: date) -> int:
    """What is open of one date, so that as much of it is counted on as was; 0 where that is
    nothing, as all of it is held back."""
    whole = amount_on(rule, rule_date)
    if not (isinstance(rule, CashFlow) and is_held_back(rule)):
        return whole
    count = counted(rule, whole)
    wanted = count - rounded_share(count, rule.held_percent)
    near = whole - rounded_share(whole, rule.held_percent)
    around = range(max(1, near - STEP), near + STEP + 1)
    tries = sorted(around, key=lambda left: abs(left - near))
    return next((left for left in tries if counted(rule, left) == wanted), 0)


def with_amount(rule: Scheduled, rule_date: date, amount: int) -> Scheduled:
    """The rule with another amount on one date; nothing happens on it where that is 0."""
    still_open = {each.rule_date: each for each in rule.open}
    if not amount:
        still_open.pop(rule_date, None)
        skipped = tuple(sorted({*rule.skipped, rule_date}))
        return rule.changed(skipped=skipped, open=tuple(still_open.values()))
    if rule_date in still_open:
        still_open[rule_date] = msgspec.structs.replace(still_open[rule_date], left=amount)
        return rule.changed(open=tuple(still_open.values()))
    others = [each for each in rule.amounts if each.rule_date != rule_date]
    others.append(OtherAmount(rule_date=rule_date, amount=amount))
    return rule.changed(amounts=tuple(sorted(others, key=lambda each: each.rule_date)))


def left_without(flow: CashFlow, rule_date: date, part: int) -> int:
    """The amount of one date of which so much less is counted on (minor units)."""
    whole = amount_on(flow, rule_date)
    counts = counted(flow, whole)
    near = whole - part * whole // max(1, counts)
    around = range(max(0, near - STEP), near + STEP + 1)
    tries = sorted(around, key=lambda left: abs(left - near))
    found = (left for left in tries if counted(flow, left) == counts - part)
    return next(found, max(0, near))


def put_off(rule: Scheduled, rule_date: date, to: date) -> Scheduled:
    """The rule with one date falling on another day; what is open of it is expected then."""
    if any(each.rule_date == rule_date for each in rule.open):
        opened = (
            msgspec.structs.replace(each, expected=to) if each.rule_date == rule_date else each
            for each in rule.open
        )
        return rule.changed(open=tuple(opened))
    late = timedelta(days=lateness_of(rule))
    others = (each for each in rule.moved if each.rule_date != rule_date)
    return rule.changed(moved=(*others, Moved(rule_date=rule_date, to=to - late)))


def expected_on(rule: CashFlow, rule_date: date, to: date) -> CashFlow:
    """The rule with one date open, and expected on that day."""
    others = [each for each in rule.open if each.rule_date != rule_date]
    left = next((e.left for e in rule.open if e.rule_date == rule_date), 0)
    left = left or left_of(rule, rule_date) or amount_on(rule, rule_date)
    others.append(StillOpen(rule_date=rule_date, left=left, expected=to))
    skipped = tuple(sorted({*rule.skipped, rule_date}))
    opened = tuple(sorted(others, key=lambda each: each.rule_date))
    return rule.changed(open=opened, skipped=skipped)
