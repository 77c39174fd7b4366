"""The worst day to lose something: its loss tried on every day on which that changes anything."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from backstop.contingency.blame import beyond_base
from backstop.contingency.delayed import has_draws_to_delay
from backstop.contingency.elements import Contingency, pooled_accounts
from backstop.contingency.losses import low_under
from backstop.contingency.ways import NEVER, Way, ways_of
from backstop.domain import LossMode
from backstop.projection import Ints, Projection

MOST_ROWS = 1000
"""Rows worked out at a time: memory stays within a few megabytes."""


@dataclass(frozen=True)
class Sweep:
    """Figures of one contingency by its loss day, in columns: `gap` the largest shortfall (beyond
    what falls short anyway), `below` the depth below the buffer, `money_days` the shortfall added
    up over days.

    What holds for a day in `days` holds until the next one.
    """

    contingency: Contingency
    days: Ints
    gap: Ints
    below: Ints
    money_days: Ints

    @property
    def worst(self) -> int:
        """The day on which the loss does most: the largest gap, then the most money x days, then
        the deepest below the buffer; of equal days the first."""
        order = np.lexsort((self.days, -self.below, -self.money_days, -self.gap))
        return int(self.days[order[0]])

    def curve(self, days: int) -> Ints:
        """The largest gap by loss day, for each of that many days; 0 for those that are past."""
        last = np.searchsorted(self.days, np.arange(days), side="right") - 1
        gaps: Ints = np.where(last >= 0, self.gap[last], 0)
        return gaps


def sweeps(projection: Projection, contingencies: Sequence[Contingency]) -> list[Sweep]:
    """Each contingency on every loss day that makes a difference, whatever its own loss day."""
    days = [loss_days(projection, each) for each in contingencies]
    tried = [
        replace(each, loss_day=day)
        for each, mine in zip(contingencies, days, strict=True)
        for day in mine
    ]
    figures = [
        _figures(projection, tried[start : start + MOST_ROWS])
        for start in range(0, len(tried), MOST_ROWS)
    ]
    gap, below, money_days = np.concatenate([np.empty((3, 0), dtype=np.int64), *figures], axis=1)
    ends = np.cumsum([len(mine) for mine in days])
    found = []
    for each, mine, end in zip(contingencies, days, ends, strict=True):
        rows = slice(end - len(mine), end)
        columns = np.array(mine, dtype=np.int64), gap[rows], below[rows], money_days[rows]
        found.append(Sweep(each, *columns))
    return found


def _figures(projection: Projection, tried: Sequence[Contingency]) -> Ints:
    low = low_under(projection, tried)
    gap = np.maximum(-beyond_base(projection, low).min(axis=1), 0)
    below = np.maximum((projection.buffer - low).max(axis=1), 0)
    return np.stack([gap, below, np.maximum(-low, 0).sum(axis=1)])


def loss_days(projection: Projection, contingency: Contingency) -> list[int]:
    """The loss days, in order, between which nothing changes; today is the first.

    A closed line's row changes the day after something began on it; a cut also around its due
    dates. A called balance, frozen cash and an excess have a day of their own: every day counts.
    """
    if _changes_daily(projection, contingency):
        return list(range(projection.now, projection.days))
    early = replace(contingency, loss_day=0)
    found = {projection.now}
    for way in ways_of(projection.book, early):
        found.update(_edges(projection, way, contingency))
    return sorted(day for day in found if projection.now <= day < projection.days)


def _changes_daily(projection: Projection, contingency: Contingency) -> bool:
    """Whether some money moves on a day that is counted from the loss."""
    if contingency.expense:
        return True
    cash = {account.id for account in pooled_accounts(projection.book)}
    for way in ways_of(projection.book, replace(contingency, loss_day=0)):
        frozen = way.mode is LossMode.ACCOUNT_FROZEN
        if has_draws_to_delay(projection, way):
            return True
        if way.due < NEVER or (frozen and (way.until < NEVER or way.element in cash)):
            return True
    return False


def _edges(projection: Projection, way: Way, contingency: Contingency) -> Iterator[int]:
    flows = projection.flows
    after = contingency.cascade.after_days if contingency.cascade else 0
    starts = {0, after} if way.element not in contingency.targets else {0}
    lasts = set() if way.until == NEVER else {way.until - way.first}
    cut = way.mode is LossMode.LIMIT_CUT
    events: set[int] = set()
    for series in flows.series_of.get(way.element, ()):
        mine = slice(flows.bounds[series], flows.bounds[series + 1])
        events.update(np.unique(flows.began[mine]).tolist())
        if cut:
            events.update(np.unique(flows.day[mine]).tolist())
    for shift in starts | lasts:
        for event in events:
            yield event + 1 - shift
            if cut:
                yield event - shift
