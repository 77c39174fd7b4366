"""Every record of the book, expanded once into dated flows held in columns.

A flow hangs on at most one element (a facility or an account): lose the element on day τ, and the
flows that *began* on τ or later are gone, each instalment with its draw. Purchases that a lost
line would have paid fall back on cash on their own day.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum, StrEnum
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from backstop.domain import (
    Book,
    CashFlow,
    Direction,
    Facility,
    FacilityKind,
    PlannedDraw,
    Priority,
    RepaymentMethod,
    Repeat,
    Tranche,
)
from backstop.projection.amortisation import draw_schedule, rounded, tranche_schedule
from backstop.projection.recurrence import occurrences

Ints = NDArray[np.int64]

KEPT = 20_000
"""Expansions kept in memory for each kind of record: a large book and its recent edits."""


class Side(IntEnum):
    """The order within a day: own funding moves first, then payments, then receipts."""

    FUNDING = 0
    PAYMENT = 1
    RECEIPT = 2


class FlowKind(StrEnum):
    RECEIPT = "receipt"
    PAYMENT = "payment"
    BILL = "bill"
    DRAW = "draw"
    INSTALMENT = "instalment"


@dataclass(frozen=True, slots=True)
class Series:
    """The flows that one record gives rise to, described once.

    `element` is the facility or account they hang on, or empty; `falls_back` says that, when the
    element is lost, they are paid in cash on the day they began.
    """

    record: str
    name: str
    kind: FlowKind
    side: Side
    element: str = ""
    priority: Priority = Priority.MUST
    partly_payable: bool = False
    falls_back: bool = False
    income_lost: int = 0


class Flow(NamedTuple):
    """One dated movement of cash, in minor units, on day offsets from the as-of date.

    `began` is the day of the draw or purchase behind it; `principal` how much of the amount is
    principal drawn or repaid (0 for what is no debt); `overdue` (0 or 1) that its own date has
    passed.
    """

    day: int
    amount: int
    began: int
    principal: int = 0
    overdue: int = 0


@dataclass(frozen=True, slots=True)
class FlowTable:
    """All flows of a book as columns of equal length; `series[i]` indexes `descriptions`."""

    descriptions: tuple[Series, ...]
    series: Ints
    day: Ints
    amount: Ints
    began: Ints
    principal: Ints
    overdue: NDArray[np.bool_]
    side: Ints

    def __len__(self) -> int:
        return len(self.day)


@dataclass(frozen=True, slots=True)
class Span:
    """The days that a projection covers, and the calendar that it follows."""

    as_of: date
    horizon_days: int
    country: str

    @property
    def last(self) -> date:
        return self.as_of + timedelta(days=self.horizon_days)

    def offset(self, day: date) -> int:
        return (day - self.as_of).days


Block = tuple[Series, Ints]
"""A series and its flows, one row each, columns as in `Flow`."""


def flow_table(blocks: Iterable[Block]) -> FlowTable:
    """Columns from blocks; a series without flows keeps its place."""
    described = list(blocks)
    empty = np.empty((0, len(Flow._fields)), dtype=np.int64)
    rows = np.concatenate([empty, *(flows for _, flows in described)])
    series = np.repeat(np.arange(len(described)), [len(flows) for _, flows in described])
    sides = np.array([each.side for each, _ in described], dtype=np.int64)
    return FlowTable(
        descriptions=tuple(each for each, _ in described),
        series=series,
        day=rows[:, 0],
        amount=rows[:, 1],
        began=rows[:, 2],
        principal=rows[:, 3],
        overdue=rows[:, 4].astype(np.bool_),
        side=sides[series],
    )


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
        priority=repayment_priority(facility),
    )
    due = ((span.offset(each.due), each) for each in tranche_schedule(tranche))
    flows = [
        Flow(max(day, 0), each.total, -1, each.principal, day < 0)
        for day, each in due
        if day <= span.horizon_days
    ]
    return series, _rows(flows)


def _debt_kind(facility: Facility) -> FlowKind:
    cycle = facility.method is RepaymentMethod.STATEMENT_CYCLE
    return FlowKind.BILL if cycle else FlowKind.INSTALMENT


@lru_cache(KEPT)
def _planned_draw(span: Span, facility: Facility, draw: PlannedDraw) -> tuple[Block, Block]:
    received, repaid = [], []
    for drawn in occurrences(draw, span.as_of, span.last, span.country):
        day = span.offset(drawn)
        received.append(Flow(day, net_of_fee(facility, draw.amount), day, draw.amount))
        for each in draw_schedule(facility, draw.amount, drawn, draw.periods):
            due = span.offset(each.due)
            if due <= span.horizon_days:
                repaid.append(Flow(due, each.total, day, each.principal))
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
    flows = [
        Flow(span.offset(each.due), each.total, span.offset(bought), each.principal)
        for bought in occurrences(flow, span.as_of, span.last, span.country)
        for each in draw_schedule(facility, flow.amount, bought, facility.periods)
    ]
    return series, _rows(flows)


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
    due = occurrences(flow, span.as_of, span.last, span.country)
    flows = [Flow(day := span.offset(each), flow.amount, day) for each in due]
    return series, _rows([*_overdue(span, flow, flow.amount), *flows])


@lru_cache(KEPT)
def _receipt(span: Span, flow: CashFlow) -> Block:
    """Receipts arrive as late as they usually do, and only the share that is counted on."""
    series = Series(flow.id, flow.name, FlowKind.RECEIPT, Side.RECEIPT, flow.through)
    amount = flow.amount - rounded_share(flow.amount, flow.haircut_percent)
    late = timedelta(days=flow.usual_lateness_days)
    promised = occurrences(flow, span.as_of - late, span.last - late, span.country)
    flows = [Flow(day := span.offset(each + late), amount, day) for each in promised]
    return series, _rows([*_overdue(span, flow, amount, late), *flows])


def rounded_share(amount: int, percent: int) -> int:
    """`percent` of an amount, half up, in minor units."""
    return (amount * percent + 50) // 100


def _overdue(span: Span, flow: CashFlow, amount: int, late: timedelta = timedelta(0)) -> list[Flow]:
    """A single past item never vanishes: it is due on day 0 until the owner settles it."""
    if flow.repeat is Repeat.ONCE and flow.first_date + late < span.as_of:
        return [Flow(0, amount, 0, overdue=1)]
    return []


def _rows(flows: list[Flow]) -> Ints:
    return np.array(flows, dtype=np.int64).reshape(-1, len(Flow._fields))
