"""English: the language that the program's messages are written in."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from backstop.telling.languages.language import Language, Units

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
_ARTICLES = ("A", "An", "The")
_SHORT = 3
_DAY_FIRST = re.compile(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)?[-./]?(?P<month>[a-z]{3,9})[-./,]*(?P<year>\d{4})?"
)
_MONTH_FIRST = re.compile(
    r"(?P<month>[a-z]{3,9})\.?(?P<day>\d{1,2})(?:st|nd|rd|th)?,?(?P<year>\d{4})?"
)


class English:
    """`5 Jan 2026`, `a, b and c`, `7 %`."""

    code = "en"
    name = "English"
    mark = "EN"
    first_currency = "USD"
    samples: tuple[str, ...] = ("contractor-us", "household-us", "online-shop-us", "wholesaler-us")
    tag = ("en", "")
    day_words: Mapping[str, int] = MappingProxyType({"today": 0, "tomorrow": 1, "yesterday": -1})
    wide_marks = False
    compact_units: Units = ((10**9, "bn"), (10**6, "M"), (10**3, "k"))
    large_units: Units = ()

    def day(self, value: date, *, year: bool = True) -> str:
        """`5 Jan 2026`; without the year, `5 Jan`."""
        return f"{value.day} {self.month(value, year=year)}"

    def full_day(self, value: date, *, year: bool = True) -> str:
        """`5 January 2026`; without the year, `5 January`."""
        text = f"{value.day} {self.month_name(value.month)}"
        return f"{text} {value.year}" if year else text

    def narrow_day(self, value: date) -> str:
        """`5 Jan 2026`: shorter forms are read differently in different countries."""
        return self.day(value)

    def read_day(self, text: str) -> tuple[int | None, int, int] | None:
        """`5 Jan 2026`, `Jan 5, 2026`, `5th January`: any beginning of a month's name will do, from
        three letters on."""
        plain = text.lower()
        found = _DAY_FIRST.fullmatch(plain) or _MONTH_FIRST.fullmatch(plain)
        if found is None:
            return None
        name, year = found["month"], found["year"]
        number = next((n for n, each in enumerate(_MONTHS, 1) if each.lower().startswith(name)), 0)
        return (int(year) if year else None, number, int(found["day"])) if number else None

    def month(self, value: date, *, year: bool = True) -> str:
        """`Jan 2026`; without the year, `Jan`."""
        text = self.month_name(value.month)[:_SHORT]
        return f"{text} {value.year}" if year else text

    def full_month(self, value: date) -> str:
        """`January 2026`."""
        return f"{self.month_name(value.month)} {value.year}"

    def month_name(self, month: int) -> str:
        """`January`."""
        return _MONTHS[month - 1]

    def weekday(self, value: date) -> str:
        """`Monday`."""
        return _WEEKDAYS[value.weekday()]

    def short_weekday(self, value: date) -> str:
        """`Mon`."""
        return self.weekday(value)[:_SHORT]

    def ordinal(self, day: int) -> str:
        """`1st`, `2nd`, `3rd`, `11th`, `23rd`."""
        ending = "th" if 10 < day % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
        return f"{day}{ending}"

    def plural(self, number: int) -> str:
        """`one` for one alone, else `other`."""
        return "one" if number == 1 else "other"

    def number_word(self, number: int) -> str:
        """`No`, `One` … `Ten`, then figures."""
        return _NUMBERS[number] if number < len(_NUMBERS) else str(number)

    def percent(self, figures: str) -> str:
        """`7 %`."""
        return f"{figures} %"

    def listing(self, parts: Sequence[str]) -> str:
        """`a, b and c`."""
        return " and ".join(each for each in (self.row(parts[:-1]), *parts[-1:]) if each)

    def row(self, parts: Sequence[str]) -> str:
        """`a, b, c`."""
        return ", ".join(parts)

    def clauses(self, parts: Sequence[str]) -> str:
        """`two days late, ¥5 less`."""
        return ", ".join(parts)

    def paragraph(self, sentences: Sequence[str]) -> str:
        """Sentences with a space between them."""
        return " ".join(sentences)

    def sentence(self, text: str) -> str:
        """`cash falls` as `Cash falls.`"""
        return f"{text[:1].upper()}{text[1:]}."

    def within(self, name: str) -> str:
        """`A building contractor` as `a building contractor`; names keep their capitals."""
        first, _, rest = name.partition(" ")
        plain = first in _ARTICLES and rest[:1].islower()
        return f"{first.lower()} {rest}" if plain else name

    def counted(self, text: str, number: int) -> str:
        """`Lines (3)`."""
        return f"{text} ({number})"

    def in_capitals(self, minor: int, currency: str) -> str:
        """Empty: English forms ask for no such words."""
        return ""


LANGUAGE: Language = English()
