"""Interest of a rate that changes equals that of each day by itself."""

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

import strategies
from backstop.domain import DayCount, Facility, RatePer
from backstop.projection.amortisation import price_of
from naive import half_up

ONE_DAY = timedelta(days=1)


@st.composite
def lines(draw: st.DrawFn) -> Facility:
    line = draw(strategies.facilities(tranche_ids=()))
    if line.rate_per is RatePer.YEAR and line.day_count is DayCount.THIRTY_360:
        return line.changed(day_count=DayCount.ACTUAL_360)
    return line


def year_of(line: Facility) -> int:
    """What a percentage is divided by for a day; a fee on the principal bears no interest."""
    if line.rate_per is RatePer.DAY:
        return 1
    return 365 if line.day_count is DayCount.ACTUAL_365 else 360


@given(lines(), strategies.amounts, strategies.days(), st.integers(0, 400))
def test_interest_is_that_of_each_day_at_the_rate_then_in_force(
    line: Facility, balance: int, start: date, days: int
) -> None:
    total = Fraction(0)
    for number in range(days if line.rate_per is not RatePer.PRINCIPAL else 0):
        day, percent = start + number * ONE_DAY, line.rate_percent
        for change in line.rate_changes:
            percent = change.percent if change.from_day <= day else percent
        total += Fraction(percent) * balance / (100 * year_of(line))
    found = price_of(line).interest(balance, start, start + days * ONE_DAY)
    assert found == half_up(total)
