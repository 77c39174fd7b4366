"""The bills of cards as they are sent: cases from the field, and their kin. Minor units."""

import json
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from backstop.contingency import (
    Contingency,
    ContingencyKind,
    low_under,
    obligations,
    pairs,
    projection_under,
    slack,
)
from backstop.contingency.identity import OfRecord
from backstop.contingency.pairs import both
from backstop.domain import (
    Account,
    Adjustment,
    BadInput,
    Book,
    Bought,
    CalendarYear,
    CashFlow,
    Direction,
    Facility,
    LossMode,
    MinimumBase,
    PlannedDraw,
    Priority,
    RatePer,
    RepaymentMethod,
    Repeat,
    Tranche,
)
from backstop.projection import Projection, advance_headroom, headroom, project, usage
from backstop.projection.card_schedules import left_after_minimum, minimum_payments
from backstop.projection.cycle import Cycle
from backstop.store import book_from_json

FIELD = Path(__file__).with_name("field")
DAY_0 = date(2027, 1, 1)


def case(name: str, **line: object) -> Book:
    """A book from the field; `line` are terms that older programs could not say."""
    document = json.loads((FIELD / f"{name}.json").read_text(encoding="utf-8"))
    book = book_from_json(json.dumps(document).encode())
    return book.put(book.facilities[0].changed(**line)) if line else book


def card(**fields: object) -> Facility:
    """Statement on the 5th, due on the 25th, 0.05 % a day."""
    plain = Facility(
        id="card",
        name="Card",
        limit=5_000_000,
        purchases_only=True,
        method=RepaymentMethod.STATEMENT_CYCLE,
        statement_day=5,
        due_day=25,
        rate_per=RatePer.DAY,
        rate_percent=Decimal("0.05"),
    )
    return plain.changed(**fields)


def by_card(amount: int, day: date, flow_id: str = "shop", **fields: Any) -> CashFlow:
    plain = CashFlow(
        id=flow_id,
        name=flow_id,
        direction=Direction.PAYMENT,
        amount=amount,
        first_date=day,
        through="card",
    )
    return plain.changed(**fields)


def refund(amount: int, day: date, **fields: Any) -> CashFlow:
    return by_card(amount, day, "refund", direction=Direction.RECEIPT, **fields)


def book_with(line: Facility, *flows: CashFlow, **facts: Any) -> Book:
    return Book(
        title="Cards",
        as_of=DAY_0,
        horizon_days=365,
        accounts=(Account(id="bank", name="Bank", balance=10_000_000),),
        facilities=(line,),
        cash_flows=flows,
        **facts,
    )


def paid(projection: Projection) -> dict[str, int]:
    """What leaves cash, by its day."""
    days = range(projection.days)
    found = {projection.date_of(day).isoformat(): int(projection.payments[day]) for day in days}
    return {day: amount for day, amount in found.items() if amount}


def paid_of(book: Book) -> dict[str, int]:
    return paid(project(book))


def lost(mode: LossMode, day: int, **manner: Any) -> Contingency:
    return Contingency(
        OfRecord("card"), ContingencyKind.SINGLE, ("card",), loss_day=day, mode=mode, **manner
    )


# the minimum of the whole bill


def test_the_floor_counts_once_for_each_bill() -> None:
    """data/field 06: ten purchases of 50.00, at least 100.00 a bill."""
    assert paid_of(case("06-card-minimum-floor")) == {
        "2027-02-25": 10_000,
        "2027-03-25": 10_000,
        "2027-04-25": 10_000,
        "2027-05-25": 10_000,
        "2027-06-25": 10_000,
        "2027-07-25": 1_549,
    }


def test_two_purchases_on_one_bill_are_one_bill() -> None:
    """data/field 06: of 600.00, half each, 120.00 are asked for at 20 %, and not twice 100.00."""
    line = card(pays_minimum=True, minimum_percent=Decimal(20), minimum_floor=10_000)
    flows = by_card(30_000, date(2027, 1, 10)), by_card(30_000, date(2027, 1, 12), "other")
    assert paid_of(book_with(line, *flows))["2027-02-25"] == 12_000


def test_the_next_bill_asks_for_what_is_left_of_the_last_one_too() -> None:
    """One floor of 100.00 for both: 400.00 are left, with 28 days of interest, and 500.00 new."""
    line = card(pays_minimum=True, minimum_floor=10_000)
    flows = by_card(50_000, date(2027, 1, 10)), by_card(50_000, date(2027, 2, 10), "other")
    found = paid_of(book_with(line, *flows))
    assert (found["2027-02-25"], found["2027-03-25"]) == (10_000, 10_000)


