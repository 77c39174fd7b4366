"""What a source could lend on the days of a stretch, as one column that does at least as much.

Which of the days it is, is left open: by each day the column has brought as much as the best of
them would have by then, and taken up as little of the limit as any.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import gcd

import numpy as np

from backstop.plan.actions import ActionKind
from backstop.plan.bound.ways import on_each_day, once_each
from backstop.plan.offers import Offer
from backstop.plan.situation import DAYS_OF_A_MONTH, Situation
from backstop.plan.solver.columns import CashEffect, Floats

MOST_DAYS = 32
"""Days on which something is due that stretches are parted by from the first."""


@dataclass(frozen=True)
class Lent:
    """What an offer of one day does for each unit: to cash, and to what is taken up of the
    limit."""

    offer: Offer
    cash: CashEffect
    used: CashEffect

    @property
    def day(self) -> int:
        """The day (offset) of the money."""
        return self.offer.action.day


@dataclass(frozen=True)
class Source:
    """A source on terms that are the same on each day, `lent` on each day that there is, in
    order; `kind` and `periods` tell its terms."""

    id: str
    kind: ActionKind
    periods: int
    lent: tuple[Lent, ...]

    def stretches(self, ends: Iterable[int]) -> Iterator["Stretch"]:
        """Its days up to each of these days (offsets), the rest up to its last."""
        days, first = [each.day for each in self.lent], 0
        for end in sorted({*ends, days[-1]}):
            last = bisect_right(days, end)
            if last > first:
                yield Stretch(self.id, self.lent[first:last])
                first = last


@dataclass(frozen=True)
class Stretch:
    """Some days of one source."""

    source: str
    lent: tuple[Lent, ...]

    @property
    def first(self) -> int:
        """Its first day (offset)."""
        return self.lent[0].day

    @property
    def last(self) -> int:
        """Its last day (offset)."""
        return self.lent[-1].day

    @property
    def least(self) -> int:
        """What has to be taken at least, on any of the days (minor units)."""
        return min(each.offer.least for each in self.lent)

    @property
    def step(self) -> int:
        """What any amount is a multiple of (minor units)."""
        return gcd(*(gcd(each.offer.step, each.offer.most) for each in self.lent))

    @property
    def most(self) -> int:
        """What can be taken at most, on the best of the days (minor units)."""
        return max(each.offer.most for each in self.lent)

    def cash(self, size: int) -> CashEffect:
        """What a unit brings by each day on the best of the days. Money comes on the first of
        them; it changes again where the last one's does, up to the most in between."""
        if len(self.lent) == 1:
            return self.lent[0].cash
        at = sorted({self.first, *(day for day, _ in self.lent[-1].cash)})
        return _envelope([each.cash for each in self.lent], at, size, np.maximum)

    def used(self, size: int) -> CashEffect:
        """What a unit takes up of the limit on each day at least: from the last of the days on,
        until the first one's is paid back."""
        if len(self.lent) == 1:
            return self.lent[0].used
        later = (day for day, _ in self.lent[0].used if self.last < day)
        return _envelope([each.used for each in self.lent], [self.last, *later], size, np.minimum)

    def split_after(self, day: int) -> int:
        """The last of its days up to this one; the middle one where that leaves nothing to
        split."""
        days = [each.day for each in self.lent]
        place = bisect_left(days, day + 1)
        return days[place - 1] if 0 < place < len(days) else days[(len(days) - 1) // 2]


def _envelope(
    parts: Sequence[CashEffect], at: Sequence[int], size: int, best: np.ufunc
) -> CashEffect:
    """Steps at these periods of the best of these sums, to the best until the next step."""
    places = sorted({each for each in at if each < size})
    reached = best.reduceat(best.reduce(cumulated(parts, size), axis=0), places)
    steps = np.diff(reached, prepend=0.0)
    return tuple(zip(places, steps.tolist(), strict=True))


def cumulated(parts: Sequence[CashEffect], size: int) -> Floats:
    """What each of these has come to by each period: (parts, size)."""
    made = np.zeros((len(parts), size))
    for row, part in zip(made, parts, strict=True):
        for period, cash in part:
            if period < size:
                row[period] += cash
    return np.cumsum(made, axis=1)


def sources(every: Situation) -> list[Source]:
    """All that could be lent on each day."""
    found: dict[tuple[str, ActionKind, int], list[Lent]] = defaultdict(list)
    for each in on_each_day(every):
        action = each.action
        found[action.source, action.kind, action.periods].append(lent(every, each))
    return [
        Source(*terms, tuple(sorted(each, key=lambda one: one.day)))
        for terms, each in found.items()
    ]


def lent(every: Situation, offer: Offer) -> Lent:
    """What this offer does for each unit."""
    freed = ((day + 1, -back / offer.most) for day, back in offer.meaning(every).freed)
    return Lent(offer, offer.column(every, 0.0).profile, ((offer.action.day, 1.0), *freed))


class Possible:
    """All that could be done about a loss on any day: `once` what is no choice of its own on each
    day, `sources` what could be lent on each."""

    def __init__(self, situation: Situation) -> None:
        self.situation, self.every = situation, situation.on_every_day()
        self.once = tuple(once_each(self.every))
        self.sources = tuple(sources(self.every))

    @property
    def largest(self) -> int:
        """The most of anything (minor units)."""
        lent = (each.offer.most for source in self.sources for each in source.lent)
        return max((*(each.most for each in self.once), *lent), default=1)

    def first_ends(self) -> set[int]:
        """Stretches to begin with: up to the days on which most is due, and each candidate day;
        none longer than a month."""
        due: dict[int, int] = defaultdict(int)
        for each in self.situation.due_from(self.situation.start):
            due[each.day] += each.amount
        most = sorted(due, key=lambda day: (-due[day], day))[:MOST_DAYS]
        every_month = range(self.situation.start, len(self.situation.low), DAYS_OF_A_MONTH)
        return {*self.situation.dates, *most, *every_month}
