"""Reverse questions: how far may receipts fall, how late may they come, before something bounces?

Both are monotone: less or later money never leaves more cash on any day. So bisection over whole
percentages and days finds the exact answer.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from backstop.contingency.changes import Flags
from backstop.contingency.elements import Contingency, ContingencyKind
from backstop.contingency.identity import Unnamed
from backstop.contingency.losses import low_under
from backstop.contingency.ways import ways_of
from backstop.domain import Book, Direction, Facility, LossMode
from backstop.projection import Ints, Projection

EVERYTHING = 100


@dataclass(frozen=True, slots=True)
class Slack:
    """How much worse receipts may get from today on: `fall` in percent of each, `delay` in days.

    None where something bounces already. `contingency` is None for the book with every line.
    """

    contingency: Contingency | None
    fall: int | None
    delay: int | None


def slack(projection: Projection, contingencies: Sequence[Contingency] = ()) -> list[Slack]:
    """With all lines first, then under each contingency. Receipts that the contingency itself
    holds back stay as it leaves them."""
    asked = _Receipts(projection, contingencies)
    size, days = len(asked.cases), projection.days
    falls = largest_that_hold(EVERYTHING, size, partial(asked.survived, LossMode.RECEIPTS_CUT))
    delays = largest_that_hold(days, size, partial(asked.survived, LossMode.RECEIPTS_LATE))
    return [Slack(*each) for each in zip(asked.cases, falls, delays, strict=True)]


Holds = Callable[[Ints, Ints], Flags]
"""Takes conditions by their places and a number for each; says which of them hold."""


def largest_that_hold(limit: int, size: int, holds: Holds) -> list[int | None]:
    """For each of so many monotone conditions the largest number up to the limit for which it
    holds; None where 0 does not. All are asked about together."""
    first, last = np.zeros(size, dtype=np.int64), np.full(size, limit, dtype=np.int64)
    possible = holds(np.arange(size), first) if size else np.empty(0, dtype=np.bool_)
    last[~possible] = 0
    while len(unsure := np.flatnonzero(first < last)):
        middle = (first[unsure] + last[unsure] + 1) // 2
        held = holds(unsure, middle)
        first[unsure[held]] = middle[held]
        last[unsure[~held]] = middle[~held] - 1
    return [number if can else None for number, can in zip(first.tolist(), possible, strict=True)]


def last_that_holds(first: int, last: int, holds: Callable[[int], bool]) -> int:
    """The last number from `first`, for which it holds, to `last` for which a monotone condition
    still does."""
    while first < last:
        middle = (first + last + 1) // 2
        if holds(middle):
            first = middle
        else:
            last = middle - 1
    return first


def receipts_left_by(book: Book, contingency: Contingency | None) -> tuple[str, ...]:
    """The receipts that a contingency does not touch, by id. A refund on a card that closes still
    has to come."""
    held = _held(book, contingency)
    return tuple(
        flow.id
        for flow in book.cash_flows
        if flow.direction is Direction.RECEIPT and held.isdisjoint((flow.id, flow.through))
    )


def _held(book: Book, contingency: Contingency | None) -> set[str]:
    """The accounts and receipts that it touches, by id."""
    going = (way.element for way in ways_of(book, contingency)) if contingency else ()
    return {each for each in going if not isinstance(book.by_id[each], Facility)}


def low_with_worse_receipts(
    projection: Projection, contingency: Contingency | None, mode: LossMode, number: int
) -> Ints:
    """What is left to be paid out each day (days,) when receipts, beside what the contingency does,
    come so many percent lower or days later from today on. Those that it holds back stay as it
    leaves them."""
    left = receipts_left_by(projection.book, contingency)
    worse = worse_receipts(left, mode, number, projection.now)
    together = worse if contingency is None else replace(contingency, also=worse)
    found: Ints = low_under(projection, [together])[0]
    return found


def worse_receipts(
    left: tuple[str, ...], mode: LossMode, number: int, since: int = 0
) -> Contingency:
    """These receipts so many percent lower, or days later, from a day (offset) on."""
    return Contingency(
        Unnamed(),
        ContingencyKind.GROUP,
        left,
        since,
        mode=mode,
        cut_percent=number,
        late_days=number,
    )


class _Receipts:
    """What worse receipts do to cash, with all lines and under each contingency: remembered by how
    much worse they are, and which are left."""

    def __init__(self, projection: Projection, contingencies: Sequence[Contingency]) -> None:
        self.projection = projection
        self.cases: list[Contingency | None] = [None, *contingencies]
        left = _left_by_each(projection.book, self.cases)
        self.lows = [projection.spendable]
        if contingencies:
            self.lows += list(low_under(projection, contingencies))
        numbers: dict[tuple[str, ...], int] = {}
        self.left = [numbers.setdefault(each, len(numbers)) for each in left]
        self.receipts = list(numbers)
        self.adds_up = [projection.rows_add_up and not each for each in self._with_refunds()]
        self.known: dict[tuple[LossMode, int, int], Ints] = {}

    def _with_refunds(self) -> Iterator[bool]:
        """Whether a case touches a card to which something comes back: its bills follow from
        both."""
        book = self.projection.book
        back = {e.through for e in book.cash_flows if e.direction is Direction.RECEIPT}
        cards = {each.id for each in book.facilities} & back
        for case in self.cases:
            going = (way.element for way in ways_of(book, case)) if case and cards else ()
            yield not cards.isdisjoint(going)

    def survived(self, mode: LossMode, which: Ints, numbers: Ints) -> Flags:
        """Whether nothing bounces with receipts so many percent less, or days later. Rows add up,
        unless there is interest that follows from all of them."""
        found = np.zeros(len(which), dtype=np.bool_)
        together: dict[int, Contingency] = {}
        for place, (case, n) in enumerate(zip(which.tolist(), numbers.tolist(), strict=True)):
            if self.adds_up[case]:
                low = self.lows[case] + self._change(mode, n, self.left[case])
                found[place] = low.min() >= 0
            else:
                together[place] = self._together(self.cases[case], mode, n, self.left[case])
        if together:
            lows = low_under(self.projection, list(together.values()))
            found[list(together)] = lows.min(axis=1) >= 0
        return found

    def _change(self, mode: LossMode, number: int, left: int) -> Ints:
        key = mode, number, left
        if key not in self.known:
            loss = self._together(None, mode, number, left)
            self.known[key] = low_under(self.projection, [loss])[0] - self.projection.spendable
        return self.known[key]

    def _together(
        self, contingency: Contingency | None, mode: LossMode, number: int, left: int
    ) -> Contingency:
        worse = worse_receipts(self.receipts[left], mode, number, self.projection.now)
        return worse if contingency is None else replace(contingency, also=worse)


def _left_by_each(
    book: Book, contingencies: Sequence[Contingency | None]
) -> Iterator[tuple[str, ...]]:
    """The receipts that each does not touch; most losses touch none."""
    touchable = {f for flow in book.cash_flows for f in (flow.id, flow.through)}
    every = receipts_left_by(book, None)
    for each in contingencies:
        held = _held(book, each)
        yield every if held.isdisjoint(touchable) else receipts_left_by(book, each)