def test_what_is_shared_over_purchases_adds_up_to_the_bill() -> None:
    line = card(pays_minimum=True)
    flows = [by_card(3_333, date(2027, 1, 6 + n), f"f{n}") for n in range(3)]
    projection = project(book_with(line, *flows))
    table = projection.flows
    for number in range(3):
        mine = table.series == number
        assert int(table.principal[mine].sum()) == 3_333
    assert paid(projection)["2027-02-25"] == 1_000  # 10 % of 99.99


def test_the_interest_of_a_bill_is_rounded_once() -> None:
    """Ten times 9.09 left of 10.10 bear 0.14 each in 31 days; together 1.41."""
    line = card(pays_minimum=True, minimum_base=MinimumBase.INTEREST_ON_TOP)
    flows = [by_card(1_010, date(2027, 2, 6 + n), f"f{n}") for n in range(10)]
    found = paid_of(book_with(line, *flows))
    left = 10_100 - 1_010
    assert found["2027-03-25"] == 1_010
    assert found["2027-04-25"] == 909 + round(left * 31 * 0.0005)


@pytest.mark.parametrize(
    ("base", "second"),
    [
        (MinimumBase.BALANCE, 90_000),
        (MinimumBase.BALANCE_AND_INTEREST, 91_260),
        (MinimumBase.INTEREST_ON_TOP, 90_000 + 12_600),
    ],
)
def test_what_the_minimum_is_a_share_of(base: MinimumBase, second: int) -> None:
    """9,000.00 left for 28 days at 0.05 %: 126.00 of interest."""
    book = case("07-card-interest-from-purchase", minimum_base=base)
    assert paid_of(book)["2027-03-25"] == second


# the interest-free time


def test_paying_less_than_the_bill_loses_the_interest_free_time() -> None:
    """data/field 07: 250.00 for 50 days of 10,000.00 up to the due day, and 126.00 after it; the
    bill of that due day was sent without either."""
    book = case(
        "07-card-interest-from-purchase",
        interest_from_purchase=True,
        minimum_base=MinimumBase.INTEREST_ON_TOP,
    )
    found = paid_of(book)
    assert (found["2027-02-25"], found["2027-03-25"]) == (100_000, 90_000 + 25_000 + 12_600)


def test_the_published_example_of_chinese_banks() -> None:
    """1,000.00 on 30 March; statement on 5 April, due on 23 April, of which 100.00 are paid: 24
    days of the whole and then of 900.00 at 0.05 %. The bank asks for 12 days of that on its
    statement of 5 May, 17.40 in all; by the due day of that statement it is 30 days, and 25.50."""
    line = card(
        due_day=23,
        pays_minimum=True,
        interest_from_purchase=True,
        minimum_base=MinimumBase.INTEREST_ON_TOP,
    )
    found = paid_of(book_with(line, by_card(100_000, date(2027, 3, 30))))
    assert found["2027-04-23"] == 10_000
    assert found["2027-05-23"] == 9_000 + 1_200 + 1_350


def test_interest_is_that_of_the_average_daily_balance() -> None:
    """The method of US card agreements, including new purchases (12 CFR 1026.60(g)(1)): the daily
    balances of a period, added up and divided by its days, times the daily rate and the days."""
    line = card(
        pays_minimum=True,
        minimum_percent=Decimal(1),
        interest_from_purchase=True,
        minimum_base=MinimumBase.INTEREST_ON_TOP,
        rate_percent=Decimal("0.0545"),
    )
    flows = by_card(120_000, date(2027, 1, 10)), by_card(80_000, date(2027, 2, 1), "second")
    found = paid_of(book_with(line, *flows))
    balances = [0] * 365
    for day in range(365):
        today = DAY_0 + timedelta(days=day)
        balances[day] = 120_000 * (today >= flows[0].first_date)
        balances[day] += 80_000 * (today >= flows[1].first_date)
        balances[day] -= 2_000 * (today >= date(2027, 2, 25))  # 1 % of the first bill
    until = (date(2027, 3, 25) - DAY_0).days
    average = Fraction(sum(balances[:until]), until)
    interest = average * until * Fraction("0.000545")
    assert found["2027-02-25"] == 2_000
    assert abs(found["2027-03-25"] - 1_980 - interest) <= 1


