"""Every record of the book, expanded once into dated flows held in columns.

A flow hangs on at most one element (a facility or an account): close the element on day τ, and the
flows that *began* on τ or later are gone, each instalment with its draw. What was owed before day 0
began `BEFORE` it. Purchases that a lost line would have paid fall back on cash on their own day.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import numpy as np

from backstop.domain import (
    Adjustment,
    Book,
    CashFlow,
    Direction,
    Facility,
    FacilityKind,
    PlannedDraw,
    Priced,
    Priority,
    Recurring,
    RepaymentMethod,
    Tranche,
)
from backstop.projection.amortisation import Instalment, rounded, statement_due
from backstop.projection.calendars import Calendar, adjusted, calendar_of
from backstop.projection.columns import BEFORE, Block, Flow, FlowKind, Ints, Series, Side, block_of
from backstop.projection.recurrence import Dues, add_months, clipped, due_days
from backstop.projection.schedules import (
    advance_price,
    cash_schedule,
    draw_schedule,
    listed_price,
    paid_in_full,
    paid_on,
    running_price,
    tranche_schedule,
)

KEPT = 20_000
"""Expansions kept in memory for each kind of record: a large book and its recent edits."""

TOGETHER = 100
"""Receipts and payments in cash that are expanded, and kept, together: one record costs little
more than its share, and an edit expands only its neighbours again."""


@dataclass(frozen=True, slots=True)
class Span:
    """The days that a projection covers, and the calendar that it follows."""

    as_of: date
    horizon_days: int
    calendar: Calendar

    def offset(self, day: date) -> int:
        """A date as an offset from the as-of date."""
        return (day - self.as_of).days

    def date(self, offset: int) -> date:
        """The date of an offset from the as-of date."""
        return self.as_of + timedelta(days=offset)

    def due(self, rule: Recurring, late: int = 0) -> Dues:
        """When the rule is due within the span, so many days late."""
        return due_days(rule, self.as_of, self.horizon_days, self.calendar, late)


def span_of(book: Book) -> Span:
    """From the as-of date of the book to its horizon, by its calendar."""
    return Span(book.as_of, book.horizon_days, calendar_of(book))


def expand(book: Book) -> Iterator[Block]:
    """Each record's series and flows from the as-of date to the horizon.

    Records are frozen, so what one expands to is kept: after an edit only the changed ones are
    expanded again.
    """
    span = span_of(book)
    facilities = {facility.id: facility for facility in book.facilities}
    for facility in book.facilities:
        for tranche in facility.tranches:
            yield _tranche(span, facility, tranche)
    for draw in book.planned_draws:
        yield from _planned_draw(span, facilities[draw.facility], draw)
    in_cash = []
    for flow in book.cash_flows:
        if flow.through in facilities:
            yield _purchase(span, facilities[flow.through], flow)
        else:
            in_cash.append(flow)
    for start in range(0, len(in_cash), TOGETHER):
        yield _in_cash(span, tuple(in_cash[start : start + TOGETHER]))


def repayment_priority(facility: Facility) -> Priority:
    """Debt must be met, save what is owed to family and friends, who can be talked to."""
    informal = facility.kind is FacilityKind.INFORMAL
    return Priority.IMPORTANT if informal else Priority.MUST


@lru_cache(KEPT)
def _tranche(span: Span, facility: Facility, tranche: Tranche) -> Block:
    series = Series(
        record=facility.id,
        name=tranche.name,
        kind=_debt_kind(facility),
        side=Side.PAYMENT,
        element=facility.id,
        priority=repayment_priority(facility),
        price=listed_price(tranche),
    )
    flows = _repayments(span, tranche_schedule(tranche, span.as_of), tranche, BEFORE, 0)
    return block_of(series, flows)


def _debt_kind(facility: Facility) -> FlowKind:
    cycle = facility.method is RepaymentMethod.STATEMENT_CYCLE
    return FlowKind.BILL if cycle else FlowKind.INSTALMENT


@lru_cache(KEPT)
def _planned_draw(span: Span, facility: Facility, draw: PlannedDraw) -> tuple[Block, Block]:
    received, repaid, due = [], [], span.due(draw)
    for number, (day, late) in enumerate(zip(due.days.tolist(), due.overdue.tolist(), strict=True)):
        drawn = span.date(day)
        net = net_of_fee(facility, draw.amount)
        received.append(Flow(day, net, day, draw.amount, late, since=day, debt=number))
        made = cash_schedule(facility, draw.amount, drawn, draw.periods)
        repaid += _repayments(span, made, facility, day, number)
    return (
        block_of(Series(draw.id, draw.name, FlowKind.DRAW, Side.FUNDING, facility.id), received),
        block_of(
            Series(
                draw.id,
                draw.name,
                FlowKind.INSTALMENT,
                Side.PAYMENT,
                facility.id,
                repayment_priority(facility),
                price=advance_price(facility)
                if facility.purchases_only
                else running_price(facility),
            ),
            repaid,
        ),
    )


def _repayments(
    span: Span, made: list[Instalment], terms: Priced, began: int, debt: int
) -> list[Flow]:
    """What is paid back of one debt; what should have been before day 0 is due on it."""
    flows, owed = [], sum(each.principal for each in made)
    moves = terms.due_adjustment is not Adjustment.NONE
    for due, principal, interest, since in made:
        until, amount = span.offset(due), principal + interest
        day = span.offset(paid_on(terms, due, span.calendar)) if moves else until
        late, from_day = int(day < 0), span.offset(since)
        flows.append(Flow(max(day, 0), amount, began, principal, late, from_day, debt, owed, until))
        owed -= principal
    return flows


def net_of_fee(facility: Facility, amount: int) -> int:
    """What arrives of a draw after the fee that is kept back; that of a cash advance is billed."""
    if facility.purchases_only:
        return amount
    return amount - rounded(amount * facility.draw_fee_percent / 100)


@lru_cache(KEPT)
def _purchase(span: Span, facility: Facility, flow: CashFlow) -> Block:
    series = Series(
        record=flow.id,
        name=flow.name,
        kind=FlowKind.BILL,
        side=Side.PAYMENT,
        element=facility.id,
        priority=flow.priority,
        partly_payable=flow.partly_payable,
        falls_back=True,
        income_lost=flow.income_lost_if_missed,
        price=running_price(facility),
    )
    days = span.due(flow).days
    if paid_in_full(facility):
        due, amount = _bill_days(span, facility, days), np.full(len(days), flow.amount)
        none = np.zeros_like(days)
        columns = due, amount, days, amount, none, days, np.arange(len(days)), amount, due
        return Block((series,), np.array([len(days)]), np.stack(columns))
    flows = []
    for number, bought in enumerate(days.tolist()):
        made = draw_schedule(facility, flow.amount, span.date(bought), facility.periods)
        flows += _repayments(span, made, facility, bought, number)
    return block_of(series, flows)


def _bill_days(span: Span, facility: Facility, bought: Ints) -> Ints:
    """The days on which the bills for purchases of those days are due."""
    assert facility.statement_day is not None  # the record's own check: a cycle has both days
    assert facility.due_day is not None
    statements, dues = _bills(
        span, facility.statement_day, facility.due_day, facility.due_adjustment
    )
    found: Ints = dues[np.searchsorted(statements, bought, side="right")]
    return found


@lru_cache(KEPT)
def _bills(
    span: Span, statement_day: int, due_day: int, adjustment: Adjustment
) -> tuple[Ints, Ints]:
    """Offsets of the statements that purchases in the span fall on, and of their due days."""
    months = range(span.horizon_days // 28 + 3)
    begins = (add_months(span.as_of.replace(day=1), number) for number in months)
    statements = [clipped(begin.year, begin.month, statement_day) for begin in begins]
    dues = [
        adjusted(statement_due(each, due_day), adjustment, span.calendar) for each in statements
    ]
    first, second = ([span.offset(each) for each in days] for days in (statements, dues))
    return np.array(first), np.array(second)


@lru_cache(KEPT // TOGETHER)
def _in_cash(span: Span, flows: tuple[CashFlow, ...]) -> Block:
    """Receipts, as late as they usually are and only the share that is counted on, and payments."""
    dues = [span.due(flow, _lateness(flow)) for flow in flows]
    counts = np.array([len(each.days) for each in dues])
    day = np.concatenate([each.days for each in dues])
    late = np.concatenate([each.overdue for each in dues]).astype(np.int64)
    amount, none = np.repeat([_counted(flow) for flow in flows], counts), np.zeros_like(day)
    columns = np.stack([day, amount, day, none, late, none, none, none, none])
    return Block(tuple(_described(flow) for flow in flows), counts, columns)


def _described(flow: CashFlow) -> Series:
    if flow.direction is Direction.RECEIPT:
        return Series(flow.id, flow.name, FlowKind.RECEIPT, Side.RECEIPT, flow.through)
    return Series(
        record=flow.id,
        name=flow.name,
        kind=FlowKind.PAYMENT,
        side=Side.PAYMENT,
        priority=flow.priority,
        partly_payable=flow.partly_payable,
        income_lost=flow.income_lost_if_missed,
    )


def _lateness(flow: CashFlow) -> int:
    return flow.usual_lateness_days if flow.direction is Direction.RECEIPT else 0


def _counted(flow: CashFlow) -> int:
    if flow.direction is Direction.PAYMENT:
        return flow.amount
    return flow.amount - rounded_share(flow.amount, flow.haircut_percent)


def rounded_share(amount: int, percent: int) -> int:
    """`percent` of an amount, half up, in minor units."""
    return (amount * percent + 50) // 100


def rounded_shares(amounts: Ints, percent: int) -> Ints:
    """The same of each amount."""
    return (amounts * percent + 50) // 100
