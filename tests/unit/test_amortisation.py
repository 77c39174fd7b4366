"""Rules of repayment schedules."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstop.domain import (
    DayCount,
    Facility,
    RatePer,
    RepaymentMethod,
    Tranche,
)
from backstop.projection import bill_due, draw_schedule, tranche_schedule
from backstop.projection.amortisation import Price, days_30e_360, due_dates, schedule

LENDING = [each for each in RepaymentMethod if each is not RepaymentMethod.STATEMENT_CYCLE]


def line(**fields: object) -> Facility:
    return Facility(id="line", name="line", **fields)  # type: ignore[arg-type]


@given(
    st.integers(1, 10**10),
    st.decimals(0, 36, places=3),
    st.sampled_from(RatePer),
    st.sampled_from(DayCount),
    st.sampled_from(LENDING),
    st.integers(1, 120),
    st.dates(date(2020, 1, 1), date(2040, 1, 1)),
)
def test_principals_add_up_to_the_draw_and_end_at_zero(
    principal: int,
    percent: Decimal,
    per: RatePer,
    day_count: DayCount,
    method: RepaymentMethod,
    periods: int,
    drawn: date,
) -> None:
    percent = percent / 100 if per is RatePer.DAY else percent
    dues = due_dates(drawn, periods, None)
    made = schedule(principal, Price(percent, per, day_count), method, dues, drawn)
    assert sum(each.principal for each in made) == principal
    assert all(each.principal >= 0 and each.interest >= 0 for each in made)
    assert [each.due for each in made] == sorted({each.due for each in made})


def test_annuity_pays_the_same_each_month_save_the_last() -> None:
    made = draw_schedule(
        line(rate_percent=Decimal(12), day_count=DayCount.THIRTY_360), 120_000, date(2026, 1, 5), 12
    )
    assert len({each.total for each in made[:-1]}) == 1
    assert abs(made[-1].total - made[0].total) <= 12


def test_equal_principal_pays_less_each_month() -> None:
    facility = line(rate_percent=Decimal(12), method=RepaymentMethod.EQUAL_PRINCIPAL)
    made = draw_schedule(facility, 120_000, date(2026, 1, 5), 12)
    assert {each.principal for each in made} == {10_000}
    assert made[0].total > made[-1].total


@pytest.mark.parametrize("method", [RepaymentMethod.INTEREST_FIRST, RepaymentMethod.ON_DEMAND])
def test_interest_first_pays_principal_with_the_last_instalment(method: RepaymentMethod) -> None:
    facility = line(rate_percent=Decimal(12), day_count=DayCount.THIRTY_360, method=method)
    made = draw_schedule(facility, 100_000, date(2026, 1, 5), 6)
    assert [each.principal for each in made] == [0, 0, 0, 0, 0, 100_000]
    assert [each.interest for each in made] == [1_000] * 6


def test_bullet_pays_everything_at_maturity() -> None:
    facility = line(
        rate_percent=Decimal(12), day_count=DayCount.THIRTY_360, method=RepaymentMethod.BULLET
    )
    (only,) = draw_schedule(facility, 100_000, date(2026, 1, 5), 6)
    assert (only.due, only.principal, only.interest) == (date(2026, 7, 5), 100_000, 6_000)


def test_a_daily_rate_counts_actual_days() -> None:
    facility = line(
        rate_percent=Decimal("0.04"), rate_per=RatePer.DAY, method=RepaymentMethod.INTEREST_FIRST
    )
    made = draw_schedule(facility, 1_000_000, date(2026, 1, 31), 2)
    assert [each.due for each in made] == [date(2026, 2, 28), date(2026, 3, 31)]
    assert [each.interest for each in made] == [28 * 400, 31 * 400]


def test_a_fee_on_the_principal_is_spread_and_adds_up() -> None:
    facility = line(rate_percent=Decimal("4.5"), rate_per=RatePer.PRINCIPAL)
    made = draw_schedule(facility, 100_001, date(2026, 1, 5), 6)
    assert sum(each.interest for each in made) == 4_500
    assert sum(each.principal for each in made) == 100_001


def test_due_day_31_means_the_last_day_of_each_month() -> None:
    assert due_dates(date(2026, 12, 5), 4, 31) == [
        date(2027, 1, 31),
        date(2027, 2, 28),
        date(2027, 3, 31),
        date(2027, 4, 30),
    ]


def test_a_draw_on_the_31st_stays_anchored_to_the_31st() -> None:
    assert due_dates(date(2026, 1, 31), 3, None) == [
        date(2026, 2, 28),
        date(2026, 3, 31),
        date(2026, 4, 30),
    ]


def test_a_tranche_starts_at_its_next_due_date_and_ends_at_zero() -> None:
    tranche = Tranche(
        id="t",
        name="t",
        principal=60_000,
        rate_percent=Decimal(12),
        day_count=DayCount.THIRTY_360,
        method=RepaymentMethod.EQUAL_PRINCIPAL,
        next_due=date(2026, 2, 10),
        remaining_periods=3,
    )
    made = tranche_schedule(tranche)
    assert [each.due for each in made] == [date(2026, m, 10) for m in (2, 3, 4)]
    assert [each.interest for each in made] == [600, 400, 200]


@pytest.mark.parametrize(
    ("bought", "due"),
    [
        (date(2026, 3, 1), date(2026, 4, 9)),  # on the statement day: the next statement
        (date(2026, 2, 28), date(2026, 3, 9)),
        (date(2026, 3, 31), date(2026, 4, 9)),
        (date(2026, 12, 15), date(2027, 1, 9)),
    ],
)
def test_huabei_bills_on_the_first_and_is_due_on_the_ninth(bought: date, due: date) -> None:
    huabei = line(
        method=RepaymentMethod.STATEMENT_CYCLE, purchases_only=True, statement_day=1, due_day=9
    )
    assert bill_due(huabei, bought) == due


def test_a_due_day_before_the_statement_day_falls_in_the_next_month() -> None:
    card = line(
        method=RepaymentMethod.STATEMENT_CYCLE, purchases_only=True, statement_day=25, due_day=15
    )
    assert bill_due(card, date(2026, 1, 24)) == date(2026, 2, 15)
    assert bill_due(card, date(2026, 1, 25)) == date(2026, 3, 15)


def test_30e_360_counts_every_month_as_thirty_days() -> None:
    assert days_30e_360(date(2026, 1, 31), date(2026, 2, 28)) == 28
    assert days_30e_360(date(2026, 1, 15), date(2027, 1, 15)) == 360
    assert days_30e_360(date(2026, 3, 31), date(2026, 5, 31)) == 60
