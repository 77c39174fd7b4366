"""What an owner types into a field, read as a value; what cannot be read is refused in a sentence.

Figures may be full-width, dates in the ways of all languages; the English text of a refusal is
the key of its translations.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from backstop.domain import BadInput, Currency, message, parse_amount
from backstop.domain.figures import Ways, plain_figures, read_figures, signed
from backstop.domain.validation import refuse
from backstop.telling import LANGUAGES

MOST_WHOLE = 999_999_999

_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_BETWEEN_TAGS = re.compile(r"[,，、;；\n]")


def read_amount(text: str, currency: Currency) -> int:
    """Minor units of an amount; empty text is no amount."""
    if not text.strip():
        raise BadInput(message("This is empty. Type figures such as 1234.56."))
    return parse_amount(text, currency)


def read_whole(text: str) -> int:
    """A whole number."""
    number = _read_number(text, Ways(decimals=0, grouped=True))
    if number is None or number % 1 or abs(number) > MOST_WHOLE:
        raise BadInput(
            message("“{text}” is not a whole number. Type digits only, such as 12.", text=text)
        )
    return int(number)


def read_percent(text: str) -> Decimal:
    """A percentage, with or without its sign."""
    number = _read_number(plain_figures(text).removesuffix("%"), Ways(), text)
    if number is None:
        raise BadInput(
            message("“{text}” is not a percentage. Type figures such as 14.6.", text=text)
        )
    return number


def _read_number(text: str, ways: Ways, typed: str = "") -> Decimal | None:
    sign, figures = signed(plain_figures(text))
    number = read_figures(figures, ways, typed or text)
    return None if number is None else sign * number


def read_day(text: str) -> date:
    """A calendar day: 2026-12-01, 2026/12/1, 20261201, or as any language writes it."""
    for year, month, day in _days_in(_plain(text)):
        try:
            return date(year, month, day)
        except ValueError:
            break
    raise BadInput(message("“{text}” is not a date. Type one such as 2026-12-01.", text=text))


def read_tags(text: str) -> tuple[str, ...]:
    """Words between commas, each once."""
    tags = (each.strip() for each in _BETWEEN_TAGS.split(text))
    return tuple(dict.fromkeys(each for each in tags if each))


def named(fault: BadInput, name: str, field: str) -> BadInput:
    """A refusal that says which field of which record it is about."""
    if fault.field:
        return fault
    return refuse(name, field, fault.message.text, **fault.message.values)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _days_in(plain: str) -> Iterator[tuple[int, int, int]]:
    for pattern in (_YEAR_FIRST, _COMPACT):
        if found := pattern.fullmatch(plain):
            year, month, day = (int(each) for each in found.groups())
            yield year, month, day
    yield from filter(None, (each.read_day(plain) for each in LANGUAGES.values()))
