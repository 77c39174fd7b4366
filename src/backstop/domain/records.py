"""The records of the book: frozen, and checked whenever one is made, from whatever source.

Money is `int` minor units of the book's currency; days are calendar dates; percentages are the
`Decimal` that the lender quotes ("14.6" for 14.6 %).
"""

from datetime import date
from decimal import Decimal
from typing import Self

import msgspec

from backstop.domain import validation as check
from backstop.domain.kinds import (
    AccountKind,
    AccountRole,
    Adjustment,
    CustomerRisk,
    Direction,
    Priority,
    Repeat,
)

ZERO = Decimal(0)
MOST_PERIODS = 600
MOST_LEAD_DAYS = 365


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What all records share. `id` is short, stable, and unique in the book."""

    id: str
    name: str
    notes: str = ""
    tags: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        check.check_line(self.name or self.id, "name", self.name, required=True)
        check.check_id(self.name, self.id)
        check.check_text(self.name, "notes", self.notes)
        check.check_tags(self.name, "tags", self.tags)

    def changed(self, **fields: object) -> Self:
        """A copy with these fields changed, checked as any other record."""
        return msgspec.structs.replace(self, **fields)


class Account(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Own money: pooled as cash when operating, reached by a step when a reserve.

    `breaking_cost` (minor units) is lost once when a reserve is drawn on; `lead_days` pass before
    its money arrives. `platform` names where it is held, for losses that take a whole platform.
    """

    kind: AccountKind = AccountKind.BANK
    institution: str = ""
    platform: str = ""
    balance: int = 0
    balance_date: date | None = None
    role: AccountRole = AccountRole.OPERATING
    lead_days: int = 0
    breaking_cost: int = 0

    def __post_init__(self) -> None:
        super().__post_init__()
        for field in ("institution", "platform"):
            check.check_line(self.name, field, getattr(self, field))
        if self.role is AccountRole.RESERVE:
            check.check_amount(self.name, "balance", self.balance)
        else:
            check.check_amount(self.name, "balance", abs(self.balance))
        check.check_date(self.name, "balance_date", self.balance_date)
        check.check_number(self.name, "lead_days", self.lead_days, 0, MOST_LEAD_DAYS)
        check.check_amount(self.name, "breaking_cost", self.breaking_cost)


class Moved(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One occurrence of a rule, `rule_date`, that falls on another day, `to`."""

    rule_date: date
    to: date


class CalendarYear(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The official days of one year: closed ones, and weekend days that are worked."""

    year: int
    closed: tuple[date, ...] = ()
    working: tuple[date, ...] = ()


class Recurring(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Once on `first_date`, or again every `every` days, weeks, months or years.

    Monthly and yearly dates stay anchored to the day of `first_date`, or to the last day of the
    month when `last_day_of_month`; `until` and `count` end the rule, whichever comes first.
    `skipped` are dates of the rule, before any adjustment, on which nothing happens; `moved` those
    that fall on another day, which is then not adjusted. Neither shifts the dates after it.
    """

    first_date: date
    repeat: Repeat = Repeat.ONCE
    every: int = 1
    last_day_of_month: bool = False
    until: date | None = None
    count: int | None = None
    adjustment: Adjustment = Adjustment.NONE
    skipped: tuple[date, ...] = ()
    moved: tuple[Moved, ...] = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        check.check_date(self.name, "first_date", self.first_date)
        check.check_date(self.name, "until", self.until)
        check.check_order(self.name, ("first_date", self.first_date), ("until", self.until))
        check.check_number(self.name, "every", self.every, 1, 999)
        if self.count is not None:
            check.check_number(self.name, "count", self.count, 1, 9999)
        for each in self.skipped:
            check.check_date(self.name, "skipped", each)
        for change in self.moved:
            check.check_date(self.name, "moved", change.rule_date)
            check.check_date(self.name, "moved", change.to)


class CashFlow(Recurring, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An expected receipt or payment.

    `through` is how it moves: empty for pooled cash, an account's id for a receipt channel, or the
    id of a purchases-only facility that pays it. `cuttable_percent` is the share that could be
    dropped; `deferrable_days` how long it could be put off, at `deferral_cost_percent` of the sum.
    `business` tells the money of the business from that of the household.
    """

    direction: Direction
    amount: int
    counterparty: str = ""
    through: str = ""
    business: bool = False
    # a payment
    priority: Priority = Priority.IMPORTANT
    partly_payable: bool = False
    deferrable_days: int = 0
    deferral_cost_percent: Decimal = ZERO
    cuttable_percent: int = 0
    income_lost_if_missed: int = 0
    # a receipt
    usual_lateness_days: int = 0
    haircut_percent: int = 0
    customer_risk: CustomerRisk = CustomerRisk.LOW

    def __post_init__(self) -> None:
        super().__post_init__()
        check.check_amount(self.name, "amount", self.amount, 1)
        check.check_line(self.name, "counterparty", self.counterparty)
        if self.through:
            check.check_id(self.name, self.through, "through")
        check.check_number(self.name, "deferrable_days", self.deferrable_days, 0, 365)
        check.check_percent(self.name, "deferral_cost_percent", self.deferral_cost_percent, 100)
        check.check_number(self.name, "cuttable_percent", self.cuttable_percent, 0, 100)
        check.check_amount(self.name, "income_lost_if_missed", self.income_lost_if_missed)
        check.check_number(self.name, "usual_lateness_days", self.usual_lateness_days, 0, 365)
        check.check_number(self.name, "haircut_percent", self.haircut_percent, 0, 100)


class PlannedDraw(Recurring, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A drawing that the owner intends; `periods` is its number of instalments (months)."""

    facility: str
    amount: int
    periods: int = 12
    purpose: str = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        check.check_id(self.name, self.facility, "facility")
        check.check_amount(self.name, "amount", self.amount, 1)
        check.check_number(self.name, "periods", self.periods, 1, MOST_PERIODS)
        check.check_line(self.name, "purpose", self.purpose)


class LinkGroup(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Facilities and accounts that fail together, and why."""

    members: tuple[str, ...]
    reason: str = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        check.check_line(self.name, "reason", self.reason)
        if len(set(self.members)) < 2:
            raise check.refuse(
                self.name, "members", "a group needs two different members. Tick at least two."
            )
