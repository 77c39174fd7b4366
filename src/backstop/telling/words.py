"""Sentences in the owner's language.

English text is the key; a translation is one folder of JSON files under `resources/i18n`, one file
for each part of the program, mapping the English text to the translated one with the same
placeholders. Adding a language is adding a folder.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache

from backstop.domain.errors import FieldName, Message
from backstop.domain.money import Money, currency_of
from backstop.resources import resource
from backstop.telling.labels import ENUM_LABELS, FIELD_LABELS

LANGUAGES = {"en": "English", "zh_CN": "简体中文"}
"""The languages of the program, each by its own name."""

MINUS = "−"
MOST_NAMES = 10
"""More of a list than that nobody reads in a sentence."""
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


class Words:
    """One language: says messages, and writes money, days and percentages its way."""

    def __init__(self, language: str, translations: Mapping[str, str]) -> None:
        self.language = language
        self.translations = translations

    @property
    def is_chinese(self) -> bool:
        return self.language.startswith("zh")

    def say(self, text: str, /, **values: object) -> str:
        """The sentence in this language, its placeholders filled in."""
        pattern = self.translations.get(text, text)
        return pattern.format_map({name: self.shown(value) for name, value in values.items()})

    def tell(self, said: Message) -> str:
        """A message made elsewhere (an error, a reason, the name of a change)."""
        return self.say(said.text, **said.values)

    def count(self, number: int, one: str, many: str, /, **values: object) -> str:
        """A sentence that counts: `one` for exactly 1 in English, else `many`; gives {n}."""
        return self.say(one if number == 1 else many, n=number, **values)

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
                label = self.field(value.name) if value.name in FIELD_LABELS else value.name
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
                return str(value)

    def label(self, value: Enum) -> str:
        """The name of one of the book's kinds."""
        return self.say(ENUM_LABELS[type(value)][value.name])

    def field(self, name: str) -> str:
        """The label of a record's field."""
        return self.say(FIELD_LABELS[name])

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
        if self.is_chinese:
            return f"{value.year}年{value.month}月{value.day}日"
        return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"

    def short_day(self, value: date) -> str:
        """A day without its year."""
        if self.is_chinese:
            return f"{value.month}月{value.day}日"
        return f"{value.day} {_MONTHS[value.month - 1]}"

    def month(self, value: date) -> str:
        if self.is_chinese:
            return f"{value.year}年{value.month}月"
        return f"{_MONTHS[value.month - 1]} {value.year}"

    def number(self, value: Decimal) -> str:
        """A decimal as typed: no exponent, no trailing zeros, at most its own digits."""
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text

    def percent(self, value: Decimal) -> str:
        return f"{self.number(value)} %" if not self.is_chinese else f"{self.number(value)}%"

    def listing(self, parts: list[str]) -> str:
        """`a, b and c`; `a、b和c`."""
        if len(parts) < 2:
            return "".join(parts)
        comma, last = ("、", "和") if self.is_chinese else (", ", " and ")
        return comma.join(parts[:-1]) + last + parts[-1]

    def few(self, parts: Sequence[str]) -> str:
        """The same for a sentence; of many, the first ten and how many others there are."""
        if len(parts) <= MOST_NAMES:
            return self.listing(list(parts))
        more = self.count(len(parts) - MOST_NAMES, "one other", "{n} others")
        return self.listing([*parts[:MOST_NAMES], more])


@cache
def words_for(language: str) -> Words:
    """The words of a language; an unknown one falls back on its relatives, then on English."""
    known = _known(language)
    if known == "en":
        return Words("en", {})
    translations: dict[str, str] = {}
    for file in sorted(resource("i18n", known).glob("*.json")):
        translations.update(json.loads(file.read_text(encoding="utf-8")))
    return Words(known, translations)


def _known(language: str) -> str:
    plain = language.split(".", maxsplit=1)[0].replace("-", "_")
    if plain in LANGUAGES:
        return plain
    return next((each for each in LANGUAGES if each[:2] == plain[:2]), "en")
