"""What `settle` answers."""

from datetime import date

import msgspec

from backstop.cli.results.base import BookRef, Result


class DueOut(msgspec.Struct, frozen=True):
    """One thing that was due: `planned` in minor units, payments below zero; `answer` is one of
    as_planned, happened, not_yet and will_not, `text` the same in words. `row` is the row of a
    statement that says so, empty where none does."""

    id: str
    day: date
    name: str
    kind: str
    planned: int | None
    is_today: bool
    answer: str
    text: str
    row: str = ""


class AccountOut(msgspec.Struct, frozen=True):
    """An account: its balance before, as it follows, and as the bank shows it; `unexplained` is
    what the bank shows more (minor units)."""

    id: str
    before: int
    computed: int
    shown: int | None
    unexplained: int


class LineOut(msgspec.Struct, frozen=True):
    """A line: its limit and what is owed on it, before and then (minor units)."""

    id: str
    limit_before: int
    limit: int
    owed_before: int
    owed: int


class UnexplainedOut(msgspec.Struct, frozen=True):
    """What an account had more (minor units) than followed on a day, and its number in the list."""

    number: int
    day: date
    account: str
    amount: int


class Explained(Result, frozen=True, kw_only=True, tag="explained"):
    """`unexplained` is what is left."""

    book: BookRef
    unexplained: list[UnexplainedOut]


class BroughtOn(Result, frozen=True, kw_only=True, tag="settle"):
    """`book` is what the file holds now; it is that of the later day once it is `written`."""

    book: BookRef
    until: date
    due: list[DueOut]
    accounts: list[AccountOut]
    lines: list[LineOut]
    unexplained: list[UnexplainedOut]
    written: bool
