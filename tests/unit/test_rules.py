"""Rules as owners and lenders mean them: cases from other programs, and their siblings."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from backstop.checks.readiness import findings
from backstop.contingency import Contingency, ContingencyKind, outcome_of, outcomes
from backstop.contingency.identity import OfRecord
from backstop.domain import (
    Account,
    Adjustment,
    Book,
    CashFlow,
    Direction,
    Facility,
    LaterAmount,
    MonthlyOn,
    Moved,
    OtherAmount,
    PlannedDraw,
    Priority,
    RepaymentMethod,
    Repeat,
    StillOpen,
)
from backstop.plan import ActionKind, draft
from backstop.plan.effects import cost_of
from backstop.projection import FlowKind, project, taken_as_paid
from backstop.projection.recurrence import rule_dates
from backstop.store.interchange import book_from_json
from backstop.telling import words_for
from backstop.telling.rules import short_rule

FIELD = Path(__file__).with_name("field")
DAY_0 = date(2027, 1, 1)
EN, ZH = words_for("en"), words_for("zh_CN")


def case(name: str) -> Book:
    return book_from_json((FIELD / f"{name}.json").read_bytes())


def rule(first: date = DAY_0, **terms: Any) -> CashFlow:
    plain: dict[str, Any] = {"direction": Direction.PAYMENT, "amount": 1_000, **terms}
    return CashFlow(id="f", name="Rent", first_date=first, **plain)


def book(*flows: CashFlow, **facts: Any) -> Book:
    plain: dict[str, Any] = {"as_of": DAY_0, "horizon_days": 120, **facts}
    own = (Account(id="cash", name="Cash", balance=10**7), Account(id="wallet", name="Wallet"))
    return Book(**{"title": "t", "accounts": own, "cash_flows": flows, **plain})


def due(record: str, found: Book) -> list[tuple[date, int]]:
    """(day, minor units) of each flow of a record."""
    projection = project(found)
    flows = projection.flows
    return sorted(
        (projection.date_of(int(flows.day[row])), int(flows.amount[row]))
        for row in range(len(flows))
        if flows.descriptions[flows.series[row]].record == record
    )


def firsts(flow: CashFlow, number: int) -> list[date]:
    return [day for _, day in zip(range(number), rule_dates(flow), strict=False)]


def found_in(found: Book, check: str) -> tuple[str, ...]:
    return next((each.records for each in findings(project(found)) if each.check == check), ())


# what is due


def test_case_01_a_single_item_put_before_the_as_of_date_is_due_today() -> None:
    found = case("01-single-before-asof")
    assert due("f", found) == [(date(2027, 1, 9), 2_000_00)]
    assert project(found).low.min() == -500_00
    assert found_in(found, "overdue_items") == ("f",)


def test_case_15_what_is_taken_as_paid_is_said_and_can_be_opened() -> None:
    found = case("15-overdue-recurring")
    rent, fee = found.cash_flows
    december = date(2026, 12, 28)
    assert [each.rule_date for each in taken_as_paid(rent, found.as_of, "")] == [
        december,
        date(2026, 11, 28),
    ]
    assert taken_as_paid(fee, found.as_of, "") == []
    assert found_in(found, "taken_for_paid") == ("f",)
    assert found_in(found, "overdue_items") == ("g",)
    assert due("f", found)[0] == (date(2027, 1, 28), 1_000)
    opened = found.put(rent.changed(open=(StillOpen(rule_date=december, left=400),)))
    assert due("f", opened)[:2] == [(date(2027, 1, 1), 400), (date(2027, 1, 28), 1_000)]
    assert found_in(opened, "overdue_items") == ("f", "g")
    assert found_in(opened, "taken_for_paid") == ("f",)  # November still is
    expected = StillOpen(rule_date=december, left=400, expected=date(2027, 1, 12))
    later = found.put(rent.changed(open=(expected,)))
    assert due("f", later)[0] == (date(2027, 1, 12), 400)
    assert found_in(later, "overdue_items") == ("g",)


def test_case_16_one_occurrence_has_another_amount() -> None:
    """The record that other programs could not express comes to what two of them did."""
    around = case("16-one-amount")
    said = rule(
        date(2027, 1, 15),
        repeat=Repeat.MONTHS,
        amounts=(OtherAmount(rule_date=date(2027, 2, 15), amount=9_550),),
    )
    in_one = around.changed(cash_flows=(said,))
    assert [amount for _, amount in due("f", in_one)][:4] == [1_000, 9_550, 1_000, 1_000]
    assert project(in_one).low.tolist() == project(around).low.tolist()


def test_another_amount_goes_with_its_date_and_a_later_one_holds_from_its_own() -> None:
    said = rule(
        date(2027, 1, 10),
        repeat=Repeat.MONTHS,
        moved=(Moved(rule_date=date(2027, 2, 10), to=date(2027, 3, 1)),),
        amounts=(OtherAmount(rule_date=date(2027, 2, 10), amount=5),),
        later_amounts=(
            LaterAmount(from_day=date(2027, 3, 10), amount=70),
            LaterAmount(from_day=date(2027, 4, 1), amount=80),
        ),
    )
    assert due("f", book(said)) == [
        (date(2027, 1, 10), 1_000),
        (date(2027, 3, 1), 5),
        (date(2027, 3, 10), 70),
        (date(2027, 4, 10), 80),
    ]


def test_an_occurrence_that_a_closed_day_delays_keeps_the_amount_of_its_own_date() -> None:
    """9 January is a Saturday; from the 10th on it is another amount."""
    said = rule(
        date(2027, 1, 9),
        repeat=Repeat.MONTHS,
        adjustment=Adjustment.FOLLOWING,
        later_amounts=(LaterAmount(from_day=date(2027, 1, 10), amount=7),),
    )
    assert due("f", book(said))[:2] == [(date(2027, 1, 11), 1_000), (date(2027, 2, 9), 7)]


def test_case_19_every_rule_stays_anchored_at_the_end_of_its_months() -> None:
    found = case("19-month-ends")
    quarterly, last, leap = found.cash_flows
    assert [(day.month, day.day) for day in firsts(quarterly, 4)] == [
        (11, 30),
        (2, 28),
        (5, 30),
        (8, 30),
    ]
    assert [day.day for day in firsts(last, 4)] == [31, 28, 31, 30]
    assert firsts(leap, 2) == [date(2028, 2, 29), date(2029, 2, 28)]
    assert [day for day, _ in due("h", found)] == [date(2028, 2, 29), date(2029, 2, 28)]


@pytest.mark.parametrize("settled", [date(2026, 11, 30), date(2027, 1, 28), date(2027, 2, 28)])
def test_what_comes_before_a_day_is_settled_and_nothing_after_it(settled: date) -> None:
    """Also where that day is not the as-of date: one paid early is not due again."""
    said = rule(date(2026, 10, 28), repeat=Repeat.MONTHS, answered_until=settled)
    own = firsts(said, 8)
    left = [max(DAY_0, day) for day in own if settled <= day <= DAY_0 + timedelta(days=120)]
    assert [day for day, _ in due("f", book(said))] == left
    assert taken_as_paid(said, DAY_0, "") == []


def test_a_single_item_can_be_settled_too() -> None:
    said = rule(date(2026, 12, 28))
    assert due("f", book(said)) == [(DAY_0, 1_000)]
    assert due("f", book(said.changed(answered_until=DAY_0))) == []


def test_a_draw_of_a_series_can_be_open_and_is_repaid_as_much() -> None:
    line = Facility(id="line", name="Line", limit=10**6, method=RepaymentMethod.BULLET, periods=1)
    draw = PlannedDraw(
        id="d",
        name="Draw",
        facility="line",
        amount=1_000,
        periods=1,
        first_date=date(2026, 12, 20),
        repeat=Repeat.MONTHS,
        count=2,
        open=(StillOpen(rule_date=date(2026, 12, 20), left=300),),
    )
    found = book().changed(facilities=(line,), planned_draws=(draw,))
    flows = project(found).flows
    drawn = [
        int(flows.amount[row])
        for row in range(len(flows))
        if flows.descriptions[flows.series[row]].kind is FlowKind.DRAW
    ]
    assert drawn == [300, 1_000]
    assert found_in(found, "past_plans") == ("d",)


# takings held back


def takings(**terms: Any) -> CashFlow:
    plain = {"direction": Direction.RECEIPT, "repeat": Repeat.WEEKS, **terms}
    return rule(date(2026, 12, 4), held_percent=10, held_days=30, **plain)


def test_a_share_that_is_held_back_comes_so_many_days_later() -> None:
    """Also of takings before the as-of date: their share is still to come."""
    found = due("f", book(takings(), horizon_days=14))
    assert found == [
        (date(2027, 1, 1), 900),
        (date(2027, 1, 3), 100),
        (date(2027, 1, 8), 900),
        (date(2027, 1, 10), 100),
        (date(2027, 1, 15), 900),
    ]


def test_what_is_held_back_of_settled_takings_is_still_to_come() -> None:
    settled = takings(answered_until=DAY_0)
    assert due("f", book(settled, horizon_days=14)) == due("f", book(takings(), horizon_days=14))


def test_held_back_shares_add_up_to_what_is_counted_on() -> None:
    once = rule(
        direction=Direction.RECEIPT,
        amount=1_005,
        haircut_percent=33,
        held_percent=7,
        held_days=9,
        usual_lateness_days=2,
    )
    parts = due("f", book(once))
    assert [day for day, _ in parts] == [date(2027, 1, 3), date(2027, 1, 12)]
    assert sum(amount for _, amount in parts) == 1_005 - 332


def test_a_frozen_channel_holds_what_it_held_back_as_well() -> None:
    """And what came through it before the day on which it was frozen."""
    found = book(takings(through="wallet"), horizon_days=30)
    loss = Contingency(OfRecord("wallet"), ContingencyKind.SINGLE, ("wallet",), 5)
    [under] = outcomes(project(found), [loss])
    received = [amount for day, amount in due("f", found) if (day - DAY_0).days < 30]
    assert project(found).low[-1] - under.low[-1] == sum(received)


# days of the month


def test_the_second_tuesday_and_the_last_friday() -> None:
    """Computed by hand from the calendar of 2027."""
    tuesday = rule(date(2027, 1, 12), repeat=Repeat.MONTHS, monthly_on=MonthlyOn.WEEKDAY)
    assert firsts(tuesday, 4) == [
        date(2027, 1, 12),
        date(2027, 2, 9),
        date(2027, 3, 9),
        date(2027, 4, 13),
    ]
    friday = rule(date(2027, 1, 1), repeat=Repeat.MONTHS, monthly_on=MonthlyOn.LAST_WEEKDAY)
    assert firsts(friday, 4) == [
        date(2027, 1, 29),
        date(2027, 2, 26),
        date(2027, 3, 26),
        date(2027, 4, 30),
    ]


def test_the_fourth_thursday_of_november_is_thanksgiving() -> None:
    """Title 5 of the United States Code, section 6103: the fourth Thursday in November."""
    yearly = rule(date(2024, 11, 28), repeat=Repeat.YEARS, monthly_on=MonthlyOn.WEEKDAY)
    assert firsts(yearly, 4) == [
        date(2024, 11, 28),
        date(2025, 11, 27),
        date(2026, 11, 26),
        date(2027, 11, 25),
    ]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (date(2027, 1, 15), 31, [(1, 15), (1, 31), (2, 15), (2, 28), (3, 15), (3, 31)]),
        (date(2027, 1, 31), 15, [(1, 31), (2, 15), (2, 28), (3, 15), (3, 31), (4, 15)]),
        (date(2027, 1, 1), 15, [(1, 1), (1, 15), (2, 1), (2, 15), (3, 1), (3, 15)]),
    ],
)
def test_twice_a_month(first: date, second: int, expected: list[tuple[int, int]]) -> None:
    twice = rule(first, repeat=Repeat.MONTHS, second_day=second)
    assert [(day.month, day.day) for day in firsts(twice, 6)] == expected
    assert len(firsts(twice.changed(count=3), 9)) == 3
    assert [day for day, _ in due("f", book(twice))] == firsts(twice, len(due("f", book(twice))))


@pytest.mark.parametrize(
    ("terms", "english", "chinese"),
    [
        (
            {"monthly_on": MonthlyOn.WEEKDAY, "first": date(2027, 1, 12)},
            "every month on the second Tuesday",
            "每月第二个周二",
        ),
        (
            {"monthly_on": MonthlyOn.LAST_WEEKDAY, "first": date(2027, 1, 1), "every": 3},
            "every 3 months on the last Friday",
            "每 3 个月一次，最后一个周五",
        ),
        (
            {"second_day": 31, "first": date(2027, 1, 15)},
            "every month on the 15th and the last day",
            "每月15日和最后一天",
        ),
        (
            {"second_day": 3, "first": date(2027, 1, 30)},
            "every month on the 3rd and the 30th, or the last day of a shorter month",
            "每月3日和30日（当月没有这一天则为最后一天）",
        ),
        (
            {"second_day": 30, "first": date(2027, 1, 15)},
            "every month on the 15th and the 30th, or the last day of a shorter month",
            "每月15日和30日（当月没有这一天则为最后一天）",
        ),
        (
            {"second_day": 5, "first": date(2027, 1, 20)},
            "every month on the 5th and the 20th",
            "每月5日和20日",
        ),
        (
            {
                "repeat": Repeat.YEARS,
                "monthly_on": MonthlyOn.WEEKDAY,
                "first": date(2027, 11, 25),
            },
            "every year on the fourth Thursday of November",
            "每年11月第四个周四",
        ),
    ],
)
def test_the_rule_is_said_in_both_languages(
    terms: dict[str, Any], english: str, chinese: str
) -> None:
    said = rule(**{"repeat": Repeat.MONTHS, **terms})
    assert (short_rule(said, EN), short_rule(said, ZH)) == (english, chinese)


# a plan


def test_a_cut_takes_its_share_of_what_the_payment_is_that_time() -> None:
    """Half of 100 and half of 4,000; the income that goes with it is that of two halves."""
    cuttable = rule(
        date(2027, 1, 10),
        repeat=Repeat.MONTHS,
        count=2,
        amount=4_000_00,
        amounts=(OtherAmount(rule_date=date(2027, 1, 10), amount=100_00),),
        cuttable_percent=50,
        income_lost_if_missed=40_00,
        priority=Priority.CAN_GO,
    )
    poor = book(cuttable).changed(accounts=(Account(id="cash", name="Cash", balance=2_050_00),))
    projection = project(poor)
    loss = Contingency(OfRecord("none"), ContingencyKind.GROUP, (), 0)
    plan = draft(projection, outcome_of(projection, loss, projection.low))
    assert {each.kind for each in plan.actions} == {ActionKind.CUT}
    assert sorted((each.day, each.amount) for each in plan.actions) == [(9, 50_00), (40, 2_000_00)]
    assert [cost_of(poor, each) for each in plan.actions] == [20_00, 20_00]
    assert plan.missed == ()
