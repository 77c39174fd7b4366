"""Days that a list names, each off or worked, put together into years."""

from collections.abc import Iterable
from datetime import date

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
    return tuple(
        CalendarYear(
            year=year,
            closed=tuple(d for d, works in sorted(found.items()) if d.year == year and not works),
            working=tuple(d for d, works in sorted(found.items()) if d.year == year and works),
        )
        for year in sorted({day.year for day in found})
    )


def added_years(
    known: Iterable[CalendarYear], new: Iterable[CalendarYear]
) -> tuple[CalendarYear, ...]:
    """What was known, and what is new: a day that both name is as the new list says."""
    days: dict[date, bool] = {}
    for each in (*known, *new):
        days |= dict.fromkeys(each.closed, False) | dict.fromkeys(each.working, True)
    return years_of(days.items())
