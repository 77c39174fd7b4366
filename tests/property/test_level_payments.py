"""A level payment pays off by the days of its schedule: against a plain loop that knows no formula.

The loop looks for the least payment that pays the balance off, by halving, in exact fractions.
"""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstop.domain import DayCount, EarlyEffect, RateChange, RatePer, RepaymentMethod, Tranche
from backstop.projection import Instalment, draw_schedule, tranche_schedule
from backstop.projection.amortisation import Price, Shape, due_dates, schedule
from backstop.store.interchange import book_from_json
from naive import Terms, half_up

FIELD = Path(__file__).parents[1] / "unit" / "field"
ANNUITY = RepaymentMethod.ANNUITY


def left_after(owed: int, payment: Fraction, shares: list[Fraction]) -> Fraction:
    """What is still owed in the end, of exact payments."""
    balance = Fraction(owed)
    for share in shares:
        balance += balance * share - payment
    return balance


def naive_level(owed: int, shares: list[Fraction]) -> Fraction:
    """The payment that leaves nothing, to a thousandth of a unit."""
    low, high = Fraction(0), Fraction(owed) * (1 + sum(shares))
    while high - low > Fraction(1, 1000):
        middle = (low + high) / 2
        low, high = (middle, high) if left_after(owed, middle, shares) > 0 else (low, middle)
    return high


def shares_of(terms: Terms, start: date, dues: list[date]) -> list[Fraction]:
    return [terms.share(a, b) for a, b in zip([start, *dues], dues, strict=False)]


def growth(shares: list[Fraction]) -> float:
    """How many times a unit of rounding in each instalment counts in the last one."""
    times = 0.0
    for share in shares:
        times = times * (1 + float(share)) + 1
    return times


def test_case_22_the_last_instalment_of_an_actual_360_loan_is_as_the_others() -> None:
    book = book_from_json((FIELD / "22-act360-last.json").read_bytes())
    [line], [draw] = book.facilities, book.planned_draws
    made = draw_schedule(line, draw.amount, draw.first_date, draw.periods)
    assert len({each.total for each in made[:-1]}) == 1
    assert abs(made[-1].total - made[0].total) <= 100
    shares = shares_of(
        Terms(Decimal(6), RatePer.YEAR, DayCount.ACTUAL_360),
        draw.first_date,
        [each.due for each in made],
    )
    assert made[0].total == half_up(naive_level(draw.amount, shares))


def test_a_long_first_period_is_spread_over_all_instalments() -> None:
    """The second loan of case 22: 58 days at 36 % before the first instalment."""
    start, price = date(2027, 1, 4), Price(Decimal(36), RatePer.YEAR, DayCount.ACTUAL_365)
    dues = [date(2027, month, 3) for month in range(3, 13)]
    made = schedule(900_000, price, ANNUITY, dues, start)
    assert (dues[0] - start).days == 58
    assert abs(made[-1].total - made[0].total) <= 10


@pytest.mark.parametrize(
    ("principal", "percent", "months", "payment", "last"),
    [  # LibreOffice and Excel's PMT: 10,000 at 8 % over ten months, 1,037.03
        (10_000_00, "8", 10, 1037_03, 1037_06),
        (55_000_00, "10", 36, 1774_70, 1774_46),
    ],
)
def test_thirty_day_months_are_as_the_formula_says(
    principal: int, percent: str, months: int, payment: int, last: int
) -> None:
    start, price = date(2026, 1, 5), Price(Decimal(percent), RatePer.YEAR, DayCount.THIRTY_360)
    made = schedule(principal, price, ANNUITY, due_dates(start, months, None), start)
    rate = Fraction(percent) / 1200
    assert made[0].total == half_up(principal * rate / (1 - (1 + rate) ** -months)) == payment
    assert made[-1].total == pytest.approx(last, abs=30)


days = st.dates(date(2020, 1, 1), date(2040, 12, 31))


