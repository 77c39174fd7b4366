"""Official working days that the owner supplies: a year that was not published when the program was
made is read from JSON, and kept in the book.
"""

from datetime import date

import msgspec

from backstop.domain import BadInput, Book, CalendarYear, message
from backstop.projection.calendars import shipped_calendar
from backstop.services.commands import Change, change_facts


class _File(msgspec.Struct, frozen=True):
    """`closed` are weekdays on which banks are closed, `worked` weekend days on which they work.

    The form of `resources/calendars`; `published_until`, if given, is the last year that is
    certain.
    """

    closed: tuple[date, ...]
    worked: tuple[date, ...] = ()
    country: str = ""
    published_until: int | None = None


def years_in_json(text: str, name: str, country: str = "") -> tuple[CalendarYear, ...]:
    """The years that the calendar file of this name lists days of, those left out that say nothing
    new about that country. Raises `BadInput`."""
    try:
        read = msgspec.json.decode(text, type=_File)
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise _no_calendar(name) from error
    if read.country and country and read.country != country:
        raise BadInput(
            message(
                "“{file}” is the calendar of {theirs}, and the book follows that of {ours}. Choose "
                "another file, or set the country of the book.",
                file=name,
                theirs=read.country[:40],
                ours=country,
            ),
            "calendar_years",
        )
    found = tuple(each for each in _years(read) if not _known(each, country))
    if not found:
        raise _no_calendar(name)
    return found


def _no_calendar(name: str) -> BadInput:
    return BadInput(
        message(
            "“{file}” lists no official days that are new. Write them as {example}: “closed” are "
            "weekdays off, “worked” are weekend days at work.",
            file=name,
            example='{"closed": ["2027-01-01"], "worked": ["2027-02-14"]}',
        ),
        "calendar_years",
    )


def _years(read: _File) -> list[CalendarYear]:
    years = {day.year for day in (*read.closed, *read.worked)}
    last = max(years, default=0) if read.published_until is None else read.published_until
    return [
        CalendarYear(
            year=year,
            closed=tuple(sorted({day for day in read.closed if day.year == year})),
            working=tuple(sorted({day for day in read.worked if day.year == year})),
        )
        for year in sorted(years)
        if year <= last
    ]


def _known(year: CalendarYear, country: str) -> bool:
    """Whether the program says the same of that year already, for certain."""
    shipped = shipped_calendar(country) if country else None
    if shipped is None or year.year > shipped.published_until:
        return False
    days = shipped.days
    return {*year.closed, *year.working} == {
        day for day in days.closed | days.worked if day.year == year.year
    }


def add_years(book: Book, years: tuple[CalendarYear, ...]) -> Change:
    """Put these years into the book, in the place of what it has of them.

    Raises `BadInput` naming a day that cannot be right.
    """
    new = {each.year for each in years}
    kept = (each for each in book.calendar_years if each.year not in new)
    ordered = sorted((*kept, *years), key=lambda each: each.year)
    return change_facts(book, calendar_years=tuple(ordered))
