"""Draws repaid by a share of takings: what is kept back of each receipt until a fixed total is
reached. The rows hang on their receipts: where these come later or less, so do they.

A merchant cash advance costs a factor of what is advanced, and takes a percentage of sales as they
come (for example Square Loans: 10,000 for 11,400, by 14 % of card sales).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil
from typing import NamedTuple

from backstop.domain import CashFlow, Direction, Facility, PlannedDraw, Tranche
from backstop.domain.takings import fixed_total
from backstop.projection.amortisation import half_up
from backstop.projection.columns import BEFORE, Flow

NO_END = 3650
"""Days after the horizon at which what no receipt repays is listed."""

_WHOLE = 100 * 10**8


class Receipt(NamedTuple):
    """One receipt: of which record, into which account, when (day offset), how much (minor
    units)."""

    record: str
    through: str
    day: int
    amount: int


@dataclass(frozen=True)
class Advance:
    """One draw: when it `began` (day offset, long past for what is owed from the start), what was
    drawn, what it costs in all (`total`), and what of that is repaid (minor units)."""

    began: int
    principal: int
    total: int
    repaid: int = 0
    debt: int = 0

    def principal_in(self, repaid: int) -> int:
        """How much of the principal so much of the total repays: its share, half up."""
        return half_up(self.principal * repaid, self.total)


@dataclass(frozen=True)
class Takings:
    """What repays the draws of a line: its `receipts`, and the `advances` of each of the `records`
    (tranches, then planned draws). A book shows so many `days`."""

    facility: Facility
    days: int
    receipts: tuple[Receipt, ...]
    records: tuple[Tranche | PlannedDraw, ...]
    advances: tuple[tuple[Advance, ...], ...]

    def repaid(
        self,
        advance: Advance,
        receipts: Iterable[Receipt] | None = None,
        called: int | None = None,
    ) -> list[Flow]:
        """What repays one draw, of these receipts or of all."""
        taken = self.receipts if receipts is None else receipts
        return repayments(advance, self.facility.takings_percent, taken, self.days, called)


def advance_on(facility: Facility, amount: int, day: int, debt: int) -> Advance:
    """A draw of so much on a day, by the terms of its line."""
    return Advance(day, amount, fixed_total(amount, facility.rate_percent), debt=debt)


def advance_of(tranche: Tranche) -> Advance:
    """A draw that is owed from the start."""
    drawn = tranche.original_principal or tranche.principal
    total = fixed_total(drawn, tranche.rate_percent)
    return Advance(BEFORE, drawn, total, tranche.takings_repaid)


def is_taken_from(facility: Facility, flow: CashFlow) -> bool:
    """Whether a share of this receipt repays the line."""
    if flow.direction is not Direction.RECEIPT:
        return False
    into = not facility.takings_into or flow.through == facility.takings_into
    return into and (
        not facility.takings_tags or not set(facility.takings_tags).isdisjoint(flow.tags)
    )


def repayments(
    advance: Advance, percent: Decimal, receipts: Iterable[Receipt], days: int, called: int | None
) -> list[Flow]:
    """What is kept back for one draw: amounts below zero, on the days of the receipts.

    On the day on which it is `called` all that is left is due at once: an amount above zero. What
    is left on the last of the `days` is listed after it, as far on as the pace so far asks for.
    """
    share, kept = int(percent * 10**8), defaultdict[int, int](int)
    for each in receipts:
        if each.day > advance.began and (called is None or each.day <= called):
            kept[each.day] += half_up(each.amount * share, _WHOLE)
    flows, repaid = list[Flow](), advance.repaid
    for day in sorted(day for day in kept if day < days):
        amount = min(kept[day], advance.total - repaid)
        flows += _flow(advance, day, -amount, repaid)
        repaid += amount
    rest, taken = advance.total - repaid, repaid - advance.repaid
    if called is not None and called < days:
        return [*flows, *_flow(advance, called, rest, repaid)]
    pace = min(ceil(rest * days / taken), NO_END) if taken else NO_END
    return [*flows, *_flow(advance, days - 1 + max(1, pace), -rest, repaid)]


def _flow(advance: Advance, day: int, amount: int, repaid: int) -> Sequence[Flow]:
    if not amount:
        return ()
    before, after = (advance.principal_in(each) for each in (repaid, repaid + abs(amount)))
    owed = advance.principal - before
    return (Flow(day, amount, advance.began, after - before, 0, day, advance.debt, owed, day),)
