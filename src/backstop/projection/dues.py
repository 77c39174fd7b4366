"""What of a rule is due: not settled yet, on some day from the as-of date to the horizon, and how
much of it.
"""

from datetime import date, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from backstop.domain import Adjustment, CashFlow, Direction, PlannedDraw, Recurring
from backstop.projection.calendars import Calendar, longest_shift
from backstop.projection.patterns import Timing, own_days, terms_of_rule
from backstop.projection.recurrence import (
    Ints,
    Occurrence,
    adjusted_number,
    day_number,
    day_of,
    happens_once,
    left_out,
    moves_of,
    occurrences,
    placed_open,
)

STATED_DAYS = 35
"""How far back of the as-of date a series says what it takes as paid: a month and its shifts."""


class Dues(NamedTuple):
    """When a rule is due, as offsets from the as-of date, in order: what should have come before it
    is `overdue` and due on day 0. `own` are the dates of the rule behind them, in days since 1970.
    """

    days: Ints
    overdue: NDArray[np.bool_]
    own: Ints


def due_days(
    rule: Recurring, as_of: date, last: int, calendar: Calendar, late: int = 0, *, held: int = 0
) -> Dues:
    """All that is not settled, so many days later than its adjusted dates, up to the offset `last`.

    What the rule says for `answered_until` or later is never settled, wherever a closed day or a
    move puts it, and what it says for earlier always is, save what is open. Without that date, an
    item that happens once is not settled; of a series, what both its rule and its adjusted and late
    date place before the as-of date counts as settled.

    With `held`, what is asked for is a part that comes so many days after the rest: of settled
    dates it is still due until its own day is past. What is open of a date that the rule does not
    have has no such part: when it has come, nothing of it is known any more.
    """
    return _days(as_of, last, calendar, late, held, *_terms(rule, calendar, late))


def _terms(rule: Recurring, calendar: Calendar, late: int) -> tuple[Any, ...]:
    """Who expects something on a day has counted its lateness in."""
    if not (rule.skipped or rule.moved or rule.open):
        return terms_of_rule(rule)
    places = placed_open(rule, calendar)
    moved = tuple((day_number(day), day_number(to)) for day, to in moves_of(rule).items())
    opened = tuple(
        (day_number(e.rule_date), day_number(places[e.rule_date]) - (late if e.expected else 0))
        for e in rule.open
    )
    return terms_of_rule(rule, (tuple(map(day_number, left_out(rule))), moved, opened))


@lru_cache(20_000)
def _days(as_of: date, last: int, calendar: Calendar, late: int, held: int, *terms: Any) -> Dues:
    """The rule's own dates, then where they fall, then the offsets of those that are due."""
    timing, zero, behind = Timing(*terms), day_number(as_of), late + held
    if held and timing.open:
        timing = timing._replace(open=_own_of(timing, timing.open))
    own, falls = _columns(timing, zero, last - behind, calendar, behind)
    offsets = falls + behind - zero
    due = (offsets <= last) & ~_settled(timing, zero, own, offsets, held)
    own, offsets = own[due], offsets[due]
    if timing.moved or timing.open:
        order = np.lexsort((own, offsets))
        own, offsets = own[order], offsets[order]
    found = Dues(np.maximum(offsets, 0), offsets < 0, own)
    for column in found:
        column.flags.writeable = False
    return found


def undecided(
    rule: Recurring, as_of: date, until: date, calendar: Calendar, late: int = 0
) -> tuple[Ints, Ints]:
    """All that is not settled and either has a rule date before `until`, or comes before it: the
    days (offsets, below 0 where overdue), and the dates of the rule behind them."""
    return _undecided(as_of, until, calendar, late, *_terms(rule, calendar, late))


@lru_cache(20_000)
def _undecided(
    as_of: date, until: date, calendar: Calendar, late: int, *terms: Any
) -> tuple[Ints, Ints]:
    timing, zero, last = Timing(*terms), day_number(as_of), (until - as_of).days
    own, falls = _columns(timing, zero, last, calendar, late)
    offsets = falls + late - zero
    found = (own < zero + last) | (offsets < last)
    found &= ~_settled(timing, zero, own, offsets, 0)
    return offsets[found], own[found]


