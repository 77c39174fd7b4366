"""Shortfalls in figures, for many contingencies at once, and what bounces in one of them."""

from dataclasses import dataclass

import numpy as np

from backstop.contingency.changes import Changes
from backstop.contingency.elements import Contingency
from backstop.contingency.losses import changes, low_after
from backstop.contingency.obligations import Bounced, bounced_by
from backstop.projection import Ints, Projection


@dataclass(frozen=True)
class Outcome:
    """What one contingency does when nothing is done about it (R0).

    Days are offsets from the as-of date, None where it never comes to that; money is in minor
    units. `shortfall_days` adds up the shortfall of each day (money x days).
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
    bounced: tuple[Bounced, ...]

    @property
    def hurts(self) -> bool:
        """Whether something cannot be paid."""
        return self.first_shortfall is not None

    @property
    def touches_buffer(self) -> bool:
        return self.first_below_buffer is not None

    @property
    def missed(self) -> tuple[int, int, int]:
        """Bounced amounts by priority class, the most important first."""
        sums = [0, 0, 0]
        for each in self.bounced:
            sums[each.priority - 1] += each.missed
        return sums[0], sums[1], sums[2]


def base_outcome(projection: Projection) -> Outcome:
    """The figures of the projection as it stands, with every line open."""
    return outcome_of(projection, None, projection.low)


def outcomes(projection: Projection, contingencies: list[Contingency]) -> list[Outcome]:
    """R0 for each contingency, in the order given."""
    if not contingencies:
        return []
    found = changes(projection, contingencies)
    low = low_after(projection, contingencies, found)
    return [
        outcome_of(projection, each, row, found.of(case) if (row < 0).any() else None)
        for case, (each, row) in enumerate(zip(contingencies, low, strict=True))
    ]


def outcome_of(
    projection: Projection,
    contingency: Contingency | None,
    low: Ints,
    found: Changes | None = None,
) -> Outcome:
    """The figures of one row of daily lowest cash (days,). `found` are the changes of flows that
    the contingency makes, where they are known already."""
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
        lowest_cash=lowest,
        lowest_day=lowest_day,
        bounced=bounced_by(projection, contingency, low, found) if hurts else (),
    )