def test_a_bill_paid_in_full_by_its_floor_costs_nothing() -> None:
    line = card(pays_minimum=True, interest_from_purchase=True, minimum_floor=20_000)
    found = paid_of(book_with(line, by_card(15_000, date(2027, 1, 10))))
    assert found == {"2027-02-25": 15_000}


def test_a_bill_in_hand_bears_from_its_purchases_or_from_the_day_that_is_known() -> None:
    bill = Tranche(
        id="bill",
        name="Bill",
        principal=100_000,
        next_due=date(2027, 1, 25),
        method=RepaymentMethod.STATEMENT_CYCLE,
        pays_minimum=True,
        rate_per=RatePer.DAY,
        rate_percent=Decimal("0.05"),
    )
    line = card(
        pays_minimum=True, interest_from_purchase=True, minimum_base=MinimumBase.INTEREST_ON_TOP
    )
    listed = bill.changed(purchases=(Bought(day=date(2026, 12, 6), amount=100_000),))
    carried = bill.changed(interest_from=date(2026, 12, 25), charges=777)
    for tranche, first, second in (
        (bill, 10_000, 9_000 + 1_000 + 1_395),  # 20 days from the statement on, at least
        (listed, 10_000, 9_000 + 2_500 + 1_395),
        (carried, 10_000 + 1_550 + 777, 9_000 + 1_395),
    ):
        found = paid_of(book_with(line.changed(tranches=(tranche,))))
        assert (found["2027-01-25"], found["2027-02-25"]) == (first, second)


def test_minimum_payments_run_to_their_end() -> None:
    """US style: 1 % and the interest, 0.0493 % a day. It takes more than fifty years."""
    terms = card(
        pays_minimum=True,
        minimum_percent=Decimal(1),
        minimum_base=MinimumBase.INTEREST_ON_TOP,
        rate_percent=Decimal("0.0493"),
    )
    day = date(2027, 1, 25)
    made = minimum_payments(5_000_000, terms, day, day)
    assert len(made) > 600
    assert sum(each.principal for each in made) == 5_000_000
    assert made[-1].principal < 50  # of which 1 % comes to nothing
    assert left_after_minimum(5_000_000, terms, day) == 0


def test_what_minimum_payments_never_pay_is_left() -> None:
    never = card(pays_minimum=True, minimum_percent=Decimal(1))
    day = date(2027, 1, 25)
    assert left_after_minimum(100_000, never, day) == 99_000
    assert minimum_payments(100_000, never, day, day)[-1].principal == 99_000


def test_minimum_payments_stay_on_the_last_day_of_the_month() -> None:
    line = card(due_day=31, pays_minimum=True)
    found = list(paid_of(book_with(line, by_card(100_000, date(2027, 1, 10)))))
    assert found[:4] == ["2027-02-28", "2027-03-31", "2027-04-30", "2027-05-31"]


def test_a_part_at_another_rate_is_on_the_same_bill() -> None:
    """600.00 of a promotion at nothing and 400.00 at 0.05 %: one minimum of 100.00, and interest of
    what is left of the 400.00 alone."""
    promotion = Tranche(
        id="promotion",
        name="Promotion",
        principal=60_000,
        next_due=date(2027, 2, 25),
        method=RepaymentMethod.STATEMENT_CYCLE,
        pays_minimum=True,
    )
    line = card(pays_minimum=True, minimum_base=MinimumBase.INTEREST_ON_TOP, tranches=(promotion,))
    found = paid_of(book_with(line, by_card(40_000, date(2027, 1, 10))))
    assert found["2027-02-25"] == 10_000
    assert found["2027-03-25"] == 9_000 + 36_000 * 28 * 5 // 10_000


# bills in instalments


def test_a_bill_in_instalments_is_divided_and_its_fee_rounded_as_a_whole() -> None:
    """Three of 33.35 in three instalments, 4.5 % of 100.05: 4.50 in all, and not 3 times 1.50."""
    line = card(bill_instalments=3, instalment_fee_percent=Decimal("4.5"))
    flows = [by_card(3_335, date(2027, 1, 6 + n), f"f{n}") for n in range(3)]
    assert paid_of(book_with(line, *flows)) == {
        "2027-02-25": 3_335 + 150,
        "2027-03-25": 3_335 + 150,
        "2027-04-25": 3_335 + 150,
    }


