"""Repayment schedules in exact minor units.

Every schedule pays back exactly its principal; rounding is half up, and the last instalment takes
the remainder, as lenders' own schedules do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property, lru_cache
from itertools import count, pairwise
from typing import NamedTuple

from backstop.domain import (
    Compounding,
    DayCount,
    Priced,
    RateChange,
    RatePer,
    RepaymentMethod,
    Rhythm,
    Rounding,
)
from backstop.projection.recurrence import add_months, clipped

_ONE = Decimal(1)


class Instalment(NamedTuple):
    """One payment of a schedule, in minor units; its interest runs from `since` to `due`, a day of
    the contract that no closed day has moved."""

    due: date
    principal: int
    interest: int
    since: date

    @property
    def total(self) -> int:
        """What the instalment takes from cash (minor units)."""
        return self.principal + self.interest


class Period(NamedTuple):
    """One instalment's period: the `interest` that it bears on the balance `owed`, minor units."""

    since: date
    due: date
    owed: int
    interest: int


@dataclass(frozen=True)
class Price:
    """A quoted percentage, what it is of, and how days count; `changes` say what it is later.

    Every `compounds` months from the day on which it begins to run, where that is not 0, interest
    is rounded and added to what bears interest.
    """

    percent: Decimal
    per: RatePer
    day_count: DayCount
    changes: tuple[RateChange, ...] = ()
    compounds: int = 0

    def in_force(self, due: date) -> Price:
        """The price as known when an instalment falls due: no later change."""
        if not self.changes:
            return self
        percent = self.percent
        for change in self.changes:
            percent = change.percent if due > change.from_day else percent
        return Price(percent, self.per, self.day_count)

    def shares(self, start: date, dues: Sequence[date]) -> list[int]:
        """The share of each period, the first from `start`."""
        days = (start, *dues)
        if self.changes or self.per is RatePer.PRINCIPAL or self._thirty:
            return [self.share(since, due) for since, due in pairwise(days)]
        own = self._own
        return [own * (due - since) for since, due in pairwise(map(date.toordinal, days))]

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

    @cached_property
    def _thirty(self) -> bool:
        return self.per is RatePer.YEAR and self.day_count is DayCount.THIRTY_360

    def _days(self, start: date, end: date) -> int:
        return days_30e_360(start, end) if self._thirty else (end - start).days

    def interest(self, balance: int, start: date, end: date) -> int:
        """Interest on a balance from `start` to `end`, in minor units, half up."""
        if self.compounds:
            return self._compounded(balance, start, end, 0, end)
        return half_up(balance * self.share(start, end), self.unit)

    def interest_if_paid(self, period: Period, paid: int, day: date) -> int:
        """The interest of a period on a day of which `paid` of its balance is paid back: that part
        bears none from then on. After the day on which it is due, while banks are closed, it bears
        none anyway.

        What the instalment bears beyond this price (a fee, or interest that its lender lists) runs
        evenly over the days of the period, as this price counts them.
        """
        since, due, owed, interest = period
        day, left = min(max(day, since), due), max(owed - paid, 0)
        if self.compounds:
            whole = self._compounded(owed, since, due, 0, due)
            own = self._compounded(owed, since, due if left else day, paid, day)
            return own + half_up(
                (interest - whole) * (day - since).days, max(1, (due - since).days)
            )
        before, after = self.share(since, day), self.share(day, due)
        own = owed * before + left * after
        beyond = interest - half_up(owed * (before + after), self.unit)
        if not beyond:
            return half_up(own, self.unit)
        passed, to_come = self._days(since, day), self._days(day, due)
        bears = owed * passed + left * to_come
        whole = max(1, owed * (passed + to_come))
        return half_up(own, self.unit) + half_up(beyond * bears, whole)

    def _compounded(self, balance: int, start: date, end: date, paid: int, day: date) -> int:
        """Interest that bears interest once it is added; from `day` on, `paid` of the balance bears
        none. What was added by then stays."""
        added, since = 0, start
        for due in self._additions(start, end):
            turn = min(max(day, since), due)
            bearing = balance + added
            left = max(bearing - paid, 0)
            grown = bearing * self.share(since, turn) + left * self.share(turn, due)
            added, since = added + half_up(grown, self.unit), due
        return added

    def _additions(self, start: date, end: date) -> Iterator[date]:
        """The days on which interest is added, each so many months from the start, and the end."""
        for number in count(1):
            day = add_months(start, number * self.compounds)
            if day >= end:
                break
            yield day
        yield end


