"""A slow, plain reference for the engine: one loop over days, no arrays, no deltas.

It shares only the calendar and the schedules with the engine, which have tests of their own.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from backstop.domain import (
    AccountRole,
    Book,
    CashFlow,
    Direction,
    Facility,
    IntradayOrder,
    Repeat,
)
from backstop.projection import draw_schedule, occurrences, tranche_schedule

_HALF = Decimal("0.5")


@dataclass
class Day:
    funding: int = 0
    payments: int = 0
    receipts: int = 0


@dataclass
class Ledger:
    """Cash movements by day, counted from the as-of date."""

    book: Book
    days: dict[int, Day] = field(default_factory=lambda: defaultdict(Day))

    def offset(self, when: date) -> int:
        return (when - self.book.as_of).days

    def lows(self, frozen: int = 0, loss_day: int = 0) -> list[int]:
        """Each day's lowest cash; `frozen` is what lost accounts hold, taken as the pool allows."""
        cash = sum(a.balance for a in self.book.accounts if a.role is AccountRole.OPERATING)
        lows = []
        for number in range(self.book.horizon_days + 1):
            if number == loss_day:
                cash -= min(frozen, max(cash, 0))
            day = self.days[number]
            cash += day.funding
            if self.book.intraday_order is IntradayOrder.PAYMENTS_FIRST:
                cash -= day.payments
                lows.append(cash)
                cash += day.receipts
            else:
                cash += day.receipts - day.payments
                lows.append(cash)
        return lows


def naive_lows(book: Book, lost: tuple[str, ...] = (), loss_day: int = 0) -> list[int]:
    """Lowest cash of every day when these elements are lost on that day."""
    ledger = Ledger(book)
    lines = {facility.id: facility for facility in book.facilities}
    for facility in book.facilities:
        for tranche in facility.tranches:
            for each in tranche_schedule(tranche):
                ledger.days[max(0, ledger.offset(each.due))].payments += each.total
    _draws(ledger, lines, lost, loss_day)
    for flow in book.cash_flows:
        if flow.direction is Direction.RECEIPT:
            _receipts(ledger, flow, lost, loss_day)
        else:
            _payments(ledger, flow, lines.get(flow.through), lost, loss_day)
    frozen = sum(
        a.balance
        for a in book.accounts
        if a.id in lost and a.role is AccountRole.OPERATING and a.balance > 0
    )
    return ledger.lows(frozen, loss_day)


def _draws(
    ledger: Ledger, lines: dict[str, Facility], lost: tuple[str, ...], loss_day: int
) -> None:
    book = ledger.book
    for draw in book.planned_draws:
        facility = lines[draw.facility]
        for when in occurrences(draw, book.as_of, _end(book), book.country):
            if facility.id in lost and ledger.offset(when) >= loss_day:
                continue
            fee = (draw.amount * facility.draw_fee_percent / 100 + _HALF) // 1
            ledger.days[ledger.offset(when)].funding += draw.amount - int(fee)
            for each in draw_schedule(facility, draw.amount, when, draw.periods):
                ledger.days[ledger.offset(each.due)].payments += each.total


def _receipts(ledger: Ledger, flow: CashFlow, lost: tuple[str, ...], loss_day: int) -> None:
    book = ledger.book
    late = timedelta(days=flow.usual_lateness_days)
    amount = flow.amount - (flow.amount * flow.haircut_percent + 50) // 100
    if flow.repeat is Repeat.ONCE and flow.first_date + late < book.as_of:
        arrivals = [book.as_of]
    else:
        whens = occurrences(flow, book.as_of - late, _end(book), book.country)
        arrivals = [when + late for when in whens]
    for when in arrivals:
        if not (flow.through in lost and ledger.offset(when) >= loss_day):
            ledger.days[ledger.offset(when)].receipts += amount


def _payments(
    ledger: Ledger,
    flow: CashFlow,
    line: Facility | None,
    lost: tuple[str, ...],
    loss_day: int,
) -> None:
    book = ledger.book
    if line is None and flow.repeat is Repeat.ONCE and flow.first_date < book.as_of:
        ledger.days[0].payments += flow.amount
        return
    for when in occurrences(flow, book.as_of, _end(book), book.country):
        day = ledger.offset(when)
        if line is None or (line.id in lost and day >= loss_day):
            ledger.days[day].payments += flow.amount
        else:
            for each in draw_schedule(line, flow.amount, when, line.periods):
                ledger.days[ledger.offset(each.due)].payments += each.total


def _end(book: Book) -> date:
    return book.as_of + timedelta(days=book.horizon_days)
