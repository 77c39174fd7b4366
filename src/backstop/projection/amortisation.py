"""Repayment schedules in exact minor units.

Every schedule pays back exactly its principal; rounding is half up, and the last instalment takes
the remainder, as lenders' own schedules do.
"""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from backstop.domain import DayCount, Facility, Priced, RateChange, RatePer, RepaymentMethod
from backstop.projection.recurrence import add_months, clipped

_ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Instalment:
    """One payment of a schedule, in minor units; its interest runs from `since`."""

    due: date
    principal: int
    interest: int
    since: date

    @property
    def total(self) -> int:
        return self.principal + self.interest


@dataclass(frozen=True, slots=True)
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

    def interest(self, balance: int, start: date, end: date) -> Decimal:
        """Interest on a balance (minor units) from `start` to `end`, not yet rounded."""
        if self.per is RatePer.PRINCIPAL:
            return Decimal(0)
        if not self.changes:
            return balance * self.percent * self._years(start, end)
        percent, since, grown = self.percent, start, Decimal(0)
        for change in self.changes:
            until = min(max(change.from_day, since), end)
            grown += percent * self._years(since, until)
            percent, since = change.percent, until
        return balance * (grown + percent * self._years(since, end))

    def _years(self, start: date, end: date) -> Decimal:
        """What a percentage is multiplied by for that time."""
        days = (end - start).days
        if self.per is RatePer.DAY:
            return Decimal(days) / 100
        if self.day_count is DayCount.THIRTY_360:
            return Decimal(days_30e_360(start, end)) / 36000
        year = 365 if self.day_count is DayCount.ACTUAL_365 else 360
        return Decimal(days) / (100 * year)


@dataclass(frozen=True, slots=True)
class Shape:
    """How a schedule begins: instalments without payment, then those of interest only."""

    grace: int = 0
    interest_only: int = 0


PLAIN = Shape()


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
    fee_base: int = 0,
    shape: Shape = PLAIN,
) -> list[Instalment]:
    """The instalments of `principal` (minor units) owed from `start`, on the dates `dues`.

    `fee_base` is what a fee quoted on the principal is a percentage of (0: the principal itself);
    it is spread evenly over the instalments. Their principals add up to `principal` exactly. Where
    nothing is paid in grace, interest gathers until the first payment, and bears none itself. An
    annuity's level payment is set anew when its rate has changed.
    """
    count = len(dues)
    fees = _fee_parts(price, fee_base or principal, count)
    paying = max(1, count - shape.grace - shape.interest_only)
    even = rounded(Decimal(principal) / paying)
    level, rate = 0, Decimal(-1)
    balance, previous, accrued, made = principal, start, Decimal(0), []
    since = start
    for number, due in enumerate(dues):
        accrued += price.interest(balance, previous, due)
        previous, last = due, number == count - 1
        if not last and (number < shape.grace or method is RepaymentMethod.BULLET):
            accrued += fees[number]
            continue
        interest, accrued = rounded(accrued) + fees[number], Decimal(0)
        if number >= count - paying and price.monthly(due) != rate:
            rate = price.monthly(due)
            level = level_payment(balance, rate, count - number)
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


def _fee_parts(price: Price, base: int, count: int) -> list[int]:
    if price.per is not RatePer.PRINCIPAL:
        return [0] * count
    fee = rounded(base * price.percent / 100)
    part = fee // count
    return [part] * (count - 1) + [fee - part * (count - 1)]


def due_dates(drawn: date, periods: int, due_day: int | None) -> list[date]:
    """Monthly due dates of a draw: the first one in the month after it, on `due_day` or its own."""
    anchor = drawn if due_day is None else drawn.replace(day=1)
    months = [add_months(anchor, number) for number in range(1, periods + 1)]
    return months if due_day is None else [clipped(m.year, m.month, due_day) for m in months]


def price_of(terms: Priced) -> Price:
    return Price(
        terms.rate_percent,
        terms.rate_per,
        terms.day_count,
        terms.rate_changes,
    )


def shape_of(terms: Priced) -> Shape:
    return Shape(terms.grace_periods, terms.interest_only_periods)


def bill_due(facility: Facility, bought: date) -> date:
    """When a purchase leaves cash: on the due date of the statement that it falls on."""
    assert facility.statement_day is not None  # the record's own check: a cycle has both days
    assert facility.due_day is not None
    return bill_date(facility.statement_day, facility.due_day, bought)


def bill_date(statement_day: int, due_day: int, bought: date) -> date:
    """When the statement on which a purchase falls is due.

    A purchase on the statement day itself falls on the next statement; the bill is due on the
    first due day after its statement.
    """
    statement = clipped(bought.year, bought.month, statement_day)
    if bought >= statement:
        month = add_months(bought.replace(day=1), 1)
        statement = clipped(month.year, month.month, statement_day)
    due = clipped(statement.year, statement.month, due_day)
    if due <= statement:
        month = add_months(statement.replace(day=1), 1)
        due = clipped(month.year, month.month, due_day)
    return due
