"""Two losses at once: all pairs of contingencies, by adding their rows where they do not meet."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from backstop.contingency.blame import beyond_base
from backstop.contingency.elements import Contingency, ContingencyKind
from backstop.contingency.identity import Both
from backstop.contingency.losses import low_under
from backstop.contingency.ways import ways_of
from backstop.domain import Account, Book, CashFlow, Facility
from backstop.projection import Ints, Projection

MOST_ROWS = 1000
"""Rows worked out at a time: memory stays within a few megabytes."""


@dataclass(frozen=True)
class Pairs:
    """Figures of all pairs, in columns: `first[i]` and `second[i]` count `of`.

    `gap` is the largest shortfall beyond what falls short anyway and `gap_day` its day,
    `shortfall_day` the first day of any (-1 for none). Money is in minor units, days are offsets.
    """

    of: tuple[Contingency, ...]
    first: Ints
    second: Ints
    gap: Ints
    gap_day: Ints
    shortfall_day: Ints
    alone: Ints

    def __len__(self) -> int:
        return len(self.first)

    @property
    def added(self) -> Ints:
        """How much larger the gap is than the larger one of the two alone."""
        return self.gap - np.maximum(self.alone[self.first], self.alone[self.second])

    def worst(self, number: int) -> list[int]:
        """The pairs with the largest gaps, of equal ones those of the first contingencies."""
        order = np.lexsort((self.second, self.first, -self.gap))
        return [int(each) for each in order[:number] if self.gap[each] > 0]

    def contingency(self, pair: int) -> Contingency:
        """Both of a pair as one contingency."""
        return both(self.of[self.first[pair]], self.of[self.second[pair]])


def both(one: Contingency, other: Contingency) -> Contingency:
    """Two contingencies that go in the same way on the same day, as one."""
    return replace(
        one,
        identity=Both(one.identity, other.identity),
        kind=ContingencyKind.GROUP,
        targets=tuple(dict.fromkeys((*one.targets, *other.targets))),
    )


def pairs(projection: Projection, contingencies: Sequence[Contingency]) -> Pairs:
    """The gap of each two of these contingencies, which go in the same way on the same day.

    The rows of two that share no element add up. Two that share one, or that both freeze cash, are
    worked out as one contingency.
    """
    of = tuple(contingencies)
    count = len(of)
    low = low_under(projection, of)
    change = low - projection.spendable
    first, second = np.triu_indices(count, 1)
    least = np.empty(len(first), dtype=np.int64)
    day, early = np.zeros_like(least), np.full_like(least, -1)
    start = 0
    for number in range(count - 1):
        rows = change[number + 1 :] + low[number]
        stop = start + len(rows)
        _enter(beyond_base(projection, rows), slice(start, stop), least, day, early)
        start = stop
    meeting = _meeting(projection, of, first, second)
    if len(meeting):
        for part in np.split(meeting, range(MOST_ROWS, len(meeting), MOST_ROWS)):
            together = [both(of[first[pair]], of[second[pair]]) for pair in part]
            rows = beyond_base(projection, low_under(projection, together))
            _enter(rows, part, least, day, early)
    alone = np.maximum(-beyond_base(projection, low).min(axis=1, initial=0), 0)
    return Pairs(of, first, second, np.maximum(-least, 0), day, early, alone)


def _enter(rows: Ints, where: slice | Ints, least: Ints, day: Ints, early: Ints) -> None:
    """The figures of these rows of daily lowest cash (pairs, days)."""
    lowest = rows.argmin(axis=1)
    value = rows[np.arange(len(rows)), lowest]
    least[where], day[where] = value, lowest
    short = value < 0
    days = np.full(len(rows), -1, dtype=np.int64)
    days[short] = (rows[short] < 0).argmax(axis=1)
    early[where] = days


def _meeting(
    projection: Projection, of: tuple[Contingency, ...], first: Ints, second: Ints
) -> Ints:
    """The pairs that share an element, a pool of cash, an expense, or what follows from several."""
    book = projection.book
    if not projection.rows_add_up or any(each.expense for each in of):
        return np.arange(len(first))
    touched = [{_line_of(book, way.element) for way in ways_of(book, each)} for each in of]
    cash = [any(isinstance(book.by_id[t], Account) for t in each.targets) for each in of]
    if all(len(each) <= 1 for each in touched) and not any(cash):
        singles = [next(iter(each), "") for each in touched]
        if len(set(singles)) == len(singles):
            return np.empty(0, dtype=np.int64)
    met = [
        number
        for number, (i, j) in enumerate(zip(first, second, strict=True))
        if (cash[i] and cash[j]) or not touched[i].isdisjoint(touched[j])
    ]
    return np.array(met, dtype=np.int64)


def _line_of(book: Book, element: str) -> str:
    """What an element moves: money that comes back to a card moves its bills."""
    record = book.by_id[element]
    through = book.by_id.get(record.through) if isinstance(record, CashFlow) else None
    return through.id if isinstance(through, Facility) else element
