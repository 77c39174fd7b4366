"""Official days as an owner writes them down, or as a notice announces them: days or ranges on each
line, followed by `closed` or `working` (放假, 上班); a day alone is closed. A file in JSON is read
by its entries.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from backstop.domain import BadInput, CalendarYear, message
from backstop.domain.validation import clip
from backstop.services.calendars import years_in_json
from backstop.services.day_words import LONGEST_RANGE, meaning_of, says_something
from backstop.services.listed_days import Listed, years_of
from backstop.services.placing import check_there

LARGEST_FILE = 1_000_000
LONGEST_LINE = 4_000
_WEEKDAY = re.compile(r"[(（][^()（）]*?(?:周|星期)([一二三四五六日天])[)）]")
_WEEKDAYS = "一二三四五六日"
_DAY = re.compile(
    r"(?P<compact>\d{8})(?!\d)"
    r"|(?:(?P<year>\d{4})\s*[-/.年]\s*)?(?:(?P<month>\d{1,2})\s*[-/.月]\s*)?"
    r"(?P<day>\d{1,2})(?!\d)\s*[日号]?"
)
_LABEL = re.compile(r"[^\d:：]*[:：]")
_HEADING = re.compile(r"\D*(\d{4})\s*年\D*")
_DATE_FOLLOWS = r"\s*(?=\d{1,4}\s*[-/.年月日号])"
_TO = re.compile(rf"\s*(?:至|到|～|~|–|—|\.\.|-|\bto\b){_DATE_FOLLOWS}", re.IGNORECASE)
_AND = re.compile(rf"\s*(?:、|和|及|,|，|\band\b){_DATE_FOLLOWS}", re.IGNORECASE)
_CLAUSES = re.compile(r"。|[；;](?=\s*\d)")


def years_in_file(path: Path, country: str) -> tuple[CalendarYear, ...]:
    """The years that a file tells of, for a book of that country.

    Raises an `EnvironmentFault`, which names the line that cannot be right.
    """
    check_there(path)
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
        text = data.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise BadInput(
            message("“{file}” cannot be read as text. Choose another file.", file=path.name)
        ) from None
    if len(data) > LARGEST_FILE:
        raise BadInput(
            message("“{file}” is too large for a list of days. Choose another.", file=path.name)
        )
    if text.lstrip().startswith(("{", "[")):
        return years_in_json(text, path.name, country)
    return years_in(text)


def years_in(text: str) -> tuple[CalendarYear, ...]:
    """The years that a text tells of, in order."""
    years = years_of(_from_lines(text))
    if not years:
        raise BadInput(message("There is no day in it. Choose another file."))
    return years


def _from_lines(text: str) -> Iterator[Listed]:
    """Each day, and whether it is worked."""
    of_heading: int | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        plain = line.strip()
        if len(plain) > LONGEST_LINE:  # no notice has such; a search in it could take for ever
            raise _wrong_line(number, plain)
        heading = _HEADING.fullmatch(plain)
        if heading:
            of_heading = int(heading[1])
        elif plain and not plain.startswith("#"):
            if of_heading is not None and not says_something(plain):
                continue  # whom a notice addresses, and who signs it
            try:
                yield from _from_line(plain, of_heading)
            except ValueError:
                raise _wrong_line(number, plain) from None


def _from_line(line: str, year: int | None) -> Iterator[Listed]:
    of_heading = year
    for clause in filter(None, map(str.strip, _CLAUSES.split(line))):
        days, works = _Clause(clause, year).read()
        if works is None and of_heading not in (None, days[0].year):
            raise ValueError  # the day on which a notice was signed stands alone like a day off
        year = days[-1].year
        yield from ((day, works or False) for day in days)


class _Clause:
    """Days and ranges of days, then one word for all of them; raises `ValueError` where it cannot
    be understood for certain."""

    def __init__(self, text: str, year: int | None) -> None:
        self.text = _LABEL.sub("", text, count=1).strip()
        self.year = year
        self.month: int | None = None

    def read(self) -> tuple[list[date], bool | None]:
        """The days, and whether they are worked; None where no word says it."""
        days = self._days()
        while self._skip(_AND):
            days += self._days()
        if not self.text.strip(" ,;，；."):
            return days, None
        works = meaning_of(self.text)
        if works is None:
            raise ValueError
        return days, works

    def _days(self) -> list[date]:
        """One day, or those of a range."""
        first = last = self._day()
        if self._skip(_TO):
            last = self._day()
        if not timedelta(0) <= last - first <= LONGEST_RANGE:
            raise ValueError
        return [first + timedelta(days=number) for number in range((last - first).days + 1)]

    def _day(self) -> date:
        found = _DAY.match(self.text)
        if found is None:
            raise ValueError
        self.text = self.text[found.end() :]
        if found["compact"]:
            day = date.fromisoformat(found["compact"])
            self.year, self.month = day.year, day.month
            self._check_weekday(day)
            return day
        self.year = int(found["year"]) if found["year"] else self.year
        self.month = int(found["month"]) if found["month"] else self.month
        if self.year is None or self.month is None:
            raise ValueError
        day = date(self.year, self.month, int(found["day"]))
        self._check_weekday(day)
        return day

    def _check_weekday(self, day: date) -> None:
        """A weekday that stands beside a date and is not its own: one of the two is wrong."""
        named = _WEEKDAY.match(self.text)
        if named is None:
            return
        self.text = self.text[named.end() :]
        if _WEEKDAYS.index(named[1].replace("天", "日")) != day.weekday():
            raise ValueError

    def _skip(self, mark: re.Pattern[str]) -> bool:
        found = mark.match(self.text)
        self.text = self.text[found.end() :] if found else self.text
        return found is not None


def _wrong_line(number: int, line: str) -> BadInput:
    return BadInput(
        message(
            "Line {line} says “{text}”. Write a day such as 2027-02-11, "
            "then “closed” or “working”.",
            line=number,
            text=clip(line),
        )
    )
