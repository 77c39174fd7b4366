"""Records to dated flows to daily balances. Pure arithmetic in whole minor units and days."""

from backstop.projection.accounts import Accounts, main_account, moved_by_account
from backstop.projection.amortisation import Instalment, Period, Price
from backstop.projection.annual_cost import (
    advance_cost,
    annual_cost,
    draw_cost,
    facility_cost,
    tranche_cost,
)
from backstop.projection.balances import (
    Projection,
    advance_headroom,
    headroom,
    limits_of,
    project,
    projection_of,
    room_within,
    usage,
)
from backstop.projection.calendars import Calendar, calendar_of
from backstop.projection.card_schedules import minimum_payments
from backstop.projection.columns import Flow, FlowKind, FlowTable, Ints, Series, Side
from backstop.projection.cycle import bill_due
from backstop.projection.dues import (
    amount_on,
    amounts_due,
    due_days,
    overdue_occurrences,
    taken_as_paid,
)
from backstop.projection.overdrafts import opening_cash, owed_today
from backstop.projection.recurrence import Occurrence, occurrences, upcoming
from backstop.projection.schedules import (
    cash_advance,
    cash_schedule,
    draw_schedule,
    interest_free_days,
    tranche_schedule,
)

__all__ = [
    "Accounts",
    "Calendar",
    "Flow",
    "FlowKind",
    "FlowTable",
    "Instalment",
    "Ints",
    "Occurrence",
    "Period",
    "Price",
    "Projection",
    "Series",
    "Side",
    "advance_cost",
    "advance_headroom",
    "amount_on",
    "amounts_due",
    "annual_cost",
    "bill_due",
    "calendar_of",
    "cash_advance",
    "cash_schedule",
    "draw_cost",
    "draw_schedule",
    "due_days",
    "facility_cost",
    "headroom",
    "interest_free_days",
    "limits_of",
    "main_account",
    "minimum_payments",
    "moved_by_account",
    "occurrences",
    "opening_cash",
    "overdue_occurrences",
    "owed_today",
    "project",
    "projection_of",
    "room_within",
    "taken_as_paid",
    "tranche_cost",
    "tranche_schedule",
    "upcoming",
    "usage",
]
