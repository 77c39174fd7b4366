"""When a recurring record falls: anchored rules, expanded once."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from itertools import count, islice, takewhile
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from backstop.domain import Adjustment, Recurring, Repeat
from backstop.projection.calendars import Calendar, adjusted, longest_shift

Ints = NDArray[np.int64]

_EPOCH = date(1970, 1, 1)
_NONE = np.empty(0, dtype=np.int64)


def add_months(anchor: date, months: int, *, last_day: bool = False) -> date:
    """`anchor` moved by months; its day is kept, or clipped to the month's last day."""
    year, month0 = divmod(anchor.year * 12 + anchor.month - 1 + months, 12)
    return clipped(year, month0 + 1, 31 if last_day else anchor.day)


def clipped(year: int, month: int, day: int) -> date:
    """The day of that month, or the month's last day where it has fewer."""
    if day <= 28:
        return date(year, month, day)
    following = date(year + month // 12, month % 12 + 1, 1)
    return min(following - timedelta(days=1), date(year, month, 28) + timedelta(days=day - 28))


def rule_dates(rule: Recurring) -> Iterator[date]:
    """The rule's own dates, in order and not yet adjusted; endless unless until or count end it."""
    for number in count():
        if rule.count is not None and number >= rule.count:
            return
        if number and rule.repeat is Repeat.ONCE:
            return
        day = _nth(rule, number)
        if day is None or (rule.until is not None and day > rule.until):
            return
        yield day


def _nth(rule: Recurring, number: int) -> date | None:
    steps = number * rule.every
    try:
        match rule.repeat:
            case Repeat.DAYS:
                return rule.first_date + timedelta(days=steps)
            case Repeat.WEEKS:
                return rule.first_date + timedelta(weeks=steps)
            case Repeat.MONTHS:
                return add_months(rule.first_date, steps, last_day=rule.last_day_of_month)
            case Repeat.YEARS:
                return add_months(rule.first_date, 12 * steps, last_day=rule.last_day_of_month)
            case Repeat.ONCE:
                return rule.first_date
    except (OverflowError, ValueError):  # past the year 9999
        return None


def occurrences(rule: Recurring, first: date, last: date, calendar: Calendar) -> list[date]:
    """Adjusted dates from `first` to `last`, both included.

    The rule stays anchored: an adjusted date moves alone and never shifts the ones after it.
    """
    found, moved, reach = [], dict(_moves(rule)), timedelta(days=longest_shift(calendar))
    for day in _dates_from(rule, first - reach):
        if day > last + reach:
            break
        if day in moved or day in rule.skipped:
            continue
        shifted = adjusted(day, rule.adjustment, calendar)
        if first <= shifted <= last:
            found.append(shifted)
    return sorted([*found, *(to for to in _reached(rule, moved) if first <= to <= last)])


def _moves(rule: Recurring) -> Iterator[tuple[date, date]]:
    """The dates that fall on another day; one that is left out falls on none."""
    for each in rule.moved:
        if each.rule_date not in rule.skipped:
            yield each.rule_date, each.to


class Dues(NamedTuple):
    """When a rule is due, as offsets from the as-of date, in order: what should have come before it
    is `overdue` and due on day 0."""

    days: Ints
    overdue: NDArray[np.bool_]


def due_days(rule: Recurring, as_of: date, last: int, calendar: Calendar, late: int = 0) -> Dues:
    """All that is not settled, so many days later than its adjusted dates, up to the offset `last`.

    What the rule says for the as-of date or later is never settled, wherever a closed day or a move
    puts it; nor is an item that happens once. Of a series, what both its rule and its adjusted and
    late date place before the as-of date counts as settled.
    """
    timing = _Timing(
        rule.first_date,
        rule.repeat,
        rule.every,
        rule.last_day_of_month,
        rule.until,
        rule.count,
        rule.adjustment,
        rule.skipped,
        tuple(_moves(rule)) if rule.moved else (),
    )
    return _days(timing, as_of, last, calendar, late)


class _Timing(NamedTuple):
    """What of a rule decides its dates: many records share it."""

    first_date: date
    repeat: Repeat
    every: int
    last_day_of_month: bool
    until: date | None
    most: int | None
    adjustment: Adjustment
    skipped: tuple[date, ...]
    moved: tuple[tuple[date, date], ...]

    @property
    def once(self) -> bool:
        return happens_once(self.repeat, self.most)


@lru_cache(20_000)
def _days(timing: _Timing, as_of: date, last: int, calendar: Calendar, late: int) -> Dues:
    """Columns of days since 1970: the rule's own dates, then where they fall, then the offsets of
    those that are due."""
    zero, once = _number(as_of), timing.once
    own, falls = _columns(timing, zero, last - late, calendar, late)
    offsets = falls + late - zero
    due = (offsets <= last) & ((offsets >= 0) | (own >= zero) | once)
    offsets = np.sort(offsets[due])
    found = Dues(np.maximum(offsets, 0), offsets < 0)
    for column in found:
        column.flags.writeable = False
    return found


def _columns(
    timing: _Timing, zero: int, last: int, calendar: Calendar, late: int
) -> tuple[Ints, Ints]:
    """The rule's dates within reach, those that are left out apart, and where each of them falls:
    those that are moved last."""
    start, reach = _number(timing.first_date), longest_shift(calendar)
    end = zero + max(last, 0) + reach
    end = end if timing.until is None else min(end, _number(timing.until))
    own = _rule_days(timing, start, end)
    own = own if timing.most is None else own[: timing.most]
    own, extra, to = own[own <= end], _NONE, _NONE
    if timing.skipped or timing.moved:
        moves = {_number(day): _number(to) for day, to in timing.moved}
        known = _own_of(timing, start, moves)
        extra = np.array([day for day in moves if day in known], dtype=np.int64)
        to = np.array([moves[day] for day in extra.tolist()], dtype=np.int64)
        own = own[~np.isin(own, [*moves, *map(_number, timing.skipped)])]
    if not timing.once:
        own = own[own >= zero - late - reach]
    falls = own
    if timing.adjustment is not Adjustment.NONE:
        falls = np.array([_moved(int(day), timing.adjustment, calendar) for day in own], np.int64)
    return np.concatenate([own, extra]), np.concatenate([falls, to])


def _own_of(timing: _Timing, start: int, moves: dict[int, int]) -> set[int]:
    """Those moved dates that are the rule's own, also beyond what is in sight."""
    last = max(moves, default=start)
    last = last if timing.until is None else min(last, _number(timing.until))
    days = _rule_days(timing, start, last)
    days = days if timing.most is None else days[: timing.most]
    return set(days[days <= last].tolist())


def _rule_days(timing: _Timing, start: int, end: int) -> Ints:
    """The rule's dates from its first to at least `end`, as days since 1970."""
    if timing.repeat is Repeat.ONCE:
        return np.array([start], dtype=np.int64)
    if timing.repeat in (Repeat.DAYS, Repeat.WEEKS):
        step = timing.every * (7 if timing.repeat is Repeat.WEEKS else 1)
        return np.arange(start, end + 1, step, dtype=np.int64)
    step = timing.every * (12 if timing.repeat is Repeat.YEARS else 1)
    months_ahead = max(0, (end - start) // 28 + 1)
    origin = np.datetime64(timing.first_date, "M")
    months = origin + np.arange(0, months_ahead + 1, step)
    begins = months.astype("datetime64[D]").astype(np.int64)
    lengths = (months + 1).astype("datetime64[D]").astype(np.int64) - begins
    day = 31 if timing.last_day_of_month else timing.first_date.day
    days: Ints = begins + np.minimum(day, lengths) - 1
    return days


@lru_cache(200_000)
def _moved(day: int, adjustment: Adjustment, calendar: Calendar) -> int:
    return _number(adjusted(_EPOCH + timedelta(days=day), adjustment, calendar))


def _number(day: date) -> int:
    return (day - _EPOCH).days


def next_dates(rule: Recurring, first: date, number: int, calendar: Calendar) -> list[date]:
    """The next few adjusted dates from `first` on, for an editor to list."""
    moved = dict(_moves(rule))
    left_out = {*moved, *rule.skipped}
    reach = timedelta(days=longest_shift(calendar))
    own = (day for day in _dates_from(rule, first - reach) if day not in left_out)
    dates = (adjusted(day, rule.adjustment, calendar) for day in own)
    found = list(islice((day for day in dates if day >= first), number))
    return sorted([*found, *(to for to in _reached(rule, moved) if to >= first)])[:number]


def happens_once(repeat: Repeat, most: int | None) -> bool:
    """Whether a rule has one date: a series of one is a single item, however it was entered."""
    return repeat is Repeat.ONCE or most == 1


def overdue_dates(rule: Recurring, as_of: date, calendar: Calendar) -> list[date]:
    """Where those adjusted dates fall that should have come before `as_of` and are still due."""
    moved, last = dict(_moves(rule)), as_of + timedelta(days=longest_shift(calendar))
    once = happens_once(rule.repeat, rule.count)
    own = rule_dates(rule) if once else _dates_from(rule, as_of)
    own = takewhile(lambda day: day <= max([last, *moved]), own)
    falls = (
        moved.get(day) or adjusted(day, rule.adjustment, calendar)
        for day in own
        if day not in rule.skipped
    )
    return sorted(day for day in falls if day < as_of)


def _reached(rule: Recurring, moved: dict[date, date]) -> list[date]:
    """Where the moved dates fall that are the rule's own."""
    last = max(moved, default=rule.first_date)
    own = set(takewhile(lambda day: day <= last, rule_dates(rule))) if moved else set()
    return [to for day, to in moved.items() if day in own]


def _dates_from(rule: Recurring, first: date) -> Iterator[date]:
    """The rule's dates that are not before `first`."""
    return (day for day in rule_dates(rule) if day >= first)
