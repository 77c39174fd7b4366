"""What `project` answers."""

from datetime import date

import msgspec

from backstop.cli.results.base import BookRef, Result, Said


class Day(msgspec.Struct, frozen=True):
    """`low` is the least cash on that day, `close` what is there at its end, `keep` what the owner
    wants to be left; `floor` is how low cash may fall, zero without an overdraft, from where the
    owner's wish is counted."""

    date: date
    low: int
    close: int
    funding: int
    payments: int
    receipts: int
    keep: int
    floor: int


class Payment(msgspec.Struct, frozen=True):
    """One obligation; `priority` is its class, 1 to 3."""

    date: date
    name: str
    kind: str
    record: str
    priority: int
    amount: int
    overdue: bool


class Projected(Result, frozen=True, kw_only=True, tag="project"):
    book: BookRef
    verdict: Said
    opening: int
    minimum_cash: int
    lowest: int
    lowest_date: date
    first_shortfall: date | None
    days: list[Day]
    payments: list[Payment]
    csv: str | None = None