def _settled(timing: Timing, zero: int, own: Ints, offsets: Ints, held: int) -> NDArray[np.bool_]:
    """Which dates are settled; those that are open, the last of them, are not."""
    if timing.answered is not None:
        settled = own < day_number(timing.answered)
        settled = settled & (offsets < 0) if held else settled
    elif timing.once:
        settled = np.zeros(len(own), dtype=np.bool_)
    else:
        settled = (own < zero) & (offsets < 0)
    if timing.ahead:
        came = np.isin(own, timing.ahead)
        settled |= came & (offsets < 0) if held else came
    if timing.open:
        settled[len(settled) - len(timing.open) :] = False
    return settled


def _columns(
    timing: Timing, zero: int, last: int, calendar: Calendar, behind: int
) -> tuple[Ints, Ints]:
    """The rule's dates within reach, those that are left out apart, and where each of them falls:
    first as closed days say, then where an owner put them: what is moved, and then what is open."""
    reach = longest_shift(calendar)
    own = own_days(timing, zero + max(last, 0) + reach)
    apart = [*timing.skipped, *(day for day, _ in (*timing.moved, *timing.open))]
    if apart:
        own = own[~np.isin(own, apart)]
    if not timing.once:
        own = own[own >= _first_looked_at(timing, zero - behind - reach)]
    falls = own
    if timing.adjustment is not Adjustment.NONE:
        shifted = [adjusted_number(day, timing.adjustment, calendar) for day in own.tolist()]
        falls = np.array(shifted, np.int64)
    placed = (*_own_of(timing, timing.moved), *timing.open)
    if not placed:
        return own, falls
    extra, to = np.array(placed, dtype=np.int64).T
    return np.concatenate([own, extra]), np.concatenate([falls, to])


def _first_looked_at(timing: Timing, since: int) -> int:
    return since if timing.answered is None else min(since, day_number(timing.answered))


def _own_of(timing: Timing, placed: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    """Those of these dates that are the rule's own, also beyond what is in sight."""
    if not placed:
        return ()
    own = set(own_days(timing, max(day for day, _ in placed)).tolist())
    return tuple((day, to) for day, to in placed if day in own)


# how much


def amounts_due(rule: CashFlow | PlannedDraw, own: Ints, *, opened: bool = True) -> Ints:
    """The amount of each of these dates of the rule (days since 1970), in minor units: of what is
    open, what is left of it, unless it is the whole that is asked for."""
    found = np.full(len(own), rule.amount, dtype=np.int64)
    for later in rule.later_amounts:
        found[own >= day_number(later.from_day)] = later.amount
    for each in rule.amounts:
        found[own == day_number(each.rule_date)] = each.amount
    for one in rule.open if opened else ():
        found[own == day_number(one.rule_date)] = one.left
    return found


def varies(rule: Recurring) -> bool:
    """Whether its occurrences may differ in their amounts."""
    return bool(rule.amounts or rule.later_amounts or rule.open)


def lateness_of(rule: Recurring) -> int:
    """By how many days it usually comes late: a receipt alone does."""
    if isinstance(rule, CashFlow) and rule.direction is Direction.RECEIPT:
        return rule.usual_lateness_days
    return 0


def amount_on(rule: CashFlow | PlannedDraw, rule_date: date) -> int:
    """The same for one date of the rule."""
    if not varies(rule):
        return rule.amount
    return int(amounts_due(rule, np.array([day_number(rule_date)]))[0])


# what is past


def overdue_occurrences(rule: Recurring, as_of: date, calendar: Calendar) -> list[Occurrence]:
    """What falls on an adjusted date before `as_of` and is still due."""
    timing = Timing(*_terms(rule, calendar, 0))
    zero = day_number(as_of)
    own, falls = _columns(timing, zero, 0, calendar, 0)
    late = (falls < zero) & ~_settled(timing, zero, own, falls - zero, 0)
    found = zip(falls[late].tolist(), own[late].tolist(), strict=True)
    return sorted(Occurrence(day_of(falls), day_of(rule_day)) for falls, rule_day in found)


def taken_as_paid(rule: Recurring, as_of: date, calendar: Calendar) -> list[Occurrence]:
    """The occurrences of a series of the last `STATED_DAYS` before the as-of date that count as
    settled although nobody said so, the newest first."""
    if rule.answered_until is not None or happens_once(rule.repeat, rule.count):
        return []
    before = as_of - timedelta(days=lateness_of(rule) + 1)
    is_open = {each.rule_date for each in rule.open}
    found = occurrences(rule, before - timedelta(days=STATED_DAYS - 1), before, calendar)
    return [e for e in reversed(found) if e.rule_date < as_of and e.rule_date not in is_open]
