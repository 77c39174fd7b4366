"""Flows to daily balances by one prefix sum, and the headroom of each line."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Self

import numpy as np

from backstop.domain import Book, Facility, IntradayOrder
from backstop.projection.accounts import Balances
from backstop.projection.amounts import rounded_share
from backstop.projection.columns import FlowKind, FlowTable, Ints, Side, flow_table
from backstop.projection.flows import expand
from backstop.projection.overdrafts import (
    Overdraft,
    interest,
    interest_block,
    limits_by_day,
    opening_cash,
    overdrafts_of,
    overdrawn,
)


@dataclass(frozen=True)
class Projection:
    """Cash day by day, from day 0 (the as-of date) to the horizon, in minor units.

    `low` is each day's lowest balance: C⁻, before receipts, unless the book lets receipts come
    first. `closing` is the balance at the end of the day. Both have horizon + 1 entries.

    With `overdrafts` cash may fall below zero, to `floor`. What can be paid is `spendable`: the
    lowest cash above the floor, and the minimum is counted from there too.

    `today` is the clock's day as an offset, given by whoever asks: below 0 where the as-of date is
    still to come, beyond the horizon where the book is older than that.
    """

    book: Book
    flows: FlowTable
    opening: int
    funding: Ints
    payments: Ints
    receipts: Ints
    today: int = 0
    overdrafts: tuple[Overdraft, ...] = ()

    @property
    def start(self) -> int:
        """The first day on which anything can still be done: none that is past."""
        return max(0, self.today)

    @property
    def now(self) -> int:
        """The same, kept inside the projection: the day on which what happens today is shown."""
        return min(self.start, self.book.horizon_days)

    @property
    def is_over(self) -> bool:
        """Whether all of its days are past: it says nothing about today."""
        return self.today > self.book.horizon_days

    @property
    def days(self) -> int:
        """Number of days shown: horizon + 1."""
        return self.book.horizon_days + 1

    @property
    def payments_first(self) -> bool:
        """Whether payments of a day leave before its receipts come."""
        return self.book.intraday_order is IntradayOrder.PAYMENTS_FIRST

    @cached_property
    def closing(self) -> Ints:
        """Cash at the end of each day. Shape (days,), minor units."""
        return self.opening + np.cumsum(self.funding - self.payments + self.receipts)

    @cached_property
    def low(self) -> Ints:
        """The lowest cash of each day. Shape (days,), minor units."""
        return self.closing - self.receipts if self.payments_first else self.closing

    @cached_property
    def balances(self) -> Balances:
        """What each account holds on any day."""
        return Balances(self.book, self.flows)

    @cached_property
    def rows_add_up(self) -> bool:
        """Whether what two losses do to cash is what each does alone, where they share nothing: no
        flow follows from several records."""
        by_takings = (each.is_repaid_by_takings for each in self.book.facilities)
        return not self.overdrafts and not any(by_takings)

    @cached_property
    def floor(self) -> Ints:
        """How low cash may fall on each day, zero without an overdraft: (days,), minor units."""
        return -sum((each.limits for each in self.overdrafts), np.zeros(self.days, np.int64))

    @cached_property
    def spendable(self) -> Ints:
        """What is left to be paid out on each day: (days,), minor units. Below zero, something
        cannot be paid."""
        return self.low - self.floor if self.overdrafts else self.low

    @cached_property
    def buffer(self) -> Ints:
        """What should be left to be paid out on each day: the minimum, and what each purpose asks
        for on top of it."""
        wanted = np.full(self.days, self.book.minimum_cash, dtype=np.int64)
        for each in self.book.buffers:
            first = 0 if each.from_day is None else max(0, self.day_of(each.from_day))
            after = self.days if each.until is None else max(0, self.day_of(each.until) + 1)
            wanted[first:after] += each.amount
        return wanted

    def otherwise(
        self, moved: Iterable[tuple[int, int]], overdrafts: tuple[Overdraft, ...] | None
    ) -> Self:
        """With (day, minor units) of cash that comes, or goes, besides; and with these overdrafts,
        if they are given."""
        funding = self.funding.copy()
        for day, amount in moved:
            if day < len(funding):
                funding[day] += amount
        known = self.overdrafts if overdrafts is None else overdrafts
        return replace(self, funding=funding, overdrafts=known)

    def date_of(self, day: int) -> date:
        """The date of a day given as an offset from the as-of date."""
        return self.book.as_of + timedelta(days=int(day))

    def day_of(self, day: date) -> int:
        """A date as an offset from the as-of date; below zero where it lies before."""
        return (day - self.book.as_of).days


def project(
    book: Book,
    today: int = 0,
    *,
    overdrafts: tuple[Overdraft, ...] | None = None,
    moved: Iterable[tuple[int, int]] = (),
) -> Projection:
    """Expand the book and add it up; `today` as in `Projection`. Given are, where they are known
    better than by the book: its `overdrafts`, with other limits, and cash that is `moved` besides.
    """
    blocks, more = list(expand(book)), tuple(moved)
    made = projection_of(book, flow_table(blocks), today).otherwise(more, overdrafts)
    if not made.overdrafts:
        return made
    charged = interest(book, made.overdrafts, made.closing[np.newaxis])
    for each, amounts in zip(made.overdrafts, charged, strict=True):
        blocks.append(interest_block(each.facility, amounts[0]))
    return projection_of(book, flow_table(blocks), today).otherwise(more, overdrafts)


def projection_of(book: Book, flows: FlowTable, today: int = 0) -> Projection:
    """The projection of a book whose flows are already expanded."""
    return Projection(
        book=book,
        flows=flows,
        opening=opening_cash(book),
        funding=per_day(flows, Side.FUNDING, book.horizon_days),
        payments=per_day(flows, Side.PAYMENT, book.horizon_days),
        receipts=per_day(flows, Side.RECEIPT, book.horizon_days),
        today=today,
        overdrafts=overdrafts_of(book),
    )


def per_day(flows: FlowTable, side: Side, horizon: int) -> Ints:
    """Sum of that side's flows on each day from 0 to the horizon."""
    mine = (flows.side == side) & (flows.day <= horizon)
    return sum_by(flows.day[mine], flows.amount[mine], horizon + 1)


