"""Official days of a year from a file, for countries or years that the program does not know.

Either the JSON of our own calendars (`closed` and `worked`: lists of days), or a text with a day a
line, followed by `closed` or `working` (放假, 上班); a day alone is closed.
"""

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from backstop.domain import BadInput, CalendarYear, message

LARGEST_FILE = 1_000_000
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?[\s,;，；]*(.*)")
_CLOSED = frozenset({"", "closed", "holiday", "off", "休", "放假", "休息"})
_WORKING = frozenset({"working", "worked", "work", "workday", "班", "上班", "调休"})


def years_in_file(path: Path) -> tuple[CalendarYear, ...]:
    """The years that a file tells of; raises `BadInput` naming the line that cannot be right."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise BadInput(message("“{file}” is too large for a list of days.", file=path.name))
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise BadInput(
            message("“{file}” cannot be read as text. Choose another file.", file=path.name)
        ) from None
    return years_in(text)


def years_in(text: str) -> tuple[CalendarYear, ...]:
    """The years that a text tells of, in order."""
    days = dict(_from_json(text) if text.lstrip().startswith("{") else _from_lines(text))
    if not days:
        raise BadInput(message("there is no day in it. Choose another file."))
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
            "line {line} says “{text}”. Write a day such as 2027-02-11, "
            "then “closed” or “working”.",
            line=number,
            text=line[:40],
        )
    )


def _from_json(text: str) -> Iterator[tuple[date, bool]]:
    try:
        read = json.loads(text)
        for name, works in (("closed", False), ("worked", True), ("working", True)):
            yield from ((date.fromisoformat(each), works) for each in read.get(name, ()))
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise BadInput(
            message("this is not a calendar in JSON. It needs lists “closed” and “worked” of days.")
        ) from None
