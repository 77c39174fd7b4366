"""Public lists of official days in JSON: dated entries, each marked as a day off or at work.

Read are, by the names of their fields, the forms that are usual: `isOffDay` (NateScarlet/
holiday-cn), `holiday` (timor.tech), `StartDate` to `EndDate` with `CompDays` (china-holiday-
calender), `type` or `types` with a word (Nager.Date), or a date as the name of a word. What an
entry does not say for certain is refused, and the entry named.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from backstop.domain import BadInput, message
from backstop.domain.validation import clip
from backstop.services.day_words import LONGEST_RANGE, meaning_of
from backstop.services.listed_days import Listed

_DAY = ("date", "day")
_FIRST = ("startdate", "start", "from")
_LAST = ("enddate", "end", "to")
_MADE_UP = ("compdays", "workdays", "makeupdays")
_OFF = ("isoffday", "offday", "off", "holiday", "isholiday", "closed")
_AT_WORK = ("isworkday", "workday", "working", "isworkingday", "worked")
_WORDS = ("type", "kind", "status", "mark")


def entries_in(document: object) -> Iterator[dict[str, Any]]:
    """Every entry with a day in a document, at whatever depth; in the order of the document."""
    if isinstance(document, list):
        for each in document:
            yield from entries_in(each)
    elif isinstance(document, dict):
        fields = {key.lower().replace("_", ""): value for key, value in document.items()}
        if document and all(_is_day(key) for key in document):
            for key, value in document.items():
                yield value if isinstance(value, dict) else {"date": key, "type": value}
        elif any(isinstance(fields.get(name), str) for name in (*_DAY, *_FIRST)):
            yield fields
        else:
            for each in document.values():
                yield from entries_in(each)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def days_of(entry: dict[str, Any]) -> Iterator[Listed]:
    """The days of one entry, and whether each is worked; raises `BadInput`."""
    made_up = [_day(each, entry) for name in _MADE_UP for each in _listed(entry, name)]
    first = _day(_one(entry, _DAY + _FIRST), entry)
    last = _day(_one(entry, _LAST) or first.isoformat(), entry)
    if not timedelta(0) <= last - first <= LONGEST_RANGE:
        raise _unsure(entry)
    works = _works(entry, ranged=any(isinstance(entry.get(name), list) for name in _MADE_UP))
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number), works
    for day in made_up:
        yield day, True


def _listed(entry: dict[str, Any], name: str) -> list[Any]:
    found = entry.get(name)
    return found if isinstance(found, list) else []


def _one(entry: dict[str, Any], names: tuple[str, ...]) -> Any:
    return next((entry[name] for name in names if entry.get(name) is not None), None)


def _day(value: object, entry: dict[str, Any]) -> date:
    try:
        return date.fromisoformat(str(value).partition("T")[0])
    except ValueError:
        raise _unsure(entry) from None


def _works(entry: dict[str, Any], *, ranged: bool) -> bool:
    """What the marks of an entry say, all of them alike; one that lists its make-up workdays is a
    holiday."""
    said = {not entry[name] for name in _OFF if isinstance(entry.get(name), bool)}
    said |= {entry[name] for name in _AT_WORK if isinstance(entry.get(name), bool)}
    words = [entry[name] for name in _WORDS if isinstance(entry.get(name), str)]
    words += [each for each in _listed(entry, "types") if isinstance(each, str)]
    said |= {meant for word in words if (meant := meaning_of(word)) is not None}
    if not said and ranged:
        return False
    if len(said) != 1 or entry.get("global") is False:
        raise _unsure(entry)
    return said.pop()


def _unsure(entry: dict[str, Any]) -> BadInput:
    text = ", ".join(f"{key}: {value}" for key, value in entry.items())
    return BadInput(
        message(
            "The entry “{text}” does not say for certain which day is off or worked. Give each "
            "entry a date, and say whether it is a day off.",
            text=clip(text),
        ),
        "calendar_years",
    )
