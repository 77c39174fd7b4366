"""What comes round, and what does not. Each test is named after what is taken for it elsewhere."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from backstop.importers.naming import name_of
from backstop.importers.recurring import RecurringItem, recurring
from backstop.importers.rhythms import Rhythm
from backstop.importers.rows import Direction, Nature, Row

OUT, IN = Direction.OUT, Direction.IN


def row(day: date, amount: int, name: str, direction: Direction = OUT) -> Row:
    nature = Nature.SPENDING if direction is OUT else Nature.INCOME
    return Row(line=1, day=day, amount=amount, direction=direction, nature=nature,
               counterparty=name)  # fmt: skip


def monthly(name: str, amounts: list[int], day: int = 5, first: int = 1) -> list[Row]:
    """One payment a month; no row where the amount is 0."""
    return [
        row(date(2025 + (first + n - 1) // 12, (first + n - 1) % 12 + 1, day), amount, name)
        for n, amount in enumerate(amounts)
        if amount
    ]


def only(rows: list[Row]) -> RecurringItem:
    [found] = recurring(rows)
    return found


def test_a_monthly_payment_is_found_with_its_next_day() -> None:
    found = only(monthly("房东", [3000_00] * 6))
    assert (found.rhythm, found.amount, found.following) == (
        Rhythm.MONTHLY,
        3000_00,
        date(2025, 7, 5),
    )
    assert not found.varies


def test_weekends_that_move_a_payment_leave_it_one() -> None:
    rows = monthly("Landlord", [900_00] * 12)
    moved = [
        row(each.day + timedelta(days={5: 2, 6: 1}.get(each.day.weekday(), 0)), 900_00, "Landlord")
        for each in rows
    ]
    found = only(moved)
    assert (found.day_of_month, len(found.rows)) == (5, 12)


def test_the_last_day_of_the_month_is_a_rule_of_its_own() -> None:
    ends = [date(2025, month + 1, 1) - timedelta(days=1) for month in range(1, 9)]
    found = only([row(day, 8000_00, "公司", IN) for day in ends])
    assert found.last_day_of_month
    assert found.direction is IN


@pytest.mark.parametrize(
    ("rhythm", "days"),
    [
        (Rhythm.WEEKLY, [date(2025, 1, 6) + timedelta(weeks=n) for n in range(10)]),
        (Rhythm.FORTNIGHTLY, [date(2025, 1, 6) + timedelta(weeks=2 * n) for n in range(8)]),
        (Rhythm.QUARTERLY, [date(2025, month, 15) for month in (1, 4, 7, 10)]),
        (Rhythm.YEARLY, [date(2024, 5, 12), date(2025, 5, 12)]),
    ],
)
def test_each_rhythm_is_told(rhythm: Rhythm, days: list[date]) -> None:
    found = only([row(day, 120_00, "Club") for day in days])
    assert found.rhythm is rhythm
    assert found.weak == (rhythm is Rhythm.YEARLY)


def test_two_contracts_with_one_insurer_are_two() -> None:
    rows = monthly("Insurer", [120_00] * 8) + monthly("Insurer", [310_00] * 8)
    assert sorted(each.amount for each in recurring(rows)) == [120_00, 310_00]


def test_two_contracts_of_one_amount_on_different_days_are_two() -> None:
    rows = monthly("Insurer", [120_00] * 8, 5) + monthly("Insurer", [120_00] * 8, 20)
    assert sorted(each.day_of_month for each in recurring(rows)) == [5, 20]


def test_two_contracts_of_one_amount_on_one_day_are_two() -> None:
    rows = monthly("Insurer", [120_00] * 8) + monthly("Insurer", [120_00] * 8)
    assert len(recurring(rows)) == 2


def test_three_policies_paid_in_different_months_are_not_one_quarterly_bill() -> None:
    days = [(date(2025, 1, 10), 100_00), (date(2025, 4, 10), 250_00), (date(2025, 7, 10), 400_00)]
    assert recurring([row(day, amount, "Insurer") for day, amount in days]) == []


def test_three_coffees_in_a_week_are_none() -> None:
    rows = [row(date(2025, 1, day), 5_00, "Café") for day in (6, 8, 9)]
    assert recurring(rows) == []


def test_a_coffee_on_most_days_is_none() -> None:
    days = [date(2025, 1, 6) + timedelta(days=n) for n in range(120)]
    rows = [row(day, 5_00, "Café") for day in days if day.weekday() < 5]
    assert recurring(rows) == []


def test_a_shop_that_is_visited_now_and_then_is_none() -> None:
    days = (3, 17, 29, 41, 46, 68, 75, 93, 110, 121, 140, 152, 171, 178)
    rows = [
        row(date(2025, 1, 1) + timedelta(days=day), 20_00 + day * 37 % 90 * 100, "Shop")
        for day in days
    ]
    assert recurring(rows) == []


def test_a_membership_at_a_shop_where_one_also_buys_is_one() -> None:
    bought = [
        row(date(2025, 1, 3) + timedelta(days=n * 37 % 331), 20_00 + n * 7_31, "market")
        for n in range(40)
    ]
    found = only(monthly("market", [15_00] * 12) + bought)
    assert (found.rhythm, found.amount, len(found.rows)) == (Rhythm.MONTHLY, 15_00, 12)


def test_a_membership_at_a_shop_of_every_other_day_is_one() -> None:
    daily = [
        row(date(2025, 1, 3) + timedelta(days=n), 30_00 + n * 13, "market") for n in range(300)
    ]
    assert len(only(monthly("market", [15_00] * 12) + daily).rows) == 12


def test_one_price_on_many_visits_is_none() -> None:
    """Each of three prices is paid about three times a month, on no day of its own."""
    days = [date(2025, 1, 3) + timedelta(days=n * 37 % 331) for n in range(110)]
    assert (
        recurring([row(day, (9_00, 15_00, 21_00)[n % 3], "cafe") for n, day in enumerate(days)])
        == []
    )


def test_a_statement_without_counterparties_names_its_items_by_their_text() -> None:
    paid = enumerate(monthly("", [30_00] * 6))
    assert (
        only([replace(each, text=f"GYM {n}", category="Sport") for n, each in paid]).name == "GYM 5"
    )


def test_a_fee_that_drifted_is_still_one() -> None:
    assert only(monthly("Gym", [round(50_00 * 1.02**n) for n in range(12)])).amount == 62_17


def test_a_fee_that_changed_once_is_still_one() -> None:
    found = only(monthly("Phone", [30_00] * 7 + [36_00] * 5))
    assert (found.amount, len(found.rows)) == (36_00, 12)


def test_a_fee_that_changed_last_month_is_still_one() -> None:
    assert only(monthly("Phone", [30_00] * 9 + [36_00])).amount == 36_00


def test_a_fee_that_skipped_a_month_is_still_one() -> None:
    assert len(only(monthly("Gym", [50_00] * 4 + [0] + [50_00] * 5)).rows) == 9


def test_a_bill_of_another_amount_each_month_is_one_that_varies() -> None:
    found = only(monthly("供电局", [402_00, 251_00, 330_00, 612_00, 198_00, 475_00, 288_00]))
    assert found.varies
    assert found.amount == 288_00  # the lower one of the middle two of the last six


def test_one_outlier_kills_no_rule() -> None:
    rows = [*monthly("Gym", [50_00] * 8), row(date(2025, 3, 19), 400_00, "Gym")]
    assert only(rows).amount == 50_00


def test_numbers_and_ways_of_payment_are_no_part_of_a_name() -> None:
    names = ("PAYPAL *STREAMING 48812", "Streaming", "POS STREAMING 991/22")
    assert {name_of(row(date(2025, 1, 1), 1, each)) for each in names} == {"streaming"}
    assert name_of(row(date(2025, 1, 1), 1, "支付宝-某某商店")) == "某某商店"


def test_a_printed_date_is_no_part_of_a_name() -> None:
    texts = (
        "VODAFONE 12 MAR 2026",
        "VODAFONE 12APR26",
        "CARD PAYMENT TO VODAFONE 3 MAY",
        "Vodafone June 2026",
    )
    assert {name_of(row(date(2026, 1, 1), 1, each)) for each in texts} == {"vodafone"}
    assert name_of(row(date(2026, 1, 1), 1, "Marks 24 Decor")) == "marks decor"


def test_a_repayment_comes_round_as_a_payment() -> None:
    rows = [
        Row(line=1, day=date(2026, month, 10), amount=2580_00, direction=Direction.NEUTRAL,
            nature=Nature.REPAYMENT, counterparty="借呗", text=f"借呗还款-2026年{month:02}月")
        for month in range(1, 7)
    ]  # fmt: skip
    found = only(rows)
    assert (found.direction, found.repays) == (OUT, True)


def test_what_has_ended_is_told() -> None:
    found = only(monthly("Gym", [50_00] * 6))
    assert found.is_over(date(2025, 12, 1))
    assert not found.is_over(date(2025, 7, 20))
