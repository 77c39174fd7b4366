"""Cards: bills paid in instalments, cash advances. Amounts are minor units."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from backstop.contingency import Contingency, ContingencyKind, obligations, projection_under
from backstop.contingency.identity import OfRecord
from backstop.domain import (
    Account,
    BadInput,
    Book,
    Bought,
    CashFlow,
    DayCount,
    Direction,
    Facility,
    LossMode,
    PlannedDraw,
    RateChange,
    RatePer,
    RepaymentMethod,
    Tranche,
)
from backstop.projection import (
    advance_cost,
    advance_headroom,
    cash_advance,
    draw_cost,
    draw_schedule,
    headroom,
    project,
    tranche_schedule,
    usage,
)

DAY_0 = date(2026, 1, 5)


def card(**fields: object) -> Facility:
    """Statement on the 1st, due on the 9th; bills at 0.04 % a day, cash at 0.05 % and 1 %."""
    plain = Facility(
        id="card",
        name="Card",
        limit=100_000,
        purchases_only=True,
        method=RepaymentMethod.STATEMENT_CYCLE,
        statement_day=1,
        due_day=9,
        rate_per=RatePer.DAY,
        rate_percent=Decimal("0.04"),
        cash_advance_limit=50_000,
        cash_advance_fee_percent=Decimal(1),
        cash_advance_rate_percent=Decimal("0.05"),
    )
    return plain.changed(**fields)


def bill(**fields: object) -> Tranche:
    plain = Tranche(
        id="bill",
        name="Bill",
        principal=10_000,
        next_due=date(2026, 1, 9),
        method=RepaymentMethod.STATEMENT_CYCLE,
    )
    return plain.changed(**fields)


def advance(amount: int = 20_000, day: int = 10) -> PlannedDraw:
    return PlannedDraw(
        id="cash",
        name="Cash",
        facility="card",
        amount=amount,
        first_date=DAY_0 + timedelta(days=day),
    )


def book_with(*draws: PlannedDraw, line: Facility | None = None) -> Book:
    return Book(
        title="Cards",
        as_of=DAY_0,
        horizon_days=90,
        accounts=(Account(id="bank", name="Bank", balance=100_000),),
        facilities=(line or card(),),
        planned_draws=draws,
    )


def test_a_bill_in_instalments_is_paid_in_equal_parts_with_its_fee_spread_evenly() -> None:
    line = card(bill_instalments=3, instalment_fee_percent=Decimal("2.5"))
    made = draw_schedule(line, 10_000, date(2026, 1, 20), 12)
    assert [each.due for each in made] == [date(2026, month, 9) for month in (2, 3, 4)]
    assert [each.principal for each in made] == [3_333, 3_333, 3_334]
    assert [each.interest for each in made] == [83, 83, 84]


@pytest.mark.parametrize(("bought", "cost"), [(9, 0.166), (31, 0.215)])
def test_the_true_cost_of_a_bill_in_instalments_is_far_above_its_quote(
    bought: int, cost: float
) -> None:
    """4.5 % for six instalments: the published 15.3 % a year is nominal, and holds when the first
    one is due a month after the purchase. Bought just before the statement, it costs more."""
    line = card(bill_instalments=6, instalment_fee_percent=Decimal("4.5"))
    found = draw_cost(line, 1_000_000, date(2026, 1, bought), 1)
    assert found == pytest.approx(cost, abs=0.003)


def test_what_is_left_of_a_bill_bears_the_rest_of_its_fee() -> None:
    """Some of it was paid back early; two of the six parts of the whole fee are still to come."""
    begun = bill(
        principal=3_000,
        original_principal=12_000,
        remaining_periods=2,
        bill_instalments=6,
        instalment_fee_percent=Decimal(6),
    )
    assert [each.total for each in tranche_schedule(begun)] == [1_620, 1_620]


def test_a_bill_not_begun_is_paid_in_all_its_instalments() -> None:
    made = tranche_schedule(bill(bill_instalments=4, instalment_fee_percent=Decimal(4)))
    assert [each.total for each in made] == [2_600] * 4
    assert made[-1].due == date(2026, 4, 9)


def test_paying_a_bill_early_costs_no_interest() -> None:
    early = bill(early_on=date(2026, 1, 7), early_amount=4_000, rate_percent=Decimal(20))
    made = tranche_schedule(early)
    assert [(each.due.day, each.principal, each.interest) for each in made] == [
        (7, 4_000, 0),
        (9, 6_000, 0),
    ]


def test_paying_a_bill_in_instalments_early_lowers_the_rest() -> None:
    parts = bill(bill_instalments=4, early_on=date(2026, 1, 20), early_amount=1_500)
    made = tranche_schedule(parts)
    assert [each.principal for each in made] == [2_500, 1_500, 2_000, 2_000, 2_000]
    assert sum(each.interest for each in made) == 0


def test_a_cash_advance_bears_interest_from_its_day_and_is_due_with_the_next_bill() -> None:
    [due] = cash_advance(card(), 20_000, date(2026, 1, 15), 12)
    assert (due.due, due.principal) == (date(2026, 2, 9), 20_000)
    assert due.interest == 25 * 10 + 200  # 25 days at 0.05 %, and the fee


def test_bills_in_instalments_do_not_spread_a_cash_advance() -> None:
    line = card(bill_instalments=12, pays_minimum=True)
    assert len(cash_advance(line, 20_000, date(2026, 1, 15), 12)) == 1


def test_a_cash_advance_on_a_line_without_statements_is_paid_back_as_other_draws_are() -> None:
    line = card(method=RepaymentMethod.EQUAL_PRINCIPAL, statement_day=None, due_day=15)
    made = cash_advance(line, 20_000, date(2026, 1, 15), 2)
    assert [each.principal for each in made] == [10_000, 10_000]
    assert made[0].interest == 31 * 10 + 200


def test_the_true_cost_of_a_cash_advance_counts_its_fee() -> None:
    free = advance_cost(card(cash_advance_fee_percent=Decimal(0)), date(2026, 1, 15))
    assert free == pytest.approx((1 + 25 * 0.0005) ** (365 / 25) - 1, abs=1e-5)
    assert advance_cost(card(), date(2026, 1, 15)) > 2 * 0.1825 > free > 0.1825


def test_all_of_a_cash_advance_arrives_and_its_fee_is_billed() -> None:
    line = card(draw_fee_percent=Decimal(3))  # what others keep back of a draw
    projection = project(book_with(advance(), line=line))
    assert int(projection.funding[10]) == 20_000
    assert int(projection.payments[35]) == 20_450


def test_a_cash_advance_counts_against_the_limit_and_its_own() -> None:
    stock = CashFlow(
        id="stock",
        name="Stock",
        direction=Direction.PAYMENT,
        amount=60_000,
        first_date=DAY_0 + timedelta(days=12),
        through="card",
    )
    projection = project(book_with(advance(30_000)).put(stock))
    line = projection.book.facilities[0]
    assert usage(projection, line)[[9, 10, 12, 35]].tolist() == [0, 30_000, 90_000, 0]
    assert advance_headroom(projection, line)[[9, 10, 12, 35]].tolist() == [
        50_000,
        20_000,
        10_000,
        50_000,
    ]
    assert headroom(projection, line)[12] == 10_000


def test_closing_a_card_takes_its_cash_advance_and_blocking_purchases_does_not() -> None:
    projection = project(book_with(advance()))
    for mode, expected in ((LossMode.NO_NEW_DRAWS, 0), (LossMode.PURCHASES_BLOCKED, 20_000)):
        loss = Contingency(OfRecord("card"), ContingencyKind.SINGLE, ("card",), mode=mode)
        assert int(projection_under(projection, loss).funding.sum()) == expected


def test_a_cut_card_lends_what_is_left_of_its_limit() -> None:
    projection = project(book_with(advance(), line=card(limit=30_000)))
    loss = Contingency(OfRecord("card"), ContingencyKind.SINGLE, ("card",), mode=LossMode.LIMIT_CUT)
    under = projection_under(projection, loss)
    assert int(under.funding[10]) == 15_000
    [bill_due] = [each for each in obligations(projection, loss) if each.day == 35]
    assert bill_due.amount == 15_000 + 188 + 150  # 25 days of interest, half up, and the fee


def test_what_a_credit_pays_of_earlier_purchases_takes_no_room_under_a_cut() -> None:
    """Paid at once, as in the projection without the cut; so nothing of the 150.00 is taken up."""
    bought = Bought(day=DAY_0 - timedelta(days=2), amount=5_000)
    line = card(limit=30_000, credit_balance=6_000, unbilled=(bought,))
    projection = project(book_with(advance(), line=line))
    assert usage(projection, line)[9] == 0
    loss = Contingency(OfRecord("card"), ContingencyKind.SINGLE, ("card",), mode=LossMode.LIMIT_CUT)
    assert int(projection_under(projection, loss).funding.sum()) == 15_000


def test_cash_cannot_be_planned_on_a_line_that_lends_none() -> None:
    with pytest.raises(BadInput, match="lends no cash"):
        book_with(advance(), line=card(cash_advance_limit=0))


def test_interest_follows_each_change_of_the_rate_from_its_day() -> None:
    line = Facility(
        id="loan",
        name="Loan",
        rate_percent=Decimal(12),
        day_count=DayCount.THIRTY_360,
        method=RepaymentMethod.INTEREST_FIRST,
        due_day=5,
        rate_changes=(
            RateChange(from_day=date(2026, 1, 20), percent=Decimal(24)),
            RateChange(from_day=date(2026, 2, 5), percent=Decimal(6)),
            RateChange(from_day=date(2026, 2, 20), percent=Decimal(0)),
        ),
    )
    made = draw_schedule(line, 360_000, DAY_0, 3)
    # 15 days at 120 and 15 at 240; 15 days at 60; nothing
    assert [each.interest for each in made] == [5_400, 900, 0]
