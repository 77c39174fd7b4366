"""Repayment schedules in exact minor units.

Every schedule pays back exactly its principal; rounding is half up, and the last instalment takes
the remainder, as lenders' own schedules do.
"""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property, lru_cache
from typing import NamedTuple

from backstop.domain import DayCount, Facility, Priced, RateChange, RatePer, RepaymentMethod
from backstop.projection.recurrence import add_months, clipped

_ONE = Decimal(1)


class Instalment(NamedTuple):
    """One payment of a schedule, in minor units; its interest runs from `since`."""

    due: date
    principal: int
    interest: int
    since: date

    @property
    def total(self) -> int:
        """What the instalment takes from cash (minor units)."""
        return self.principal + self.interest


@dataclass(frozen=True)
class Price:
    """A quoted percentage, what it is of, and how days count; `changes` say what it is later."""

    percent: Decimal
    per: RatePer
    day_count: DayCount
    changes: tuple[RateChange, ...] = ()

    def monthly(self, day: date) -> Decimal:
        """The rate of a regular month, as a fraction: it sets an annuity's level payment."""
        if self.per is RatePer.PRINCIPAL:
            return Decimal(0)
        percent = self.percent
        for change in self.changes:
            percent = change.percent if day > change.from_day else percent
        return (percent * 365 if self.per is RatePer.DAY else percent) / 1200

    @cached_property
    def unit(self) -> int:
        """What one whole is in `share`: a percentage has at most eight decimals."""
        if self.per is not RatePer.YEAR:
            return 100 * _DECIMALS
        return (36500 if self.day_count is DayCount.ACTUAL_365 else 36000) * _DECIMALS

    def share(self, start: date, end: date) -> int:
        """Interest from `start` to `end` as a share of the balance, exactly: so many `unit`ths."""
        if self.per is RatePer.PRINCIPAL:
            return 0
        total, since, percent = 0, start, self._own
        for change in self.changes:
            if since < change.from_day < end:
                total += percent * self._days(since, change.from_day)
                since = change.from_day
            if change.from_day < end:
                percent = int(change.percent * _DECIMALS)
        return total + percent * self._days(since, end)

    @cached_property
    def _own(self) -> int:
        return int(self.percent * _DECIMALS)

    def _days(self, start: date, end: date) -> int:
        if self.per is RatePer.YEAR and self.day_count is DayCount.THIRTY_360:
            return days_30e_360(start, end)
        return (end - start).days

    def interest(self, balance: int, start: date, end: date) -> int:
        """Interest on a balance from `start` to `end`, in minor units, half up."""
        return half_up(balance * self.share(start, end), self.unit)


_DECIMALS = 10**8


@dataclass(frozen=True, slots=True)
class Shape:
    """How a schedule begins: instalments without payment, then those of interest only."""

    grace: int = 0
    interest_only: int = 0


PLAIN = Shape()


class FeeOf(NamedTuple):
    """What a fee quoted on the principal is of, and over how many instalments it was spread when
    it began (0: the principal, and the instalments still to come)."""

    base: int = 0
    instalments: int = 0


OF_THE_REST = FeeOf()


def days_30e_360(start: date, end: date) -> int:
    """Days between two dates when every month has 30 (the European rule, ISDA 4.16(g))."""
    return (
        360 * (end.year - start.year)
        + 30 * (end.month - start.month)
        + min(end.day, 30)
        - min(start.day, 30)
    )


def rounded(amount: Decimal) -> int:
    """A whole number of minor units, half up."""
    return int(amount.quantize(_ONE, rounding=ROUND_HALF_UP))


def half_up(amount: int, unit: int) -> int:
    """A number of `unit`ths as a whole number, half up."""
    return (2 * amount + unit) // (2 * unit)


def level_payment(principal: int, monthly_rate: Decimal, periods: int) -> int:
    """The instalment of an annuity: P·r / (1 − (1 + r)^−n), in minor units."""
    if not monthly_rate:
        return rounded(Decimal(principal) / periods)
    return rounded(principal * monthly_rate / (1 - (1 + monthly_rate) ** -periods))


