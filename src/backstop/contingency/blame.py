"""What a loss itself is to blame for, where something falls short though nothing is lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from backstop.contingency.obligations import Bounced
    from backstop.projection import Ints, Projection


@dataclass(frozen=True, slots=True)
class Shortfall:
    """`amount` is missing on the first `day` on which anything is, `most` by `worst_day`: days are
    offsets, money is in minor units."""

    day: int
    amount: int
    most: int
    worst_day: int

    @property
    def grows(self) -> bool:
        """Whether more is missing later than on the first day."""
        return self.most != self.amount


Missed = Mapping[tuple[str, str, int], int]
"""How much of each payment (its record, its kind, its day) is missed, in minor units."""


def missed_by_payment(bounced: Iterable[Bounced]) -> Missed:
    """What is missed of each payment."""
    return {_key(each): each.missed for each in bounced}


def beyond(bounced: Iterable[Bounced], anyway: Missed) -> tuple[Bounced, ...]:
    """What bounces that would not bounce anyway: of each payment what more of it is missing."""
    more = ((each, each.missed - anyway.get(_key(each), 0)) for each in bounced)
    return tuple(
        each if missed == each.missed else replace(each, missed=missed)
        for each, missed in more
        if missed > 0
    )


def shortfall_of(missed: Sequence[Bounced]) -> Shortfall | None:
    """When these payments begin to be missed, and how much they come to; None without any."""
    if not missed:
        return None
    first = min(each.day for each in missed)
    return Shortfall(
        day=first,
        amount=sum(each.missed for each in missed if each.day == first),
        most=sum(each.missed for each in missed),
        worst_day=max(each.day for each in missed),
    )


def beyond_base(projection: Projection, low: Ints) -> Ints:
    """Each day's lowest cash under losses (losses, days) as it is where nothing falls short anyway;
    else what is unpaid by each day beyond what would be anyway, below zero."""
    if (projection.spendable >= 0).all():
        return low
    unpaid = np.maximum.accumulate(np.maximum(-low, 0), axis=-1)
    anyway = np.maximum.accumulate(np.maximum(-projection.spendable, 0))
    found: Ints = anyway - unpaid
    return found


def _key(each: Bounced) -> tuple[str, str, int]:
    owed = each.obligation
    return owed.record, owed.kind, owed.day
