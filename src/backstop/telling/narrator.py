"""One teller for one book: its language, its currency and its days.

Whatever puts results into words takes a `Narrator`, and hands it on whole.
"""

from datetime import date, timedelta
from typing import Self

from backstop.domain import Book, Message, Money
from backstop.telling.words import Words

NEAR_DAYS = 330
"""Within these days a date needs no year: no month of that name lies nearer."""


def date_of(book: Book, offset: int) -> date:
    """The calendar day of an offset."""
    return book.as_of + timedelta(days=int(offset))


class Narrator(Words):
    """The words of a language that know a book: amounts are in its currency (minor units), days are
    offsets from the day it is as of."""

    def __init__(self, book: Book, words: Words) -> None:
        super().__init__(words.language, words.translations, whole_lists=words.whole_lists)
        self.book = book

    def naming_all(self) -> Self:
        """The same with whole lists."""
        words = Words(self.language, self.translations, whole_lists=True)
        return type(self)(self.book, words)

    def amount(self, minor: int) -> str:
        """Money of this book, for a sentence."""
        return self.round_money(minor, self.book.currency)

    def date_of(self, offset: int) -> date:
        """The calendar day of an offset."""
        return date_of(self.book, offset)

    def on_day(self, offset: int) -> str:
        """`12 January`, with the year where it could be mistaken."""
        return self.language.full_day(self.date_of(offset), year=offset >= NEAR_DAYS)

    def brief_day(self, offset: int) -> str:
        """`12 Jan` for a table, with the year where it could be mistaken."""
        return self.language.day(self.date_of(offset), year=offset >= NEAR_DAYS)

    def brief(self, said: Message) -> str:
        """A message with its money and days written as in the tables beside it."""
        return self.say(
            said.text, **{name: self._brief(each) for name, each in said.values.items()}
        )

    def _brief(self, value: object) -> object:
        match value:
            case Money():
                return self.round_money(value.minor, value.currency)
            case date():
                return self.brief_day((value - self.book.as_of).days)
            case _:
                return value
