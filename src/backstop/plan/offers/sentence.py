"""What an action is called, as a sentence that any language can tell.

The English text is the key of its translations. Amounts are `Money` and days `date`s: whoever tells
the sentence writes them as the place it stands in wants them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from backstop.domain import Book, Message, Money


@dataclass(frozen=True, slots=True)
class Counted:
    """A sentence that counts: `one` for exactly one, else `many`; both may hold {n}."""

    number: int
    one: str
    many: str
    values: Mapping[str, object]


Sentence = Message | Counted


def count(number: int, one: str, many: str, /, **values: object) -> Counted:
    """A sentence that says `one` for exactly one, else `many`, with {n} for the number."""
    return Counted(number, one, many, values)


def money(book: Book, minor: int) -> Money:
    """So many minor units of the book's currency."""
    return Money(minor, book.currency)


def day_of(book: Book, offset: int) -> date:
    """The day so many days after the as-of date."""
    return book.as_of + timedelta(days=offset)
