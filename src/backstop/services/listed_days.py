"""Days that a list names, each off or worked, put together into years."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from backstop.domain import BadInput, CalendarYear, message

Listed = tuple[date, bool]
"""A day, and whether it is worked."""


def years_of(days: Iterable[Listed]) -> tuple[CalendarYear, ...]:
    """The years of these days, in order. Raises `BadInput` where one is named twice."""
    found: dict[date, bool] = {}
    for day, works in days:
        if day in found:
            said = "{day} is named twice. Keep one of the two, and load the list again."
            raise BadInput(message(said, day=day), "calendar_years")
        found[day] = works
    by_year = groupby(sorted(found.items()), key=lambda each: each[0].year)
    return tuple(_year(year, list(listed)) for year, listed in by_year)


def _year(year: int, listed: Sequence[Listed]) -> CalendarYear:
    return CalendarYear(
        year=year,
        closed=tuple(day for day, works in listed if not works),
        working=tuple(day for day, works in listed if works),
    )


def added_years(
    known: Iterable[CalendarYear], new: Iterable[CalendarYear]
) -> tuple[CalendarYear, ...]:
    """What was known, and what is new: a day that both name is as the new list says."""
    days: dict[date, bool] = {}
    for each in (*known, *new):
        days |= dict.fromkeys(each.closed, False) | dict.fromkeys(each.working, True)
    return years_of(days.items())
