"""Overdrafts: how far below zero pooled cash may fall, and the interest that this costs.

Interest runs by day on what is below zero at the end of it, up to the limit, and is charged once a
month; what is charged is itself money spent. So it depends on all that moves, and is found by going
through the days. Source: UK Financial Conduct Authority, PS19/16 (from 6 April 2020 a simple yearly
rate, and no fee, for an arranged overdraft); banks charge monthly on the cleared daily balance, as
Chinese banks do for 法人账户透支 (计息按日, 结息按月).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from itertools import pairwise

import numpy as np

from backstop.domain import AccountRole, Book, Facility
from backstop.projection.amortisation import half_up, price_of
from backstop.projection.amounts import rounded_share
from backstop.projection.calendars import adjusted
from backstop.projection.columns import Block, Flow, FlowKind, Ints, Series, Side, block_of
from backstop.projection.described import repayment_priority
from backstop.projection.recurrence import add_months, clipped
from backstop.projection.spans import Span, span_of

LAST_DAY_OF_MONTH = 31


@dataclass(frozen=True)
class Overdraft:
    """One overdraft, and what of its limit counts on each day: (days,), or (cases, days) where
    several losses are looked at; minor units, after the owner's haircut."""

    facility: Facility
    limits: Ints


def overdrafts_of(book: Book) -> tuple[Overdraft, ...]:
    """The overdrafts of a book, in its order: the first one is used first."""
    lines = (each for each in book.facilities if each.is_overdraft)
    return tuple(Overdraft(each, allowed(each, in_use(book, each))) for each in lines)


def allowed(facility: Facility, limits: Ints) -> Ints:
    """What the owner counts on of these limits: without the haircut, and what is blocked."""
    counted = limits - rounded_share(limits, facility.headroom_haircut_percent)
    found: Ints = np.maximum(counted - facility.blocked, 0)
    return found


def allowed_before(book: Book, facility: Facility) -> int:
    """The same of the day before the as-of date."""
    limit = facility.limit_on(book.as_of - timedelta(days=1))
    return int(allowed(facility, np.array([limit]))[0])


def in_use(book: Book, facility: Facility) -> Ints:
    """The limit on each day, none once its use has ended: (days,), minor units."""
    limits = limits_by_day(book, facility)
    if facility.usage_until is not None:
        limits[max(0, (facility.usage_until - book.as_of).days + 1) :] = 0
    return limits


def limits_by_day(book: Book, facility: Facility) -> Ints:
    """A line's limit on each day, before the owner's haircut: (days,), minor units."""
    days = book.horizon_days + 1
    limits = np.full(days, facility.limit, dtype=np.int64)
    for_now_last = sorted(facility.limit_changes, key=lambda each: each.until is not None)
    for change in for_now_last:
        first = max(0, (change.from_day - book.as_of).days)
        last = days if change.until is None else (change.until - book.as_of).days + 1
        limits[first : max(0, last)] = change.limit
    return limits


def overdrawn(overdrafts: Sequence[Overdraft], closing: Ints) -> list[Ints]:
    """What each of them is used by at the end of each day, where that is the cash (days,)."""
    left, found = np.maximum(-closing, 0), []
    for each in overdrafts:
        used = np.minimum(left, each.limits)
        found.append(used)
        left = left - used
    return found


def owed_today(book: Book, facility: Facility) -> int:
    """What is owed on a line on the as-of date: its draws, or what an account is below zero."""
    if not facility.is_overdraft:
        return facility.balance
    found = overdrafts_of(book)
    used = overdrawn(found, np.full(book.horizon_days + 1, opening_cash(book)))
    pairs = zip(found, used, strict=True)
    return next(int(mine[0]) for each, mine in pairs if each.facility.id == facility.id)


def opening_cash(book: Book) -> int:
    """Own money that is pooled as cash on day 0."""
    return sum(a.balance for a in book.accounts if a.role is AccountRole.OPERATING)


class Charging:
    """The interest of overdrafts for several cases at once, asked for from day to day."""

    def __init__(self, book: Book, overdrafts: Sequence[Overdraft], cases: int) -> None:
        span = span_of(book)
        self._accounts = [
            _Account(span, each, cases, allowed_before(book, each.facility)) for each in overdrafts
        ]

    def morning(self, day: int) -> list[Ints]:
        """What each overdraft charges in each case on this day: (cases,), minor units."""
        return [each.charge(day) for each in self._accounts]

    def evening(self, day: int, closing: Ints) -> None:
        """Let the day end with this cash (cases,)."""
        left = np.maximum(-closing, 0)
        for each in self._accounts:
            left = left - each.run(day, left)


