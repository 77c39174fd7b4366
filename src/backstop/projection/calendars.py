"""Working days under a country's official holidays, make-up workdays included."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Any

from backstop.domain import Adjustment, Book, CalendarYear
from backstop.resources import resource

_ONE_DAY = timedelta(days=1)

USUAL_SHIFT = 15
"""Days: no country's official calendar has a longer run of closed days."""


@dataclass(frozen=True, eq=False)
class OwnCalendar:
    """The official days of a country, and before them the days that the owner supplied: they add to
    what is known of their year and wipe nothing out."""

    country: str
    years: dict[int, OfficialDays]


Calendar = OwnCalendar | str
"""What dates are adjusted by. A country's code alone stands for the official days as they are
known here; empty text for weekends only."""


def calendar_of(book: Book) -> Calendar:
    """What the book's dates are adjusted by."""
    return _own(book.country, book.calendar_years) if book.calendar_years else book.country


@lru_cache(100)
def _own(country: str, supplied: tuple[CalendarYear, ...]) -> OwnCalendar:
    """One object for each set of years: what is worked out by a calendar is kept by it."""
    days = {y.year: OfficialDays(frozenset(y.closed), frozenset(y.working)) for y in supplied}
    return OwnCalendar(country, days)


def adjusted(day: date, adjustment: Adjustment, calendar: Calendar) -> date:
    """Where a date that falls on a closed day moves.

    `numpy.busday_offset` agrees with this, make-up workdays included, but takes five times as long
    for one date and twice as long for all dates of a book.
    """
    if adjustment is Adjustment.NONE or is_working_day(day, calendar):
        return day
    if adjustment is Adjustment.PRECEDING:
        return _next_working_day(day, calendar, -_ONE_DAY)
    following = _next_working_day(day, calendar, _ONE_DAY)
    if adjustment is Adjustment.MODIFIED_FOLLOWING and following.month != day.month:
        return _next_working_day(day, calendar, -_ONE_DAY)
    return following


def longest_shift(calendar: Calendar) -> int:
    """The most days by which a date is moved: the longest run of closed ones that is known."""
    return _longest_own(calendar) if isinstance(calendar, OwnCalendar) else USUAL_SHIFT


@lru_cache(100)
def _longest_own(calendar: OwnCalendar) -> int:
    longest = USUAL_SHIFT
    for year in calendar.years:
        day = date(year, 1, 1)
        while day.year == year:
            opens = _next_working_day(day, calendar, _ONE_DAY)
            closed_before = day - _next_working_day(day, calendar, -_ONE_DAY)
            longest = max(longest, (opens - day + closed_before).days)
            day = opens + _ONE_DAY
    return longest


def is_working_day(day: date, calendar: Calendar) -> bool:
    """Whether banks work. For China the official holidays and make-up workdays count."""
    if isinstance(calendar, OwnCalendar):
        supplied = calendar.years.get(day.year)
        said = None if supplied is None else supplied.says_of(day)
        return _is_official_working_day(day, calendar.country) if said is None else said
    return _is_official_working_day(day, calendar)


@cache
def _is_official_working_day(day: date, country: str) -> bool:
    if not country:
        return day.weekday() < 5
    shipped = shipped_calendar(country)
    if shipped is not None and day.year <= shipped.known_until:
        return shipped.days.is_working_day(day)
    if country in _BESIDES and _BESIDES[country].closes(day):
        return False
    return any(bool(each.is_working_day(day)) for each in _holidays(country))


def _next_working_day(day: date, calendar: Calendar, step: timedelta) -> date:
    while not is_working_day(day, calendar):
        day += step
    return day


@dataclass(frozen=True)
class OfficialDays:
    """Those days that differ from plain weekends: weekdays closed, weekend days worked."""

    closed: frozenset[date]
    worked: frozenset[date]

    def is_working_day(self, day: date) -> bool:
        """Whether banks work on this day: make-up workdays count, official days off do not."""
        return day in self.worked if day.weekday() >= 5 else day not in self.closed

    def says_of(self, day: date) -> bool | None:
        """Whether that day is worked; None where it is not listed."""
        if day not in self.worked and day not in self.closed:
            return None
        if day in self.worked and day in self.closed:  # what is out of the ordinary counts
            return day.weekday() >= 5
        return day in self.worked

    def is_complete(self, year: int) -> bool:
        """Whether a year's list can be all of it: no year is without a weekday off for a holiday,
        or without a weekend day worked to make up for one."""
        off = any(day.year == year and day.weekday() < 5 for day in self.closed)
        return off and any(day.year == year and day.weekday() >= 5 for day in self.worked)


@dataclass(frozen=True)
class ShippedCalendar:
    """Official days from `resources/calendars`.

    After `published_until` (a year) they are holidays known in advance, without the make-up
    workdays that the authority has yet to announce.
    """

    days: OfficialDays
    published_until: int
    known_until: int

    def is_sure(self, year: int) -> bool:
        return year <= self.published_until and self.days.is_complete(year)


@cache
def shipped_calendar(country: str) -> ShippedCalendar | None:
    """The calendar that comes with the program, for countries that have one."""
    file = resource("calendars", f"{country}.json")
    if not file.is_file():
        return None
    read = json.loads(file.read_text(encoding="utf-8"))
    return ShippedCalendar(
        OfficialDays(
            closed=frozenset(map(date.fromisoformat, read["closed"])),
            worked=frozenset(map(date.fromisoformat, read["worked"])),
        ),
        published_until=read["published_until"],
        known_until=read["known_until"],
    )


