"""Sentences in the owner's language.

English text is the key of its translations (see `languages`), with the same placeholders. Where it
could mean two things, the key says before a bar which: "verb|Change". English shows what follows.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING

from backstop.domain.errors import FieldName, Message
from backstop.domain.money import Money, currency_of
from backstop.domain.unseen import in_reading_order
from backstop.telling.labels import ENUM_LABELS, field_labels
from backstop.telling.languages import language_for, messages_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from backstop.telling.languages.language import Language

CONTEXT_ENDS = "|"
MINUS = "−"
MOST_NAMES = 10
"""More of a list than that nobody reads in a sentence, unless the whole of it is asked for."""


class Words:
    """One language: says messages, and writes money, days and percentages its way. With
    `whole_lists` its sentences name everything that they list."""

    def __init__(
        self, language: Language, translations: Mapping[str, str], *, whole_lists: bool = False
    ) -> None:
        self.language = language
        self.translations = translations
        self.whole_lists = whole_lists

    def say(self, text: str, /, **values: object) -> str:
        """The sentence in this language, its placeholders filled in."""
        pattern = self.translations.get(text) or text.rpartition(CONTEXT_ENDS)[2]
        return pattern.format_map({name: self.shown(value) for name, value in values.items()})

    def tell(self, said: Message) -> str:
        """A message made elsewhere (an error, a reason, the name of a change)."""
        return self.say(said.text, **said.values)

    def count(self, number: int, one: str, many: str, /, **values: object) -> str:
        """A sentence that counts: `one` for exactly 1 in English, else `many`; gives {n}. A
        language with more plurals has them under its own form as the context of `many`."""
        match self.language.plural(number):
            case "one":
                return self.say(one, n=number, **values)
            case "other":
                return self.say(many, n=number, **values)
            case form:
                of_its_own = f"{form}{CONTEXT_ENDS}{many}"
                said = of_its_own if of_its_own in self.translations else many
                return self.say(said, n=number, **values)

    def shown(self, value: object) -> str:
        """Any value as this language writes it."""
        match value:
            case Message():
                return self.tell(value)
            case tuple():
                return self.few([self.shown(each) for each in value])
            case Money():
                return self.money(value.minor, value.currency)
            case FieldName():
                label = self.field(value.name) if value.name in field_labels() else value.name
                return self.say("“{label}”", label=label)
            case Enum():
                return self.label(value)
            case date():
                return self.day(value)
            case Decimal():
                return self.number(value)
            case bool():
                return self.say("yes") if value else self.say("no")
            case _:
                return readable(in_reading_order(str(value)))

    def label(self, value: Enum) -> str:
        """The name of one of the book's kinds."""
        return self.say(ENUM_LABELS[type(value)][value.name])

    def field(self, name: str) -> str:
        """The label of a record's field."""
        return self.say(field_labels()[name])

    def money(self, minor: int, currency: str, *, sign: bool = True) -> str:
        """`¥1,234.56`, with a true minus; `sign=False` leaves the currency sign out."""
        money = currency_of(currency)
        whole, part = divmod(abs(minor), 10**money.digits)
        figures = f"{whole:,}" + (f".{part:0{money.digits}d}" if money.digits else "")
        return (MINUS if minor < 0 else "") + (money.sign if sign else "") + figures

    def round_money(self, minor: int, currency: str) -> str:
        """Money for a sentence: without the decimals where they are zero."""
        digits = currency_of(currency).digits
        text = self.money(minor, currency)
        return text[: -digits - 1] if digits and minor % 10**digits == 0 else text

    def day(self, value: date) -> str:
        """A day as tables and short sentences have it: `5 Jan 2026`."""
        return self.language.day(value)

    def short_day(self, value: date) -> str:
        """A day without its year."""
        return self.language.day(value, year=False)

    def month(self, value: date) -> str:
        """`Jan 2026`."""
        return self.language.month(value)

    def number(self, value: Decimal) -> str:
        """A decimal as typed: no exponent, no trailing zeros, at most its own digits."""
        return figures(value)

    def percent(self, value: Decimal) -> str:
        """A share with its sign: `7 %`, `7%`."""
        return self.language.percent(figures(value))

    def joined(self, sentences: Iterable[str]) -> str:
        """Sentences one after the other; empty ones are left out."""
        return self.language.paragraph([each for each in sentences if each])

    def listing(self, parts: Sequence[str]) -> str:
        """`a, b and c`; `a、b和c`."""
        return self.language.listing(parts)

    def few(self, parts: Sequence[str]) -> str:
        """The same for a sentence; of many, the first ten and how many others there are, unless
        whole lists are asked for."""
        if self.whole_lists or len(parts) <= MOST_NAMES:
            return self.listing(parts)
        more = self.count(len(parts) - MOST_NAMES, "one other", "{n} others")
        return self.listing([*parts[:MOST_NAMES], more])


def readable(text: str) -> str:
    """The text, with a mark for what stands for bytes that are no text, as in names of files."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def figures(value: Decimal) -> str:
    """A decimal in plain figures: no exponent, no zeros that mean nothing."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def words_for(asked: str = "", *, whole_lists: bool = False) -> Words:
    """The words of a language; an unknown one falls back on its relatives, then on English."""
    language = language_for(asked)
    return Words(language, messages_of(language.code), whole_lists=whole_lists)
