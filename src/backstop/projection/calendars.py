"""Working days under a country's official holidays, make-up workdays included."""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from backstop.domain import Adjustment
from backstop.resources import resource

_ONE_DAY = timedelta(days=1)


def adjusted(day: date, adjustment: Adjustment, country: str) -> date:
    """Where a date that falls on a closed day moves; without a country only weekends are closed."""
    if adjustment is Adjustment.NONE or is_working_day(day, country):
        return day
    if adjustment is Adjustment.PRECEDING:
        return _next_working_day(day, country, -_ONE_DAY)
    following = _next_working_day(day, country, _ONE_DAY)
    if adjustment is Adjustment.MODIFIED_FOLLOWING and following.month != day.month:
        return _next_working_day(day, country, -_ONE_DAY)
    return following


@cache
def is_working_day(day: date, country: str) -> bool:
    """Whether banks work. For China the official holidays and make-up workdays count."""
    if not country:
        return day.weekday() < 5
    shipped = shipped_calendar(country)
    if shipped is not None and day.year <= shipped.known_until:
        return shipped.is_working_day(day)
    return bool(_holidays(country).is_working_day(day))


def _next_working_day(day: date, country: str, step: timedelta) -> date:
    while not is_working_day(day, country):
        day += step
    return day


@dataclass(frozen=True)
class ShippedCalendar:
    """Official days from `resources/calendars`: those that differ from plain weekends.

    After `published_until` (a year) they are holidays known in advance, without the make-up
    workdays that the authority has yet to announce.
    """

    closed: frozenset[date]
    worked: frozenset[date]
    published_until: int
    known_until: int

    def is_working_day(self, day: date) -> bool:
        return day in self.worked if day.weekday() >= 5 else day not in self.closed


@cache
def shipped_calendar(country: str) -> ShippedCalendar | None:
    """The calendar that comes with the program, for countries that have one."""
    file = resource("calendars", f"{country}.json")
    return calendar_in(file) if file.is_file() else None


def calendar_in(file: Path) -> ShippedCalendar:
    """The calendar that a file holds, in the form of those that come with the program."""
    read = json.loads(file.read_text(encoding="utf-8"))
    return ShippedCalendar(
        closed=frozenset(map(date.fromisoformat, read["closed"])),
        worked=frozenset(map(date.fromisoformat, read["worked"])),
        published_until=read["published_until"],
        known_until=read["known_until"],
    )


def published_until(country: str) -> int | None:
    """The last year whose official days are known for certain; None where we cannot tell."""
    shipped = shipped_calendar(country)
    return None if shipped is None else shipped.published_until


@cache
def _holidays(country: str) -> Any:
    """The calendar of the `holidays` package; an unknown country has weekends only.

    Imported here, not above: it takes half a second, which books of a country whose calendar is
    shipped never need.
    """
    from holidays import HolidayBase, country_holidays

    try:
        return country_holidays(country)
    except NotImplementedError:
        return HolidayBase()
