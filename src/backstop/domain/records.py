"""The records of the book: frozen, and checked whenever one is made, from whatever source.

Money is `int` minor units of the book's currency; days are calendar dates; percentages are the
`Decimal` that the lender quotes ("14.6" for 14.6 %).
"""

import unicodedata
from datetime import date
from decimal import Decimal
from typing import Annotated, Self

import msgspec

from backstop.domain import spec
from backstop.domain import validation as check
from backstop.domain.fields import check_fields
from backstop.domain.kinds import (
    AccountKind,
    AccountRole,
    Adjustment,
    CustomerRisk,
    Direction,
    MonthlyOn,
    Priority,
    Repeat,
)
from backstop.domain.occurrences import (
    LaterAmount,
    Moved,
    OtherAmount,
    StillOpen,
    check_in_order,
    check_once_each,
)
from backstop.domain.validation import FIRST_DAY, LAST_DAY

ZERO = Decimal(0)
SHORTEST_MONTH, LONGEST_MONTH = 28, 31

LeadDays = Annotated[int, spec.days("Lead time (days)")]
Periods = Annotated[int, spec.months("Instalments", least=1)]
Platform = Annotated[str, spec.line("Platform")]
Contact = Annotated[str, spec.line("Official contact")]
"""What several records have alike."""


class Record(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, cache_hash=True
):
    """What all records share. `id` is short, stable, and unique in the book."""

    id: Annotated[str, spec.identifier("Identifier")]
    name: Annotated[str, spec.line("Name", required=True)]
    notes: Annotated[str, spec.text("Notes")] = ""
    tags: Annotated[tuple[str, ...], spec.tags("Tags")] = ()

    def __post_init__(self) -> None:
        check_fields(self, self.name or self.id)

    def changed(self, **fields: object) -> Self:
        """A copy with these fields changed, checked as any other record."""
        return msgspec.structs.replace(self, **fields)


def is_called(record: Record, name: str) -> bool:
    """Whether this is the record's name, however wide its letters are, and whatever their case."""
    return _plain(record.name) == _plain(name)


def _plain(name: str) -> str:
    return unicodedata.normalize("NFKC", name).strip().casefold()


