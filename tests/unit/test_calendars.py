"""Shipped calendars say what the `holidays` package says, and never make it be imported; years that
the owner supplies go before them."""

import json
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from holidays import country_holidays
from hypothesis import given
from hypothesis import strategies as st

from backstop.domain import (
    Adjustment,
    BadInput,
    Book,
    CalendarYear,
    CashFlow,
    Direction,
)
from backstop.projection import calendar_of, project, upcoming
from backstop.projection.calendars import (
    easter_sunday,
    is_working_day,
    shipped_calendar,
    unpublished_years,
)
from backstop.resources import resource
from backstop.services.calendars import add_years, years_in_json
from backstop.services.official_days import years_in as days_in
from backstop.store.interchange import book_from_json

FIELD = Path(__file__).with_name("field")

BANKS_CLOSE = {
    # federalreserve.gov/aboutthefed/k8.htm
    "US": "01-01 01-18 02-15 05-31 07-05 09-06 10-11 11-11 11-25",
    # gov.uk/bank-holidays, England and Wales
    "GB": "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
    # gov.hk/en/about/abouthk/holiday/2027.htm
    "HK": "01-01 02-08 02-09 03-26 03-29 04-05 05-13 06-09 07-01 09-16 10-01 10-08 12-27",
    # the national holidays of www8.cao.go.jp/chosei/shukujitsu, and 31 December
    "JP": "01-01 01-11 02-11 02-23 03-22 04-29 05-03 05-04 05-05 07-19 08-11 09-20 09-23 10-11 "
    "11-03 11-23 12-31",
    # rba.gov.au/payments-and-infrastructure/rits/business-hours.html: eight holidays where
    # NSW and Victoria observe them; Anzac Day on a Sunday is replaced in one of the two alone
    "AU": "01-01 01-26 03-26 03-29 06-14 12-27 12-28",
    # oenb.at/en/Services/Bank-Holidays.html
    "AT": "01-01 01-06 03-29 05-06 05-17 05-27 10-26 11-01 12-08 12-24",
    # febelfin.be/en/when-are-bank-branches-closed
    "BE": "01-01 03-26 03-29 05-06 05-07 05-17 07-21 11-01 11-11",
    # riksbank.se/en-gb/press-and-published/calendar
    "SE": "01-01 01-06 03-26 03-29 05-06 06-25 12-24 12-31",
    # days of TARGET, and 2 January, Ascension, Whit Monday and 1 August, which are no value dates
    # for francs (mondovisione.com, "Change in SWX trading calendar")
    "CH": "01-01 03-26 03-29 05-06 05-17",
    # nationalbanken.dk, "Banklukkedage"
    "DK": "01-01 03-25 03-26 03-29 05-06 05-07 05-17 12-24 12-31",
    # norges-bank.no, "Settlement days"
    "NO": "01-01 03-25 03-26 03-29 05-06 05-17 12-24",
    # nbc.ca/en/contact-us/bank-holiday-calendar.html, national ones
    "CA": "01-01 03-26 05-24 07-01 09-06 09-30 10-11 11-11 12-27 12-28",
    # febraban.org.br, days without business
    "BR": "01-01 02-08 02-09 03-26 04-21 05-27 09-07 10-12 11-02 11-15",
    # dof.gob.mx, days on which what the CNBV supervises closes
    "MX": "01-01 02-01 03-15 03-25 03-26 09-16 11-02 11-15",
}
"""Weekdays of 2027 on which banks are closed, as published."""


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


@pytest.mark.parametrize("country", sorted(BANKS_CLOSE))
def test_banks_close_on_the_weekdays_that_their_authority_lists(country: str) -> None:
    days = [date(2027, 1, 1) + timedelta(days=each) for each in range(365)]
    closed = [day for day in days if day.weekday() < 5 and not is_working_day(day, country)]
    assert [f"{day:%m-%d}" for day in closed] == BANKS_CLOSE[country].split()


def test_banks_close_on_days_that_fall_on_weekends_in_other_years() -> None:
    closed = {"AT": (2026, 12, 24), "BE": (2028, 12, 26), "DK": (2026, 6, 5), "MX": (2025, 12, 12)}
    assert not any(is_working_day(date(2026, *day), "CH") for day in ((1, 2), (5, 1), (12, 25)))
    assert not any(is_working_day(date(2028, *day), "CH") for day in ((8, 1), (12, 26)))
    assert not any(is_working_day(date(*day), country) for country, day in closed.items())
    assert is_working_day(date(2026, 4, 3), "AT")


def test_easter_is_on_the_sunday_on_which_europe_keeps_it() -> None:
    good_fridays = country_holidays("DE", language="en_US", years=range(1995, 2100))
    found = {day for day, name in good_fridays.items() if name == "Good Friday"}
    assert {easter_sunday(year) - timedelta(days=2) for year in range(1995, 2100)} == found


def test_us_banks_are_open_on_the_friday_before_a_holiday_on_a_saturday() -> None:
    assert is_working_day(date(2026, 7, 3), "US")
    assert not is_working_day(date(2028, 9, 4), "US")


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


def next_day(flow: CashFlow, book: Book) -> date:
    [found] = upcoming(flow, book.as_of, 1, calendar_of(book))
    return found.day


