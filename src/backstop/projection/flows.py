"""Every record of the book, expanded once into dated flows held in columns.

A flow hangs on at most one element (a facility or an account): lose the element on day τ, and the
flows that *began* on τ or later are gone, each instalment with its draw. Purchases that a lost
line would have paid fall back on cash on their own day.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum, StrEnum

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


@dataclass(frozen=True, slots=True)
class Flow:
    """One dated movement of cash, in minor units, on day offsets from the as-of date.

    `began` is the day of the draw or purchase behind it; `principal` how much of the amount is
    principal drawn or repaid (0 for what is no debt); `overdue` that its own date has passed.
    """

    day: int
    amount: int
    began: int
    principal: int = 0
    overdue: bool = False


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


def flow_table(series: Iterable[tuple[Series, list[Flow]]]) -> FlowTable:
    """Columns from series with their flows; a series without flows keeps its place."""
    described = list(series)
    rows = [(i, *_row(flow)) for i, (_, flows) in enumerate(described) for flow in flows]
    columns = np.array(rows, dtype=np.int64).reshape(-1, 6)
    sides = np.array([each.side for each, _ in described], dtype=np.int64)
    return FlowTable(
        descriptions=tuple(each for each, _ in described),
        series=columns[:, 0],
        day=columns[:, 1],
        amount=columns[:, 2],
        began=columns[:, 3],
        principal=columns[:, 4],
        overdue=columns[:, 5].astype(np.bool_),
        side=sides[columns[:, 0]],
    )


def _row(flow: Flow) -> tuple[int, int, int, int, bool]:
    return flow.day, flow.amount, flow.began, flow.principal, flow.overdue


def expand(book: Book) -> Iterator[tuple[Series, list[Flow]]]:
    """Each record's series and flows from the as-of date to the horizon."""
    facilities = {facility.id: facility for facility in book.facilities}
    for facility in book.facilities:
        for tranche in facility.tranches:
            yield _tranche(book, facility, tranche)
    for draw in book.planned_draws:
        yield from _planned_draw(book, facilities[draw.facility], draw)
    for flow in book.cash_flows:
        if flow.direction is Direction.RECEIPT:
            yield _receipt(book, flow)
        elif flow.through in facilities:
            yield _purchase(book, facilities[flow.through], flow)
        else:
            yield _payment(book, flow)


def repayment_priority(facility: Facility) -> Priority:
    """Debt must be met, save what is owed to family and friends, who can be talked to."""
    informal = facility.kind is FacilityKind.INFORMAL
    return Priority.IMPORTANT if informal else Priority.MUST


def _tranche(book: Book, facility: Facility, tranche: Tranche) -> tuple[Series, list[Flow]]:
    series = Series(
        record=facility.id,
        name=tranche.name,
        kind=_debt_kind(facility),
        side=Side.PAYMENT,
        priority=repayment_priority(facility),
    )
    due = ((each.due, each.total, each.principal) for each in tranche_schedule(tranche))
    flows = [
        Flow(max(day, 0), total, -1, principal, overdue=day < 0)
        for when, total, principal in due
        if (day := _offset(book, when)) <= book.horizon_days
    ]
    return series, flows


def _debt_kind(facility: Facility) -> FlowKind:
    cycle = facility.method is RepaymentMethod.STATEMENT_CYCLE
    return FlowKind.BILL if cycle else FlowKind.INSTALMENT


def _planned_draw(
    book: Book, facility: Facility, draw: PlannedDraw
) -> Iterator[tuple[Series, list[Flow]]]:
    received, repaid = [], []
    for day in _days(book, draw):
        drawn = book.as_of + timedelta(days=day)
        received.append(Flow(day, net_of_fee(facility, draw.amount), day, draw.amount))
        for each in draw_schedule(facility, draw.amount, drawn, draw.periods):
            due = _offset(book, each.due)
            if due <= book.horizon_days:
                repaid.append(Flow(due, each.total, day, each.principal))
    yield (
        Series(draw.id, draw.name, FlowKind.DRAW, Side.FUNDING, facility.id),
        received,
    )
    yield (
        Series(
            draw.id,
            draw.name,
            FlowKind.INSTALMENT,
            Side.PAYMENT,
            facility.id,
            repayment_priority(facility),
        ),
        repaid,
    )


def net_of_fee(facility: Facility, amount: int) -> int:
    """What arrives of a draw after the fee that is kept back."""
    return amount - rounded(amount * facility.draw_fee_percent / 100)


def _purchase(book: Book, facility: Facility, flow: CashFlow) -> tuple[Series, list[Flow]]:
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
    flows = []
    for day in _days(book, flow):
        bought = book.as_of + timedelta(days=day)
        for each in draw_schedule(facility, flow.amount, bought, facility.periods):
            flows.append(Flow(_offset(book, each.due), each.total, day, each.principal))
    return series, flows


def _payment(book: Book, flow: CashFlow) -> tuple[Series, list[Flow]]:
    series = Series(
        record=flow.id,
        name=flow.name,
        kind=FlowKind.PAYMENT,
        side=Side.PAYMENT,
        priority=flow.priority,
        partly_payable=flow.partly_payable,
        income_lost=flow.income_lost_if_missed,
    )
    return series, [*_overdue(book, flow), *(Flow(d, flow.amount, d) for d in _days(book, flow))]


def _receipt(book: Book, flow: CashFlow) -> tuple[Series, list[Flow]]:
    """Receipts arrive as late as they usually do, and only the share that is counted on."""
    series = Series(flow.id, flow.name, FlowKind.RECEIPT, Side.RECEIPT, flow.through)
    amount = flow.amount - rounded_share(flow.amount, flow.haircut_percent)
    late = flow.usual_lateness_days
    first = book.as_of - timedelta(days=late)
    days = [day + late for day in _days(book, flow, first)]
    arrivals = [Flow(d, amount, d) for d in days if 0 <= d <= book.horizon_days]
    return series, [*_overdue(book, flow, late, amount), *arrivals]


def rounded_share(amount: int, percent: int) -> int:
    """`percent` of an amount, half up, in minor units."""
    return (amount * percent + 50) // 100


def _overdue(book: Book, flow: CashFlow, late: int = 0, amount: int | None = None) -> list[Flow]:
    """A single past item never vanishes: it is due on day 0 until the owner settles it."""
    if flow.repeat is not Repeat.ONCE:
        return []
    if _offset(book, flow.first_date) + late >= 0:
        return []
    return [Flow(0, flow.amount if amount is None else amount, 0, overdue=True)]


def _days(book: Book, rule: CashFlow | PlannedDraw, first: date | None = None) -> list[int]:
    last = book.as_of + timedelta(days=book.horizon_days)
    found = occurrences(rule, first or book.as_of, last, book.country)
    return [_offset(book, day) for day in found]


def _offset(book: Book, day: date) -> int:
    return (day - book.as_of).days
