"""Bills, bills in instalments and cash advances equal those found by walking through the days."""

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

import strategies
from backstop.domain import DayCount, Facility, RatePer, RepaymentMethod
from backstop.projection import Instalment, cash_advance, draw_schedule
from naive import half_up

ONE_DAY = timedelta(days=1)
month_days = st.integers(1, 31)


@st.composite
def cards(draw: st.DrawFn) -> Facility:
    line = draw(strategies.facilities(purchases_only=True, tranche_ids=()))
    return line.changed(
        method=RepaymentMethod.STATEMENT_CYCLE,
        statement_day=draw(month_days),
        due_day=draw(month_days),
        pays_minimum=False,
    )


def falls_on(day: date, wanted: int) -> bool:
    """Whether it is that day of the month, or the last one of a shorter month."""
    is_last = (day + ONE_DAY).day == 1
    return day.day == wanted or (is_last and day.day < wanted)


def next_day(after: date, wanted: int | None) -> date:
    assert wanted is not None
    day = after + ONE_DAY
    while not falls_on(day, wanted):
        day += ONE_DAY
    return day


def bills(line: Facility, bought: date) -> Iterator[date]:
    """When the bill with a purchase is due, and those after it."""
    statement = bought
    while True:
        statement = next_day(statement, line.statement_day)
        if line.due_days_after is None:
            yield next_day(statement, line.due_day)
        else:
            yield statement + line.due_days_after * ONE_DAY


def told(made: list[Instalment]) -> list[tuple[date, int, int]]:
    return [(each.due, each.principal, each.interest) for each in made]


@given(cards(), strategies.amounts, strategies.days())
def test_a_bill_is_due_in_equal_parts_from_its_due_day_on(
    line: Facility, amount: int, bought: date
) -> None:
    count = line.bill_instalments
    fee = half_up(Fraction(line.instalment_fee_percent) * amount / 100) if count > 1 else 0
    expected, left = [], amount
    for number, due in zip(range(count), bills(line, bought), strict=False):
        last = number == count - 1
        part = left if last else min(left, half_up(Fraction(amount, count)))
        share = fee - fee // count * (count - 1) if last else fee // count
        if part + share:
            expected.append((due, part, share))
        left -= part
    assert told(draw_schedule(line, amount, bought, 12)) == expected


@given(cards(), strategies.amounts, strategies.days())
def test_a_cash_advance_is_due_with_the_next_bill_with_interest_from_its_day(
    line: Facility, amount: int, drawn: date
) -> None:
    due = next(bills(line, drawn))
    rate = Fraction(line.cash_advance_rate_percent) * amount / 100
    fee = half_up(Fraction(line.cash_advance_fee_percent) * amount / 100)
    interest = half_up(
        rate * (1 if line.rate_per is RatePer.PRINCIPAL else years(line, drawn, due))
    )
    assert told(cash_advance(line, amount, drawn, 12)) == [(due, amount, interest + fee)]


def years(line: Facility, start: date, end: date) -> Fraction:
    days = (end - start).days
    if line.rate_per is RatePer.DAY:
        return Fraction(days)
    match line.day_count:
        case DayCount.ACTUAL_365:
            return Fraction(days, 365)
        case DayCount.ACTUAL_360:
            return Fraction(days, 360)
        case DayCount.THIRTY_360:
            months = 12 * (end.year - start.year) + end.month - start.month
            return Fraction(30 * months + min(end.day, 30) - min(start.day, 30), 360)
