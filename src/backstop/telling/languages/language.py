"""What a language is to this program: everything that differs by more than translated sentences.

A language is one module with an object of this shape, and one folder of translated messages.
docs/recipes/language.md shows how to add one.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

Units = tuple[tuple[int, str], ...]
"""Sizes with their names, the largest first: `((10**6, "M"), (10**3, "k"))`."""


class Language(Protocol):
    """How one language writes days, figures, lists and marks."""

    code: str
    """As systems name it, such as `zh_CN`; also the name of its folder of messages."""
    name: str
    """Its own name for itself."""
    mark: str
    """One or two characters that stand for it on a button."""
    first_currency: str
    """What a new book is kept in unless its owner chooses another currency."""
    samples: tuple[str, ...]
    """The sample books that its readers are shown, by name."""
    tag: tuple[str, str]
    """Language and region for the typesetter; the region may be empty."""
    wide_marks: bool
    """Whether quotation marks and dots are drawn as wide as an ideograph."""
    compact_units: Units
    """Units that shorten an amount on the axis of a chart."""
    large_units: Units
    """Units in which people say large amounts, for print; empty where figures are written out."""

    day_words: Mapping[str, int]
    """Words for days near today, in small letters, each with its distance from it in days."""

    def day(self, value: date, *, year: bool = True) -> str:
        """A day as tables and short sentences have it: `5 Jan 2026`."""

    def full_day(self, value: date, *, year: bool = True) -> str:
        """A day with its month written out: `5 January 2026`."""

    def narrow_day(self, value: date) -> str:
        """The shortest usual way, for narrow columns and for fields; `read_day` reads it."""

    def read_day(self, text: str) -> tuple[int | None, int, int] | None:
        """Year, month and day of a typed day without its spaces and in small letters, in the ways
        of this language alone; the year is None where it is not said. They need not be a day of the
        calendar. None where it is written otherwise."""

    def month(self, value: date, *, year: bool = True) -> str:
        """A month as tables have it: `Jan 2026`."""

    def full_month(self, value: date) -> str:
        """A month with its year as the head of a calendar has it: `January 2026`."""

    def month_name(self, month: int) -> str:
        """The name of a month (1 to 12) in a sentence."""

    def weekday(self, value: date) -> str:
        """The name of a day of the week in a sentence."""

    def short_weekday(self, value: date) -> str:
        """The same for the head of a narrow column."""

    def ordinal(self, day: int) -> str:
        """A day of the month: `10th`."""

    def plural(self, number: int) -> str:
        """The form that a counted noun takes: `one`, `other`, or the language's own (`few`), whose
        messages have the English plural behind a bar as their key: "few|{n} days"."""

    def number_word(self, number: int) -> str:
        """A number at the beginning of a sentence: small ones in words where that is usual."""

    def percent(self, figures: str) -> str:
        """Figures with the sign for per cent."""

    def listing(self, parts: Sequence[str]) -> str:
        """Things that belong together: `a, b and c`."""

    def row(self, parts: Sequence[str]) -> str:
        """Things one after the other, maybe not all of them: `a, b`."""

    def clauses(self, parts: Sequence[str]) -> str:
        """Parts of a sentence: `two days late, ¥5 less`."""

    def paragraph(self, sentences: Sequence[str]) -> str:
        """Sentences one after the other."""

    def sentence(self, text: str) -> str:
        """A phrase that stands alone as a sentence: with its capital letter and its full stop."""

    def within(self, name: str) -> str:
        """A name or a description, typed on its own, as it stands inside a sentence."""

    def counted(self, text: str, number: int) -> str:
        """A text with a number in brackets behind it."""

    def in_capitals(self, minor: int, currency: str) -> str:
        """An amount (minor units) in the words that forms and receipts ask for; empty where there
        is no such custom."""
