"""What columns would be worth at the prices of a solution."""

from collections.abc import Sequence

import numpy as np

from backstop.plan.bound.ways import Way
from backstop.plan.solver.columns import Floats
from backstop.projection import Ints

Dear = dict[str, list[tuple[int, float]]]
"""Prices of limits, and what each is about: a day, `TURNS` or `IN_ALL`; by source."""

TURNS, IN_ALL = -2, -1
"""In the place of a day: how often a line is drawn on, and what a source gives in all."""

LEAST_GAIN = 1e-7
"""What a unit of a column has to gain to be of any use."""

NEVER = 10**9


class Pricing:
    """What each unit of columns is worth at the prices of a solution: all at once."""

    def __init__(self, ways: Sequence[Way], periods: int) -> None:
        self.most = np.array([each.column.most for each in ways])
        self.day = np.array([each.day for each in ways], dtype=np.int64)
        self.source = np.array([each.source[0] for each in ways])
        self.at, self.share = _padded([each.column.profile for each in ways], periods)
        self.freed_on, self.freed = _padded([each.freed for each in ways], NEVER)

    def gained(self, worth: Floats, dear: Dear) -> Floats:
        """What a unit of each column brings at these prices; `worth` has a last entry of nothing.
        Shape (columns,)."""
        gained: Floats = (worth[self.at] * self.share).sum(axis=1)
        for source, prices in dear.items():
            mine = np.flatnonzero(self.source == source)
            for on, price in prices:
                gained[mine] -= price * self._weight(mine, on)
        return gained

    def _weight(self, mine: Ints, on: int) -> Floats:
        """What each unit takes of a limit: of the room on a day, of how often, or of all."""
        if on == TURNS:
            return 1.0 / self.most[mine]
        if on == IN_ALL:
            return np.ones(len(mine))
        back = np.where(self.freed_on[mine] < on, self.freed[mine], 0.0).sum(axis=1)
        used: Floats = np.where(self.day[mine] <= on, 1.0 - back, 0.0)
        return used


def _padded(rows: Sequence[Sequence[tuple[int, float]]], nowhere: int) -> tuple[Ints, Floats]:
    """Pairs as two arrays (rows, most pairs); what is not there is 0 at `nowhere`."""
    width = max((len(row) for row in rows), default=0)
    at = np.full((len(rows), width), nowhere, dtype=np.int64)
    share = np.zeros((len(rows), width))
    for number, row in enumerate(rows):
        for place, (day, part) in enumerate(row):
            at[number, place], share[number, place] = day, part
    return at, share


def best_of_each(ways: Sequence[Way], gained: Floats) -> list[Way]:
    """The columns of each source and term that gain more than those on the days beside them."""
    numbers = {terms: n for n, terms in enumerate(dict.fromkeys(each.terms for each in ways))}
    of = np.array([numbers[each.terms] for each in ways])
    edge = np.zeros(1)
    before = np.concatenate([edge, np.where(of[1:] == of[:-1], gained[:-1], 0.0)])
    after = np.concatenate([np.where(of[1:] == of[:-1], gained[1:], 0.0), edge])
    found = np.flatnonzero((gained > np.maximum(before, LEAST_GAIN)) & (gained >= after))
    return [ways[number] for number in found.tolist()]