_DECIMALS = 10**8

EXACTLY = 10**30
"""In such parts present values are kept: rounding never reaches a minor unit."""

FREE = Price(Decimal(0), RatePer.YEAR, DayCount.ACTUAL_365)
"""What bears no interest."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How a schedule begins: instalments without payment, then those of interest only. How it ends:
    with a `balloon`, minor units that the instalments before the last leave. And whether fractions
    of interest are `carried` on instead of rounded away."""

    grace: int = 0
    interest_only: int = 0
    balloon: int = 0
    carried: bool = False


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


def worths(shares: Iterable[int], unit: int) -> Iterator[int]:
    """What instalments of one are worth at the start: of the first, of the first two, and so on,
    each discounted by the shares (so many `unit`ths) of the periods before it. In `EXACTLY`ths."""
    worth, total = EXACTLY, 0
    for share in shares:
        worth = worth * unit // (unit + share)
        total += worth
        yield total


def level_payment(balance: int, shares: Iterable[int], unit: int, balloon: int = 0) -> int:
    """The instalment that pays off `balance` in periods of these shares, save a `balloon` that is
    due with the last of them, in minor units.

    L = (P − B·Πⱼ 1/(1 + sⱼ)) / Σₖ Πⱼ≤ₖ 1/(1 + sⱼ), the actuarial method of US Regulation Z,
    Appendix J(b); with equal shares it is P·s / (1 − (1 + s)^−n). At least one period.
    """
    *before, worth = worths(shares, unit)
    last = worth - (before[-1] if before else 0)
    return half_up(balance * EXACTLY - balloon * last, worth)


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
    come bear theirs. Their principals add up to `principal` exactly. Where nothing is paid in
    grace, interest gathers until the first payment, and bears none itself. An annuity's level
    payment pays off what is owed by the days of its periods, at the rate then in force; it is set
    anew when that has changed, or when it did not reach the interest.
    """
    count = len(dues)
    if price.compounds:
        return _at_maturity(principal, price, dues[-1], start, fee_of)
    fees = _fee_parts(price, fee_of.base or principal, max(fee_of.instalments, count), count)
    first = count - max(1, count - shape.grace - shape.interest_only)
    shares = price.shares(start, dues)
    balloon = min(shape.balloon, principal)
    level = _Level(price, dues, shares, balloon)
    equal = method is RepaymentMethod.EQUAL_PRINCIPAL
    even = rounded(Decimal(principal - balloon) / (count - first)) if equal else 0
    balance, gathered, fee, since, made = principal, 0, 0, start, list[Instalment]()
    carried, carries = 0, shape.carried
    unit, silent = price.unit, count if method is RepaymentMethod.BULLET else shape.grace
    for number, due in enumerate(dues):
        last = number == count - 1
        gathered, fee = gathered + shares[number], fee + fees[number]
        if number < silent and not last:
            continue
        exact = balance * gathered + carried
        interest = half_up(exact, unit)
        carried = exact - interest * unit if carries else 0
        part, free = balance, balance - balloon
        if not last and method is RepaymentMethod.ANNUITY and number >= first:
            part = min(free, max(0, level.at(number, balance, gathered) - interest))
        elif not last:
            part = min(free, even) if number >= first else 0
        balance -= part
        if part + interest + fee:
            made.append(Instalment(due, part, interest + fee, since))
            since = due
        gathered = fee = 0
    return made


def _at_maturity(
    principal: int, price: Price, due: date, start: date, fee_of: FeeOf
) -> list[Instalment]:
    """All of it on one day, with interest on interest."""
    [fee] = _fee_parts(price, fee_of.base or principal, 1, 1)
    return [Instalment(due, principal, price.interest(principal, start, due) + fee, start)]


class _Level:
    """The level payment of an annuity, from one instalment to the next."""

    def __init__(self, price: Price, dues: list[date], shares: list[int], balloon: int) -> None:
        self.price, self.dues, self.shares, self.balloon = price, dues, shares, balloon
        self.force: Price | None = None
        self.level = 0

    def at(self, number: int, balance: int, gathered: int) -> int:
        """What is paid at the instalment of this number, of a balance that has gathered interest of
        that share."""
        known = self.force
        if known is None or self.price.changes:
            self.force = self.price.in_force(self.dues[number])
            if self.force != known:
                shares = [gathered, *self._later(number, self.force)]
                self.level = level_payment(balance, shares, self.price.unit, self.balloon)
        if self.level * self.price.unit < balance * gathered:
            self.force = None
        return self.level

    def _later(self, number: int, force: Price) -> list[int]:
        if not self.price.changes:
            return self.shares[number + 1 :]
        return force.shares(self.dues[number], self.dues[number + 1 :])


def _fee_parts(price: Price, base: int, whole: int, count: int) -> list[int]:
    """The last `count` of `whole` even parts of a fee; the very last takes the remainder."""
    if price.per is not RatePer.PRINCIPAL:
        return [0] * count
    fee = rounded(base * price.percent / 100)
    part = fee // whole
    return [part] * (count - 1) + [fee - part * (whole - 1)]


def due_dates(
    drawn: date,
    periods: int,
    due_day: int | None,
    rhythm: Rhythm = Rhythm.MONTHLY,
    *,
    at_once: bool = False,
) -> list[date]:
    """Due dates of a draw: the first one in the month (or quarter) after it, on `due_day` or its
    own, or a week or two after it; or `at_once`, on its day."""
    if not at_once:
        return list(_known_dues(drawn, periods, due_day, rhythm))
    return [drawn, *_known_dues(drawn, periods - 1, due_day, rhythm)]


@lru_cache(10_000)
def _known_dues(drawn: date, periods: int, due_day: int | None, rhythm: Rhythm) -> tuple[date, ...]:
    steps = range(1, periods + 1)
    if rhythm in _DAYS:
        return tuple(drawn + timedelta(days=_DAYS[rhythm] * number) for number in steps)
    return tuple(_months_after(drawn, number * _MONTHS[rhythm], due_day) for number in steps)


def step_from(anchor: date, number: int, due_day: int | None, rhythm: Rhythm) -> date:
    """The day so many steps of the rhythm after another, or before it where that is below 0."""
    if rhythm in _DAYS:
        return anchor + timedelta(days=_DAYS[rhythm] * number)
    return _months_after(anchor, number * _MONTHS[rhythm], due_day)


def _months_after(anchor: date, months: int, due_day: int | None) -> date:
    year, month0 = divmod(anchor.year * 12 + anchor.month - 1 + months, 12)
    return clipped(year, month0 + 1, due_day or anchor.day)


_DAYS = {Rhythm.WEEKLY: 7, Rhythm.FORTNIGHTLY: 14}
_MONTHS = {Rhythm.MONTHLY: 1, Rhythm.QUARTERLY: 3}
_ADDED = {
    Compounding.NEVER: 0,
    Compounding.MONTHLY: 1,
    Compounding.QUARTERLY: 3,
    Compounding.YEARLY: 12,
}


def price_of(terms: Priced) -> Price:
    """The price as the record of a line, tranche or measure has it; only what is due whole may bear
    interest on its interest."""
    compounds = _ADDED[terms.compounding] if terms.method is RepaymentMethod.BULLET else 0
    return Price(terms.rate_percent, terms.rate_per, terms.day_count, terms.rate_changes, compounds)


def shape_of(terms: Priced, drawn: int = 0) -> Shape:
    """How a schedule of `drawn` minor units begins and ends, and how its interest is rounded."""
    balloon = rounded(drawn * terms.balloon_percent / 100) if terms.balloon_percent else 0
    carried = terms.rounding is Rounding.CARRIED
    return Shape(terms.grace_periods, terms.interest_only_periods, balloon, carried)
