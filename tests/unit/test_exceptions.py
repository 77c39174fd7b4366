"""What is said of single dates goes along with a rule that is changed, or is named."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import strategies
from backstop.checks.readiness import findings
from backstop.domain import (
    Book,
    CashFlow,
    Direction,
    LaterAmount,
    MonthlyOn,
    Moved,
    OtherAmount,
    Repeat,
    StillOpen,
)
from backstop.projection import project
from backstop.projection.exceptions import carried, said_of, strays
from backstop.projection.recurrence import rule_dates

DAY_0 = date(2027, 1, 1)


def rule(**terms: Any) -> CashFlow:
    """On the 15th of each month, with something said of March and of what comes from May on."""
    march, may = date(2027, 3, 15), date(2027, 5, 15)
    plain: dict[str, Any] = {
        "first_date": date(2026, 10, 15),
        "repeat": Repeat.MONTHS,
        "skipped": (date(2027, 2, 15),),
        "moved": (Moved(rule_date=march, to=date(2027, 3, 20)),),
        "amounts": (OtherAmount(rule_date=march, amount=5),),
        "later_amounts": (LaterAmount(from_day=may, amount=7),),
        "answered_until": date(2027, 1, 15),
        "open": (StillOpen(rule_date=date(2026, 12, 15), left=3),),
    }
    return CashFlow(
        id="f", name="Rent", direction=Direction.PAYMENT, amount=9, **{**plain, **terms}
    )


def test_all_goes_along_when_the_day_of_the_month_changes() -> None:
    old = rule()
    new = carried(old, old.changed(first_date=date(2026, 10, 10)))
    assert new.skipped == (date(2027, 2, 10),)
    assert new.moved == (Moved(rule_date=date(2027, 3, 10), to=date(2027, 3, 20)),)
    assert new.amounts == (OtherAmount(rule_date=date(2027, 3, 10), amount=5),)
    assert new.later_amounts == (LaterAmount(from_day=date(2027, 5, 10), amount=7),)
    assert new.answered_until == date(2027, 1, 10)
    assert new.open == (StillOpen(rule_date=date(2026, 12, 10), left=3),)
    assert strays(new) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"monthly_on": MonthlyOn.WEEKDAY},
        {"last_day_of_month": True},
        {"first_date": date(2026, 10, 31)},
    ],
)
def test_what_was_settled_stays_settled_and_nothing_else(changes: dict[str, Any]) -> None:
    """October to December are settled, save what is open; January is due on its new day."""
    old = rule()
    new = carried(old, old.changed(**changes))
    assert new.answered_until is not None
    settled = [day for day in dates(new, 6) if day < new.answered_until]
    assert [day.month for day in settled] == [10, 11, 12]
    assert strays(new) == []
    assert [each.rule_date.month for each in new.amounts] == [3]


def test_a_threshold_between_two_dates_moves_only_as_far_as_it_has_to() -> None:
    """Settled before 12 January: from the 10th to the 15th, January's stays settled."""
    old = rule(first_date=date(2026, 10, 10), skipped=(), moved=(), amounts=(), open=())
    old = old.changed(answered_until=date(2027, 1, 12), later_amounts=())
    later = carried(old, old.changed(first_date=date(2026, 10, 15)))
    assert later.answered_until is not None
    assert date(2027, 1, 15) < later.answered_until <= date(2027, 2, 15)
    earlier = carried(old, old.changed(first_date=date(2026, 10, 5)))
    assert earlier.answered_until == date(2027, 1, 12)


def test_weekly_exceptions_go_along_within_their_week() -> None:
    monday = rule(
        first_date=date(2027, 1, 4),
        repeat=Repeat.WEEKS,
        every=2,
        skipped=(date(2027, 2, 1),),
        moved=(),
        amounts=(),
        later_amounts=(),
        open=(),
        answered_until=None,
    )
    friday = carried(monday, monday.changed(first_date=date(2027, 1, 8)))
    assert friday.skipped == (date(2027, 2, 5),)
    other_weeks = carried(monday, monday.changed(first_date=date(2027, 1, 11)))
    assert other_weeks.skipped == (date(2027, 2, 1),)
    assert strays(other_weeks) == [date(2027, 2, 1)]


@pytest.mark.parametrize(
    "changes",
    [
        {"repeat": Repeat.WEEKS},
        {"repeat": Repeat.DAYS, "every": 20},
        {"until": date(2027, 2, 20)},
        {"repeat": Repeat.ONCE},
    ],
)
def test_what_cannot_go_along_stays_and_is_named(changes: dict[str, Any]) -> None:
    old = rule()
    new = carried(old, old.changed(**changes))
    assert said_of(new) == said_of(old)
    assert date(2027, 3, 15) in strays(new)
    assert named(new)
    assert not named(old)


def test_what_is_past_and_settled_needs_no_name() -> None:
    old = rule(skipped=(date(2026, 11, 15),), moved=(), amounts=(), later_amounts=(), open=())
    new = carried(old, old.changed(first_date=date(2026, 12, 15)))
    assert strays(new) == [date(2026, 11, 15)]
    assert not named(new)


def test_an_exception_that_is_changed_with_its_rule_is_taken_as_it_is_given() -> None:
    old = rule()
    given = (date(2027, 4, 10),)
    new = carried(old, old.changed(first_date=date(2026, 10, 10), skipped=given))
    assert new.skipped == given
    assert new.amounts == (OtherAmount(rule_date=date(2027, 3, 10), amount=5),)


def test_two_that_would_fall_together_both_stay() -> None:
    """The 10th was no date of the rule; now it is, and the 15th cannot take its place."""
    both = tuple(OtherAmount(rule_date=date(2027, 3, day), amount=day) for day in (10, 15))
    old = rule(amounts=both)
    assert carried(old, old.changed(first_date=date(2026, 10, 10))).amounts == both


def named(flow: CashFlow) -> bool:
    book = Book(title="t", as_of=DAY_0, horizon_days=200, cash_flows=(flow,))
    return any(each.check == "stray_exceptions" for each in findings(project(book)))


def dates(flow: CashFlow, number: int) -> list[date]:
    return [day for _, day in zip(range(number), rule_dates(flow), strict=False)]


@given(strategies.cash_flows(), st.integers(-12, 12))
def test_no_exception_is_lost_and_the_record_stays_valid(flow: CashFlow, by: int) -> None:
    first = flow.first_date + timedelta(days=by)
    if flow.until is not None and flow.until < first:
        return
    if flow.monthly_on is MonthlyOn.WEEKDAY and first.day > 28:
        return
    if flow.second_day is not None and min(first.day, flow.second_day) in (28, first.day):
        return
    new = carried(flow, flow.changed(first_date=first))
    for name in ("skipped", "moved", "amounts", "later_amounts", "open"):
        assert len(getattr(new, name)) == len(getattr(flow, name))
    assert [each.amount for each in new.amounts] == [each.amount for each in flow.amounts]
    assert {each.to for each in new.moved} == {each.to for each in flow.moved}
