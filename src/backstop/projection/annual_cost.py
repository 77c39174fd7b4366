"""The true annual cost of money: the internal rate of return of its dated flows (XIRR).

A rate, not an amount: floats are in order here and go back into no sum of money.
"""

import math
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from backstop.domain import Facility, Tranche
from backstop.projection.amortisation import Instalment, rounded
from backstop.projection.schedules import cash_advance, draw_schedule, tranche_schedule

_SAMPLE_DRAW = 10_000_000
"""Large enough that rounding to minor units does not show in a rate."""


def annual_cost(received: int, paid_back: Sequence[tuple[int, int]]) -> float:
    """The yearly rate at which `paid_back` (days later, amount) is worth `received` today.

    Effective, actual/365, as a fraction: 0.15 for 15 %. The root is bracketed and bisected, so it
    is found whenever one exists; -1 when nothing is paid back, infinity when nothing is received.
    """
    if not paid_back or sum(amount for _, amount in paid_back) <= 0:
        return -1.0
    if received <= 0:
        return float("inf")
    low, high = -0.999, 1.0
    while _present_value(paid_back, high) > received and high < 1e9:
        high *= 2
    for _ in range(200):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if _present_value(paid_back, middle) > received:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _present_value(flows: Sequence[tuple[int, int]], rate: float) -> float:
    return math.fsum(amount * math.exp(-math.log1p(rate) * days / 365) for days, amount in flows)


def facility_cost(facility: Facility, drawn: date) -> float:
    """The true annual cost of a new draw on the facility on that day, its fee included."""
    return draw_cost(facility, _SAMPLE_DRAW, drawn, facility.periods)


def draw_cost(facility: Facility, amount: int, drawn: date, periods: int) -> float:
    """The true annual cost of this draw, its fee included."""
    fee = rounded(amount * facility.draw_fee_percent / Decimal(100))
    instalments = draw_schedule(facility, amount, drawn, periods)
    return annual_cost(amount - fee, _dated(instalments, drawn))


def advance_cost(facility: Facility, drawn: date, amount: int = _SAMPLE_DRAW) -> float:
    """The true annual cost of cash drawn on a card that day, its fee included."""
    return annual_cost(
        amount, _dated(cash_advance(facility, amount, drawn, facility.periods), drawn)
    )


def tranche_cost(tranche: Tranche) -> float:
    """The true annual cost of what is still owed, from the month before its next instalment."""
    instalments = tranche_schedule(tranche)
    return annual_cost(tranche.principal, _dated(instalments, instalments[0].since))


def _dated(instalments: list[Instalment], drawn: date) -> list[tuple[int, int]]:
    return [((each.due - drawn).days, each.total) for each in instalments]
