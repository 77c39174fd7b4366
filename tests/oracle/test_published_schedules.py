"""Schedules and rates against published worked examples."""

from datetime import date
from decimal import Decimal

import pytest

from backstop.domain import DayCount, MinimumBase, RatePer, RepaymentMethod, Tranche
from backstop.projection import annual_cost, minimum_payments
from backstop.projection.amortisation import Price, due_dates, level_payment, schedule


def yearly(percent: str) -> Price:
    return Price(Decimal(percent), RatePer.YEAR, DayCount.THIRTY_360)


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
    assert level_payment(principal, yearly(rate).monthly(date(2026, 1, 1)), months) == payment


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
