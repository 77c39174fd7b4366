"""What lenders ask for, day by day: written from what a book's fields say, without the engine.

Days, interest and loans by every method, slow and plain: integers, fractions, one loan at a time.
`occurrences` counts the dates of rules, `card_bills` the bills of cards, `whole_books` adds it all
up. Money is in minor units.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from fractions import Fraction

import holidays

from backstop.domain import (
    Adjustment,
    Book,
    Compounding,
    DayCount,
    EarlyEffect,
    Facility,
    Priced,
    RateChange,
    RatePer,
    RepaymentMethod,
    Rhythm,
    Rounding,
    Tranche,
)

Move = tuple[date, int]
"""A day, and what pooled cash gains on it."""

WEEKS = {Rhythm.WEEKLY: 1, Rhythm.FORTNIGHTLY: 2}
MONTHS = {Rhythm.MONTHLY: 1, Rhythm.QUARTERLY: 3}
COMPOUNDED = {Compounding.MONTHLY: 1, Compounding.QUARTERLY: 3, Compounding.YEARLY: 12}
MONTHLY_INTEREST = (RepaymentMethod.INTEREST_FIRST, RepaymentMethod.ON_DEMAND)


def half_up(exact: Fraction) -> int:
    """The nearest minor unit; halves away from zero."""
    return int(exact + Fraction(1, 2)) if exact >= 0 else -half_up(-exact)


def share(amount: int, percent: object) -> int:
    """So many percent of an amount."""
    return half_up(amount * Fraction(str(percent)) / 100)


# ---- days


def month_on(day: date, months: int, wanted: int) -> date:
    """So many months on, on the wanted day of the month or its last one."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(wanted, monthrange(year, month + 1)[1]))


def closed_days(book: Book) -> Callable[[date], bool]:
    """Whether banks are closed on a day: by the published list of the country, or weekends."""
    if not book.country:
        return lambda day: day.weekday() >= 5
    market = {"US": "XFED"}.get(book.country)  # banks are open where offices are closed
    official = (
        holidays.financial_holidays(market) if market else holidays.country_holidays(book.country)
    )
    return lambda day: not official.is_working_day(day)


def adjusted(day: date, how: Adjustment, closed: Callable[[date], bool]) -> date:
    """The day on which what falls on `day` is paid."""

    def walk(step: int) -> date:
        there = day
        while closed(there):
            there += timedelta(step)
        return there

    if how is Adjustment.NONE:
        return day
    there = walk(-1 if how is Adjustment.PRECEDING else 1)
    if how is Adjustment.MODIFIED_FOLLOWING and there.month != day.month:
        return walk(-1)
    return there


def days_between(start: date, end: date, count: DayCount) -> int:
    """Days of interest: by the calendar, or with months of thirty days (30E/360, ISDA 4.16(g))."""
    if count is not DayCount.THIRTY_360:
        return (end - start).days
    first, last = min(start.day, 30), min(end.day, 30)
    return 360 * (end.year - start.year) + 30 * (end.month - start.month) + last - first


# ---- interest


def rate_of(terms: Priced, percent: object) -> Fraction:
    """The rate of one day of interest, as a fraction of what is owed."""
    each = Fraction(str(percent)) / 100
    if terms.rate_per is RatePer.DAY:
        return each
    return each / (365 if terms.day_count is DayCount.ACTUAL_365 else 360)


def growth(
    terms: Priced, start: date, end: date, changes: tuple[RateChange, ...] | None = None
) -> Fraction:
    """Interest of one unit from one day to another, whatever the rate becomes between."""
    if terms.rate_per is RatePer.PRINCIPAL or end <= start:
        return Fraction(0)
    known = terms.rate_changes if changes is None else changes
    count = DayCount.ACTUAL_365 if terms.rate_per is RatePer.DAY else terms.day_count
    inside = [each for each in known if start < each.from_day < end]
    days = [start, *(each.from_day for each in inside), end]
    before = [each.percent for each in known if each.from_day <= start]
    percents = [before[-1] if before else terms.rate_percent, *(each.percent for each in inside)]
    return sum(
        (
            days_between(a, b, count) * rate_of(terms, percent)
            for a, b, percent in zip(days, days[1:], percents, strict=False)
        ),
        Fraction(0),
    )


class Rounded:
    """Interest in whole units: each time by itself, or with what was left over before."""

    def __init__(self, how: Rounding) -> None:
        self.carries, self.left = how is Rounding.CARRIED, Fraction(0)

    def __call__(self, exact: Fraction) -> int:
        wanted = exact + self.left if self.carries else exact
        whole = half_up(wanted)
        self.left = wanted - whole
        return whole


# ---- loans


