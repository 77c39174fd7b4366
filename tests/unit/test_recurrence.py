"""Rules of recurring dates and working days."""

from datetime import date, timedelta

import pytest

from backstop.domain import Adjustment, Book, CashFlow, Direction, Moved, Repeat
from backstop.projection import due_days, occurrences, overdue_occurrences, project, upcoming
from backstop.projection.calendars import is_working_day


def rule(first: date, repeat: Repeat, **fields: object) -> CashFlow:
    return CashFlow(
        id="x",
        name="x",
        direction=Direction.PAYMENT,
        amount=1,
        first_date=first,
        repeat=repeat,
        **fields,  # type: ignore[arg-type]
    )


def dates(flow: CashFlow, last: date, country: str = "") -> list[date]:
    return [each.day for each in occurrences(flow, date(2026, 1, 1), last, country)]


def test_the_thirty_first_stays_the_thirty_first() -> None:
    found = dates(rule(date(2026, 1, 31), Repeat.MONTHS), date(2026, 5, 31))
    assert [each.day for each in found] == [31, 28, 31, 30, 31]


def test_last_day_of_month_follows_the_month() -> None:
    flow = rule(date(2026, 2, 28), Repeat.MONTHS, last_day_of_month=True)
    assert [each.day for each in dates(flow, date(2026, 5, 31))] == [28, 31, 30, 31]


def test_every_two_weeks_keeps_its_weekday() -> None:
    found = dates(rule(date(2026, 1, 2), Repeat.WEEKS, every=2), date(2026, 3, 1))
    assert {each.weekday() for each in found} == {4}
    assert found[1] - found[0] == timedelta(days=14)


def test_count_counts_from_the_first_date_and_not_from_today() -> None:
    flow = rule(date(2025, 11, 15), Repeat.MONTHS, count=4)
    assert dates(flow, date(2026, 12, 31)) == [date(2026, 1, 15), date(2026, 2, 15)]


def test_until_is_the_last_day_that_counts() -> None:
    flow = rule(date(2026, 1, 15), Repeat.MONTHS, until=date(2026, 3, 15))
    assert len(dates(flow, date(2026, 12, 31))) == 3


def test_a_leap_day_recurs_on_the_twenty_eighth() -> None:
    flow = rule(date(2024, 2, 29), Repeat.YEARS)
    assert dates(flow, date(2028, 12, 31)) == [
        date(2026, 2, 28),
        date(2027, 2, 28),
        date(2028, 2, 29),
    ]


def test_an_adjusted_date_moves_alone_and_the_rule_stays_anchored() -> None:
    flow = rule(date(2026, 1, 10), Repeat.MONTHS, adjustment=Adjustment.FOLLOWING)
    found = dates(flow, date(2026, 4, 30))
    assert found == [date(2026, 1, 12), date(2026, 2, 10), date(2026, 3, 10), date(2026, 4, 10)]


def test_a_date_adjusted_past_the_first_day_still_counts() -> None:
    """The 31st of January 2026 is a Saturday; seen from Sunday, its payment is still to come."""
    flow = rule(date(2026, 1, 31), Repeat.ONCE, adjustment=Adjustment.FOLLOWING)
    [found] = occurrences(flow, date(2026, 2, 1), date(2026, 3, 1), "")
    assert found == (date(2026, 2, 2), date(2026, 1, 31))


@pytest.mark.parametrize(
    ("adjustment", "moved"),
    [
        (Adjustment.NONE, date(2026, 1, 31)),
        (Adjustment.FOLLOWING, date(2026, 2, 2)),
        (Adjustment.PRECEDING, date(2026, 1, 30)),
        (Adjustment.MODIFIED_FOLLOWING, date(2026, 1, 30)),
    ],
)
def test_a_saturday_at_the_end_of_a_month_moves_by_its_rule(
    adjustment: Adjustment, moved: date
) -> None:
    flow = rule(date(2026, 1, 31), Repeat.ONCE, adjustment=adjustment)
    assert upcoming(flow, date(2026, 1, 1), 1, "") == [(moved, date(2026, 1, 31))]


def test_a_moved_date_that_is_answered_does_not_come_again() -> None:
    flow = rule(
        date(2027, 1, 8),
        Repeat.MONTHS,
        moved=(Moved(rule_date=date(2027, 1, 8), to=date(2027, 1, 20)),),
        answered_until=date(2027, 1, 9),
    )
    [coming] = upcoming(flow, date(2027, 1, 9), 1, "")
    assert coming == (date(2027, 2, 8), date(2027, 2, 8))


def test_chinas_holidays_close_and_its_make_up_days_open() -> None:
    """State Council notice for 2026: National Day from 1 to 7 October."""
    assert not is_working_day(date(2026, 10, 1), "CN")
    assert not is_working_day(date(2026, 10, 7), "CN")
    assert is_working_day(date(2026, 10, 8), "CN")
    assert is_working_day(date(2026, 2, 14), "CN")  # a Saturday worked before the Spring Festival
    assert not is_working_day(date(2026, 2, 14), "")


def test_a_rule_without_end_stops_at_the_end_of_the_calendar() -> None:
    flow = rule(date(2190, 1, 1), Repeat.YEARS, every=999)
    only = date(2190, 1, 1)
    assert occurrences(flow, only, date(2200, 1, 1), "") == [(only, only)]


def test_a_payment_that_a_closed_day_moved_to_today_is_due_once() -> None:
    """Saturday's payment, seen on Monday: neither gone nor counted as overdue on top."""
    flow = rule(date(2025, 12, 27), Repeat.ONCE, adjustment=Adjustment.FOLLOWING)
    book = Book(title="book", as_of=date(2025, 12, 29), horizon_days=30, cash_flows=(flow,))
    assert project(book).payments.sum() == flow.amount


@pytest.mark.parametrize("repeat", [Repeat.ONCE, Repeat.MONTHS])
def test_a_series_of_one_is_due_until_it_is_settled_like_a_single_item(repeat: Repeat) -> None:
    fee = rule(date(2026, 12, 28), repeat, count=1)
    [late] = overdue_occurrences(fee, date(2027, 1, 1), "")
    assert late.day == date(2026, 12, 28)
    assert due_days(fee, date(2027, 1, 1), 30, "").overdue.tolist() == [True]
