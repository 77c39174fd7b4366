"""Calendar rules that days may follow: every week, every month on the 5th, on the last day …

A rule is fitted to days as they fall, weekends and holidays shifting some of them; gaps between
days tell less, since months differ.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple


class Rhythm(StrEnum):
    """How often something comes round."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"
    EVERY_TWO_MONTHS = "every_two_months"
    QUARTERLY = "quarterly"
    YEARLY = "yearly"


MONTHS = {
    Rhythm.MONTHLY: 1,
    Rhythm.EVERY_TWO_MONTHS: 2,
    Rhythm.QUARTERLY: 3,
    Rhythm.YEARLY: 12,
}
DAYS = {Rhythm.WEEKLY: 7, Rhythm.FORTNIGHTLY: 14}
LAST = 31
"""The anchor of a rule on the last day of the month."""


class Rule(NamedTuple):
    """A rhythm and what it is anchored to: a day of the month for months (`LAST` for the last one)
    with `phase`, the number of its first month modulo the rhythm's; a day's number for weeks."""

    rhythm: Rhythm
    anchor: int
    phase: int = 0

    def place(self, day: date) -> tuple[int, int]:
        """The number of the period that a day is nearest to, and how many days it is off."""
        if self.rhythm in DAYS:
            every = DAYS[self.rhythm]
            off = (day.toordinal() - self.anchor) % every
            off = off - every if off > every // 2 else off
            return (day.toordinal() - off - self.anchor) // every, off
        return _month_place(MONTHS[self.rhythm], self.anchor, self.phase, day)

    def day(self, period: int) -> date:
        """The day of a period, before weekends and holidays move it."""
        if self.rhythm in DAYS:
            return date.fromordinal(self.anchor + period * DAYS[self.rhythm])
        return _target(period * MONTHS[self.rhythm] + self.phase, self.anchor)


@lru_cache(maxsize=1 << 17)
def _month_place(every: int, anchor: int, phase: int, day: date) -> tuple[int, int]:
    nearest = (day.year * 12 + day.month - 1 - phase) // every
    offs = [
        (_off(day, _target(period * every + phase, anchor)), period)
        for period in (nearest - 1, nearest, nearest + 1)
    ]
    off, period = min(offs, key=lambda each: (abs(each[0]), each[1]))
    return period, off


def _off(day: date, target: date) -> int:
    """Days between; none where only the weekend has moved it, on or back to a working day."""
    off = (day - target).days
    weekday = target.weekday()
    moved = {5: (2, -1), 6: (1, -2)}.get(weekday, ())
    return 0 if off in moved else off


@lru_cache(maxsize=8192)
def _target(month: int, anchor: int) -> date:
    year, number = divmod(month, 12)
    following = date(year + (number == 11), (number + 1) % 12 + 1, 1)
    last = following - timedelta(days=1)
    return last if anchor >= last.day else date(year, number + 1, anchor)


def rules_for(rhythm: Rhythm, days: Sequence[date]) -> list[Rule]:
    """The rules of a rhythm that most of these days come near to; few, for each is tried on all."""
    if rhythm in DAYS:
        every = DAYS[rhythm]
        counts = Counter(day.toordinal() % every for day in days)
        return [Rule(rhythm, anchor) for anchor in _busiest(counts, every, 0)]
    every = MONTHS[rhythm]
    found: list[Rule] = []
    for phase in range(every):
        counts = Counter(
            each.day for each in days if (each.year * 12 + each.month - 1) % every == phase
        )
        anchors = _busiest(counts, LAST, _NEAR)
        last = [LAST] if any(anchor >= 28 for anchor in anchors) else []
        found += (Rule(rhythm, anchor, phase) for anchor in dict.fromkeys((*anchors, *last)))
    return found


def _busiest(counts: Counter[int], size: int, near: int) -> list[int]:
    """The places on a circle with the most days at or near them, then the most at them."""
    around = {
        place: sum(counts[(place + off) % size] for off in range(-near, near + 1))
        for place in counts
    }
    return sorted(counts, key=lambda place: (-around[place], -counts[place], place))[:_MOST_RULES]


_MOST_RULES, _NEAR = 4, 2
