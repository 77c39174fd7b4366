"""Loans that are outstanding, as lenders reckon them: when interest begins, when all is due."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import strategies
from backstop.checks.loans import not_as_begun
from backstop.domain import (
    BadInput,
    Book,
    DayCount,
    EarlyEffect,
    Facility,
    Origin,
    RatePer,
    RepaymentMethod,
    ScheduleRow,
    Tranche,
)
from backstop.projection import Instalment, draw_schedule, project, tranche_schedule
from backstop.projection.schedules import dues_since, interest_start, left_after, left_by_terms
from backstop.store import book_from_json
from backstop.telling import words_for

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
@pytest.mark.parametrize("method", strategies.LENDING)
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


# from the beginning


def begun(**terms: object) -> Tranche:
    """100,000.00 at 12 %, drawn on 17 March 2025, in twelve instalments on the 31st; none paid."""
    origin = Origin(
        start=date(2025, 3, 17), principal=10_000_000, first_due=date(2025, 4, 30), periods=12
    )
    return owed(origin=origin, next_due=origin.first_due, remaining_periods=12, due_day=31, **terms)


def paid(whole: Tranche, times: int) -> Tranche:
    """So many instalments of it paid."""
    assert whole.origin is not None
    left = left_after(whole, whole.origin, times)
    return whole.changed(paid_instalments=times, **left._asdict())


LOANS = strategies.LENDING
SHAPES: tuple[dict[str, int], ...] = (
    {},
    {"grace_periods": 2},
    {"interest_only_periods": 3},
    {"grace_periods": 1, "interest_only_periods": 2},
)


@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("day_count", DayCount)
@pytest.mark.parametrize("method", LOANS)
def test_what_is_left_is_the_rest_of_the_whole_schedule_whatever_is_paid(
    method: RepaymentMethod, day_count: DayCount, shape: dict[str, int]
) -> None:
    whole = begun(method=method, day_count=day_count)
    assert whole.origin is not None
    origin = msgspec.structs.replace(whole.origin, **shape)
    whole = whole.changed(origin=origin)
    made = tranche_schedule(whole)
    dues = dues_since(whole, origin)
    assert sum(each.principal for each in made) == 10_000_000
    for times in range(12):
        left = paid(whole, times)
        assert tranche_schedule(left, AS_OF) == [each for each in made if each.due >= dues[times]]
        assert left_by_terms(left) == left


@pytest.mark.parametrize("per", RatePer)
@pytest.mark.parametrize("method", LOANS)
def test_a_draw_of_which_some_is_paid_goes_on_as_it_was_planned(
    method: RepaymentMethod, per: RatePer
) -> None:
    """A planned draw of the line and the same one outstanding."""
    terms = {"rate_percent": Decimal("0.9"), "rate_per": per, "method": method, "due_day": 31}
    line = Facility(id="f", name="F", grace_periods=1, interest_only_periods=2, **terms)  # type: ignore[arg-type]  # as given
    drawn = date(2025, 12, 30)
    planned = draw_schedule(line, 1_234_567, drawn, 9)
    origin = Origin(
        start=drawn,
        principal=1_234_567,
        first_due=date(2026, 1, 31),
        periods=9,
        grace_periods=1,
        interest_only_periods=2,
    )
    whole = owed(
        origin=origin,
        principal=1_234_567,
        next_due=origin.first_due,
        remaining_periods=9,
        **terms,
    )
    assert tranche_schedule(whole) == planned
    rest = tranche_schedule(paid(whole, 5))
    assert rest == planned[len(planned) - len(rest) :]


@given(strategies.tranches(), st.data())
def test_paying_early_leaves_the_same_whatever_was_paid_before(
    owed: Tranche, data: st.DataObject
) -> None:
    whole = data.draw(strategies.begun(owed.changed(early_amount=0, charges=0)))
    origin = whole.origin
    if origin is None:
        return
    whole = paid(whole, 0)
    dues = dues_since(whole, origin)
    times = data.draw(st.integers(0, len(dues) - 1))
    if not left_after(whole, origin, times).principal:
        return
    on = data.draw(st.dates(dues[times - 1] if times else origin.start, dues[-1]))
    terms = {"early_on": on, "early_amount": data.draw(st.integers(1, whole.principal))}
    made = tranche_schedule(whole.changed(**terms))
    rest = tranche_schedule(paid(whole, times).changed(**terms))
    first = dues[times - 1] if times else None
    later = [each for each in made if first is None or each.due > first or each.due == on]
    assert [each for each in rest if each.due > on] == [each for each in made if each.due > on]
    assert [each for each in rest if each in later] == rest


def test_rows_paid_of_a_lenders_list_may_stay_in_it_or_be_left_out() -> None:
    rows = tuple(
        ScheduleRow(due=date(2026, month, 10), principal=2_500_000, interest=9, total=2_500_009)
        for month in (1, 2, 3, 4)
    )
    listed = owed(imported=rows)
    kept = owed(imported=rows, paid_instalments=2, principal=5_000_000)
    dropped = owed(imported=rows[2:], interest_from=rows[1].due, principal=5_000_000)
    assert tranche_schedule(kept) == tranche_schedule(listed)[2:] == tranche_schedule(dropped)


def test_a_bill_in_parts_is_paid_on_by_its_beginning() -> None:
    """The fee of 100.03 over three parts is 33.34, 33.34 and 33.35."""
    terms = {
        "method": RepaymentMethod.STATEMENT_CYCLE,
        "bill_instalments": 3,
        "instalment_fee_percent": Decimal("10.003"),
    }
    origin = Origin(
        start=date(2026, 1, 31), principal=100_000, first_due=date(2026, 1, 31), periods=3
    )
    whole = owed(
        origin=origin,
        principal=100_000,
        next_due=origin.first_due,
        remaining_periods=3,
        due_day=31,
        **terms,
    )
    made = tranche_schedule(whole)
    assert [(each.due.day, each.principal, each.interest) for each in made] == [
        (31, 33_333, 3_334),
        (28, 33_333, 3_334),
        (31, 33_334, 3_335),
    ]
    assert tranche_schedule(paid(whole, 2)) == made[2:]


def test_a_fee_on_the_principal_is_not_asked_twice_after_paying_early() -> None:
    """12 % of 120,000.00 in twelve: 1,200.00 each, before and after half is paid back."""
    whole = owed(
        principal=12_000_000,
        remaining_periods=12,
        rate_per=RatePer.PRINCIPAL,
        early_on=date(2026, 7, 11),
        early_amount=3_000_000,
        early_effect=EarlyEffect.LOWER,
    )
    made = tranche_schedule(whole)
    assert [each.interest for each in made if each.due.day == 10] == [120_000] * 12


def test_interest_only_goes_on_after_paying_early() -> None:
    whole = begun(early_on=date(2025, 5, 5), early_amount=1_000_000)
    assert whole.origin is not None
    origin = msgspec.structs.replace(whole.origin, interest_only_periods=4)
    made = tranche_schedule(whole.changed(origin=origin))
    assert [each.principal > 0 for each in made] == [False, True, False, False, False] + [True] * (
        len(made) - 5
    )
    assert sum(each.principal for each in made) == 10_000_000


@pytest.mark.parametrize(
    ("terms", "field"),
    [
        ({"paid_instalments": 1}, "remaining_periods"),
        ({"paid_instalments": 12, "remaining_periods": 1}, "paid_instalments"),
        ({"remaining_periods": 11}, "remaining_periods"),
        ({"principal": 10_000_001}, "principal"),
        ({"principal": 9_999_999}, "principal"),
        ({"next_due": date(2025, 4, 29)}, "next_due"),
        ({"interest_from": date(2025, 4, 1)}, "origin"),
        ({"grace_periods": 1}, "origin"),
        ({"method": RepaymentMethod.STATEMENT_CYCLE}, "origin"),
        ({"origin": None, "paid_instalments": 1}, "paid_instalments"),
    ],
)
def test_what_cannot_have_begun_so_is_refused(terms: dict[str, object], field: str) -> None:
    with pytest.raises(BadInput) as refused:
        begun().changed(**terms)
    assert refused.value.field == field
    for language in ("en", "zh_CN"):
        assert "{" not in words_for(language).tell(refused.value.message)


def test_a_draw_whose_rest_does_not_follow_is_named_by_the_check() -> None:
    wrong = paid(begun(), 4).changed(principal=5_000_000)
    line = Facility(id="f", name="F", tranches=(wrong,))
    book = Book(title="B", as_of=AS_OF, facilities=(line,))
    [found] = not_as_begun(project(book))
    assert found.records == ("t",)
    right = book.put(line.changed(tranches=(left_by_terms(wrong),)))
    assert not not_as_begun(project(right))
