"""Days as owners type them, in fields and on the command line: the one reader of both.

Read are a day with its year (`2026-12-01`, `20261201`, `1.12.2026`, `1 Dec 2026`, `2026年12月1日`),
one without (`30 Nov`, `30.11.`, `11-30`, `11月30日`), a word (`today`, `明天`), and days from today
(`+7`, `-3`). A day without a year is one of the last three months or of the nine to come. What can
be two days, such as 3/4, is refused.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta

from backstop.domain import BadInput, message
from backstop.domain.unseen import without_unseen
from backstop.services import clock
from backstop.telling import LANGUAGES

_PAST_DAYS = 90
"""A day without a year is the next one, unless it lies no further back than this."""

_LONGEST_SHOWN = 40
_FROM_TODAY = re.compile(r"([+-])(\d{1,4})")
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MONTH_FIRST = re.compile(r"(\d{1,2})-(\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})?")
_EITHER_FIRST = re.compile(r"(\d{1,2})([/.-])(\d{1,2})(?:\2(\d{4}))?")

_Parts = tuple[int | None, int, int]


def read_day(text: str, today: date | None = None) -> date:
    """The day that this text means, typed on `today`; raises `BadInput`."""
    now = today or clock.today()
    plain = _plain(text)
    near = _from_today(plain, now)
    if near is not None:
        return near
    found = {day for parts in _readings(plain) if (day := _day(parts, now)) is not None}
    match sorted(found):
        case [day]:
            return day
        case [one, other, *_]:
            raise BadInput(
                message(
                    "“{text}” can be {one} or {other}. Type the name of the month, or the year "
                    "first.",
                    text=text[:_LONGEST_SHOWN],
                    one=one,
                    other=other,
                )
            )
    raise BadInput(
        message("“{text}” is not a date. Type one such as 2026-12-01.", text=text[:_LONGEST_SHOWN])
    )


def _plain(text: str) -> str:
    plain = "".join(unicodedata.normalize("NFKC", without_unseen(text)).split())
    return plain.replace("\N{MINUS SIGN}", "-").casefold()


def _from_today(plain: str, today: date) -> date | None:
    counted = _FROM_TODAY.fullmatch(plain)
    if counted:
        days = int(counted[2]) if counted[1] == "+" else -int(counted[2])
        return today + timedelta(days=days)
    words = (each.day_words.get(plain) for each in LANGUAGES.values())
    return next((today + timedelta(days=days) for days in words if days is not None), None)


def _readings(plain: str) -> Iterator[_Parts]:
    """Year, month and day in each way in which the figures can be meant."""
    if found := _YEAR_FIRST.fullmatch(plain):
        yield int(found[1]), int(found[3]), int(found[4])
    elif found := _COMPACT.fullmatch(plain):
        yield int(found[1]), int(found[2]), int(found[3])
    elif found := _MONTH_FIRST.fullmatch(plain):
        yield None, int(found[1]), int(found[2])
    elif found := _DAY_FIRST.fullmatch(plain):
        yield _year(found[3]), int(found[2]), int(found[1])
    elif found := _EITHER_FIRST.fullmatch(plain):
        yield _year(found[4]), int(found[1]), int(found[3])
        yield _year(found[4]), int(found[3]), int(found[1])
    yield from filter(None, (each.read_day(plain) for each in LANGUAGES.values()))


def _year(figures: str | None) -> int | None:
    return int(figures) if figures else None


def _day(parts: _Parts, today: date) -> date | None:
    """The day of these parts; None where the calendar has none."""
    year, month, day = parts
    if year is not None:
        return _of_calendar(year, month, day)
    earliest = today - timedelta(days=_PAST_DAYS)
    possible = (_of_calendar(earliest.year + ahead, month, day) for ahead in range(9))
    return next((each for each in possible if each is not None and each >= earliest), None)


def _of_calendar(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