def sum_by(index: Ints, amount: Ints, size: int) -> Ints:
    """Exact integer sums of `amount` at each `index`, as an array of that size."""
    total = np.zeros(size, dtype=np.int64)
    np.add.at(total, index, amount)
    return total


def usage(projection: Projection, facility: Facility) -> Ints:
    """What of the limit is taken up on each day, in minor units.

    Starts with the balance owed, and what is blocked beside it. Draws and purchases add; repaid
    principal frees its share, if the line revolves at all. (A share below 100 % leaves the rest
    blocked.) Of an overdraft, what cash is below zero at the end of the day.
    """
    if facility.is_overdraft:
        return _overdrawn(projection, facility)
    flows, size = projection.flows, projection.days
    change = np.zeros(size, dtype=np.int64)
    returned = facility.repaid_share_percent if facility.revolving else 0
    for number in flows.series_of.get(facility.id, ()):
        series = flows.descriptions[number]
        mine = slice(flows.bounds[number], flows.bounds[number + 1])
        day, principal, began = flows.day[mine], flows.principal[mine], flows.began[mine]
        inside, bought = day < size, began < size
        if series.kind is FlowKind.DRAW:
            np.add.at(change, day[inside], principal[inside])
            continue
        np.subtract.at(change, day[inside], principal[inside] * returned // 100)
        if series.falls_back:
            np.add.at(change, began[bought], principal[bought])
    return facility.balance + facility.blocked + np.cumsum(change)


def limits_of(projection: Projection, facility: Facility) -> Ints:
    """The line's limit on each day, before the owner's haircut: (days,), minor units."""
    return limits_by_day(projection.book, facility)


def draws_made(projection: Projection, facility: Facility) -> Ints:
    """How often the line has been drawn on by the end of each day: (days,)."""
    made = np.zeros(projection.days, dtype=np.int64)
    flows = projection.flows
    for number in flows.series_of.get(facility.id, ()):
        if flows.descriptions[number].kind is FlowKind.DRAW:
            drawn = flows.day[flows.bounds[number] : flows.bounds[number + 1]]
            np.add.at(made, drawn[drawn < len(made)], 1)
    return facility.draws_made + np.cumsum(made)


def with_turns_left(projection: Projection, facility: Facility, room: Ints) -> Ints:
    """The room on each day; none once the line is drawn on as often as its lender lets."""
    if facility.maximum_draws is None:
        return room
    used_up = draws_made(projection, facility) >= facility.maximum_draws
    return np.where(used_up, np.minimum(room, 0), room)


def _overdrawn(projection: Projection, facility: Facility) -> Ints:
    used = overdrawn(projection.overdrafts, projection.closing)
    pairs = zip(projection.overdrafts, used, strict=True)
    return next(mine for each, mine in pairs if each.facility.id == facility.id)


def advances(projection: Projection, facility: Facility) -> Ints:
    """Cash drawn on a line and not yet paid back on each day, in minor units: on a card, the
    advances that its own limit for them counts."""
    flows, size = projection.flows, projection.days
    change = np.zeros(size, dtype=np.int64)
    for number in flows.series_of.get(facility.id, ()):
        series = flows.descriptions[number]
        if series.kind is not FlowKind.DRAW and not series.advance:
            continue
        mine = slice(flows.bounds[number], flows.bounds[number + 1])
        day, principal = flows.day[mine], flows.principal[mine]
        sign = 1 if series.kind is FlowKind.DRAW else -1
        np.add.at(change, day[day < size], sign * principal[day < size])
    owed = sum(each.principal for each in facility.tranches if each.cash_advance)
    return owed + np.cumsum(change)


def advance_headroom(projection: Projection, facility: Facility) -> Ints:
    """The cash that could still be drawn on a card on each day: its own limit counts, and that of
    the line."""
    room = facility.cash_advance_limit - advances(projection, facility)
    return np.clip(room, 0, headroom(projection, facility))


def room_within(projection: Projection, facility: Facility, limits: Ints) -> Ints:
    """What of these limits (days,), less the owner's haircut, is not taken up: (days,), minor
    units, below zero where more is owed than they allow."""
    counted = limits - rounded_share(limits, facility.headroom_haircut_percent)
    return counted - usage(projection, facility)


def headroom(projection: Projection, facility: Facility) -> Ints:
    """What could still be drawn on each day: never below zero, after the owner's haircut."""
    room = room_within(projection, facility, limits_of(projection, facility))
    room = np.maximum(with_turns_left(projection, facility, room), 0)
    if facility.usage_until is not None:
        room[max(0, projection.day_of(facility.usage_until) + 1) :] = 0
    if facility.lost_since is not None:
        room[max(0, projection.day_of(facility.lost_since)) :] = 0
    return room
