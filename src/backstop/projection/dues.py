"""What of a rule is due: not settled yet, on some day from the as-of date to the horizon, and how
much of it.
"""

from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from backstop.domain import Adjustment, CashFlow, Direction, PlannedDraw, Recurring
from backstop.projection.calendars import Calendar, longest_shift
from backstop.projection.recurrence import (
    Ints,
    Occurrence,
    Pattern,
    adjusted_number,
    day_number,
    day_of,
    happens_once,
    left_out,
    moves_of,
    occurrences,
    pattern_of,
    placed_open,
)

_NONE = np.empty(0, dtype=np.int64)
STATED_DAYS = 35
"""How far back of the as-of date a series says what it takes as paid: a month and its shifts."""


class Dues(NamedTuple):
    """When a rule is due, as offsets from the as-of date, in order: what should have come before it
    is `overdue` and due on day 0. `own` are the dates of the rule behind them, in days since 1970.
    """

    days: Ints
    overdue: NDArray[np.bool_]
    own: Ints


class _Timing(NamedTuple):
    """What of a rule decides its dates, as days since 1970. Of what is open, its rule date and
    where it falls."""

    pattern: Pattern
    adjustment: Adjustment
    skipped: tuple[int, ...]
    moved: tuple[tuple[int, int], ...]
    answered: int | None
    open: tuple[tuple[int, int], ...]

    @property
    def once(self) -> bool:
        return happens_once(self.pattern.repeat, self.pattern.most)


def due_days(
    rule: Recurring, as_of: date, last: int, calendar: Calendar, late: int = 0, *, held: int = 0
) -> Dues:
    """All that is not settled, so many days later than its adjusted dates, up to the offset `last`.

    What the rule says for `answered_until` or later is never settled, wherever a closed day or a
    move puts it, and what it says for earlier always is, save what is open. Without that date, an
    item that happens once is not settled; of a series, what both its rule and its adjusted and late
    date place before the as-of date counts as settled.

    With `held`, what is asked for is a part that comes so many days after the rest: of settled
    dates it is still due until its own day is past.
    """
    return _days(_timing_of(rule, calendar, late), as_of, last, calendar, late, held)


def _timing_of(rule: Recurring, calendar: Calendar, late: int) -> _Timing:
    """Who expects something on a day has counted its lateness in."""
    changed = rule.skipped or rule.moved or rule.open
    answered, places = rule.answered_until, placed_open(rule, calendar)
    return _Timing(
        pattern_of(rule),
        rule.adjustment,
        tuple(map(day_number, left_out(rule))) if changed else (),
        _numbered(moves_of(rule)) if changed else (),
        None if answered is None else day_number(answered),
        tuple(
            (day_number(e.rule_date), day_number(places[e.rule_date]) - (late if e.expected else 0))
            for e in rule.open
        ),
    )


def _numbered(placed: dict[date, date]) -> tuple[tuple[int, int], ...]:
    return tuple((day_number(day), day_number(to)) for day, to in placed.items())


@lru_cache(20_000)
def _days(
    timing: _Timing, as_of: date, last: int, calendar: Calendar, late: int, held: int
) -> Dues:
    """The rule's own dates, then where they fall, then the offsets of those that are due."""
    zero, behind = day_number(as_of), late + held
    own, falls, is_open = _columns(timing, zero, last - behind, calendar, behind)
    offsets = falls + behind - zero
    settled = _settled(timing, zero, own, offsets, held)
    due = (offsets <= last) & (is_open | ~settled)
    order = np.argsort(offsets[due], kind="stable")
    own, offsets = own[due][order], offsets[due][order]
    found = Dues(np.maximum(offsets, 0), offsets < 0, own)
    for column in found:
        column.flags.writeable = False
    return found


def _settled(timing: _Timing, zero: int, own: Ints, offsets: Ints, held: int) -> NDArray[np.bool_]:
    """Which dates are settled, what is open set apart."""
    if timing.answered is None:
        taken = np.zeros(len(own), dtype=np.bool_) if timing.once else own < zero
        return taken & (offsets < 0)
    answered: NDArray[np.bool_] = own < timing.answered
    return answered & (offsets < 0) if held else answered


def _columns(
    timing: _Timing, zero: int, last: int, calendar: Calendar, behind: int
) -> tuple[Ints, Ints, NDArray[np.bool_]]:
    """The rule's dates within reach, those that are left out apart, where each of them falls, and
    which are open: those that an owner placed last."""
    reach = longest_shift(calendar)
    own = timing.pattern.own_days(zero + max(last, 0) + reach)
    placed = (*_own_moves(timing), *timing.open)
    if timing.skipped or timing.moved or timing.open:
        apart = [*timing.skipped, *(day for day, _ in (*timing.moved, *timing.open))]
        own = own[~np.isin(own, apart)]
    if not timing.once:
        own = own[own >= _first_looked_at(timing, zero - behind - reach)]
    falls = own
    if timing.adjustment is not Adjustment.NONE:
        shifted = [adjusted_number(int(day), timing.adjustment, calendar) for day in own]
        falls = np.array(shifted, np.int64)
    extra, to = np.array(placed, dtype=np.int64).reshape(-1, 2).T if placed else (_NONE, _NONE)
    is_open = np.zeros(len(own) + len(extra), dtype=np.bool_)
    is_open[len(is_open) - len(timing.open) :] = True
    return np.concatenate([own, extra]), np.concatenate([falls, to]), is_open


def _first_looked_at(timing: _Timing, since: int) -> int:
    return since if timing.answered is None else min(since, timing.answered)


def _own_moves(timing: _Timing) -> tuple[tuple[int, int], ...]:
    """Those moved dates that are the rule's own, also beyond what is in sight."""
    if not timing.moved:
        return ()
    own = set(timing.pattern.own_days(max(day for day, _ in timing.moved)).tolist())
    return tuple((day, to) for day, to in timing.moved if day in own)


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
    return int(amounts_due(rule, np.array([day_number(rule_date)]))[0])


# what is past


def overdue_occurrences(rule: Recurring, as_of: date, calendar: Calendar) -> list[Occurrence]:
    """What falls on an adjusted date before `as_of` and is still due."""
    timing = _timing_of(rule, calendar, 0)
    zero = day_number(as_of)
    own, falls, is_open = _columns(timing, zero, 0, calendar, 0)
    settled = _settled(timing, zero, own, falls - zero, 0)
    late = (falls < zero) & (is_open | ~settled)
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
