"""Reverse questions: how far may receipts fall, how late may they come, before something bounces?

Both are monotone: less or later money never leaves more cash on any day. So bisection over whole
percentages and days finds the exact answer.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from backstop.contingency.elements import Contingency, ContingencyKind
from backstop.contingency.identity import Unnamed
from backstop.contingency.losses import low_under
from backstop.contingency.ways import ways_of
from backstop.domain import Book, Direction, LossMode
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
    asked = _Receipts(projection)
    cases: list[tuple[Contingency | None, Ints]] = [(None, projection.spendable)]
    if contingencies:
        cases += zip(contingencies, low_under(projection, contingencies), strict=True)
    found = []
    for contingency, low in cases:
        survives = partial(asked.survived, contingency, low)
        fall = largest_that_holds(EVERYTHING, partial(survives, LossMode.RECEIPTS_CUT))
        delay = largest_that_holds(projection.days, partial(survives, LossMode.RECEIPTS_LATE))
        found.append(Slack(contingency, fall, delay))
    return found


def largest_that_holds(limit: int, holds: Callable[[int], bool]) -> int | None:
    """The largest number up to the limit for which a monotone condition holds; None where 0 does
    not."""
    return last_that_holds(0, limit, holds) if holds(0) else None


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
    """The receipts that a contingency does not touch, by id."""
    held = {way.element for way in ways_of(book, contingency)} if contingency else set()
    return tuple(
        flow.id
        for flow in book.cash_flows
        if flow.direction is Direction.RECEIPT and held.isdisjoint((flow.id, flow.through))
    )


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
    """What worse receipts do to cash, remembered by how much worse they are."""

    def __init__(self, projection: Projection) -> None:
        self.projection = projection
        self.known: dict[tuple[LossMode, int, tuple[str, ...]], Ints] = {}

    def survived(
        self, contingency: Contingency | None, low: Ints, mode: LossMode, number: int
    ) -> bool:
        """Whether nothing bounces with receipts so many percent less, or days later. Rows add up,
        unless there is interest that follows from all of them."""
        if not self.projection.rows_add_up:
            found = low_with_worse_receipts(self.projection, contingency, mode, number)
            return bool(found.min() >= 0)
        left = receipts_left_by(self.projection.book, contingency)
        key = mode, number, left
        if key not in self.known:
            loss = worse_receipts(left, mode, number, self.projection.now)
            self.known[key] = low_under(self.projection, [loss])[0] - self.projection.spendable
        return bool((low + self.known[key]).min() >= 0)