class Loan:
    """One drawing: what was lent when, and the contract's due days, none of them adjusted."""

    def __init__(
        self, terms: Priced, lent: int, start: date, dues: list[date], silent: tuple[int, int]
    ) -> None:
        self.terms, self.lent, self.start, self.dues = terms, lent, start, dues
        last = len(dues) - 1
        self.grace = min(silent[0], last)
        self.silent = min(sum(silent), last)
        self.balloon = share(lent, terms.balloon_percent)
        self.fee_of, self.fee_parts = lent, len(dues)
        self.early: tuple[date, int, EarlyEffect, object] | None = None

    def rows(self) -> list[tuple[date, int, int]]:
        """Due day, principal, interest and fees of each instalment."""
        if self.terms.method is RepaymentMethod.BULLET:
            return list(self._whole())
        return list(self._instalments())

    def _whole(self) -> Iterator[tuple[date, int, int]]:
        owed, since, end = self.lent, self.start, self.dues[-1]
        rounded = Rounded(self.terms.rounding)
        if self.early and self.early[0] < end:
            day, wanted, _, fee = self.early
            part = min(wanted, owed)
            yield day, part, self._bullet_interest(owed, since, day, rounded) + share(part, fee)
            owed, since = owed - part, day
        if owed:
            yield end, owed, self._bullet_interest(owed, since, end, rounded) + self._fees(1)

    def _bullet_interest(self, owed: int, since: date, end: date, rounded: Rounded) -> int:
        step = COMPOUNDED.get(self.terms.compounding)
        if step is None or self.terms.rate_per is RatePer.PRINCIPAL:
            return rounded(owed * growth(self.terms, since, end))
        grown, at, number = owed, since, 0
        while at < end:
            number += step
            upto = min(month_on(self.start, number, self.start.day), end)
            if upto > at:
                grown += half_up(grown * growth(self.terms, at, upto))
                at = upto
        return grown - owed

    def _fees(self, whole: int = 0) -> int:
        if self.terms.rate_per is not RatePer.PRINCIPAL:
            return 0
        fee = share(self.fee_of, self.terms.rate_percent)
        return fee if whole else fee // self.fee_parts

    def _instalments(self) -> Iterator[tuple[date, int, int]]:
        owed, since, accrued = self.lent, self.start, self.start
        rounded, run_up, fees = Rounded(self.terms.rounding), Fraction(0), 0
        dues, number, short = list(self.dues), 0, False
        plan = self._plan(owed, since, dues, self.silent)
        while number < len(dues):
            due = dues[number]
            if self.early and since <= self.early[0] < due:
                day, wanted, effect, fee = self.early
                self.early = None
                part = min(wanted, owed)
                run_up += owed * growth(self.terms, since, day)
                yield day, part, rounded(run_up) + fees + share(part, fee)
                owed, since, run_up, fees, accrued = owed - part, day, Fraction(0), 0, day
                if not owed:
                    return
                plan, dues = self._after_early(plan, owed, day, dues, number, effect)
                continue
            if short or self._rate_changes(since, due, number):
                plan = self._plan(owed, accrued, dues[number:], max(0, self.silent - number))
            fees += self._fee_of(number, len(dues))
            run_up += owed * growth(self.terms, since, due)
            if number < self.grace:
                yield due, 0, 0
            else:
                interest, last = rounded(run_up), number == len(dues) - 1
                short = self._is_level and number >= self.silent and plan < run_up
                principal = owed if last else self._principal(plan, owed, interest, number)
                yield due, principal, interest + fees
                run_up, fees, owed, accrued = Fraction(0), 0, owed - principal, due
            since, number = due, number + 1

    def _fee_of(self, number: int, periods: int) -> int:
        if self.terms.rate_per is not RatePer.PRINCIPAL:
            return 0
        if number == periods - 1:
            return self._fees(1) - self._fees() * (self.fee_parts - 1)
        return self._fees()

    def _rate_changes(self, since: date, due: date, number: int) -> bool:
        inside = any(since <= each.from_day < due for each in self.terms.rate_changes)
        return self._is_level and number > 0 and inside

    def _principal(self, plan: int, owed: int, interest: int, number: int) -> int:
        if number < self.silent or self.terms.method in MONTHLY_INTEREST:
            return 0
        return min(max(0, plan - interest if self._is_level else plan), owed)

    @property
    def _is_level(self) -> bool:
        per_time = self.terms.rate_per is not RatePer.PRINCIPAL
        return self.terms.method is RepaymentMethod.ANNUITY and per_time

    def _plan(self, owed: int, since: date, dues: list[date], silent: int) -> int:
        """The level payment, or the equal share of principal, from here on."""
        paying = dues[silent:]
        if not self._is_level:
            return half_up(Fraction(max(0, owed - self.balloon), len(paying)))
        paid_until = dues[silent - 1] if silent and self.silent > self.grace else since
        return self._level(owed, paid_until, paying, dues[0])

    def _level(self, owed: int, start: date, dues: list[date], known_until: date) -> int:
        """What pays off by the days of the schedule, at the rates known by the next due day."""
        known = tuple(e for e in self.terms.rate_changes if e.from_day < known_until)
        value, factor = Fraction(0), Fraction(1)
        for since, due in zip([start, *dues], dues, strict=False):
            factor /= 1 + growth(self.terms, since, due, known)
            value += factor
        return half_up((owed - self.balloon * factor) / value)

    def _after_early(
        self, plan: int, owed: int, day: date, dues: list[date], number: int, effect: EarlyEffect
    ) -> tuple[int, list[date]]:
        """Fewer instalments, none higher than before, or lower ones."""
        left, silent = dues[number:], max(0, self.silent - number)
        shorter = effect is EarlyEffect.SHORTEN and self.terms.method not in MONTHLY_INTEREST
        shorter = shorter and not self.balloon  # what is left for the last keeps its day
        for fewer in range(silent + 1, len(left)) if shorter else ():
            if self._plan(owed, day, left[:fewer], silent) <= plan:
                return self._plan(owed, day, left[:fewer], silent), dues[: number + fewer]
        return self._plan(owed, day, left, silent), dues


