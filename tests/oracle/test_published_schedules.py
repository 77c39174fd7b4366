"""Schedules and rates against published worked examples."""

import math
from datetime import date, timedelta
from decimal import Decimal

import pytest

from backstop.domain import DayCount, MinimumBase, RatePer, RepaymentMethod, Tranche
from backstop.projection import annual_cost, minimum_payments
from backstop.projection.amortisation import Price, due_dates, level_payment, schedule


def yearly(percent: str) -> Price:
    return Price(Decimal(percent), RatePer.YEAR, DayCount.THIRTY_360)


def level(principal: int, rate: str, months: int) -> int:
    """The instalment over so many months of thirty days."""
    start, price = date(2026, 1, 1), yearly(rate)
    shares = price.shares(start, due_dates(start, months, None))
    return level_payment(principal, shares, price.unit)


@pytest.mark.parametrize(
    ("principal", "rate", "months", "payment"),
    [
        (300_000_00, "5", 360, 1610_46),  # KMyMoney, mymoneyfinancialcalculator-test.cpp
        (25_000_00, "5.5", 60, 477_53),  # KMyMoney handbook
    ],
)
def test_level_payment_is_the_published_one(
    principal: int, rate: str, months: int, payment: int
) -> None:
    assert level(principal, rate, months) == payment


def test_what_rounded_payments_leave_over_is_the_published_residual() -> None:
    """KMyMoney: 360 payments of 1610.46 leave 4.05. Theirs does not round interest each month; ours
    does, and adds what is left to the last payment."""
    start = date(2026, 1, 1)
    dues = due_dates(start, 360, None)
    made = schedule(300_000_00, yearly("5"), RepaymentMethod.ANNUITY, dues, start)
    assert made[0].total == 1610_46
    assert made[-1].total - made[0].total == pytest.approx(4_05, abs=10)


@pytest.mark.parametrize(
    ("method", "first", "last", "interest"),
    [  # CapSens/loan-creator spec/fixtures: 55000 at 10 %, 36 months
        (RepaymentMethod.ANNUITY, 1774_69, 1774_74, 8889_03),
        (RepaymentMethod.EQUAL_PRINCIPAL, None, 1527_70, 8479_15),
    ],
)
def test_schedules_agree_with_capsens_to_ten_cents(
    method: RepaymentMethod, first: int | None, last: int, interest: int
) -> None:
    start = date(2026, 1, 1)
    dues = due_dates(start, 36, None)
    made = schedule(55_000_00, yearly("10"), method, dues, start)
    assert sum(each.interest for each in made) == pytest.approx(interest, abs=10)
    if first is None:
        assert {each.principal for each in made[:-1]} == {1527_78}
        assert made[-1].principal == last
    else:
        assert made[0].total == pytest.approx(first, abs=10)
        # theirs carries each rounding into the next instalment, ours into the last one
        assert made[-1].total == pytest.approx(last, abs=30)


def test_xirr_of_microsofts_example() -> None:
    """−10000, then 2750, 4250, 3250, 2750: exact root 0.37336253351883."""
    start = date(2008, 1, 1)
    back = [
        ((when - start).days, amount)
        for when, amount in (
            (date(2008, 3, 1), 2750),
            (date(2008, 10, 30), 4250),
            (date(2009, 2, 15), 3250),
            (date(2009, 4, 1), 2750),
        )
    ]
    assert annual_cost(10_000, back) == pytest.approx(0.37336253351883, abs=1e-8)


YEAR_OF_DAYS = 365
"""US Regulation Z, Appendix J. Its annual percentage rate is nominal: the rate of a unit period
times their number in a year. Ours is effective: the same root, said otherwise. A fraction of a
period bears simple interest there and compound interest here, which moves the second decimal."""


def nominal(effective: float, days: float) -> float:
    """In percent, with unit periods of so many days; of four weeks there are thirteen a year."""
    periodic = math.expm1(math.log1p(effective) * days / YEAR_OF_DAYS)
    return 100 * round(YEAR_OF_DAYS / days) * periodic


SEMI_MONTH = YEAR_OF_DAYS / 24


@pytest.mark.parametrize(
    ("advance", "payments", "first", "unit", "rate"),
    [
        (5000_00, [230_00] * 24, 0.0, YEAR_OF_DAYS / 12, 9.69),
        (5000_00, [219_17] * 24, (6 / 15 - 1) * SEMI_MONTH, SEMI_MONTH, 10.34),
        (500_00, [17_60] * 30, 4 * 7 + 4 - 7, 7, 14.96),
        (400_00, [39_50] + [38_31] * 11, 5, 28, 28.50),
    ],
    ids=["monthly", "semi-monthly", "weekly", "four-weekly"],
)
def test_annual_percentage_rates_of_regulation_z(
    advance: int, payments: list[int], first: float, unit: float, rate: float
) -> None:
    """`first` is by how many days the first period is longer than the others."""
    back = [(round(first + unit * n), amount) for n, amount in enumerate(payments, start=1)]
    assert nominal(annual_cost(advance, back), unit) == pytest.approx(rate, abs=0.01)


def test_a_single_payment_of_regulation_z_bears_simple_interest() -> None:
    """1000 back as 1080 after 255 days is 11.45 %."""
    start = date(2026, 1, 1)
    price = Price(Decimal("11.45"), RatePer.YEAR, DayCount.ACTUAL_365)
    interest = price.interest(1000_00, start, start + timedelta(days=255))
    assert interest == pytest.approx(80_00, abs=4)  # half of the last decimal of the rate


def test_the_payment_at_a_rate_of_regulation_z_is_the_one_it_was_found_from() -> None:
    assert level(5000_00, "9.69", 24) == pytest.approx(230_00, abs=2)


def test_apr_of_the_european_example() -> None:
    """COM(96)79, Annex III, example 1: 1000 back as 1200 after 546 days is 12.96 %."""
    assert annual_cost(1000_00, [(546, 1200_00)]) == pytest.approx(0.1296, abs=5e-5)


def test_a_fee_of_six_and_a_half_percent_over_six_months_is_about_fifteen_a_year() -> None:
    """Huabei's quote of 6.5 % for nine instalments or 4.5 % for six: about 15.3 % true."""
    price = Price(Decimal("4.5"), RatePer.PRINCIPAL, DayCount.ACTUAL_365)
    start = date(2026, 1, 9)
    made = schedule(
        10_000_00, price, RepaymentMethod.EQUAL_PRINCIPAL, due_dates(start, 6, None), start
    )
    back = [((each.due - start).days, each.total) for each in made]
    assert sum(each.interest for each in made) == 450_00
    # the catalogue's figure is a nominal rate; effective it is about 16.6 %
    assert annual_cost(10_000_00, back) == pytest.approx(0.166, abs=0.003)


def test_a_card_paid_at_its_minimum_takes_as_long_as_published() -> None:
    """debtsmart.com: 2,500 at 19.6 %, 2 % of balance and interest to the nearest dollar, and it
    takes 56 months until 2,000 or less is owed."""
    card = Tranche(
        id="card",
        name="Card",
        principal=250_000,
        next_due=date(2026, 2, 1),
        rate_percent=Decimal("19.6"),
        day_count=DayCount.THIRTY_360,
        pays_minimum=True,
        minimum_percent=Decimal(2),
        minimum_base=MinimumBase.BALANCE_AND_INTEREST,
    )
    made = minimum_payments(card.principal, card, card.next_due, date(2026, 1, 1), step=100)
    owed = [250_000 - sum(each.principal for each in made[: n + 1]) for n in range(len(made))]
    assert next(n for n, left in enumerate(owed, start=1) if left <= 200_000) == 56