def test_a_supplied_year_adjusts_dates_and_leaves_other_years_alone() -> None:
    book = book_over_the_new_year()
    own = book.changed(calendar_years=(spring_of_2027(),))
    rent = book.cash_flows[0]
    assert next_day(rent, book) == date(2027, 2, 15)
    assert next_day(rent, own) == date(2027, 2, 14)
    assert project(own).payments.nonzero()[0].tolist() == [75]
    assert project(book).payments.nonzero()[0].tolist() == [76]
    assert not is_working_day(date(2027, 2, 8), calendar_of(own))
    assert not is_working_day(date(2027, 10, 1), calendar_of(own))  # known, though not listed
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


def test_case_08_a_list_of_makeup_days_wipes_out_no_holiday() -> None:
    """The days stay those from before the list, and the year stays unsure."""
    book = book_from_json((FIELD / "08-calendar-only-makeup-days.json").read_bytes())
    added = add_years(book, days_in("2027-02-20 上班\n2027-02-21 上班")).after
    for each in (book, added):
        paid = [next_day(flow, each) for flow in each.cash_flows]
        assert paid == [date(2027, 2, 11), date(2027, 10, 6)]
        assert unpublished_years(each) == [2027, 2028][: len(unpublished_years(each))]
        assert 2027 in unpublished_years(each)
    assert is_working_day(date(2027, 2, 20), calendar_of(added))


@pytest.mark.parametrize(
    ("listed", "sure"),
    [
        ("2027-02-08 放假", False),
        ("2027-02-20 上班", False),
        ("2027-02-06 放假\n2027-02-20 上班", False),  # only a Saturday is off
        ("2027-02-08 放假\n2027-02-22 上班", False),  # a Monday is no make-up workday
        ("2027-02-08 放假\n2027-02-20 上班", True),
    ],
)
def test_a_chinese_year_is_sure_with_weekdays_off_and_weekends_worked(
    listed: str, sure: bool
) -> None:
    book = add_years(book_over_the_new_year(horizon_days=300), days_in(listed)).after
    assert unpublished_years(book) == ([] if sure else [2027])


def test_every_published_chinese_year_is_complete() -> None:
    calendar = shipped_calendar("CN")
    assert calendar is not None
    assert all(calendar.is_sure(year) for year in range(2018, calendar.published_until + 1))
    assert not calendar.is_sure(calendar.published_until + 1)


def test_lists_add_up_and_the_newer_one_counts_for_a_day_of_both() -> None:
    book = add_years(book_over_the_new_year(), days_in("2027-02-05\n2027-02-20 上班")).after
    book = add_years(book, days_in("2027-02-12\n2027-02-20 放假")).after
    [year] = book.calendar_years
    assert year.closed == (date(2027, 2, 5), date(2027, 2, 12), date(2027, 2, 20))
    assert year.working == ()


def test_a_working_day_in_the_list_opens_a_holiday_that_was_only_expected() -> None:
    book = add_years(book_over_the_new_year(), days_in("2027-02-10 上班")).after
    assert is_working_day(date(2027, 2, 10), calendar_of(book))
    assert not is_working_day(date(2027, 2, 9), calendar_of(book))


@given(st.data(), st.sampled_from(["CN", ""]))
def test_each_day_is_as_the_list_says_and_else_as_it_was(data: st.DataObject, country: str) -> None:
    """Day by day: named off, named worked, or as known before."""
    day = st.dates(date(2027, 1, 1), date(2028, 12, 31))
    off = data.draw(st.sets(day, max_size=9))
    worked = data.draw(st.sets(day, max_size=9)) - off
    lines = [*(f"{each} closed" for each in off), *(f"{each} working" for each in worked)]
    book = book_over_the_new_year(country=country)
    own = add_years(book, days_in("\n".join(lines))).after if lines else book
    each = date(2027, 1, 1)
    while each.year < 2029:
        known = is_working_day(each, country)
        expected = each in worked or (known and each not in off)
        assert is_working_day(each, calendar_of(own)) == expected, each
        each += timedelta(days=1)


def years_in(document: object) -> tuple[CalendarYear, ...]:
    return years_in_json(json.dumps(document), "calendar.json", "CN")


def test_a_calendar_file_gives_each_year_that_it_lists_days_of() -> None:
    first, second = years_in({"closed": ["2027-02-08", "2028-01-03"], "worked": ["2027-02-14"]})
    assert first == spring_of_2027()
    assert second == CalendarYear(year=2028, closed=(date(2028, 1, 3),))
    book = add_years(book_over_the_new_year(), (first, second)).after
    assert [each.year for each in book.calendar_years] == [2027, 2028]
    again = add_years(book, (CalendarYear(year=2027),)).after
    assert again.calendar_years == (first, second)  # nothing new, and nothing lost


@pytest.mark.parametrize(
    "document",
    [
        {"holidays": ["2027-02-08"], "workdays": ["2027-02-14"]},
        {"holidays": {"2027-02-08": "春节"}, "workdays": {"2027-02-14": "春节"}},
        {"2027-02-08": "休", "2027-02-14": "班"},
        {"days": [{"date": "2027-02-08", "off": True}, {"date": "2027-02-14", "off": False}]},
    ],
)
def test_other_usual_forms_of_a_list_are_read(document: object) -> None:
    assert years_in(document) == (spring_of_2027(),)


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
        {"closed": ["2027-02-08"], "holidays": ["2027-02-09"]},
    ],
)
def test_what_is_no_calendar_of_the_country_is_refused(document: object) -> None:
    with pytest.raises(BadInput, match=r"calendar\.json"):
        years_in(document)