def due_days(terms: Priced, first: date, periods: int, anchor: int) -> list[date]:
    """Due days by the rhythm, each month's on its own day."""
    if terms.rhythm in WEEKS:
        return [first + timedelta(7 * WEEKS[terms.rhythm] * n) for n in range(periods)]
    step = MONTHS[terms.rhythm]
    return [first, *(month_on(first, step * n, anchor) for n in range(1, periods))]


def period_before(terms: Priced, first: date, anchor: int) -> date:
    """The day on which the period ends that comes before the one that ends on `first`."""
    if terms.rhythm in WEEKS:
        return first - timedelta(7 * WEEKS[terms.rhythm])
    return month_on(first, -MONTHS[terms.rhythm], anchor)


def loan_of_tranche(owed: Tranche, as_of: date) -> tuple[Loan, int]:
    """The loan from where it is known, and how many of its instalments are paid."""
    if owed.origin:
        origin = owed.origin
        dues = due_days(
            owed, origin.first_due, origin.periods, owed.due_day or origin.first_due.day
        )
        silent = (origin.grace_periods, origin.interest_only_periods)
        loan = Loan(owed, origin.principal, origin.start, dues, silent)
        loan.fee_of = owed.original_principal or origin.principal
    else:
        anchor = owed.due_day or owed.next_due.day
        dues = due_days(owed, owed.next_due, owed.remaining_periods, anchor)
        start = period_before(owed, owed.next_due, anchor)
        if owed.method is not RepaymentMethod.BULLET or owed.remaining_periods == 1:
            start = min(start, as_of)
        start = owed.interest_from or start
        silent = (owed.grace_periods, owed.interest_only_periods)
        loan = Loan(owed, owed.principal, start, dues, silent)
    if owed.early_on and owed.early_amount:
        loan.early = (owed.early_on, owed.early_amount, owed.early_effect, owed.early_fee_percent)
    return loan, owed.paid_instalments


def tranche_moves(owed: Tranche, line: Facility, book: Book) -> Iterator[Move]:
    """What a loan outstanding costs, day by day; what is paid early is paid on its own day,
    and what the contract asks for after it never before."""
    closed = closed_days(book)
    if owed.imported:
        rows = [(row.due, row.principal, row.interest) for row in owed.imported]
        rows = rows[owed.paid_instalments :]
    else:
        loan, paid = loan_of_tranche(owed, book.as_of)
        rows = loan.rows()[paid if owed.method is not RepaymentMethod.BULLET else 0 :]
    rows = [row for row in rows if row[1] + row[2]]
    early = [n for n, row in enumerate(rows) if owed.early_amount and row[0] == owed.early_on]
    for number, (due, principal, interest) in enumerate(rows):
        there = due if number in early[-1:] else adjusted(due, line.due_adjustment, closed)
        if early and number > early[-1]:
            there = max(there, rows[early[-1]][0])
        yield there, -(principal + interest + (0 if number else owed.charges))


def draw_dues(line: Facility, day: date, periods: int) -> list[date]:
    """The contract's due days of a draw: the first in the month after it, or at once."""
    anchor = line.due_day or day.day
    if line.rhythm in WEEKS:
        first = day + timedelta(7 * WEEKS[line.rhythm])
    else:
        first = month_on(day, MONTHS[line.rhythm], anchor)
    dues = due_days(line, first, periods, anchor)
    return [day, *dues[:-1]] if line.first_at_once else dues


def repaid(line: Facility, day: date, amount: int, periods: int, book: Book) -> Iterator[Move]:
    """What is paid back of a draw, never before its day."""
    dues = draw_dues(line, day, periods)
    loan = Loan(line, amount, day, dues, (line.grace_periods, line.interest_only_periods))
    closed = closed_days(book)
    for due, principal, interest in loan.rows():
        there = adjusted(due, line.due_adjustment, closed)
        yield max(day, there), -(principal + interest)
