"""Overdrafts under losses: how far cash may still fall, and what interest that then costs."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from backstop.contingency.changes import NO_ROW, Appearing, Changes, Instead, joined
from backstop.contingency.elements import Contingency
from backstop.contingency.ways import Way, ways_of
from backstop.domain import Book, LossMode
from backstop.projection import FlowKind, FlowTable, Ints, Projection, Side
from backstop.projection.amounts import rounded_share
from backstop.projection.overdrafts import (
    Charging,
    Overdraft,
    allowed,
    allowed_before,
    in_use,
    interest,
    overdrawn,
)


def overdrafts_under(
    projection: Projection, contingency: Contingency | None
) -> tuple[Overdraft, ...]:
    """The overdrafts of a projection, with the limits that the loss leaves."""
    if contingency is None or not projection.overdrafts:
        return projection.overdrafts
    return limited(projection.book, projection.overdrafts, contingency)


def limited(
    book: Book, overdrafts: tuple[Overdraft, ...], contingency: Contingency
) -> tuple[Overdraft, ...]:
    """These overdrafts of a book, with the limits that the loss leaves."""
    going = {way.element: way for way in ways_of(book, contingency)}
    return tuple(_under(book, each, going.get(each.facility.id)) for each in overdrafts)


def _under(book: Book, overdraft: Overdraft, way: Way | None) -> Overdraft:
    if way is None:
        return overdraft
    line, limits = overdraft.facility, overdraft.limits.copy()
    left = np.zeros_like(limits)
    if way.mode is LossMode.LIMIT_CUT:
        whole = in_use(book, line)
        left = allowed(line, whole - rounded_share(whole, way.percent))
    lost = slice(way.due, way.until)
    limits[lost] = np.minimum(limits[lost], left[lost])
    return replace(overdraft, limits=limits)


def floor_under(projection: Projection, contingency: Contingency | None) -> Ints:
    """How low cash may fall on each day under a loss: (days,), minor units."""
    found = projection.floor
    if contingency is not None and projection.overdrafts:
        found = -sum(
            (each.limits for each in overdrafts_under(projection, contingency)),
            np.zeros(projection.days, dtype=np.int64),
        )
    return found


def _together(projection: Projection, contingencies: Sequence[Contingency]) -> list[Overdraft]:
    """The overdrafts with their limits in each case: (cases, days)."""
    rows = [overdrafts_under(projection, each) for each in contingencies]
    return [
        Overdraft(each.facility, np.stack([row[number].limits for row in rows]))
        for number, each in enumerate(projection.overdrafts)
    ]


def charged_in(projection: Projection) -> list[Ints]:
    """What each overdraft charges on each day of a projection: (days,), minor units."""
    flows, found = projection.flows, []
    numbers = _series(flows)
    for each in projection.overdrafts:
        amounts = np.zeros(projection.days, dtype=np.int64)
        for number in numbers.get(each.facility.id, ()):
            mine = slice(flows.bounds[number], flows.bounds[number + 1])
            np.add.at(amounts, flows.day[mine], flows.amount[mine])
        found.append(amounts)
    return found


def _series(flows: FlowTable) -> dict[str, list[int]]:
    """By the id of an overdraft, the series of its interest: that of the projection comes first."""
    found: dict[str, list[int]] = {}
    for number, series in enumerate(flows.descriptions):
        if series.kind is FlowKind.INTEREST:
            found.setdefault(series.record, []).append(number)
    return found


def without_interest(projection: Projection) -> Ints:
    """Cash at the end of each day had no overdraft charged anything: (days,), minor units."""
    charged: Ints = sum(charged_in(projection), np.zeros(projection.days, dtype=np.int64))
    found: Ints = projection.closing + np.cumsum(charged)
    return found


def interest_changes(
    projection: Projection, contingencies: Sequence[Contingency], closing: Ints
) -> Changes:
    """The interest that each contingency makes another: all rows that are not the same.

    `closing` is the cash at the end of each day under each of them, without any interest:
    (cases, days).
    """
    before = charged_in(projection)
    after = interest(projection.book, _together(projection, contingencies), closing)
    numbers, parts = _series(projection.flows), list[Changes]()
    for each, was, now in zip(projection.overdrafts, before, after, strict=True):
        parts.append(_changes(projection.flows, numbers[each.facility.id], was, now))
    return joined(parts)


def _changes(flows: FlowTable, numbers: Sequence[int], was: Ints, now: Ints) -> Changes:
    """What is really gone has made some charges others before: those are series of their own."""
    case, day = np.nonzero(now != was)
    rows = np.full(len(was), NO_ROW, dtype=np.int64)
    for number in numbers:
        mine = np.arange(flows.bounds[number], flows.bounds[number + 1])
        rows[flows.day[mine]] = mine
    gone, comes = rows[day] != NO_ROW, now[case, day] != 0
    new_case, new_day = case[comes], day[comes]
    size = len(new_case)
    appearing = Appearing(
        case=new_case,
        series=np.full(size, numbers[0], dtype=np.int64),
        like=np.full(size, NO_ROW, dtype=np.int64),
        why=np.full(size, Instead.SAME_KIND, dtype=np.int64),
        side=np.full(size, Side.PAYMENT, dtype=np.int64),
        day=new_day,
        amount=now[new_case, new_day],
        principal=np.zeros(size, dtype=np.int64),
        began=new_day,
    )
    return Changes(case[gone], rows[day[gone]], appearing)


def further_interest(under: Projection, moves: Ints) -> Ints:
    """What interest changes by on each day where cash is moved besides by so much in all up to each
    day: (days,), minor units. `under` is the projection under the loss."""
    free = without_interest(under) + moves
    after = interest(under.book, under.overdrafts, free[np.newaxis])
    found: Ints = np.sum([each[0] for each in after], axis=0) - np.sum(charged_in(under), axis=0)
    return found


class Recharging:
    """The interest of several losses, asked for from day to day while further money moves: what it
    is more than without.

    `closing` gives the cash at the end of each day under each of them, without any interest:
    (cases, days).
    """

    def __init__(
        self,
        projection: Projection,
        contingencies: Sequence[Contingency],
        closing: Callable[[], Ints],
    ) -> None:
        self._charging: Charging | None = None
        if not projection.overdrafts:
            return
        overdrafts, book = _together(projection, contingencies), projection.book
        free = closing()
        self._known: Ints = np.sum(interest(book, overdrafts, free), axis=0)
        self._closing = free - np.cumsum(self._known, axis=1)
        self._charging = Charging(book, overdrafts, len(contingencies))

    def morning(self, day: int) -> Ints | int:
        """What more is charged on a day in each case: (cases,)."""
        if self._charging is None:
            return 0
        found: Ints = np.sum(self._charging.morning(day), axis=0) - self._known[:, day]
        return found

    def evening(self, day: int, moved: Ints) -> None:
        """Let the day end with so much more cash (cases,)."""
        if self._charging is not None:
            self._charging.evening(day, self._closing[:, day] + moved)


def paid_back(under: Projection) -> Iterator[tuple[Overdraft, int, int]]:
    """What is owed on an overdraft when it is withdrawn or cut: that overdraft, the day (offset)
    and the amount. It moves no cash, which is below zero already; `under` is a projection under a
    loss, or none."""
    mornings = [_as_before(under.book, each) for each in under.overdrafts]
    closing = np.concatenate([[under.opening], under.closing[:-1]])
    for each, before, used in zip(
        under.overdrafts, mornings, overdrawn(mornings, closing), strict=True
    ):
        owed = np.where(each.limits < before.limits, used - each.limits, 0)
        for day in np.flatnonzero(owed > 0).tolist():
            yield each, day, int(owed[day])


def _as_before(book: Book, overdraft: Overdraft) -> Overdraft:
    """With the limits of the evening before each day."""
    first = np.array([allowed_before(book, overdraft.facility)], dtype=np.int64)
    return replace(overdraft, limits=np.concatenate([first, overdraft.limits[:-1]]))
