"""Official days of a year as an owner writes them down: a day a line, followed by `closed` or
`working` (放假, 上班); a day alone is closed. A file in JSON is read as the command line reads it.
"""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from backstop.domain import BadInput, CalendarYear, message
from backstop.domain.validation import clip
from backstop.services.calendars import years_in_json
from backstop.services.placing import check_there

LARGEST_FILE = 1_000_000
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?[\s,;，；]*(.*)")
_CLOSED = frozenset({"", "closed", "holiday", "off", "休", "放假", "休息"})
_WORKING = frozenset({"working", "worked", "work", "workday", "班", "上班", "调休"})


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
    if text.lstrip().startswith("{"):
        return years_in_json(text, path.name, country)
    return years_in(text)


def years_in(text: str) -> tuple[CalendarYear, ...]:
    """The years that a text tells of, in order."""
    days = dict(_from_lines(text))
    if not days:
        raise BadInput(message("There is no day in it. Choose another file."))
    return tuple(
        CalendarYear(
            year=year,
            closed=tuple(d for d, works in sorted(days.items()) if d.year == year and not works),
            working=tuple(d for d, works in sorted(days.items()) if d.year == year and works),
        )
        for year in sorted({day.year for day in days})
    )


def _from_lines(text: str) -> Iterator[tuple[date, bool]]:
    """Each day, and whether it is worked."""
    for number, line in enumerate(text.splitlines(), start=1):
        plain = line.strip()
        if not plain or plain.startswith("#"):
            continue
        found = _DAY.fullmatch(plain)
        word = found[4].strip().lower() if found else ""
        if found is None or word not in _CLOSED | _WORKING:
            raise _wrong_line(number, plain)
        try:
            day = date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            raise _wrong_line(number, plain) from None
        yield day, word in _WORKING


def _wrong_line(number: int, line: str) -> BadInput:
    return BadInput(
        message(
            "Line {line} says “{text}”. Write a day such as 2027-02-11, "
            "then “closed” or “working”.",
            line=number,
            text=clip(line),
        )
    )
