"""What was expected and what is said to have come of it: plain values, in minor units and days."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from backstop.domain import Book, LimitChange, Settled
from backstop.projection import Side


class ExpectedKind(StrEnum):
    """What was expected: a receipt or the part of it that is held back, a payment, a purchase
    through a line (no cash moves that day), money back to a card, a draw, and what is paid to
    lenders: instalments, bills, early repayments, a balance that was called, interest of an
    overdraft, a share of takings; and a step of a plan that is being carried out."""

    RECEIPT = "receipt"
    HELD = "held"
    PAYMENT = "payment"
    PURCHASE = "purchase"
    REFUND = "refund"
    DRAW = "draw"
    INSTALMENT = "instalment"
    BILL = "bill"
    EARLY = "early"
    CALLED = "called"
    INTEREST = "interest"
    TAKINGS = "takings"
    STEP = "step"


NO_CASH = (ExpectedKind.PURCHASE, ExpectedKind.REFUND)
"""What moves no cash on its day: it is in the bills."""


ONLY_LATER = (ExpectedKind.STEP, ExpectedKind.REFUND, ExpectedKind.CALLED)
"""What is in no balance on its own day: steps of plans, and what their losses ask back, are carried
out once that is over, and money back to a card is in none."""


class Expected(NamedTuple):
    """One dated thing that the projection expects, and counts on `day`, never before the as-of
    date; `overdue` where its own day lies before.

    `id` is the same whenever it is asked for. `rule_date` is the date of the rule, or the due day
    of the contract. `record` is the cash flow, planned draw or line; `tranche` the draw on it, if
    any. `planned` is what moves (minor units, 0 or more): a receipt as far as it is counted on, a
    draw without its fee; `whole` is it all: the receipt, what is owed of the draw, the principal of
    an instalment. It goes through `account`, if any.
    """

    id: str
    day: date
    rule_date: date
    record: str
    tranche: str
    name: str
    kind: ExpectedKind
    planned: int
    whole: int
    side: Side
    line: str
    account: str
    overdue: bool = False


@dataclass(frozen=True)
class AsPlanned:
    """It came as it was planned; of today's: it is in the balance already."""


@dataclass(frozen=True)
class Happened:
    """It came to another `amount` (minor units), on another day (None: on its own), or through
    another account. With `rest_open` that was a part, and what is left stays due."""

    amount: int
    on: date | None = None
    rest_open: bool = False
    account: str = ""


@dataclass(frozen=True)
class NotYet:
    """It is still to come: a payment today, unless a later day is `expected`; a receipt, without
    one, as late as that customer usually is."""

    expected: date | None = None


@dataclass(frozen=True)
class WillNot:
    """It will not happen."""


Answer = AsPlanned | Happened | NotYet | WillNot
AS_PLANNED = AsPlanned()


class ExtraKind(StrEnum):
    """What happened that nobody had planned."""

    RECEIPT = "other_receipt"
    PAYMENT = "other_payment"
    DRAW = "other_draw"
    REPAYMENT = "other_repayment"


@dataclass(frozen=True)
class Extra:
    """Something else that happened on `day`: `amount` in minor units, through `account` (the usual
    one, without).

    A draw is one on `line`, paid back in `periods` instalments; a repayment pays back so much of
    the principal of `tranche` (the first of the line, without). A payment with a `line` was bought
    by that line.
    """

    kind: ExtraKind
    day: date
    amount: int
    name: str = ""
    line: str = ""
    tranche: str = ""
    account: str = ""
    periods: int = 12


@dataclass(frozen=True)
class Told:
    """All that the owner says: `answers` by `Expected.id` (what is not named came as planned, if
    its day is past), what else happened, and what bank and lenders show now: `balances` by account
    and `limits` by line (minor units). Lines that are `gone`, each since a day, lend no more; those
    in `cuts` lend less, each from a day on. Of the ids in `by_statement` it is a statement that
    says what came."""

    answers: Mapping[str, Answer] = field(default_factory=lambda: MappingProxyType({}))
    extras: tuple[Extra, ...] = ()
    balances: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    limits: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    gone: Mapping[str, date] = field(default_factory=lambda: MappingProxyType({}))
    cuts: tuple[tuple[str, LimitChange], ...] = ()
    by_statement: frozenset[str] = frozenset()


NOTHING_TOLD = Told()


@dataclass(frozen=True)
class AccountNow:
    """An account: its balance `before`, the one `computed` from the list, and the one that is
    `shown`, if it is said; `unexplained` is what the latter has more (minor units)."""

    account: str
    before: int
    computed: int
    shown: int | None = None

    @property
    def unexplained(self) -> int:
        """What is shown less what follows from the list; 0 until it is said."""
        return 0 if self.shown is None else self.shown - self.computed


@dataclass(frozen=True)
class LineNow:
    """A line: its limit, and what is owed on it, before and now (minor units)."""

    line: str
    limit_before: int
    limit: int
    owed_before: int
    owed: int


@dataclass(frozen=True)
class Settling:
    """The book of the later day, and what is to be kept of how it came to it."""

    book: Book
    ledger: tuple[Settled, ...] = ()
    accounts: tuple[AccountNow, ...] = ()
    lines: tuple[LineNow, ...] = ()
