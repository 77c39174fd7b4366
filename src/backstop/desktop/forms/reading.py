"""What an owner types into a field, read as a value; what cannot be read is refused in a sentence.

Figures may be full-width; the English text of a refusal is the key of its translations. Days are
read by `services.day_reading`, as on the command line.
"""

import re
from decimal import Decimal

from backstop.domain import BadInput, Currency, message, parse_amount
from backstop.domain.figures import Ways, plain_figures, read_figures, signed
from backstop.domain.validation import refuse

MOST_WHOLE = 999_999_999

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


def read_tags(text: str) -> tuple[str, ...]:
    """Words between commas, each once."""
    tags = (each.strip() for each in _BETWEEN_TAGS.split(text))
    return tuple(dict.fromkeys(each for each in tags if each))


def named(fault: BadInput, name: str, field: str) -> BadInput:
    """A refusal that says which field of which record it is about."""
    if fault.field:
        return fault
    return refuse(name, field, fault.message.text, **fault.message.values)
