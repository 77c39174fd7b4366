"""Shortfalls in figures, for many contingencies at once, and what bounces in one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain

import numpy as np

from backstop.contingency.blame import Missed, Shortfall, beyond, missed_by_payment, shortfall_of
from backstop.contingency.elements import Contingency
from backstop.contingency.losses import low_under
from backstop.contingency.obligations import Bounced, Payables, bounced_by
from backstop.contingency.overdrafts import floor_under
from backstop.projection import Ints, Projection


@dataclass(frozen=True)
class Outcome:
    """What one contingency does: when nothing is done about it (R0), under the owner's standing
    rule (R1), or with a plan (R2).

    Days are offsets from the as-of date, None where it never comes to that; money is in minor
    units. `low` is what is left to be paid out on each day, `floor` how low cash may fall: zero
    without an overdraft; `cash` is what there is. `shortfall_days` adds up the shortfall of each
    day (money x days). `chosen` is what a plan leaves unpaid (see `leaving`). `anyway` is the
    outcome with every line open, where something cannot be paid even then. `payables` are what is
    payable with nothing lost, where other losses know it too.
    """

    contingency: Contingency | None
    low: Ints
    first_shortfall: int | None
    largest_gap: int
    largest_gap_day: int | None
    days_short: int
    shortfall_days: int
    first_below_buffer: int | None
    days_below_buffer: int
    lowest_cash: int
    lowest_day: int
    projection: Projection = field(repr=False)
    floor: Ints = field(repr=False)
    chosen: tuple[Bounced, ...] | None = None
    anyway: Outcome | None = field(default=None, repr=False)
    payables: Payables | None = field(default=None, repr=False, compare=False)

    @property
    def bounced(self) -> tuple[Bounced, ...]:
        """Who is not paid: what a plan chose, or else what the day on which it falls decides."""
        if self.chosen is not None:
            return self.chosen
        return tuple(chain.from_iterable(self._laid))

    @cached_property
    def _laid(self) -> tuple[Sequence[Bounced], ...]:
        """Who is not paid where nobody chose, day by day. What other losses leave unpaid too is
        the same list: with thousands of losses there is no room for each to have its own.

        Named only when asked: with hundreds of losses nobody reads more than a few.
        """
        if not self.hurts:
            return ()
        return bounced_by(self.projection, self.contingency, self.low, self.payables)

    @cached_property
    def added(self) -> tuple[Bounced, ...]:
        """Who is not paid because of this loss: all but what is not paid with every line open."""
        if self.anyway is None:
            return self.bounced
        if self.chosen is not None or self.anyway.chosen is not None:
            return beyond(self.bounced, self.anyway.missed_of_each)
        known = {id(each) for each in self.anyway._laid}
        others = chain.from_iterable(each for each in self._laid if id(each) not in known)
        return beyond(others, self.anyway.missed_of_each)

    @cached_property
    def missed_of_each(self) -> Missed:
        """What of each payment is missed."""
        return missed_by_payment(self.bounced)

    @property
    def adds(self) -> bool:
        """Whether this loss is to blame for something that cannot be paid."""
        return self.hurts if self.anyway is None else bool(self.added)

    @property
    def shortfall(self) -> Shortfall | None:
        """How much is missing because of this loss, on the first day and at the worst."""
        if self.anyway is not None or self.chosen is not None:
            return shortfall_of(self.added)
        if self.first_shortfall is None or self.largest_gap_day is None:
            return None
        first = self.first_shortfall
        return Shortfall(first, -int(self.low[first]), self.largest_gap, self.largest_gap_day)

    @property
    def cash(self) -> Ints:
        """Each day's lowest cash, below zero in an overdraft: (days,), minor units."""
        return self.low + self.floor

    @property
    def survival_days(self) -> int | None:
        """Days from the loss to the first shortfall; None when all of them are survived."""
        start = self.contingency.loss_day if self.contingency else 0
        return None if self.first_shortfall is None else max(0, self.first_shortfall - start)

    @cached_property
    def buffer_days(self) -> int:
        """What cash lies below the buffer, added up over days (money x days)."""
        return int(np.maximum(self.projection.buffer - self.low, 0).sum())

    @property
    def reserve_needed(self) -> int:
        """What more in hand on day 0 would keep cash at the buffer: max of buffer less cash."""
        return max(0, int((self.projection.buffer - self.low).max()))

    @property
    def income_lost(self) -> int:
        """Income that goes with the payments that bounce, in full for each of them."""
        return sum(each.obligation.income_lost for each in self.bounced)

    @property
    def hurts(self) -> bool:
        """Whether something cannot be paid."""
        return self.first_shortfall is not None

    @cached_property
    def barest_day(self) -> int:
        """The first day on which cash is furthest below what is to be kept, or nearest to it."""
        return int(np.argmax(self.projection.buffer - self.low))

    @property
    def barest_cash(self) -> int:
        """Cash on that day."""
        return int(self.cash[self.barest_day])

    @property
    def wanted_then(self) -> int:
        """What is to be kept on that day."""
        return int(self.projection.buffer[self.barest_day])

    @property
    def margin(self) -> int:
        """What is left to be paid out then, above it; below 0 where it is less."""
        return int(self.low[self.barest_day]) - self.wanted_then

    @property
    def touches_buffer(self) -> bool:
        """Whether cash falls below the owner's minimum on some day."""
        return self.first_below_buffer is not None

    def leaving(self, chosen: tuple[Bounced, ...]) -> Outcome:
        """The same where a plan does not pay these: cash is what is then kept, and what is short is
        what is left unpaid, from the day on which it is due."""
        unpaid = np.zeros_like(self.low)
        for each in chosen:
            unpaid[each.day :] += each.missed
        kept = outcome_of(self.projection, self.contingency, self.low + unpaid, self.payables)
        kept = replace(kept, chosen=chosen)
        if not chosen:
            return kept
        return replace(
            kept,
            first_shortfall=min(each.day for each in chosen),
            largest_gap=int(unpaid[-1]),
            largest_gap_day=max(each.day for each in chosen),
            days_short=int(np.count_nonzero(unpaid)),
            shortfall_days=int(unpaid.sum()),
        )

    @cached_property
    def missed(self) -> tuple[int, int, int]:
        """Bounced amounts by priority class, the most important first."""
        sums = [0, 0, 0]
        for each in self.bounced:
            sums[each.priority - 1] += each.missed
        return sums[0], sums[1], sums[2]