# days


def test_bills_due_days_after_the_statement() -> None:
    """data/field 17: 20 days after the 20th."""
    found = list(paid_of(case("17-due-days-after", due_days_after=20)))
    assert found[:4] == ["2027-03-12", "2027-04-09", "2027-05-10", "2027-06-09"]
    assert list(paid_of(case("17-due-days-after")))[:2] == ["2027-03-10", "2027-04-10"]


def test_a_purchase_on_the_statement_day_falls_on_the_next() -> None:
    """data/field 18."""
    assert paid_of(case("18-statement-day")) == {"2027-03-20": 200, "2027-04-20": 100}


@pytest.mark.parametrize("after", [None, 20])
def test_a_statement_on_the_31st_stays_anchored(after: int | None) -> None:
    cycle = Cycle(31, 20, after)
    numbers = [cycle.number(date(2027, month, 10)) for month in (1, 2, 3, 4)]
    assert [cycle.statement(each).day for each in numbers] == [31, 28, 31, 30]
    dues = [cycle.due(each) for each in numbers]
    expected = ["02-20", "03-20", "04-20", "05-20"]
    assert [f"{day:%m-%d}" for day in dues] == expected
    assert cycle.number(date(2027, 2, 28)) == numbers[2]


@pytest.mark.parametrize(
    ("adjustment", "due"),
    [
        (Adjustment.NONE, "2027-02-07"),
        (Adjustment.FOLLOWING, "2027-02-11"),
        (Adjustment.PRECEDING, "2027-02-04"),
    ],
)
@pytest.mark.parametrize("minimum", [False, True])
def test_a_due_day_in_a_holiday_week_moves_and_shifts_no_other(
    adjustment: Adjustment, due: str, minimum: bool
) -> None:
    """7 February 2027 lies in the week of the Spring Festival; later dues stay where they were."""
    line = card(statement_day=20, due_day=7, due_adjustment=adjustment, pays_minimum=minimum)
    book = book_with(line, by_card(100_000, date(2027, 1, 10), repeat=Repeat.MONTHS), country="CN")
    days = list(paid_of(book))
    assert days[0] == due
    assert "2027-04-07" in days
    again = paid_of(book.put(line.changed(due_adjustment=Adjustment.NONE)))
    assert list(paid_of(book).values()) == list(again.values())


# money that comes back


def test_a_credit_balance_lowers_the_next_bills() -> None:
    """data/field 24: 50.00 too much was paid; a bill of 30.00, then one of 100.00."""
    book = case("24-refund-on-card-without-its-draw", credit_balance=5_000)
    flows = by_card(3_000, date(2027, 1, 5)), by_card(10_000, date(2027, 1, 15), "later")
    for flow in flows:
        book = book.put(flow.changed(through="c"))
    assert paid_of(book) == {"2027-02-28": 8_000}


def test_a_refund_lowers_the_bill_it_falls_on_and_what_is_left_the_next() -> None:
    flows = (
        by_card(10_000, date(2027, 1, 6)),
        by_card(7_000, date(2027, 2, 6), "second"),
        refund(14_000, date(2027, 1, 20)),
    )
    assert paid_of(book_with(card(), *flows)) == {"2027-03-25": 3_000}


def test_a_refund_does_not_lower_a_bill_that_was_sent() -> None:
    flows = by_card(10_000, date(2027, 1, 6)), refund(4_000, date(2027, 2, 6))
    later = by_card(5_000, date(2027, 2, 20), "later")
    assert paid_of(book_with(card(), *flows, later)) == {"2027-02-25": 10_000, "2027-03-25": 1_000}


def test_a_refund_does_not_lower_a_later_bill_that_was_sent_either() -> None:
    """What is left of January's purchase was asked for on the statement of 5 March; what comes back
    on the 7th is on the next one."""
    plain = by_card(100_000, date(2027, 1, 6))
    back = refund(40_000, date(2027, 3, 7))
    line = card(pays_minimum=True)
    before = list(paid_of(book_with(line, plain)).values())
    after = list(paid_of(book_with(line, plain, back)).values())
    assert after[:2] == before[:2]
    assert after[2] < before[2]


def test_a_refund_lowers_the_minimum() -> None:
    line = card(pays_minimum=True)
    flows = by_card(100_000, date(2027, 1, 6)), refund(40_000, date(2027, 1, 20))
    assert paid_of(book_with(line, *flows))["2027-02-25"] == 6_000


