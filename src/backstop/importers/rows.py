"""What a statement says: rows, what could not be read and why, and the file's own totals."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import NamedTuple

import msgspec

from backstop.domain import Message

LONGEST_TEXT = 200
"""Characters that are kept of a cell; far more than any bank prints."""


class Direction(StrEnum):
    """Which way money goes, as the file says it; wallets count some rows as neither."""

    IN = "in"
    OUT = "out"
    NEUTRAL = "neutral"


class Standing(StrEnum):
    """What became of a payment: `CLOSED` was never paid, `REFUNDED` was paid and came back (whole
    or in part) by a row of its own, which is a `REFUND`."""

    DONE = "done"
    PENDING = "pending"
    CLOSED = "closed"
    REFUNDED = "refunded"
    REFUND = "refund"


class Nature(StrEnum):
    """What a row is to its owner. Only income and spending count as such; `UNSURE` is asked."""

    INCOME = "income"
    SPENDING = "spending"
    REFUND = "refund"
    TRANSFER = "transfer"
    REPAYMENT = "repayment"
    PAYOUT = "payout"
    NOTHING = "nothing"
    UNSURE = "unsure"


class Row(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One row: `amount` in minor units, never negative; `line` counts the file's lines from 1.

    `source` is the funding source as the file names it, `order` the merchant's number, `undoes` the
    line of the payment that a refund brings back (0: none known), `balance` what the account holds
    after it. `currency` and `account` are those of the row, where they are not the statement's.
    `told` is how the file itself counts the row, where that is not which way its money goes.
    """

    line: int
    day: date
    amount: int
    direction: Direction
    standing: Standing = Standing.DONE
    nature: Nature = Nature.UNSURE
    time: str = ""
    counterparty: str = ""
    text: str = ""
    category: str = ""
    source: str = ""
    status: str = ""
    id: str = ""
    order: str = ""
    currency: str = ""
    account: str = ""
    balance: int | None = None
    fee: int = 0
    undoes: int = 0
    told: Direction | None = None

    @property
    def moved(self) -> bool:
        """Whether money moved: nothing did in what is pending, was never paid, or is nothing."""
        return self.amount > 0 and self.standing not in (Standing.PENDING, Standing.CLOSED)

    @property
    def change(self) -> int:
        """What the row adds to the account, 0 where the file counts it as neither."""
        return {Direction.IN: 1, Direction.OUT: -1, Direction.NEUTRAL: 0}[
            self.direction
        ] * self.amount


class Refused(msgspec.Struct, frozen=True):
    """A line that cannot be taken, with the reason."""

    line: int
    reason: Message


class Stated(NamedTuple):
    """How many rows there are and what they add up to, in minor units; None: not said."""

    rows: int | None = None
    incoming: int | None = None
    outgoing: int | None = None
    neutral: int | None = None


class Balance(NamedTuple):
    """What an account held at the end of a day, in minor units."""

    day: date
    amount: int


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """A statement as it was read. `total` counts its rows: each is in `rows` or in `refused`.

    `layout` is the key of the format, `account` what the file calls its account, `closing` the
    balance that it ends with.
    """

    layout: str
    rows: tuple[Row, ...]
    refused: tuple[Refused, ...] = ()
    stated: Stated = Stated()
    account: str = ""
    currency: str = ""
    encoding: str = ""
    closing: Balance | None = None
    remarks: tuple[Message, ...] = ()

    @property
    def total(self) -> int:
        """How many rows the file has."""
        return len(self.rows) + len(self.refused)

    @property
    def apart(self) -> tuple[Row, ...]:
        """The rows in which no money moved."""
        return tuple(each for each in self.rows if not each.moved)

    @property
    def counted(self) -> Stated:
        """The rows as the file itself would count them: all of them, by its own word."""
        return Stated(
            self.total,
            _sum(self.rows, Direction.IN),
            _sum(self.rows, Direction.OUT),
            _sum(self.rows, Direction.NEUTRAL),
        )


def _sum(rows: Iterable[Row], direction: Direction) -> int:
    return sum(each.amount for each in rows if (each.told or each.direction) is direction)
