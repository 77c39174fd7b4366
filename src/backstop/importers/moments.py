"""Days and times as statements print them."""

import re
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from backstop.domain import BadInput, message
from backstop.domain.figures import LONGEST_SHOWN, plain_figures

FIRST_YEAR, LAST_YEAR = 1970, 2199


class DayOrder(StrEnum):
    """Which figure of 03/04/2026 is what; a year of four figures that comes first always is one."""

    YEAR_FIRST = "ymd"
    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"


class Moment(NamedTuple):
    """A day, and the time as it is written (empty: none)."""

    day: date
    time: str


_YEAR_FIRST = re.compile(r"([0-9]{4})[-/.年]\s?([0-9]{1,2})[-/.月]\s?([0-9]{1,2})日?")
_CLOSE = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})([0-9]{2}[0-9]{2}[0-9]{2})?(\.[0-9]+)?")
_YEAR_LAST = re.compile(r"([0-9]{1,2})[-/. ']\s?([0-9]{1,2})[-/. ']\s?([0-9]{4}|[0-9]{2})\.?")
_SHORT_YEAR_FIRST = re.compile(r"([0-9]{2})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})")
_NAMED = re.compile(r"([0-9]{1,2})\.?[-/. ]*([A-Za-zäéû]{3,9})\.?,?[-/. ]*([0-9]{4}|[0-9]{2})")
_NAME_FIRST = re.compile(r"([A-Za-zäéû]{3,9})\.?[-/. ]*([0-9]{1,2}),?[-/. ]+([0-9]{4}|[0-9]{2})")
_TIME = re.compile(r"[ T,]+([0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)\S*(?: ?[AP]M)?$", re.IGNORECASE)
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan ene gen", "feb fév fev", "mar mär mrz maa", "apr avr abr", "may mai mei mag",
            "jun jui giu", "jul lug", "aug aoû ago aou", "sep set", "oct okt out ott",
            "nov", "dec dez déc dic",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip


@lru_cache(maxsize=8192)
def day_of(text: str, order: DayOrder = DayOrder.YEAR_FIRST) -> date:
    """The day in a cell without its time; raises `BadInput` for what is none."""
    plain = plain_figures(text)
    for pattern, read in _READERS:
        if match := pattern.fullmatch(plain):
            year, month, day = read(match, order)
            return _checked(text, year, month, day)
    raise _no_day(text)


def moment_of(text: str, order: DayOrder = DayOrder.YEAR_FIRST) -> Moment:
    """The day and the time in one cell; raises `BadInput` for what is none."""
    found = _TIME.search(text)
    if found:
        return Moment(day_of(text[: found.start()], order), found[1])
    return Moment(day_of(text, order), "")


def _in_order(match: re.Match[str], order: DayOrder) -> tuple[int, int, int]:
    return int(match[1]), int(match[2]), int(match[3])


def _year_last(match: re.Match[str], order: DayOrder) -> tuple[int, int, int]:
    first, second = int(match[1]), int(match[2])
    if order is DayOrder.YEAR_FIRST and len(match[3]) == 2:
        return _full(match[1]), second, int(match[3])
    day, month = (second, first) if order is DayOrder.MONTH_FIRST else (first, second)
    return _full(match[3]), month, day


def _named(match: re.Match[str], order: DayOrder) -> tuple[int, int, int]:
    return _full(match[3]), _month(match[2]), int(match[1])


def _name_first(match: re.Match[str], order: DayOrder) -> tuple[int, int, int]:
    return _full(match[3]), _month(match[1]), int(match[2])


def _month(name: str) -> int:
    lower = name.lower()
    if lower.startswith(("juil", "juill")):
        return 7
    return _MONTHS.get(lower[:3], 0)


def _full(year: str) -> int:
    return int(year) if len(year) == 4 else int(year) + (1900 if int(year) >= 70 else 2000)


_READERS = (
    (_YEAR_FIRST, _in_order),
    (_CLOSE, _in_order),
    (_YEAR_LAST, _year_last),
    (_SHORT_YEAR_FIRST, _year_last),
    (_NAMED, _named),
    (_NAME_FIRST, _name_first),
)


def _checked(text: str, year: int, month: int, day: int) -> date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise _no_day(text)
    try:
        return date(year, month, day)
    except ValueError:
        raise _no_day(text) from None


def _no_day(text: str) -> BadInput:
    said = "“{text}” cannot be read as a day."
    return BadInput(message(said, text=text[:LONGEST_SHOWN]))