def test_a_refund_makes_room_from_its_day_on() -> None:
    flows = by_card(100_000, date(2027, 1, 6)), refund(40_000, date(2027, 1, 20))
    projection = project(book_with(card(limit=100_000), *flows))
    line = projection.book.facilities[0]
    assert headroom(projection, line)[[4, 5, 18, 19, 55]].tolist() == [
        100_000,
        0,
        0,
        40_000,
        100_000,
    ]


def test_a_credit_pays_without_cash_and_is_no_obligation() -> None:
    line = card(credit_balance=10_000)
    projection = project(book_with(line, by_card(10_000, date(2027, 1, 6))))
    assert obligations(projection) == []
    assert usage(projection, line).max() == 0


def test_only_a_card_with_bills_takes_a_refund() -> None:
    plain = card(method=RepaymentMethod.ANNUITY, statement_day=None)
    with pytest.raises(BadInput, match="no bills that a refund could lower"):
        book_with(plain, refund(1, DAY_0))


# what was bought before


def test_what_is_not_billed_yet_is_due_with_its_bill_and_owed_now() -> None:
    """Whatever becomes of the card, and as debt, whatever was bought."""
    rent = by_card(9_000, date(2027, 6, 1), "rent", priority=Priority.CAN_GO, through="")
    bought = (
        Bought(day=date(2026, 12, 20), amount=9_000, flow="rent"),
        Bought(day=date(2026, 12, 28), amount=500),
    )
    book = book_with(card(unbilled=bought), rent)
    line = book.facilities[0]
    assert line.balance == 9_500
    projection = project(book)
    assert paid(projection) == {"2027-01-25": 9_500, "2027-06-01": 9_000}
    assert usage(projection, line)[[0, 24]].tolist() == [9_500, 0]
    due = {each.record: each.priority for each in obligations(projection, last=30)}
    assert due == {"rent": Priority.MUST, "card": Priority.MUST}
    assert paid(projection_under(projection, lost(LossMode.NO_NEW_DRAWS, 0)))["2027-01-25"] == 9_500


def test_a_purchase_forgets_the_payment_that_leaves_the_book() -> None:
    rent = by_card(9_000, date(2027, 6, 1), "rent", through="")
    bought = (Bought(day=DAY_0, amount=9_000, flow="rent", rule_date=DAY_0),)
    line = card(unbilled=bought)
    with pytest.raises(BadInput, match="not in this book"):
        book_with(line)
    left = book_with(line, rent).without("rent").facilities[0]
    assert left.unbilled == (Bought(day=DAY_0, amount=9_000),)


# cash from a card


def test_cash_drawn_before_bears_interest_and_has_its_own_limit() -> None:
    cash = Tranche(
        id="cash",
        name="Cash",
        principal=20_000,
        next_due=date(2027, 1, 25),
        interest_from=date(2026, 12, 26),
        method=RepaymentMethod.STATEMENT_CYCLE,
        rate_per=RatePer.DAY,
        rate_percent=Decimal("0.05"),
        charges=200,
        cash_advance=True,
    )
    line = card(tranches=(cash,), cash_advance_limit=50_000, pays_minimum=True)
    projection = project(book_with(line))
    assert paid(projection) == {"2027-01-25": 20_000 + 300 + 200}
    assert advance_headroom(projection, line)[[23, 24]].tolist() == [30_000, 50_000]


# losses


def of_three(**terms: object) -> Book:
    """100.00 on the 6th of January, 300.00 and 500.00 on the 10th and the 20th."""
    flows = (
        by_card(10_000, date(2027, 1, 6), "a"),
        by_card(30_000, date(2027, 1, 10), "b"),
        by_card(50_000, date(2027, 1, 20), "c"),
    )
    return book_with(card(**{"pays_minimum": True} | terms), *flows)


@pytest.mark.parametrize(
    "terms",
    [
        {"minimum_floor": 20_000},
        {"interest_from_purchase": True},
        {"pays_minimum": False, "bill_instalments": 3, "instalment_fee_percent": Decimal("4.5")},
        {"pays_minimum": False, "credit_balance": 12_345},
    ],
)
def test_a_card_closed_in_mid_period_pays_the_bill_of_what_is_left(terms: dict[str, Any]) -> None:
    """As the book would, had the later purchases been paid in cash from the start."""
    book = of_three(**terms)
    under = projection_under(project(book), lost(LossMode.NO_NEW_DRAWS, 9))
    in_cash = (each.changed(through="") for each in book.cash_flows[1:])
    assert paid(under) == paid_of(book.changed(cash_flows=(book.cash_flows[0], *in_cash)))


