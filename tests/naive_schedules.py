"""Schedules by a plain loop over instalments, in fractions, that knows no formula.

It shares nothing with the engine: due days are found by walking from month to month, a level
payment by what a unit of it does.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from backstop.domain import RepaymentMethod, Rhythm, Rounding
from naive import Terms, half_up

ONE_DAY = timedelta(days=1)
Row = tuple[date, int, int]
"""When, principal, interest."""


@dataclass(frozen=True)
class Loan:
    amount: int
    start: date
    first: date
    own_day: int
    periods: int
    method: RepaymentMethod
    terms: Terms
    rhythm: Rhythm = Rhythm.MONTHLY
    grace: int = 0
    interest_only: int = 0
    balloon: int = 0
    rounding: Rounding = Rounding.EACH


def naive_dues(loan: Loan) -> list[date]:
    """Walks on to the next day that is due, as often as there are instalments."""
    found, day = [loan.first], loan.first
    weeks = {Rhythm.WEEKLY: 1, Rhythm.FORTNIGHTLY: 2}
    while len(found) < loan.periods:
        if loan.rhythm in weeks:
            day = day + timedelta(weeks=weeks[loan.rhythm])
        else:
            for _ in range(3 if loan.rhythm is Rhythm.QUARTERLY else 1):
                day = _in_the_next_month(day, loan.own_day)
        found.append(day)
    return found


def _in_the_next_month(day: date, wanted: int) -> date:
    day = day.replace(day=monthrange(day.year, day.month)[1]) + ONE_DAY
    return day.replace(day=min(wanted, monthrange(day.year, day.month)[1]))


def naive_rows(loan: Loan) -> list[Row]:
    """Every instalment in which something is paid."""
    dues = naive_dues(loan)
    shares = [loan.terms.share(a, b) for a, b in zip([loan.start, *dues], dues, strict=False)]
    silent = min(loan.grace + loan.interest_only, loan.periods - 1)
    in_parts = loan.method in (RepaymentMethod.ANNUITY, RepaymentMethod.EQUAL_PRINCIPAL)
    even = half_up(Fraction(loan.amount - loan.balloon, loan.periods - silent))
    balance, waiting, over, rows, level = loan.amount, Fraction(0), Fraction(0), list[Row](), 0
    for number, due in enumerate(dues):
        last = number == loan.periods - 1
        waiting += shares[number]
        unpaid = loan.method is RepaymentMethod.BULLET or number < loan.grace
        if unpaid and not last:
            continue
        exact = balance * waiting + over
        interest = half_up(exact)
        over = exact - interest if loan.rounding is Rounding.CARRIED else Fraction(0)
        part = balance if last else 0
        if in_parts and number >= silent and not last:
            if not level:
                later = [waiting, *shares[number + 1 :]]
                level = half_up(naive_level(balance, later, loan.balloon))
            falls_short = level < balance * waiting
            wanted = even if loan.method is RepaymentMethod.EQUAL_PRINCIPAL else level - interest
            part = min(balance - loan.balloon, max(0, wanted))
            level = 0 if falls_short else level
        waiting, balance = Fraction(0), balance - part
        if part or interest:
            rows.append((due, part, interest))
    return rows


def naive_level(owed: int, shares: list[Fraction], balloon: int) -> Fraction:
    """The payment after which the balloon alone is left: each unit of it leaves as much less."""

    def left(payment: Fraction) -> Fraction:
        balance = Fraction(owed)
        for share in shares:
            balance += balance * share - payment
        return balance - balloon

    without = left(Fraction(0))
    return without / (without - left(Fraction(1)))
