"""When a recurring record falls: anchored rules, their own dates and where closed days and owners
put them.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from itertools import count, islice, takewhile
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from backstop.domain import Adjustment, MonthlyOn, Recurring, Repeat
from backstop.projection.calendars import Calendar, adjusted, longest_shift

Ints = NDArray[np.int64]

_EPOCH = date(1970, 1, 1)
_WEEK = 7


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


# the rule's own dates, one by one


def rule_dates(rule: Recurring) -> Iterator[date]:
    """The rule's own dates, in order and not yet adjusted; endless unless until or count end it."""
    own: Iterator[date] = (day for day in _steps(rule) if day >= rule.first_date)
    if rule.until is not None:
        last = rule.until
        own = takewhile(lambda day: day <= last, own)
    return own if rule.count is None else islice(own, rule.count)


def _steps(rule: Recurring) -> Iterator[date]:
    """Every date of the rule's pattern, to the end of the calendar."""
    if rule.repeat is Repeat.ONCE:
        yield rule.first_date
        return
    for number in count(0, rule.every):
        try:
            yield from _of_step(rule, number)
        except (OverflowError, ValueError):  # past the year 9999
            return


def _of_step(rule: Recurring, steps: int) -> list[date]:
    match rule.repeat:
        case Repeat.DAYS:
            return [rule.first_date + timedelta(days=steps)]
        case Repeat.WEEKS:
            return [rule.first_date + timedelta(weeks=steps)]
        case Repeat.YEARS:
            return _in_month(rule, 12 * steps)
        case _:
            return _in_month(rule, steps)


def _in_month(rule: Recurring, months: int) -> list[date]:
    """The dates in the month that comes so many after that of the first date."""
    day = add_months(rule.first_date, months, last_day=rule.last_day_of_month)
    if rule.monthly_on is not MonthlyOn.DAY:
        return [_same_weekday(rule, day)]
    if rule.repeat is Repeat.MONTHS and rule.second_day is not None:
        return sorted((day, clipped(day.year, day.month, rule.second_day)))
    return [day]


def _same_weekday(rule: Recurring, day: date) -> date:
    """In the month of a day, the weekday of the first date with its number, or the last one."""
    first = day.replace(day=1)
    found = first + timedelta(days=(rule.first_date.weekday() - first.weekday()) % _WEEK)
    if rule.monthly_on is MonthlyOn.WEEKDAY:
        return found + timedelta(weeks=(rule.first_date.day - 1) // _WEEK)
    last = found + timedelta(weeks=4)
    return last if last.month == day.month else found + timedelta(weeks=3)


@lru_cache(200_000)
def adjusted_number(day: int, adjustment: Adjustment, calendar: Calendar) -> int:
    """`adjusted` for a day since 1970."""
    return day_number(adjusted(day_of(day), adjustment, calendar))


def day_number(day: date) -> int:
    """A date as days since 1970."""
    return (day - _EPOCH).days


def day_of(number: int) -> date:
    """The date of a number of days since 1970."""
    return _EPOCH + timedelta(days=number)


# where the dates fall


class Occurrence(NamedTuple):
    """`day` is when it falls, after all; `rule_date` what the rule says, before any change."""

    day: date
    rule_date: date


def occurrences(rule: Recurring, first: date, last: date, calendar: Calendar) -> list[Occurrence]:
    """What falls from `first` to `last`, both included, settled or not.

    The rule stays anchored: an adjusted date moves alone and never shifts the ones after it.
    """
    reach = timedelta(days=longest_shift(calendar))
    own = takewhile(
        lambda each: each.rule_date <= last + reach, _unmoved(rule, first - reach, calendar)
    )
    found = (*own, *_placed(rule, calendar))
    return sorted(each for each in found if first <= each.day <= last)


def upcoming(rule: Recurring, first: date, number: int, calendar: Calendar) -> list[Occurrence]:
    """The next few from `first` on that are not settled, for an editor to list."""
    answered = rule.answered_until or date.min
    since = max(first - timedelta(days=longest_shift(calendar)), answered)
    is_open = {each.rule_date for each in rule.open}
    came = {*rule.settled_ahead} - is_open
    own = (each for each in _unmoved(rule, since, calendar) if each.day >= first)
    own = (each for each in own if each.rule_date not in came)
    placed = (each for each in _placed(rule, calendar) if each.day >= first)
    kept = (
        each
        for each in placed
        if each.rule_date in is_open or (each.rule_date >= answered and each.rule_date not in came)
    )
    return sorted([*islice(own, number), *kept])[:number]


def moves_of(rule: Recurring) -> dict[date, date]:
    """By rule date, where dates fall that are moved; one that is left out falls on no day, one that
    is open on the day on which it is expected."""
    gone = left_out(rule) | {each.rule_date for each in rule.open}
    return {each.rule_date: each.to for each in rule.moved if each.rule_date not in gone}


def left_out(rule: Recurring) -> set[date]:
    """The rule dates on which nothing happens: what is still open does."""
    return {*rule.skipped} - {each.rule_date for each in rule.open}


def placed_open(rule: Recurring, calendar: Calendar) -> dict[date, date]:
    """By rule date, where what is still open falls: a rule that is changed does not undo it."""
    moved = {each.rule_date: each.to for each in rule.moved}
    return {
        each.rule_date: each.expected
        or moved.get(each.rule_date)
        or adjusted(each.rule_date, rule.adjustment, calendar)
        for each in rule.open
    }


def _placed(rule: Recurring, calendar: Calendar) -> Iterator[Occurrence]:
    """Those dates that fall where an owner put them: moved ones, as far as they are the rule's own,
    and what is open."""
    moves = moves_of(rule)
    last = max(moves, default=rule.first_date)
    own = set(takewhile(lambda day: day <= last, rule_dates(rule))) if moves else set()
    yield from (Occurrence(to, day) for day, to in moves.items() if day in own)
    yield from (Occurrence(to, day) for day, to in placed_open(rule, calendar).items())


def _unmoved(rule: Recurring, first: date, calendar: Calendar) -> Iterator[Occurrence]:
    """The others, from that rule date on."""
    apart = {*rule.skipped, *(e.rule_date for e in rule.moved), *(e.rule_date for e in rule.open)}
    for day in rule_dates(rule):
        if day >= first and day not in apart:
            yield Occurrence(adjusted(day, rule.adjustment, calendar), day)


def happens_once(repeat: Repeat, most: int | None) -> bool:
    """Whether a rule has one date: a series of one is a single item, however it was entered."""
    return repeat is Repeat.ONCE or most == 1