class _Account:
    """What one overdraft has run up since its last charge.

    `sums` are money × days by the share of interest of one night: exact sums, of whole numbers that
    fit, so that a charge is rounded once.
    """

    def __init__(self, span: Span, overdraft: Overdraft, cases: int, first: int) -> None:
        self.nights, self.unit = _nights(span, overdraft.facility)
        self.days = _charge_days(span, overdraft.facility)
        self.limits = np.broadcast_to(overdraft.limits, (cases, span.horizon_days + 1))
        self.first = first
        self.before = [_run_up(span, overdraft.facility)] * cases
        self.sums: dict[int, Ints] = {}
        self.none = np.zeros(cases, dtype=np.int64)

    def run(self, day: int, below: Ints) -> Ints:
        """Let so much (cases,) be below zero in the evening; what of it the overdraft takes."""
        used: Ints = np.minimum(below, self.limits[:, day])
        if used.any():
            share = self.nights[day]
            self.sums[share] = self.sums.get(share, self.none) + used
        return used

    def charge(self, day: int) -> Ints:
        """What is charged on a day: once a month, and when nothing may be used any more."""
        if not self.sums and not any(self.before):
            return self.none
        if day in self.days:
            due = np.arange(len(self.before))
        else:
            before = self.limits[:, day - 1] if day else self.first
            due = np.flatnonzero((self.limits[:, day] == 0) & (before > 0))
        return self._charge(due) if len(due) else self.none

    def _charge(self, due: Ints) -> Ints:
        found = self.none.copy()
        run_up = {share: sums[due].tolist() for share, sums in self.sums.items()}
        for place, case in enumerate(due.tolist()):
            total = self.before[case] + sum(n * each[place] for n, each in run_up.items())
            found[case] = half_up(total, self.unit)
            self.before[case] = 0
        self.sums = {share: _cleared(sums, due) for share, sums in self.sums.items()}
        self.sums = {share: sums for share, sums in self.sums.items() if sums.any()}
        return found


def _cleared(sums: Ints, which: Ints) -> Ints:
    left = sums.copy()
    left[which] = 0
    return left


@lru_cache(1000)
def _nights(span: Span, facility: Facility) -> tuple[list[int], int]:
    """The interest of one unit for the night after each day, in so many parts of one."""
    price = price_of(facility)
    dates = [span.date(day) for day in range(span.horizon_days + 2)]
    return [price.share(day, after) for day, after in pairwise(dates)], price.unit


def _run_up(span: Span, facility: Facility) -> int:
    """The interest run up before the as-of date and not yet charged, in the same parts."""
    price = price_of(facility)
    pieces = [each for each in facility.overdrawn if each.from_day < span.as_of]
    ends = [*(each.from_day for each in pieces), span.as_of][1:]
    return sum(
        each.amount * price.share(each.from_day, end)
        for each, end in zip(pieces, ends, strict=True)
    )


@lru_cache(1000)
def _charge_days(span: Span, facility: Facility) -> frozenset[int]:
    """Offsets of the days on which interest is charged."""
    first, on = add_months(span.as_of.replace(day=1), -1), facility.due_day or LAST_DAY_OF_MONTH
    months = (add_months(first, number) for number in range(span.horizon_days // 28 + 4))
    days = (clipped(month.year, month.month, on) for month in months)
    moved = (adjusted(day, facility.due_adjustment, span.calendar) for day in days)
    return frozenset(span.offset(day) for day in moved)


def last_charge(book: Book, overdraft: Overdraft, days: int) -> int:
    """The last of the first so many days on which it was charged, if anything had run up; below 0
    where none was."""
    limits = np.concatenate([[allowed_before(book, overdraft.facility)], overdraft.limits])[:-1]
    ended = np.flatnonzero((overdraft.limits == 0) & (limits > 0)).tolist()
    charged = [*_charge_days(span_of(book), overdraft.facility), *ended]
    return max((day for day in charged if 0 <= day < days), default=-1)


def interest(book: Book, overdrafts: Sequence[Overdraft], closing: Ints) -> list[Ints]:
    """What each overdraft charges on each day: (cases, days), minor units.

    `closing` is the cash at the end of each day without any of it: (cases, days).
    """
    cases, days = closing.shape
    charged = [np.zeros((cases, days), dtype=np.int64) for _ in overdrafts]
    if (closing >= 0).all() and not any(each.facility.overdrawn for each in overdrafts):
        return charged
    charging, carried = Charging(book, overdrafts, cases), np.zeros(cases, dtype=np.int64)
    for day in range(days):
        for mine, amounts in zip(charged, charging.morning(day), strict=True):
            mine[:, day] = amounts
            carried += amounts
        charging.evening(day, closing[:, day] - carried)
    return charged


def interest_block(facility: Facility, charged: Ints) -> Block:
    """The charges (days,) of one overdraft as flows: they hang on all that moves, not on it."""
    series = Series(
        record=facility.id,
        name=facility.name,
        kind=FlowKind.INTEREST,
        side=Side.PAYMENT,
        priority=repayment_priority(facility),
    )
    days = np.flatnonzero(charged).tolist()
    return block_of(series, [Flow(day, int(charged[day]), day, since=day) for day in days])