def test_a_card_called_before_its_bill_is_due_takes_no_interest() -> None:
    under = projection_under(
        project(of_three(interest_from_purchase=True)), lost(LossMode.CALL, 15, notice_days=10)
    )
    assert paid(under) == {"2027-01-20": 50_000, "2027-01-26": 40_000}


def test_a_card_called_after_it_was_not_paid_in_full_takes_all_that_has_run_up() -> None:
    """900.00, of which 90.00 are paid on 25 February; called 13 days later."""
    under = projection_under(
        project(of_three(interest_from_purchase=True)), lost(LossMode.CALL, 68)
    )
    lost_time = (10_000 * 50 + 30_000 * 46 + 50_000 * 36) * 5 // 10_000
    run_up = (81_000 * 13 * 5 + 5_000) // 10_000
    assert paid(under) == {"2027-02-25": 9_000, "2027-03-10": 81_000 + lost_time + run_up}


def test_a_refund_that_does_not_come_leaves_the_bill_higher() -> None:
    book = book_with(
        card(),
        by_card(10_000, date(2027, 1, 6)),
        refund(4_000, date(2027, 1, 20), counterparty="Mill"),
    )
    nothing = Contingency(
        OfRecord("refund"),
        ContingencyKind.SINGLE,
        ("refund",),
        mode=LossMode.RECEIPTS_CUT,
        cut_percent=100,
    )
    assert paid(projection_under(project(book), nothing)) == {"2027-02-25": 10_000}


def test_a_card_and_what_comes_back_to_it_lost_together_are_reckoned_together() -> None:
    """Without the card its purchases are paid in cash, and the refund that does not come would have
    lowered no bill: the two do not add up."""
    book = book_with(
        card(), by_card(10_000, date(2027, 1, 20)), refund(4_000, date(2027, 1, 25))
    ).put(Account(id="bank", name="Bank", balance=5_000))
    either = [
        Contingency(
            OfRecord(target),
            ContingencyKind.SINGLE,
            (target,),
            mode=LossMode.RECEIPTS_CUT,
            cut_percent=100,
        )
        for target in ("card", "refund")
    ]
    projection = project(book)
    found = pairs(projection, either)
    [together] = low_under(projection, [both(*either)])
    assert found.gap.tolist() == [-int(together.min())]


def test_a_planned_cash_advance_goes_with_its_card_as_before() -> None:
    line = card(pays_minimum=True, cash_advance_limit=50_000)
    cash = PlannedDraw(
        id="cash",
        name="Cash",
        facility="card",
        amount=5_000,
        first_date=DAY_0 + timedelta(days=10),
    )
    projection = project(book_with(line).changed(planned_draws=(cash,)))
    assert paid(projection) == {"2027-02-25": 5_000}
    assert paid(projection_under(projection, lost(LossMode.NO_NEW_DRAWS, 3))) == {}


def test_a_bill_is_never_paid_before_its_statement() -> None:
    """Due a day after the statement, in a week in which banks are closed until then."""
    closed = CalendarYear(year=2027, closed=tuple(date(2027, 2, day) for day in range(12, 19)))
    line = card(statement_day=17, due_days_after=1, due_adjustment=Adjustment.PRECEDING)
    for terms in ({}, {"pays_minimum": True, "minimum_percent": Decimal(100)}):
        bought = by_card(100, date(2027, 2, 1))
        book = book_with(line.changed(**terms), bought, country="CN", calendar_years=(closed,))
        assert paid_of(book) == {"2027-02-17": 100}


def test_a_refund_still_has_to_come_where_its_card_closes() -> None:
    """Of the 7,000 in hand the bill takes 6,000, if 4,000 come back: a quarter of that may fail to
    come, whether or not the card pays more purchases afterwards."""
    flows = by_card(10_000, date(2027, 1, 6)), refund(4_000, date(2027, 1, 20))
    book = book_with(card(), *flows)
    book = book.put(book.accounts[0].changed(balance=7_000))
    found = slack(project(book), [lost(LossMode.PURCHASES_BLOCKED, 40)])
    assert [each.fall for each in found] == [25, 25]
