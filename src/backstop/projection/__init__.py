"""Records to dated flows to daily balances. Pure arithmetic in whole minor units and days."""

from backstop.projection.amortisation import (
    Instalment,
    bill_due,
    draw_schedule,
    tranche_schedule,
)
from backstop.projection.annual_cost import annual_cost, facility_cost
from backstop.projection.balances import (
    Projection,
    headroom,
    opening_cash,
    project,
    projection_of,
    usage,
)
from backstop.projection.columns import Flow, FlowKind, FlowTable, Ints, Series, Side
from backstop.projection.recurrence import next_dates, occurrences

__all__ = [
    "Flow",
    "FlowKind",
    "FlowTable",
    "Instalment",
    "Ints",
    "Projection",
    "Series",
    "Side",
    "annual_cost",
    "bill_due",
    "draw_schedule",
    "facility_cost",
    "headroom",
    "next_dates",
    "occurrences",
    "opening_cash",
    "project",
    "projection_of",
    "tranche_schedule",
    "usage",
]
