"""Where a plan starts from: cash under the loss, what may still be used, which days matter."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from backstop.contingency import (
    Contingency,
    Obligation,
    Outcome,
    free_from,
    obligations,
    open_days,
    projection_under,
)
from backstop.contingency.availability import room_to_keep, room_under
from backstop.contingency.counted import lacking
from backstop.contingency.identity import SYSTEMIC_CAUSE
from backstop.domain import (
    Account,
    Book,
    CashFlow,
    Facility,
    Measure,
    MeasureKind,
)
from backstop.plan.lenders import near_lines
from backstop.projection import FlowKind, Ints, Projection, Side
from backstop.work import heeded

MOST_NEED_DAYS = 7
MOST_LATER_DAYS = 4
DAYS_OF_A_MONTH = 30

EARLY = 0.0002
"""What acting a whole horizon before the last moment counts as, as a share of the amount."""

FRICTION_SHARE = 200
"""A step is worth taking when it saves more than the largest need divided by this."""

_OF_THE_LOSS = (
    "under",
    "need_days",
    "friction",
    "payable",
    "low",
    "beyond_payments",
    "rooms",
    "near_lines",
)
"""What is worked out once for a loss, whatever the candidate days."""

QUARTER = 90
QUARTERS = 4
"""Stretches of so many days after the horizon, in each of which what a plan has yet to pay back
must be carried: one alone could be passed over by borrowing again for longer."""


@dataclass(frozen=True)
class Situation:
    """A loss, and `start`, the first day (offset) on which anything can be done about it: beyond
    the horizon where the book is older than that.

    `wanted` are further days on which the owner asks for money to arrive; `added` those that a look
    at what could be done has shown to matter. With `every_day`, all days and all payments are
    looked at, each by itself, and what offers share is left out: for bounds. Of very many lines
    those are looked at that are `named` or near the best.
    """

    projection: Projection
    outcome: Outcome
    start: int
    wanted: tuple[int, ...] = ()
    added: tuple[int, ...] = ()
    every_day: bool = False
    named: frozenset[str] = frozenset()

    @property
    def book(self) -> Book:
        """The book under the loss."""
        return self.projection.book

    @property
    def contingency(self) -> Contingency | None:
        """What is lost; None for the book as it is."""
        return self.outcome.contingency

    def adding(self, days: Iterable[int]) -> "Situation":
        """The same with further candidate days (offsets); what does not hang on them is kept."""
        return self._like(added=tuple(sorted({*self.added, *days})))

    def on_every_day(self) -> "Situation":
        """The same with all days and payments."""
        return self._like(every_day=True)

    def _like(self, **fields: Any) -> "Situation":
        other, known = replace(self, **fields), vars(self)
        vars(other).update({name: known[name] for name in _OF_THE_LOSS if name in known})
        return other

    @cached_property
    def under(self) -> Projection:
        """The book's flows under the loss: what each line's limit is taken up by."""
        if self.contingency is None:
            return self.projection
        return projection_under(self.projection, self.contingency)

    @cached_property
    def first(self) -> int:
        """The first day (offset) that counts: today, unless something was short before, which is
        still to be paid."""
        now = self.projection.now
        return 0 if (self.outcome.low[:now] < 0).any() else now

    @cached_property
    def _below(self) -> Ints:
        """What cash lies below the buffer on each day that counts: (days,)."""
        below: Ints = np.maximum(self.projection.buffer - self.outcome.low, 0)
        below[: self.first] = 0
        return below

    @cached_property
    def need_days(self) -> Ints:
        """Days on which cash falls deeper below the buffer than on any day before."""
        deeper = np.diff(np.maximum.accumulate(self._below), prepend=0)
        return np.flatnonzero(deeper)

    @cached_property
    def friction(self) -> int:
        """What a step has to save to be worth taking (minor units)."""
        return max(1, int(self._below.max()) // FRICTION_SHARE)

    @cached_property
    def dates(self) -> list[int]:
        """Candidate days for money to arrive: those of the need, those that were added to them, and
        those that the owner wants."""
        if self.every_day:
            return list(range(self.start, self.projection.days))
        further = (*self.wanted, *self.added)
        inside = [day for day in further if self.start <= day < self.projection.days]
        return sorted({*self._need_dates(), *inside})

    @cached_property
    def last_need(self) -> int:
        """The last day (offset) that what is done has to serve: that of the need, or of what a plan
        itself makes due."""
        if self.every_day:
            return self.projection.days - 1
        return max(int(self.need_days[-1]), *self.added, 0)

    def _need_dates(self) -> list[int]:
        """The first and the steepest need days, then the lowest days of later months, where what
        was borrowed has to be paid back."""
        if not len(self.need_days):
            return []
        fall = np.diff(self._below, prepend=0)[self.need_days]
        steepest = self.need_days[np.argsort(-fall, kind="stable")][: MOST_NEED_DAYS - 1]
        chosen = {int(self.need_days[0]), *steepest.tolist()}
        return sorted(chosen | set(self._later_lows(int(self.need_days[-1]))))

    def _later_lows(self, after: int) -> list[int]:
        """The lowest day of each thirty after the last need day, the lowest of these first: by what
        cash is above the buffer."""
        low = self.outcome.low - self.projection.buffer
        starts = range(after + 1, len(low), DAYS_OF_A_MONTH)
        days = [s + int(np.argmin(low[s : s + DAYS_OF_A_MONTH])) for s in starts]
        return sorted(days, key=lambda day: (int(low[day]), day))[:MOST_LATER_DAYS]

    @cached_property
    def payable(self) -> list[Obligation]:
        """Everything due under the loss, from day 0 to the horizon. What is yet to be bought by a
        line counts as that purchase: it can still be left."""
        return obligations(self.projection, self.contingency, unmade=self.start)

    def due_from(self, day: int) -> Sequence[Obligation]:
        """What is due on that day (offset) or after it, by day."""
        return self.payable[bisect_left(self.payable, day, key=lambda each: each.day) :]

    @cached_property
    def low(self) -> Ints:
        """Each day's lowest cash under the loss, then one entry for each quarter after the horizon.

        No cliff is pushed past the horizon: what a plan makes due in the year beyond it has to be
        met from the cash that is left on the last day, and from what each quarter can be expected
        to leave over.
        """
        afterwards = self.outcome.low[-1] + np.cumsum(self._left_over())
        return np.concatenate([self.outcome.low, afterwards])

    def _left_over(self) -> Ints:
        """What each quarter after the horizon leaves over: as much as the average day from now to
        it, with receipts as late and as short as the book counts on them, less instalments still
        owed then; never less than nothing, which is not the plan's doing."""
        flows, days = self.under.flows, self.projection.days
        own = {flow.id for flow in self.book.cash_flows}
        of_debts = np.array([each.record not in own for each in flows.descriptions], np.bool_)
        debts, paid = of_debts[flows.series], flows.side == Side.PAYMENT
        now = self.projection.now
        inside = (now <= flows.day) & (flows.day < days)
        after = (flows.day - days) // QUARTER
        received = int(flows.amount[inside & (flows.side == Side.RECEIPT)].sum())
        spent = int(flows.amount[inside & paid & ~debts].sum())
        earned = (received - spent) * QUARTER // (days - now)
        owed = [int(flows.amount[(after == n) & paid & debts].sum()) for n in range(QUARTERS)]
        return np.maximum(earned - np.array(owed, dtype=np.int64), 0)

    def earliness(self, day: int) -> float:
        """What acting on that day and not at the last moment counts as, as a share of the amount:
        of two actions that do equally well, the later one is preferred."""
        last = self.projection.days
        return EARLY * (last - day) / (last - self.projection.now)

    def period(self, day: int) -> int | None:
        """The entry of `low` in which money moved on that day counts; None where it does not."""
        days = self.projection.days
        if day < days:
            return day
        quarter = (day - days) // QUARTER
        return days + quarter if quarter < QUARTERS else None

    @cached_property
    def beyond_payments(self) -> Ints:
        """What cash is below zero in each entry of `low` even if nothing were paid: an account
        overdrawn from the start. No choice of payments to miss can cover it."""
        paid = np.zeros_like(self.low)
        if (self.low >= 0).all():
            return paid
        for each in self.due_from(self.first):
            paid[each.day] += each.amount
        uncovered: Ints = np.maximum(-(self.low + np.cumsum(paid)), 0)
        return uncovered

    @cached_property
    def movable(self) -> list[tuple[Obligation, CashFlow]]:
        """Payments in cash that could still be arranged otherwise while the need lasts."""
        if not len(self.need_days):
            return []
        records = self.book.by_id
        return [
            (each, flow)
            for each in self.payable
            if each.kind is FlowKind.PAYMENT
            and self.start <= each.day <= self.last_need
            and isinstance(flow := records[each.record], CashFlow)
        ]

    def usable(self, facility: Facility) -> bool:
        """Whether the line lacks nothing. What fails when everyone needs it is left out where
        everyone does; an overdraft is no line to draw on, but how low cash may fall; and an
        advance on takings has no schedule that a plan could choose by."""
        fails = facility.systemic and self.is_systemic
        return not (
            fails or facility.is_overdraft or facility.is_repaid_by_takings
        ) and not lacking(facility, self.book.unsure_sources)

    @cached_property
    def rooms(self) -> dict[str, list[int]]:
        """For each line that is usable, what could be drawn on each day and stay drawn (minor
        units), under the limits that the loss leaves; never below nothing."""
        return {
            line.id: stays_free(room_under(self.under, self.contingency, line))
            for line in heeded(self.book.facilities)
            if self.usable(line)
        }

    @cached_property
    def near_lines(self) -> frozenset[str]:
        """The lines that a plan is chosen among."""
        lines = [line for line in self.book.facilities if self.usable(line)]
        opening = {line.id: self.opening(line, self._need_dates()) for line in heeded(lines)}
        on, need = self.projection.date_of(self.start), self.friction * FRICTION_SHARE
        return near_lines(lines, self.rooms, opening, need, on)

    def considers(self, facility: Facility) -> bool:
        """Whether the line is usable, and among those that are looked at."""
        if not self.usable(facility):
            return False
        return self.every_day or facility.id in self.named or facility.id in self.near_lines

    @property
    def is_systemic(self) -> bool:
        """Whether others are hit as well: more lenders follow, or everyone needs money at once."""
        loss = self.contingency
        return loss is not None and (loss.cascade is not None or loss.cause == SYSTEMIC_CAUSE)

    def measures(self, kind: MeasureKind) -> Iterator[tuple[Measure, int]]:
        """The book's measures of one kind, each with the first day on which it can bring money."""
        for each in self.book.measures:
            if each.kind is kind and not each.is_used_up:
                left = each.changed(amount=each.left) if each.used_amount else each
                yield left, self.start + each.lead_days

    def dates_from(self, first: int, most: int) -> list[int]:
        """So many of the candidate days from one on, and those that the owner wants."""
        return self.some_of([day for day in self.dates if day >= first], most)

    def some_of(self, days: Sequence[int], most: int) -> list[int]:
        """The first and the last of these days, others between, `most` in all; besides, those on
        which the owner wants something."""
        if self.every_day or len(days) <= most:
            return list(days)
        places = {round(n * (len(days) - 1) / (most - 1)) for n in range(most)}
        return sorted({days[place] for place in places} | {*days} & {*self.wanted})

    def shared(self, days: Sequence[int]) -> Sequence[int]:
        """Those of these days on which what offers share is looked at."""
        return () if self.every_day else days

    def most(self, count: int) -> int | None:
        """How many of something are looked at, for a slice; None is all."""
        return None if self.every_day else count

    def opening(self, facility: Facility, days: Iterable[int]) -> list[int]:
        """Those days on which the line's money can have arrived: it was asked for after the start
        and after the loss of the line was over, or arrives before the line goes."""
        lead_days = facility.lead_days or 0
        opened = open_days(self.projection, self.contingency, facility)
        asked = ((day, day - lead_days) for day in days)
        return [
            day for day, start in asked if start >= self.start and opened[start : day + 1].all()
        ]

    def releasable(self, account: Account) -> list[int]:
        """Candidate days on which a reserve's money can have arrived."""
        free = max(self.start, free_from(self.book, self.contingency, account))
        return [day for day in self.dates if day >= free + account.lead_days]


def stays_free(room: Ints) -> list[int]:
    """For each day what is free then and stays free: the least of it and all after, never below
    nothing (minor units)."""
    return [int(least) for least in np.maximum(room_to_keep(room), 0)]


def situation_of(
    projection: Projection,
    outcome: Outcome,
    wanted: tuple[int, ...] = (),
    named: frozenset[str] = frozenset(),
) -> Situation:
    """Where a plan for this loss starts from: nothing is done before it, nor in the past."""
    lost = outcome.contingency.loss_day if outcome.contingency else 0
    return Situation(projection, outcome, max(lost, projection.start), wanted, named=named)
