"""Loans that are outstanding, as lenders reckon them: when interest begins, when all is due."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from backstop.domain import BadInput, DayCount, RepaymentMethod, ScheduleRow, Tranche
from backstop.projection import Instalment, project, tranche_schedule
from backstop.projection.schedules import interest_start
from backstop.store import book_from_json

FIELD = Path(__file__).with_name("field")
AS_OF = date(2026, 1, 5)


def case(name: str) -> Tranche:
    [line] = book_from_json((FIELD / f"{name}.json").read_bytes()).facilities
    return line.tranches[0]


def of_case(name: str, **terms: object) -> list[Instalment]:
    book = book_from_json((FIELD / f"{name}.json").read_bytes())
    return tranche_schedule(book.facilities[0].tranches[0].changed(**terms), book.as_of)


def owed(**terms: object) -> Tranche:
    """100,000.00 at 12 %, due on the 10th."""
    plain = Tranche(
        id="t",
        name="T",
        principal=10_000_000,
        next_due=date(2026, 2, 10),
        remaining_periods=6,
        rate_percent=Decimal(12),
    )
    return plain.changed(**terms)


def test_case_02_a_loan_drawn_five_days_before_its_first_due_date_bears_five_days() -> None:
    """apache/fineract#1562: 1,000,000.00 at 25 %, drawn on 27 January, first due on 1 February."""
    first = of_case("02-tranche-first-interest", interest_from=date(2021, 1, 27))[0]
    assert (first.due, first.principal, first.interest) == (date(2021, 2, 1), 0, 3_424_66)
    assert first.since == date(2021, 1, 27)


@pytest.mark.parametrize(
    ("name", "due"),
    [
        ("04-bullet-next-due", date(2028, 1, 1)),
        ("26-bullet-one-instalment", date(2027, 1, 1)),
        ("26b-bullet-twelve-instalments", date(2027, 1, 1)),
    ],
)
def test_cases_04_26_and_26b_a_loan_due_whole_in_a_year_bears_interest_of_a_year(
    name: str, due: date
) -> None:
    [only] = of_case(name)
    assert (only.due, only.principal, only.interest) == (due, 100_000_00, 6_000_00)


def test_the_projection_of_case_04_pays_it_on_that_day() -> None:
    projection = project(book_from_json((FIELD / "04-bullet-next-due.json").read_bytes()))
    day = projection.day_of(date(2028, 1, 1))
    assert [int(each) for each in projection.flows.day] == [day]
    assert int(projection.payments[day]) == 106_000_00


@pytest.mark.parametrize("day_count", DayCount)
@pytest.mark.parametrize("method", set(RepaymentMethod) - {RepaymentMethod.STATEMENT_CYCLE})
def test_what_is_outstanding_bears_interest_today_whatever_its_method(
    method: RepaymentMethod, day_count: DayCount
) -> None:
    """Due next in three months, and not known since when: the interest of three months."""
    periods = 1 if method is RepaymentMethod.BULLET else 6
    late = owed(
        next_due=date(2026, 4, 10), remaining_periods=periods, method=method, day_count=day_count
    )
    made = tranche_schedule(late, AS_OF)
    known = tranche_schedule(late.changed(interest_from=AS_OF))
    assert made == known
    assert made[0].since == AS_OF


def test_a_due_date_of_less_than_a_month_ahead_has_a_month_before_it() -> None:
    assert interest_start(owed(), date(2026, 1, 31)) == date(2026, 1, 10)
    assert interest_start(owed(next_due=date(2025, 12, 10)), AS_OF) == date(2025, 11, 10)


@pytest.mark.parametrize(
    ("due", "due_day", "start"),
    [
        (date(2026, 2, 28), 31, date(2026, 1, 31)),
        (date(2026, 2, 28), None, date(2026, 1, 28)),
        (date(2028, 2, 29), 30, date(2028, 1, 30)),
        (date(2026, 3, 31), 31, date(2026, 2, 28)),
        (date(2026, 4, 30), 31, date(2026, 3, 31)),
    ],
)
def test_the_month_before_a_clipped_due_date_begins_on_its_due_day(
    due: date, due_day: int | None, start: date
) -> None:
    assert interest_start(owed(next_due=due, due_day=due_day)) == start


def test_a_lenders_list_begins_where_it_is_known_to() -> None:
    row = ScheduleRow(due=date(2026, 2, 10), principal=10_000_000, interest=5, total=10_000_005)
    listed = owed(imported=(row,), interest_from=date(2026, 1, 20))
    assert tranche_schedule(listed)[0].since == date(2026, 1, 20)


@pytest.mark.parametrize("listed", [False, True])
def test_interest_cannot_begin_after_the_first_instalment(listed: bool) -> None:
    row = ScheduleRow(due=date(2026, 2, 9), principal=10_000_000, interest=5, total=10_000_005)
    rows = (row,) if listed else ()
    with pytest.raises(BadInput, match="comes after the first instalment") as refused:
        owed(interest_from=date(2026, 2, 11), imported=rows)
    assert refused.value.field == "interest_from"
