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
    Book,
    CashFlow,
    Direction,
    Facility,
    FacilityKind,
    PlannedDraw,
    Priority,
    Recurring,
    RepaymentMethod,
    Repeat,
    Tranche,
)
from backstop.projection.amortisation import Instalment, bill_date, rounded
from backstop.projection.columns import BEFORE, Block, Flow, FlowKind, Ints, Series, Side
from backstop.projection.recurrence import occurrence_days, only_date
from backstop.projection.schedules import draw_schedule, tranche_schedule

KEPT = 20_000
"""Expansions kept in memory for each kind of record: a large book and its recent edits."""


@dataclass(frozen=True, slots=True)
class Span:
    """The days that a projection covers, and the calendar that it follows."""

    as_of: date
    horizon_days: int
    country: str

    def offset(self, day: date) -> int:
        return (day - self.as_of).days

    def date(self, offset: int) -> date:
        return self.as_of + timedelta(days=offset)

    def days(self, rule: Recurring, earlier: int = 0) -> Ints:
        """Offsets of the rule's dates in the span, moved to an earlier place by so many days."""
        last = self.horizon_days - earlier
        return occurrence_days(rule, self.as_of, -earlier, last, self.country)


def expand(book: Book) -> Iterator[Block]:
    """Each record's series and flows from the as-of date to the horizon.

    Records are frozen, so what one expands to is kept: after an edit only the changed ones are
    expanded again.
    """
    span = Span(book.as_of, book.horizon_days, book.country)
    facilities = {facility.id: facility for facility in book.facilities}
    for facility in book.facilities:
        for tranche in facility.tranches:
            yield _tranche(span, facility, tranche)
    for draw in book.planned_draws:
        yield from _planned_draw(span, facilities[draw.facility], draw)
    for flow in book.cash_flows:
        if flow.direction is Direction.RECEIPT:
            yield _receipt(span, flow)
        elif flow.through in facilities:
            yield _purchase(span, facilities[flow.through], flow)
        else:
            yield _payment(span, flow)


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
    )
    due = ((span.offset(each.due), each) for each in tranche_schedule(tranche, span.as_of))
    flows = [
        Flow(max(day, 0), each.total, BEFORE, each.principal, int(day < 0), span.offset(each.since))
        for day, each in due
    ]
    return series, _rows(flows)


def _debt_kind(facility: Facility) -> FlowKind:
    cycle = facility.method is RepaymentMethod.STATEMENT_CYCLE
    return FlowKind.BILL if cycle else FlowKind.INSTALMENT


@lru_cache(KEPT)
def _planned_draw(span: Span, facility: Facility, draw: PlannedDraw) -> tuple[Block, Block]:
    received, repaid = [], []
    for number, day in enumerate(span.days(draw).tolist()):
        drawn = span.date(day)
        net = net_of_fee(facility, draw.amount)
        received.append(Flow(day, net, day, draw.amount, since=day, debt=number))
        for each in draw_schedule(facility, draw.amount, drawn, draw.periods):
            repaid.append(_repayment(span, each, day, number))
    return (
        (Series(draw.id, draw.name, FlowKind.DRAW, Side.FUNDING, facility.id), _rows(received)),
        (
            Series(
                draw.id,
                draw.name,
                FlowKind.INSTALMENT,
                Side.PAYMENT,
                facility.id,
                repayment_priority(facility),
            ),
            _rows(repaid),
        ),
    )


def _repayment(span: Span, each: Instalment, began: int, debt: int) -> Flow:
    day, since = span.offset(each.due), span.offset(each.since)
    return Flow(day, each.total, began, each.principal, since=since, debt=debt)


def net_of_fee(facility: Facility, amount: int) -> int:
    """What arrives of a draw after the fee that is kept back."""
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
    )
    days = span.days(flow)
    if facility.method is RepaymentMethod.STATEMENT_CYCLE and not facility.pays_minimum:
        due = np.array([_bill_day(span, facility, day) for day in days.tolist()], dtype=np.int64)
        return series, _columns(due, flow.amount, days, flow.amount, days, np.arange(len(days)))
    flows = [
        _repayment(span, each, bought, number)
        for number, bought in enumerate(days.tolist())
        for each in draw_schedule(facility, flow.amount, span.date(bought), facility.periods)
    ]
    return series, _rows(flows)


def _bill_day(span: Span, facility: Facility, bought: int) -> int:
    """The day on which the bill for a purchase of that day is due."""
    days = facility.statement_day, facility.due_day
    return _known_bill_day(span.as_of, *days, bought)


@lru_cache(200_000)
def _known_bill_day(as_of: date, statement_day: int, due_day: int, bought: int) -> int:
    due = bill_date(statement_day, due_day, as_of + timedelta(days=bought))
    return (due - as_of).days


@lru_cache(KEPT)
def _payment(span: Span, flow: CashFlow) -> Block:
    series = Series(
        record=flow.id,
        name=flow.name,
        kind=FlowKind.PAYMENT,
        side=Side.PAYMENT,
        priority=flow.priority,
        partly_payable=flow.partly_payable,
        income_lost=flow.income_lost_if_missed,
    )
    days = span.days(flow)
    rows = _columns(days, flow.amount, days)
    overdue = [] if len(days) else _overdue(span, flow, flow.amount)
    return series, np.concatenate([_rows(overdue), rows])


@lru_cache(KEPT)
def _receipt(span: Span, flow: CashFlow) -> Block:
    """Receipts arrive as late as they usually do, and only the share that is counted on."""
    series = Series(flow.id, flow.name, FlowKind.RECEIPT, Side.RECEIPT, flow.through)
    amount = flow.amount - rounded_share(flow.amount, flow.haircut_percent)
    late = timedelta(days=flow.usual_lateness_days)
    days = span.days(flow, late.days) + late.days
    rows = _columns(days, amount, days)
    overdue = [] if len(days) else _overdue(span, flow, amount, late)
    return series, np.concatenate([_rows(overdue), rows])


def rounded_share(amount: int, percent: int) -> int:
    """`percent` of an amount, half up, in minor units."""
    return (amount * percent + 50) // 100


def _overdue(span: Span, flow: CashFlow, amount: int, late: timedelta = timedelta(0)) -> list[Flow]:
    """A single past item never vanishes: it is due on day 0 until the owner settles it. (Not one
    that is past by its rule alone, and moved by a closed day to a date still to come.)"""
    due = only_date(flow) if flow.repeat is Repeat.ONCE else None
    if due is not None and due + late < span.as_of:
        return [Flow(0, amount, 0, overdue=1)]
    return []


def _columns(
    day: Ints,
    amount: int,
    began: Ints,
    principal: int = 0,
    since: Ints | int = 0,
    debt: Ints | int = 0,
) -> Ints:
    """Flows of one amount, in columns: as many as there are days."""
    rows = np.zeros((len(day), len(Flow._fields)), dtype=np.int64)
    for place, column in enumerate((day, amount, began, principal, 0, since, debt)):
        rows[:, place] = column
    return rows


def _rows(flows: list[Flow]) -> Ints:
    return np.array(flows, dtype=np.int64).reshape(-1, len(Flow._fields))
