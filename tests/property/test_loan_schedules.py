"""Schedules equal a plain loop over instalments to the unit, from the beginning and cut anywhere:
each method, day count, rhythm, rounding, grace, balloon and odd first period."""

from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from backstop.domain import DayCount, Origin, RatePer, Rhythm, Rounding, Tranche
from backstop.projection import tranche_schedule
from backstop.projection.schedules import left_after
from naive import Terms, half_up
from naive_schedules import Loan, naive_dues, naive_rows
from strategies import LENDING

EARLIEST, LATEST = date(2023, 12, 28), date(2028, 3, 1)


@st.composite
def loans(draw: DrawFn) -> tuple[Loan, Tranche]:
    """The same loan as the loop and as the book has it, none of it paid."""
    start = draw(st.dates(EARLIEST, LATEST))
    first = start + timedelta(days=draw(st.integers(0, 100)))
    due_day = draw(st.none() | st.integers(first.day, 31) | st.just(31))
    if due_day is not None:
        first = _on(first, due_day)
    percent = Decimal(draw(st.integers(0, 3600))) / 100
    amount, periods = draw(st.integers(10_000, 10**9)), draw(st.integers(1, 24))
    method, rhythm = draw(st.sampled_from(LENDING)), draw(st.sampled_from(Rhythm))
    rounding, day_count = draw(st.sampled_from(Rounding)), draw(st.sampled_from(DayCount))
    grace, alone = draw(st.integers(0, 4)), draw(st.integers(0, 4))
    balloon = draw(st.just(0) | st.integers(1, 90))
    origin = Origin(
        start=start,
        principal=amount,
        first_due=first,
        periods=periods,
        grace_periods=grace,
        interest_only_periods=alone,
    )
    owed = Tranche(
        id="t",
        name="T",
        principal=amount,
        next_due=first,
        remaining_periods=periods,
        origin=origin,
        due_day=due_day,
        rate_percent=percent,
        day_count=day_count,
        method=method,
        rhythm=rhythm,
        rounding=rounding,
        balloon_percent=Decimal(balloon),
    )
    own_day = due_day or (start.day if first == _on(first, start.day) else first.day)
    loan = Loan(
        amount,
        start,
        first,
        own_day,
        periods,
        method,
        Terms(percent, RatePer.YEAR, day_count),
        rhythm,
        grace,
        alone,
        half_up(Fraction(amount * balloon, 100)),
        rounding,
    )
    return loan, owed


def _on(day: date, wanted: int) -> date:
    return day.replace(day=min(wanted, monthrange(day.year, day.month)[1]))


@given(loans(), st.data())
def test_a_loan_is_paid_as_the_loop_says_whatever_is_paid_of_it(
    both: tuple[Loan, Tranche], data: st.DataObject
) -> None:
    loan, owed = both
    assert owed.origin is not None
    dues, expected = naive_dues(loan), naive_rows(loan)
    paid = data.draw(st.integers(0, loan.periods - 1))
    left = left_after(owed, owed.origin, paid)
    assert left.next_due == dues[paid]
    rest = [row for row in expected if row[0] >= dues[paid]]
    assert left.principal == sum(principal for _, principal, _ in rest)
    if left.principal:
        cut = owed.changed(paid_instalments=paid, **left._asdict())
        assert [(e.due, e.principal, e.interest) for e in tranche_schedule(cut)] == rest
