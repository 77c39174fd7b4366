"""Working days under a country's official holidays, make-up workdays included."""

from datetime import date, timedelta
from functools import cache
from typing import Any

from backstop.domain import Adjustment

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
    return bool(_holidays(country).is_working_day(day))


def _next_working_day(day: date, country: str, step: timedelta) -> date:
    while not is_working_day(day, country):
        day += step
    return day


@cache
def _holidays(country: str) -> Any:
    """The calendar of the `holidays` package; an unknown country has weekends only.

    Imported here, not above: it takes a quarter of a second that most books never need.
    """
    from holidays import HolidayBase, country_holidays

    try:
        return country_holidays(country)
    except NotImplementedError:
        return HolidayBase()
