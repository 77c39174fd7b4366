"""Checks that every record passes on its way in: one sentence for each way to fail."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from backstop.domain.errors import BadInput, FieldName, Message, message
from backstop.domain.money import MOST_MONEY

LONGEST_LINE = 200
LONGEST_TEXT = 20_000
MOST_QUOTED = 60
FIRST_DAY = date(1990, 1, 1)
LAST_DAY = date(2200, 12, 31)
_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}(@\d{4}-\d{2}-\d{2})?")
"""What comes of a record on a day is called by both: `stock@2026-03-05`."""


def refuse(name: str, field: str, problem: str, /, **values: object) -> BadInput:
    """The error for `field` of the record called `name`: `problem` says what and the remedy."""
    if not name.strip():
        said = message(
            "{field}: {problem}", field=FieldName(field), problem=Message(problem, values)
        )
        return BadInput(said, field)
    said = message(
        "{field} in “{name}”: {problem}",
        field=FieldName(field),
        name=clip(name),
        problem=Message(problem, values),
    )
    return BadInput(said, field)


def clip(text: str) -> str:
    """What was given, or its beginning, on one line: what a sentence may quote of it."""
    short = text if len(text) <= MOST_QUOTED else text[: MOST_QUOTED - 1] + "…"
    unfit = ("Cc", "Cs", "Zl", "Zp")
    return "".join(" " if unicodedata.category(c) in unfit else c for c in short)


def check_id(name: str, value: str, field: str = "id") -> None:
    """The id of a record, or of the one that `field` refers to."""
    if not _ID.fullmatch(value):
        raise refuse(
            name,
            field,
            "“{value}” is not an identifier. "
            "Use up to 40 small letters, digits, “-” or “_”, starting with a letter or digit.",
            value=clip(value),
        )


def check_line(
    name: str, field: str, value: str, *, required: bool = False, longest: int = LONGEST_LINE
) -> None:
    """One line of plain text; markup in it is only text, control characters are refused."""
    if required and not value.strip():
        raise refuse(name, field, "this is empty. Type at least one character.")
    if len(value) > longest:
        raise refuse(name, field, "this is too long. Use at most {most} characters.", most=longest)
    if not value.isprintable() and any(
        unicodedata.category(character) in ("Cc", "Cs", "Co") for character in value
    ):
        raise refuse(name, field, "there is an invisible control character. Type the text again.")


def check_text(name: str, field: str, value: str) -> None:
    """Several lines of plain text."""
    if len(value) > LONGEST_TEXT:
        raise refuse(
            name, field, "this is too long. Use at most {most} characters.", most=LONGEST_TEXT
        )
    for line in value.splitlines():
        if not line.isprintable() and any(
            unicodedata.category(c) in ("Cc", "Cs") and c != "\t" for c in line
        ):
            raise refuse(
                name, field, "there is an invisible control character. Type the text again."
            )


def check_amount(name: str, field: str, value: int, least: int = 0) -> None:
    """An amount in minor units between `least` and the largest amount a book takes."""
    if value < least:
        if least == 0:
            raise refuse(name, field, "an amount below zero. Enter 0 or more.")
        raise refuse(name, field, "an amount that is not above zero. Enter more than 0.")
    if value > MOST_MONEY:
        raise refuse(name, field, "an amount too large to be true. Check the figures.")


def check_number(name: str, field: str, value: int, least: int, most: int) -> None:
    """A whole number between two bounds, both of them possible."""
    if not least <= value <= most:
        raise refuse(
            name,
            field,
            "{value} is outside what is possible. Enter a whole number from {least} to {most}.",
            value=clip(str(value)),
            least=least,
            most=most,
        )


def check_percent(name: str, field: str, value: Decimal, most: int) -> None:
    """A percentage from 0 to `most`, with at most 8 decimals."""
    if not value.is_finite() or not 0 <= value <= most or value.adjusted() > 8:  # such as 0E+99999
        raise refuse(
            name,
            field,
            "{value} % is outside what is possible. Enter a percentage from 0 to {most}.",
            value=clip(str(value)),
            most=most,
        )
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -8:
        raise refuse(name, field, "too many decimals. Use at most 8.")


def check_date(name: str, field: str, value: date | None) -> None:
    """A calendar day that the program can reckon with, or none."""
    if value is not None and not FIRST_DAY <= value <= LAST_DAY:
        raise refuse(
            name,
            field,
            "{value} is not a day we can use. Enter a date from {first} to {last}.",
            value=value,
            first=FIRST_DAY,
            last=LAST_DAY,
        )


def check_order(
    name: str, earlier: tuple[str, date | None], later: tuple[str, date | None]
) -> None:
    """Two dates of one record, where both are given, stand in this order."""
    (first_field, first), (field, last) = earlier, later
    if first is not None and last is not None and last < first:
        raise refuse(
            name,
            field,
            "{last} lies before {first_field} ({first}). Enter a later date, or none.",
            last=last,
            first=first,
            first_field=FieldName(first_field),
        )


def check_in_order(name: str, field: str, days: Iterable[date]) -> None:
    """Days of a list, each after the one before."""
    before = date.min
    for day in days:
        if day <= before:
            raise refuse(
                name,
                field,
                "{day} does not come after the change before it. Put the days in order.",
                day=day,
            )
        before = day


def check_tags(name: str, field: str, tags: Iterable[str]) -> None:
    """Words, none of them empty."""
    for tag in tags:
        check_line(name, field, tag, required=True)