@given(
    owed=st.integers(10_000, 10**9),
    tenths=st.integers(0, 3600),
    per=st.sampled_from([RatePer.YEAR, RatePer.DAY]),
    day_count=st.sampled_from(DayCount),
    periods=st.integers(1, 60),
    drawn=days,
    due_day=st.integers(1, 31) | st.none(),
    grace=st.integers(0, 6),
    interest_only=st.integers(0, 6),
)
def test_every_level_is_that_of_the_loop(
    *,
    owed: int,
    tenths: int,
    per: RatePer,
    day_count: DayCount,
    periods: int,
    drawn: date,
    due_day: int | None,
    grace: int,
    interest_only: int,
) -> None:
    percent = Decimal(tenths) / (100 if per is RatePer.YEAR else 10_000)
    dues = due_dates(drawn, periods, due_day)
    shape = Shape(grace, interest_only)
    made = schedule(owed, Price(percent, per, day_count), ANNUITY, dues, drawn, shape=shape)
    first = min(grace + interest_only, periods - 1)
    shares = shares_of(Terms(percent, per, day_count), drawn, dues)
    if not interest_only:
        shares = [sum(shares[: first + 1], Fraction(0)), *shares[first + 1 :]]
    else:
        shares = shares[first:]
    paying = [each for each in made if each.due >= dues[first]]
    level = naive_level(owed, shares)
    if len(paying) > 1 and level >= owed * max(shares):
        assert abs(paying[0].total - level) < 1
        assert len({each.total for each in paying[:-1]}) == 1
        assert abs(paying[-1].total - level) <= growth(shares) + 1


@given(st.integers(100_000, 10**9), st.integers(0, 24), st.integers(2, 48), days, days)
def test_a_level_set_anew_by_a_change_of_rate_pays_off_too(
    owed: int, percent: int, periods: int, drawn: date, from_day: date
) -> None:
    change = RateChange(from_day=from_day, percent=Decimal(percent) + 1)
    terms = Decimal(percent), RatePer.YEAR, DayCount.ACTUAL_365, (change,)
    dues = due_dates(drawn, periods, None)
    made = schedule(owed, Price(*terms), ANNUITY, dues, drawn)
    shares = shares_of(Terms(*terms), drawn, dues)
    assert abs(made[-1].total - made[-2].total) <= growth(shares) + 1 or dues[-2] <= from_day
    before = [each.total for each in made[:-1] if each.due <= from_day]
    after = [each.total for each in made[:-1] if each.due > from_day]
    assert len(set(before)) <= 1
    assert len(set(after)) <= 1


def test_a_draw_under_way_goes_on_as_it_began() -> None:
    """What is owed after ten instalments, entered as it stands, gives the same level."""
    price = Price(Decimal(12), RatePer.YEAR, DayCount.ACTUAL_360)
    start = date(2026, 3, 17)
    made = schedule(500_000_00, price, ANNUITY, due_dates(start, 36, None), start)
    rest = tranche(made[10:])
    assert {each.total for each in tranche_schedule(rest)[:-1]} <= {
        made[0].total + each for each in (-1, 0, 1)
    }


def tranche(made: list[Instalment], **terms: object) -> Tranche:
    return Tranche(
        id="t",
        name="T",
        principal=sum(each.principal for each in made),
        next_due=made[0].due,
        remaining_periods=len(made),
        rate_percent=Decimal(12),
        day_count=DayCount.ACTUAL_360,
    ).changed(**terms)


def test_instalments_after_an_early_repayment_are_fewer_and_as_high() -> None:
    price = Price(Decimal(12), RatePer.YEAR, DayCount.ACTUAL_360)
    start = date(2026, 3, 17)
    made = schedule(500_000_00, price, ANNUITY, due_dates(start, 36, None), start)
    early = tranche(
        made,
        early_on=made[5].due,
        early_amount=200_000_00,
        early_effect=EarlyEffect.SHORTEN,
    )
    after = [each for each in tranche_schedule(early) if each.due > made[5].due]
    shares = shares_of(
        Terms(Decimal(12), RatePer.YEAR, DayCount.ACTUAL_360),
        made[5].due,
        [each.due for each in made[6:]],
    )
    owed = sum(each.principal for each in after)
    fewest = next(n for n in range(1, 31) if naive_level(owed, shares[:n]) <= made[0].total)
    assert len(after) == fewest
    assert after[0].total == half_up(naive_level(owed, shares[:fewest]))
