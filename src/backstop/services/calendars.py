"""Official working days that the owner supplies: a year that was not published when the program was
made is read from JSON, and kept in the book.
"""

from datetime import date
from typing import Any

import msgspec

from backstop.domain import BadInput, Book, CalendarYear, message
from backstop.projection.calendars import shipped_calendar
from backstop.services.commands import Change, change_facts
from backstop.services.dated_entries import days_of, entries_in
from backstop.services.listed_days import added_years, years_of


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
        document = msgspec.json.decode(text)
        document = _under_our_names(document)
        entries = list(entries_in(document))
        read = _File((), ()) if entries else msgspec.convert(document, type=_File)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise _no_calendar(name) from error
    theirs = read.country or _country_in(document, entries)
    if theirs and country and theirs != country:
        raise BadInput(
            message(
                "“{file}” is the calendar of {theirs}, and the book follows that of {ours}. Choose "
                "another file, or set the country of the book.",
                file=name,
                theirs=theirs[:40],
                ours=country,
            ),
            "calendar_years",
        )
    listed = years_of(day for entry in entries for day in days_of(entry)) if entries else ()
    found = tuple(each for each in listed or _years(read) if not _known(each, country))
    if not found:
        raise _no_calendar(name)
    return found


def _under_our_names(document: object) -> object:
    """Lists of plain dates as we name them; where each date has a name beside it, that says no more
    than the list does. Raises `ValueError` where two lists go by one name."""
    if not isinstance(document, dict):
        return document
    found = {
        _NAMES.get(key.lower().replace("_", ""), key): value for key, value in document.items()
    }
    if len(found) < len(document):
        raise ValueError
    for name in ("closed", "worked"):
        value = found.get(name)
        if isinstance(value, dict) and all(isinstance(each, str) for each in value.values()):
            found[name] = list(value)
    return found


_NAMES = {
    **dict.fromkeys(("holidays", "offdays", "closeddays"), "closed"),
    **dict.fromkeys(("workdays", "workingdays", "makeupdays"), "worked"),
}


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


def _country_in(document: object, entries: list[dict[str, Any]]) -> str:
    """The country that the document or its first entry names; empty where none does."""
    fields = document if isinstance(document, dict) else entries[0] if entries else {}
    named = fields.get("country") or fields.get("countrycode") or ""
    return named.upper() if isinstance(named, str) else ""


def _years(read: _File) -> tuple[CalendarYear, ...]:
    days = [*((day, False) for day in read.closed), *((day, True) for day in read.worked)]
    years = years_of(days)
    last = read.published_until
    return years if last is None else tuple(each for each in years if each.year <= last)


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
    """Add these years to those that the book has; a day that both name is as the new ones say.

    Raises `BadInput` naming a day that cannot be right.
    """
    return change_facts(book, calendar_years=added_years(book.calendar_years, years))
