"""Interest of a period in which a balance is called, or part of it is paid back: by the line's own
count of days, to that day."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from backstop.contingency import all_closures, obligations
from backstop.domain import (
    Adjustment,
    Book,
    CutRule,
    DayCount,
    Facility,
    LossMode,
    RateChange,
    RatePer,
    RepaymentMethod,
    ScheduleRow,
    Tranche,
)
from backstop.projection import project
from backstop.store.interchange import book_from_json
from naive import half_up

FIELD = Path(__file__).with_name("field")
AS_OF = date(2026, 1, 1)


def payments_of(book: Book) -> list[tuple[int, int]]:
    """What is paid when the only line goes its way today: day, minor units."""
    projection = project(book)
    [closure] = all_closures(book)
    return [(each.day, each.amount) for each in obligations(projection, closure)]


def field_book(name: str) -> Book:
    return book_from_json((FIELD / name).read_bytes())


def test_case_28_a_called_balance_bears_interest_by_its_own_count_of_days() -> None:
    """100,000 at 6 %, called for 31 January: two days of thirty since the 28th."""
    [(day, amount)] = payments_of(field_book("28-called-30E360.json"))
    assert day == 30
    assert amount == 100_000_00 + 33_33


def test_case_27_the_excess_of_a_cut_bears_no_interest_once_it_is_paid() -> None:
    """14 days on 80,000, then 16 on 50,000, at 6 %: 186.67 and 133.33."""
    (today, excess), (next_due, interest), *_ = payments_of(
        field_book("27-cut-excess-due-now.json")
    )
    assert (today, excess) == (0, 30_000_00)
    assert (next_due, interest) == (16, 320_00)


def called(day: int, moved: Adjustment = Adjustment.NONE, **terms: object) -> int:
    """Interest asked for when 10,000 that pay interest on the 15th are called for that day."""
    owed = Tranche(
        id="owed",
        name="Owed",
        principal=10_000_00,
        rate_percent=Decimal(12),
        day_count=DayCount.THIRTY_360,
        method=RepaymentMethod.INTEREST_FIRST,
        next_due=date(2026, 1, 15),
        remaining_periods=3,
    ).changed(**terms)
    line = Facility(
        id="line",
        name="Line",
        limit=10_000_00,
        callable=True,
        default_mode=LossMode.CALL,
        notice_days=day,
        due_adjustment=moved,
        tranches=(owed,),
    )
    book = Book(title="Called", as_of=AS_OF, horizon_days=120, facilities=(line,))
    return sum(amount for _, amount in payments_of(book)) - owed.principal


@pytest.mark.parametrize(
    ("day", "interest"),
    [
        (0, 16 * 3_33 + 5),  # 16 of 30 days, at 10,000 a month: 53.33
        (13, 29 * 3_33 + 10),  # 29 days: 96.67
        (14, 100_00),  # the instalment itself
        (15, 100_00 + 3_33),
        (29, 100_00 + 15 * 3_33 + 5),  # 30 January
        (30, 100_00 + 15 * 3_33 + 5),  # 31 January counts as the thirtieth
        (31, 100_00 + 16 * 3_33 + 5),  # 1 February
        (44, 100_00 + 29 * 3_33 + 10),
        (45, 200_00),
    ],
)
def test_a_call_around_the_days_on_which_interest_is_due(day: int, interest: int) -> None:
    assert called(day) == interest


def test_a_rate_that_changes_in_the_period_counts_from_its_day_on() -> None:
    """Ten days at 12 %, nine at 24 %, of a period that goes on."""
    change = RateChange(from_day=date(2026, 1, 25), percent=Decimal(24))
    assert called(34, rate_changes=(change,)) == 100_00 + 33_33 + 60_00


def test_interest_that_the_lender_lists_runs_by_its_count_of_days() -> None:
    row = ScheduleRow(due=date(2026, 2, 28), principal=10_000_00, interest=90_00, total=10_090_00)
    assert called(30, imported=(row,), next_due=row.due) == 6_00  # 2 of 30 days


def test_a_fee_on_the_principal_runs_evenly_over_the_days_of_its_instalment() -> None:
    terms: dict[str, Any] = {"rate_percent": Decimal(3), "rate_per": RatePer.PRINCIPAL}
    assert called(29, **terms) == 100_00 + 48_39  # 15 of 31 days


def test_a_daily_rate_and_real_days_count_as_they_are() -> None:
    daily: dict[str, Any] = {"rate_percent": Decimal("0.05"), "rate_per": RatePer.DAY}
    assert called(29, **daily) == (31 + 15) * 5_00
    assert called(29, day_count=DayCount.ACTUAL_360) == 103_33 + 50_00


@pytest.mark.parametrize("change_on", [16, 17, 18, 19])
@pytest.mark.parametrize("method", [RepaymentMethod.INTEREST_FIRST, RepaymentMethod.BULLET])
def test_a_call_while_banks_are_closed_after_the_due_day_takes_no_interest_of_it_twice(
    change_on: int, method: RepaymentMethod
) -> None:
    """Due on Saturday the 17th, paid on Monday the 19th, called on Sunday, at 5 or 10 a day: 31
    days of the instalment, and of what is owed beyond it the night to Sunday."""
    change = RateChange(from_day=date(2026, 1, change_on), percent=Decimal("0.1"))
    interest = called(
        17,
        Adjustment.FOLLOWING,
        next_due=date(2026, 1, 17),
        rate_percent=Decimal("0.05"),
        rate_per=RatePer.DAY,
        rate_changes=(change,),
        method=method,
        remaining_periods=1 if method is RepaymentMethod.BULLET else 3,
    )
    of_it = 31 * 5_00 + (5_00 if change_on == 16 else 0)
    beyond = 10_00 if change_on <= 17 else 5_00
    assert interest == of_it + (0 if method is RepaymentMethod.BULLET else beyond)


def test_an_early_repayment_ends_the_interest_of_its_part_before_the_call() -> None:
    """Half is paid back on 25 January with ten days of interest; the call is on 4 February."""
    early: dict[str, Any] = {"early_on": date(2026, 1, 25), "early_amount": 5_000_00}
    assert called(34, **early) == 100_00 + 33_33 + 9 * 1_66 + 6


@pytest.mark.parametrize("rule", [CutRule.EXCESS_DUE_NOW, CutRule.EXCESS_DUE_LATER])
def test_all_that_a_cut_leaves_bears_interest_on_what_is_left(rule: CutRule) -> None:
    """9,000 at 12 %, cut to 5,000; interest of each month on what is owed in it."""
    owed = Tranche(
        id="owed",
        name="Owed",
        principal=9_000_00,
        rate_percent=Decimal(12),
        day_count=DayCount.THIRTY_360,
        method=RepaymentMethod.EQUAL_PRINCIPAL,
        next_due=date(2026, 1, 20),
        remaining_periods=3,
    )
    line = Facility(
        id="line",
        name="Line",
        limit=10_000_00,
        default_mode=LossMode.LIMIT_CUT,
        cut_rule=rule,
        excess_days=9,
        tranches=(owed,),
    )
    book = Book(title="Cut", as_of=AS_OF, horizon_days=120, facilities=(line,))
    day, before = (0, 11) if rule is CutRule.EXCESS_DUE_NOW else (9, 20)
    first = half_up(Fraction((9_000 * before + 5_000 * (30 - before)) * 12, 360))
    assert payments_of(book) == [
        (day, 4_000_00),
        (19, 3_000_00 + first),
        (50, 2_000_00 + 20_00),
    ]
