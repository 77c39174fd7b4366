"""Random overdrafts for random books."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backstop.domain import Facility, Overdrawn, RatePer, RepaymentMethod

if TYPE_CHECKING:
    from oracle.random_books import Maker


def overdraft(maker: Maker, name: str) -> Facility:
    """One with some days below zero before the as-of date."""
    per = maker.one_of((RatePer.YEAR, RatePer.DAY))
    days = sorted({maker.near(40, -1) for _ in range(2)})
    return Facility(
        id=name,
        name=name,
        limit=10**12,
        method=RepaymentMethod.OVERDRAFT,
        rate_per=per,
        rate_percent=maker.rate(per),
        day_count=maker.count,
        due_day=maker.random.choice((None, 1, 20, 30)),
        overdrawn=tuple(Overdrawn(from_day=day, amount=maker.money()) for day in days),
    )