def unpublished_years(book: Book) -> list[int]:
    """The years within the horizon whose official days are not known for certain: not published
    when the program was made, and not supplied since, with their make-up workdays. None where we
    cannot tell."""
    shipped = shipped_calendar(book.country) if book.country else None
    if shipped is None:
        return []
    calendar = _own(book.country, book.calendar_years)
    last = (book.as_of + timedelta(days=book.horizon_days)).year
    return [
        year
        for year in range(book.as_of.year, last + 1)
        if not shipped.is_sure(year) and not _is_supplied(calendar, year)
    ]


def _is_supplied(calendar: OwnCalendar, year: int) -> bool:
    return year in calendar.years and calendar.years[year].is_complete(year)


@cache
def _holidays(country: str) -> tuple[Any, ...]:
    """The calendars of the `holidays` package that have to agree that banks are closed; an unknown
    country has weekends only.

    Imported here, not above: it takes half a second, which books of a country whose calendar is
    shipped never need.
    """
    from holidays import HolidayBase, country_holidays, financial_holidays

    try:
        if country in _MARKETS:
            return (financial_holidays(_MARKETS[country]),)
        lists = _AS_BANKS_CLOSE.get(country, ({},))
        return tuple(country_holidays(country, **each) for each in lists)
    except NotImplementedError:
        return (HolidayBase(),)


_MARKETS = {
    # the Federal Reserve is open on the Friday before a holiday that falls on a Saturday
    # (https://www.federalreserve.gov/aboutthefed/k8.htm)
    "US": "XFED",
    # the days that the CNBV orders each December for the next year (Diario Oficial, dof.gob.mx)
    "MX": "XMEX",
}
"""Where banks do not close as offices do."""

_AS_BANKS_CLOSE: dict[str, tuple[dict[str, Any], ...]] = {
    # what New South Wales and Victoria both observe
    # (https://www.rba.gov.au/payments-and-infrastructure/rits/business-hours.html)
    "AU": ({"subdiv": "NSW"}, {"subdiv": "VIC"}),
    # https://www.febelfin.be/en/when-are-bank-branches-closed
    "BE": ({"categories": ("public", "bank")},),
    # federally regulated, as banks and https://www.payments.ca are
    "CA": ({"categories": ("public", "government")},),
    # payments follow the bank holidays of England (https://www.gov.uk/bank-holidays)
    "GB": ({"subdiv": "ENG"},),
    # general holidays, of which employers have to give some only (General Holidays Ordinance)
    "HK": ({"categories": ("public", "optional")},),
    # 31 December to 3 January (Order for Enforcement of the Banking Act, Article 5)
    "JP": ({"categories": ("public", "bank")},),
    # https://www.riksbank.se/en-gb/press-and-published/calendar/
    "SE": ({"categories": ("public", "de_facto")},),
}
"""What of a country's lists holds for its banks, where that is not just the public holidays; closed
is what all of them have."""


@dataclass(frozen=True)
class BankDays:
    """Days on which banks alone close: months and days, and days counted from Easter Sunday."""

    dates: frozenset[tuple[int, int]] = frozenset()
    from_easter: frozenset[int] = frozenset()

    def closes(self, day: date) -> bool:
        """Whether banks close on this day because of these."""
        if (day.month, day.day) in self.dates:
            return True
        return bool(self.from_easter) and (day - easter_sunday(day.year)).days in self.from_easter


@cache
def easter_sunday(year: int) -> date:
    """Easter Sunday, by the calendar of Gregory (Anonymous Gregorian algorithm, Nature 1876)."""
    century, of_century = divmod(year, 100)
    golden = year % 19
    moved = century - century // 4 - (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + moved + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (of_century // 4) - epact - of_century % 4) % 7
    late = (golden + 11 * epact + 22 * sunday) // 451
    month, day = divmod(epact + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


_BESIDES = {
    # https://www.oenb.at/en/Services/Bank-Holidays.html; Good Friday is none
    "AT": BankDays(frozenset({(12, 24)})),
    # no value dates for francs, as the exchange announced them in 2001 (mondovisione.com, "Change
    # in SWX trading calendar"); each year's list is six-group.com, Clearing Day Calendar of SIC
    "CH": BankDays(frozenset({(1, 2), (5, 1), (12, 26)}), frozenset({-2, 1, 50})),
    # Carnival and Corpus Christi (Resolution CMN 4.880; calendar of febraban.org.br)
    "BR": BankDays(from_easter=frozenset({-48, -47, 60})),
    # https://www.nationalbanken.dk/da/vores-arbejde/stabile-priser-pengepolitik-og-dansk-oekonomi/banklukkedage
    "DK": BankDays(frozenset({(6, 5), (12, 24), (12, 31)}), frozenset({40})),
    # the day of those who work at banks, in the same order of the CNBV
    "MX": BankDays(frozenset({(12, 12)})),
    # https://www.norges-bank.no/en/topics/norges-bank-settlement-system/
    "NO": BankDays(frozenset({(12, 24)})),
}
