"""A rule's own dates in columns of days since 1970: what `rule_dates` says, many at a time."""

from datetime import date
from typing import Any, NamedTuple

import numpy as np

from backstop.domain import Adjustment, MonthlyOn, Recurring, Repeat
from backstop.projection.recurrence import Ints, day_number, happens_once

BY_DAY = MonthlyOn.DAY

_WEEK = 7
_SHORTEST_MONTH = 28


class Timing(NamedTuple):
    """What of a rule decides its dates and where they fall: many records share it.

    `weekday` says which one of a month, none where the rule goes by days of the month. `skipped`,
    `moved` and `open` are days since 1970: those left out; a date of the rule and where it falls,
    of what is moved and of what is open. All else is settled before `answered`, and those `ahead`.
    """

    first_date: date
    repeat: Repeat
    every: int
    last_day_of_month: bool
    weekday: MonthlyOn | None
    second_day: int | None
    until: date | None
    most: int | None
    adjustment: Adjustment
    answered: date | None
    ahead: tuple[int, ...]
    skipped: tuple[int, ...]
    moved: tuple[tuple[int, int], ...]
    open: tuple[tuple[int, int], ...]

    @property
    def once(self) -> bool:
        return happens_once(self.repeat, self.most)


Told = tuple[tuple[int, ...], tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]]
"""What is said of single dates: `skipped`, `moved` and `open`, as `Timing` has them."""

NOTHING_TOLD: Told = (), (), ()


def terms_of_rule(rule: Recurring, told: Told = NOTHING_TOLD) -> tuple[Any, ...]:
    """The fields of its timing: as plain values they are quickly told apart from known ones."""
    on = rule.monthly_on
    return (
        rule.first_date,
        rule.repeat,
        rule.every,
        rule.last_day_of_month,
        None if on is BY_DAY else on,
        rule.second_day,
        rule.until,
        rule.count,
        rule.adjustment,
        rule.answered_until,
        tuple(map(day_number, rule.settled_ahead)),
        *told,
    )


def own_days(timing: Timing, end: int) -> Ints:
    """The rule's dates to `end`."""
    end = end if timing.until is None else min(end, day_number(timing.until))
    days = _from_first(timing, day_number(timing.first_date), end)
    days = days if timing.most is None else days[: timing.most]
    return days[days <= end]


def _from_first(timing: Timing, start: int, end: int) -> Ints:
    if timing.repeat is Repeat.ONCE:
        return np.array([start], dtype=np.int64)
    if timing.repeat in (Repeat.DAYS, Repeat.WEEKS):
        step = timing.every * (_WEEK if timing.repeat is Repeat.WEEKS else 1)
        return np.arange(start, end + 1, step, dtype=np.int64)
    step = timing.every * (12 if timing.repeat is Repeat.YEARS else 1)
    months_ahead = max(0, (end - start) // _SHORTEST_MONTH + 1)
    months = np.datetime64(timing.first_date, "M") + np.arange(0, months_ahead + 1, step)
    begins = months.astype("datetime64[D]").astype(np.int64)
    lengths = (months + 1).astype("datetime64[D]").astype(np.int64) - begins
    if timing.weekday is not None:
        return _weekdays(timing, begins, lengths, start)
    day = 31 if timing.last_day_of_month else timing.first_date.day
    days: Ints = begins + np.minimum(day, lengths) - 1
    if timing.repeat is Repeat.MONTHS and timing.second_day is not None:
        second = begins + np.minimum(timing.second_day, lengths) - 1
        days = np.sort(np.concatenate([days, second]))
        days = days[days >= start]
    return days


def _weekdays(timing: Timing, begins: Ints, lengths: Ints, start: int) -> Ints:
    """The weekday of the first date in each month that begins on those days and has so many."""
    if timing.weekday is MonthlyOn.WEEKDAY:
        weeks = (timing.first_date.day - 1) // _WEEK
        return begins + (start - begins) % _WEEK + _WEEK * weeks
    last: Ints = begins + lengths - 1
    return last - (last - start) % _WEEK