class Account(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Own money: pooled as cash when operating, reached by a step when a reserve.

    `breaking_cost` (minor units) is lost once when a reserve is drawn on; `lead_days` pass before
    its money arrives. `platform` names where it is held, for losses that take a whole platform.
    Until the day `frozen_until` its money, and what comes into it, is out of reach.
    """

    kind: Annotated[AccountKind, spec.labelled("Kind")] = AccountKind.BANK
    institution: Annotated[str, spec.line("Institution")] = ""
    platform: Platform = ""
    balance: Annotated[int, spec.amount("Balance", signed=True)] = 0
    balance_date: Annotated[date | None, spec.day("Balance as of")] = None
    role: Annotated[AccountRole, spec.labelled("Role")] = AccountRole.OPERATING
    lead_days: LeadDays = 0
    breaking_cost: Annotated[int, spec.amount("Cost of breaking")] = 0
    frozen_until: Annotated[date | None, spec.day("Frozen until", since=5)] = None

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.role is AccountRole.RESERVE:  # nobody draws on what is overdrawn
            check.check_amount(self.name, "balance", self.balance)


class CalendarYear(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The official days of one year: closed ones, and weekend days that are worked."""

    year: Annotated[int, spec.number("Year", FIRST_DAY.year, LAST_DAY.year)]
    closed: Annotated[tuple[date, ...], spec.labelled("Closed days")] = ()
    working: Annotated[tuple[date, ...], spec.labelled("Working days")] = ()


class Recurring(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Once on `first_date`, or again every `every` days, weeks, months or years.

    Monthly and yearly dates stay anchored to the day of `first_date`, or to the last day of the
    month when `last_day_of_month`; `monthly_on` anchors them to its weekday instead: the second
    Tuesday, the last Friday. With `second_day` a monthly rule has a second date in each of its
    months. `until` and `count` end the rule, whichever comes first.

    Exceptions are known by dates of the rule, before any adjustment. On `skipped` ones nothing
    happens; `moved` ones fall on another day, which is then not adjusted; neither shifts the dates
    after it. `amounts` are those of single dates, `later_amounts` hold from a date on. Dates before
    `answered_until` are settled and those from it on are not, save what is `open`, and what came
    before its date: `settled_ahead`. Without it, a series is taken as paid up to the as-of date.
    """

    first_date: Annotated[date, spec.day("First date")]
    repeat: Annotated[Repeat, spec.labelled("Repeats every")] = Repeat.ONCE
    every: Annotated[int, spec.number("Interval", 1, 999)] = 1
    last_day_of_month: Annotated[bool, spec.labelled("On the last day of the month")] = False
    monthly_on: Annotated[MonthlyOn, spec.labelled("Within the month, by", since=4)] = MonthlyOn.DAY
    second_day: Annotated[int | None, spec.number("And on day", 1, 31, since=4)] = None
    until: Annotated[date | None, spec.day("Until")] = None
    count: Annotated[int | None, spec.number("Number of times", 1, 9999)] = None
    adjustment: Annotated[Adjustment, spec.labelled("On a day when banks are closed")] = (
        Adjustment.NONE
    )
    skipped: Annotated[tuple[date, ...], spec.day_list("Dates left out")] = ()
    moved: Annotated[tuple[Moved, ...], spec.rows("Dates moved")] = ()
    amounts: Annotated[tuple[OtherAmount, ...], spec.rows("Other amounts", since=4)] = ()
    later_amounts: Annotated[tuple[LaterAmount, ...], spec.rows("Amounts later on", since=4)] = ()
    answered_until: Annotated[date | None, spec.day("Settled before", since=4)] = None
    open: Annotated[tuple[StillOpen, ...], spec.rows("Still open", since=4)] = ()
    settled_ahead: Annotated[tuple[date, ...], spec.day_list("Settled already", since=5)] = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        check.check_order(self.name, ("first_date", self.first_date), ("until", self.until))
        self._check_day_of_month()
        check_once_each(self.name, "amounts", self.amounts)
        check_in_order(self.name, "later_amounts", self.later_amounts)
        check_once_each(self.name, "open", self.open)

    def _check_day_of_month(self) -> None:
        by_month = self.repeat in (Repeat.MONTHS, Repeat.YEARS)
        if by_month and self.monthly_on is not MonthlyOn.DAY:
            self._check_weekday()
        elif self.repeat is Repeat.MONTHS and self.second_day is not None:
            self._check_second_day(self.second_day)

    def _check_weekday(self) -> None:
        if self.monthly_on is MonthlyOn.WEEKDAY and self.first_date.day > SHORTEST_MONTH:
            raise check.refuse(
                self.name,
                "monthly_on",
                "not every month has that weekday five times. Choose the last one, or an earlier "
                "first date.",
            )
        if self.last_day_of_month or (self.repeat is Repeat.MONTHS and self.second_day):
            raise check.refuse(
                self.name,
                "monthly_on",
                "a rule by weekdays has no day of the month. Take away its last or second day, or "
                "go by the day of the month.",
            )

    def _check_second_day(self, second: int) -> None:
        first = LONGEST_MONTH if self.last_day_of_month else self.first_date.day
        if first == second or min(first, second) >= SHORTEST_MONTH:
            raise check.refuse(
                self.name,
                "second_day",
                "in some month this is the same day as the first one. Choose another day.",
            )


class CashFlow(Recurring, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An expected receipt or payment.

    `through` is how it moves: empty for pooled cash, an account's id for a receipt channel, or the
    id of a purchases-only facility that pays it. `cuttable_percent` is the share that could be
    dropped; `deferrable_days` how long it could be put off, at `deferral_cost_percent` of the sum.
    `business` tells the money of the business from that of the household. Of each receipt,
    `held_percent` is held back and comes `held_days` after the rest, as platforms do with takings.
    A payment in cash stops, once nothing comes any more of the receipt that it `stops_with`.
    """

    direction: Annotated[Direction, spec.labelled("Direction")]
    amount: Annotated[int, spec.amount("Amount", least=1)]
    counterparty: Annotated[str, spec.line("Counterparty")] = ""
    through: Annotated[str, spec.identifier("Paid through", blank=True)] = ""
    business: Annotated[bool, spec.labelled("For the business")] = False
    # a payment
    priority: Annotated[Priority, spec.labelled("Priority")] = Priority.IMPORTANT
    partly_payable: Annotated[bool, spec.labelled("May be paid in part")] = False
    deferrable_days: Annotated[int, spec.days("Can be put off (days)")] = 0
    deferral_cost_percent: Annotated[Decimal, spec.percent("Cost of putting off (%)")] = ZERO
    cuttable_percent: Annotated[int, spec.share("Can be cut by (%)")] = 0
    income_lost_if_missed: Annotated[int, spec.amount("Income lost if missed")] = 0
    stops_with: Annotated[str, spec.identifier("Stops with", blank=True, since=5)] = ""
    # a receipt
    usual_lateness_days: Annotated[int, spec.days("Usually late by (days)")] = 0
    haircut_percent: Annotated[int, spec.share("Share not counted on (%)")] = 0
    customer_risk: Annotated[CustomerRisk, spec.labelled("The customer")] = CustomerRisk.LOW
    held_percent: Annotated[int, spec.share("Held back at first (%)", since=4)] = 0
    held_days: Annotated[int, spec.days("Held back for (days)", since=4)] = 0


class PlannedDraw(Recurring, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A drawing that the owner intends; `periods` is its number of instalments (months)."""

    facility: Annotated[str, spec.identifier("Source")]
    amount: Annotated[int, spec.amount("Amount", least=1)]
    periods: Periods = 12
    purpose: Annotated[str, spec.line("Purpose")] = ""


class LinkGroup(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Facilities and accounts that fail together, and why."""

    members: Annotated[tuple[str, ...], spec.labelled("Members")]
    reason: Annotated[str, spec.line("Why they fail together")] = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        if len(set(self.members)) < 2:
            raise check.refuse(
                self.name, "members", "a group needs two different members. Tick at least two."
            )