def schedule(
    principal: int,
    price: Price,
    method: RepaymentMethod,
    dues: list[date],
    start: date,
    fee_of: FeeOf = OF_THE_REST,
    shape: Shape = PLAIN,
) -> list[Instalment]:
    """The instalments of `principal` (minor units) owed from `start`, on the dates `dues`.

    A fee quoted on the principal is spread evenly over all instalments of `fee_of`; those still to
    come bear theirs. Their principals add up to `principal` exactly. Where
    nothing is paid in grace, interest gathers until the first payment, and bears none itself. An
    annuity's level payment is set anew when its rate has changed.
    """
    count = len(dues)
    fees = _fee_parts(price, fee_of.base or principal, max(fee_of.instalments, count), count)
    paying = max(1, count - shape.grace - shape.interest_only)
    even = rounded(Decimal(principal) / paying)
    level, rate, unit = 0, Decimal(-1), price.unit
    balance, previous, accrued, made = principal, start, 0, list[Instalment]()
    since = start
    for number, due in enumerate(dues):
        accrued += balance * price.share(previous, due)
        previous, last = due, number == count - 1
        if not last and (number < shape.grace or method is RepaymentMethod.BULLET):
            accrued += fees[number] * unit
            continue
        interest, accrued = half_up(accrued, unit) + fees[number], 0
        if number >= count - paying and (rate < 0 or price.changes):
            before, rate = rate, price.monthly(due)
            level = level if rate == before else level_payment(balance, rate, count - number)
        part = balance
        if not last:
            starts = number >= count - paying
            part = min(balance, _part(method, level - interest + fees[number], even) * starts)
        balance -= part
        if part + interest:
            made.append(Instalment(due, part, interest, since))
            since = due
    return made


def _part(method: RepaymentMethod, of_level: int, even: int) -> int:
    """The principal in an instalment that is not the last one."""
    match method:
        case RepaymentMethod.ANNUITY:
            return max(0, of_level)
        case RepaymentMethod.EQUAL_PRINCIPAL:
            return even
        case _:
            return 0


def _fee_parts(price: Price, base: int, whole: int, count: int) -> list[int]:
    """The last `count` of `whole` even parts of a fee; the very last takes the remainder."""
    if price.per is not RatePer.PRINCIPAL:
        return [0] * count
    fee = rounded(base * price.percent / 100)
    part = fee // whole
    return [part] * (count - 1) + [fee - part * (whole - 1)]


def due_dates(drawn: date, periods: int, due_day: int | None) -> list[date]:
    """Monthly due dates of a draw: the first one in the month after it, on `due_day` or its own."""
    return list(_known_dues(drawn, periods, due_day))


@lru_cache(10_000)
def _known_dues(drawn: date, periods: int, due_day: int | None) -> tuple[date, ...]:
    anchor = drawn if due_day is None else drawn.replace(day=1)
    months = [add_months(anchor, number) for number in range(1, periods + 1)]
    if due_day is None:
        return tuple(months)
    return tuple(clipped(month.year, month.month, due_day) for month in months)


def price_of(terms: Priced) -> Price:
    """The price as the record of a line, tranche or measure has it."""
    return Price(terms.rate_percent, terms.rate_per, terms.day_count, terms.rate_changes)


def shape_of(terms: Priced) -> Shape:
    """Periods at the beginning in which nothing, or interest alone, is paid."""
    return Shape(terms.grace_periods, terms.interest_only_periods)


def bill_due(facility: Facility, bought: date) -> date:
    """When a purchase leaves cash: on the due date of the statement that it falls on."""
    assert facility.statement_day is not None  # the record's own check: a cycle has both days
    assert facility.due_day is not None
    return bill_date(facility.statement_day, facility.due_day, bought)


def bill_date(statement_day: int, due_day: int, bought: date) -> date:
    """When the statement on which a purchase falls is due.

    A purchase on the statement day itself falls on the next statement.
    """
    statement = clipped(bought.year, bought.month, statement_day)
    if bought >= statement:
        month = add_months(bought.replace(day=1), 1)
        statement = clipped(month.year, month.month, statement_day)
    return statement_due(statement, due_day)


def statement_due(statement: date, due_day: int) -> date:
    """The first due day after a statement."""
    due = clipped(statement.year, statement.month, due_day)
    if due <= statement:
        month = add_months(statement.replace(day=1), 1)
        due = clipped(month.year, month.month, due_day)
    return due
