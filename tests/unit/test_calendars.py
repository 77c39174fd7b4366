"""Shipped calendars say what the `holidays` package says, and never make it be imported; years that
the owner supplies go before them."""

import json
import subprocess
import sys
from datetime import date, timedelta

import pytest
from holidays import country_holidays

from backstop.domain import (
    Adjustment,
    BadInput,
    Book,
    CalendarYear,
    CashFlow,
    Direction,
)
from backstop.projection import calendar_of, next_dates, project
from backstop.projection.calendars import is_working_day, shipped_calendar, unpublished_years
from backstop.resources import resource
from backstop.services.calendars import add_years, years_in_json


def test_the_shipped_chinese_calendar_agrees_with_holidays_on_every_day() -> None:
    calendar, day = country_holidays("CN"), date(2018, 1, 1)
    while day.year <= 2031:
        assert is_working_day(day, "CN") == calendar.is_working_day(day), day
        day += timedelta(days=1)


def test_shipped_calendars_list_only_days_that_differ_from_weekends() -> None:
    for file in resource("calendars").glob("*.json"):
        read = json.loads(file.read_text(encoding="utf-8"))
        assert all(date.fromisoformat(day).weekday() < 5 for day in read["closed"])
        assert all(date.fromisoformat(day).weekday() >= 5 for day in read["worked"])


def test_a_year_not_yet_published_is_known_as_such() -> None:
    calendar = shipped_calendar("CN")
    assert calendar is not None
    assert calendar.published_until == 2026
    assert not any(day.year > calendar.published_until for day in calendar.days.worked)


def test_a_country_without_a_shipped_calendar_is_asked_of_holidays() -> None:
    assert not is_working_day(date(2026, 7, 14), "FR")
    assert is_working_day(date(2026, 7, 14), "DE")


def test_an_unknown_country_has_weekends_only() -> None:
    assert is_working_day(date(2026, 1, 1), "ZZ")
    assert not is_working_day(date(2026, 1, 3), "ZZ")


def test_a_chinese_date_is_adjusted_without_the_slow_import() -> None:
    code = (
        "import sys; from datetime import date\n"
        "from backstop.projection.calendars import is_working_day\n"
        "is_working_day(date(2027, 10, 1), 'CN')\n"
        "sys.exit('holidays' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, env=_env()).returncode == 0


def _env() -> dict[str, str]:
    import os

    return {**os.environ, "PYTHONPATH": str(resource().parent / "src")}


def spring_of_2027() -> CalendarYear:
    """A made-up notice: a Sunday worked, and a Monday off."""
    return CalendarYear(year=2027, closed=(date(2027, 2, 8),), working=(date(2027, 2, 14),))


def book_over_the_new_year(**fields: object) -> Book:
    rent = CashFlow(
        id="rent",
        name="Rent",
        direction=Direction.PAYMENT,
        amount=100,
        first_date=date(2027, 2, 14),
        adjustment=Adjustment.FOLLOWING,
    )
    return Book(title="Year", as_of=date(2026, 12, 1), country="CN", cash_flows=(rent,)).changed(
        **fields
    )


def test_a_supplied_year_adjusts_dates_and_leaves_other_years_alone() -> None:
    book = book_over_the_new_year()
    own = book.changed(calendar_years=(spring_of_2027(),))
    rent = book.cash_flows[0]
    assert next_dates(rent, book.as_of, 1, calendar_of(book)) == [date(2027, 2, 15)]
    assert next_dates(rent, book.as_of, 1, calendar_of(own)) == [date(2027, 2, 14)]
    assert project(own).payments.nonzero()[0].tolist() == [75]
    assert project(book).payments.nonzero()[0].tolist() == [76]
    assert not is_working_day(date(2027, 2, 8), calendar_of(own))
    assert is_working_day(date(2027, 10, 1), calendar_of(own))  # the notice did not list it
    assert not is_working_day(date(2026, 10, 1), calendar_of(own))


def test_a_supplied_year_counts_where_no_country_is_chosen_too() -> None:
    own = book_over_the_new_year(country="", calendar_years=(spring_of_2027(),))
    assert is_working_day(date(2027, 2, 14), calendar_of(own))
    assert not is_working_day(date(2026, 2, 14), calendar_of(own))


def test_a_year_is_unpublished_until_it_is_supplied() -> None:
    book = book_over_the_new_year(horizon_days=800)
    assert unpublished_years(book) == [2027, 2028, 2029]
    assert unpublished_years(book.changed(calendar_years=(spring_of_2027(),))) == [2028, 2029]
    assert unpublished_years(book.changed(country="FR")) == []


def years_in(document: object) -> tuple[CalendarYear, ...]:
    return years_in_json(json.dumps(document), "calendar.json", "CN")


def test_a_calendar_file_gives_each_year_that_it_lists_days_of() -> None:
    first, second = years_in({"closed": ["2027-02-08", "2028-01-03"], "worked": ["2027-02-14"]})
    assert first == spring_of_2027()
    assert second == CalendarYear(year=2028, closed=(date(2028, 1, 3),))
    book = add_years(book_over_the_new_year(), (first, second)).after
    assert [each.year for each in book.calendar_years] == [2027, 2028]
    again = add_years(book, (CalendarYear(year=2027),)).after
    assert again.calendar_years == (CalendarYear(year=2027), second)


def test_years_that_the_program_knows_for_certain_are_not_put_into_the_book() -> None:
    known = json.loads(resource("calendars", "CN.json").read_text(encoding="utf-8"))
    newer = {
        **known,
        "published_until": 2027,
        "closed": [*known["closed"], "2027-02-16"],
    }
    [year] = years_in(newer)
    assert year.year == 2027


@pytest.mark.parametrize(
    "document",
    [
        [],
        {},
        {"closed": []},
        {"closed": ["2027-02-30"]},
        {"closed": ["2027-02-08"], "country": "FR"},
        {"closed": 3},
    ],
)
def test_what_is_no_calendar_of_the_country_is_refused(document: object) -> None:
    with pytest.raises(BadInput, match=r"calendar\.json"):
        years_in(document)