def base_outcome(projection: Projection, payables: Payables | None = None) -> Outcome:
    """The figures of the projection as it stands, with every line open."""
    return outcome_of(projection, None, projection.spendable, payables)


def outcomes(projection: Projection, contingencies: list[Contingency]) -> list[Outcome]:
    """R0 for each contingency, in the order given."""
    if not contingencies:
        return []
    due, low = Payables(projection), low_under(projection, contingencies)
    anyway, pairs = base_outcome(projection, due), zip(contingencies, low, strict=True)
    found = [outcome_of(projection, each, row, due) for each, row in pairs]
    return [replace(each, anyway=anyway) for each in found] if anyway.hurts else found


def outcome_of(
    projection: Projection,
    contingency: Contingency | None,
    low: Ints,
    payables: Payables | None = None,
) -> Outcome:
    """The figures of one row of what is left to be paid out each day (days,)."""
    floor = floor_under(projection, contingency)
    short, below = low < 0, low < projection.buffer
    lowest_day = int(np.argmin(low))
    lowest = int(low[lowest_day])
    hurts = lowest < 0
    return Outcome(
        contingency=contingency,
        low=low,
        first_shortfall=int(np.argmax(short)) if hurts else None,
        largest_gap=max(0, -lowest),
        largest_gap_day=lowest_day if hurts else None,
        days_short=int(np.count_nonzero(short)),
        shortfall_days=-int(low[short].sum()),
        first_below_buffer=int(np.argmax(below)) if below.any() else None,
        days_below_buffer=int(np.count_nonzero(below)),
        lowest_cash=lowest + int(floor[lowest_day]),
        lowest_day=lowest_day,
        projection=projection,
        floor=floor,
        payables=payables,
    )
