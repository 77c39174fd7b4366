"""What is outstanding on a line: draws, how they began, and the lender's own list of them."""

from datetime import date
from decimal import Decimal
from typing import Annotated

import msgspec

from backstop.domain import spec
from backstop.domain import validation as check
from backstop.domain.bought import Bought
from backstop.domain.kinds import (
    EarlyEffect,
)
from backstop.domain.origins import Origin, check_origin
from backstop.domain.overdrafts import refuse_overdraft
from backstop.domain.priced import Priced
from backstop.domain.records import ZERO
from backstop.domain.validation import FIRST_DAY, LAST_DAY


class ScheduleRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One instalment as the lender lists it, in minor units."""

    due: Annotated[date, spec.labelled("Due on")]
    principal: Annotated[int, spec.amount("Principal", by_rule=True)]
    interest: Annotated[int, spec.amount("Interest", by_rule=True)]
    total: Annotated[int, spec.amount("Total", by_rule=True)]


class EarlyPaid(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An early repayment that was made: `amount` of the principal (minor units) on `day`, and what
    became of the later instalments."""

    day: Annotated[date, spec.day("Day")]
    amount: Annotated[int, spec.amount("Amount", least=1)]
    effect: Annotated[EarlyEffect, spec.labelled("Paying early makes")] = EarlyEffect.SHORTEN


class Tranche(Priced, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One drawing outstanding: what is still owed of it, and when the next instalment falls due.

    `interest_from` is the day from which the interest of the first instalment runs; without one it
    is a month before that instalment, and never after the book's as-of date: what is outstanding
    bears interest today. A `BULLET` of one instalment falls due whole on `next_due`; one of several
    begins a month before `next_due`, also where that is still to come, and falls due with the last
    of them.

    Where the `origin` is known, the schedule is generated from it and cut by `paid_instalments`:
    one that is paid instalment by instalment stays the same to the unit. `principal`, `next_due`
    and `remaining_periods` are then what is left by that schedule.

    `original_principal` is the base of a fee quoted on the principal (0: same as `principal`, or as
    that of the origin). `imported` is the lender's own schedule, which then counts instead of ours:
    each row adds up, and the principals of those not paid yet are what is owed. `early_amount` is
    paid back on `early_on`, with a fee of `early_fee_percent` of it; `early_effect` says what
    becomes of the later instalments; where something is left for the last of them, they become
    lower, for it keeps its day. `repaid_early` are such repayments that were made: the schedule
    from the beginning is altered by each of them, then cut.

    `charges` (minor units) are interest and fees that have run up already and are due with the next
    payment. `purchases` are those on a card's bill: they add up to its principal, and say from when
    interest runs if the bill is not paid in full. `cash_advance` marks cash drawn on a card, which
    is never free of interest and is due whole on `next_due`.
    """

    principal: Annotated[int, spec.amount("Principal", least=1)]
    next_due: Annotated[date, spec.day("Next due date")]
    remaining_periods: Annotated[int, spec.months("Instalments left", least=1)] = 1
    interest_from: Annotated[date | None, spec.day("Interest runs from", since=4)] = None
    origin: Annotated[Origin | None, spec.part("How it began", since=4)] = None
    paid_instalments: Annotated[int, spec.months("Instalments paid", since=4)] = 0
    original_principal: Annotated[int, spec.amount("Original principal")] = 0
    charges: Annotated[int, spec.amount("Interest and fees run up so far", since=4)] = 0
    purchases: Annotated[tuple[Bought, ...], spec.rows("Purchases on this bill", since=4)] = ()
    cash_advance: Annotated[bool, spec.labelled("Cash drawn on a card", since=4)] = False
    imported: Annotated[tuple[ScheduleRow, ...], spec.labelled("The lender's schedule")] = ()
    takings_repaid: Annotated[int, spec.amount("Repaid by takings so far", since=4)] = 0
    repaid_early: Annotated[
        tuple[EarlyPaid, ...], spec.rows("Paid back early so far", since=5)
    ] = ()
    early_on: Annotated[date | None, spec.day("Paid back early on")] = None
    early_amount: Annotated[int, spec.amount("Paid back early")] = 0
    early_effect: Annotated[EarlyEffect, spec.labelled("Paying early makes")] = EarlyEffect.SHORTEN
    early_fee_percent: Annotated[Decimal, spec.percent("Fee for paying early (%)")] = ZERO

    def __post_init__(self) -> None:
        super().__post_init__()
        refuse_overdraft(self)
        self._check_interest_from()
        check_origin(self)
        self._check_imported()
        self._check_purchases()

    def _check_purchases(self) -> None:
        bought = sum(each.amount for each in self.purchases)
        if self.purchases and bought != self.principal:
            raise check.refuse(
                self.name,
                "purchases",
                "they add up to {sum}, but {principal} minor units are owed. Correct the "
                "purchases, or the principal.",
                sum=bought,
                principal=self.principal,
            )

    def _check_interest_from(self) -> None:
        first = min((row.due for row in self.imported), default=self.next_due)
        if self.interest_from is not None and self.interest_from > first:
            raise check.refuse(
                self.name,
                "interest_from",
                "{day} comes after the first instalment ({due}). "
                "Enter that day, or an earlier one.",
                day=self.interest_from,
                due=first,
            )

    def _check_imported(self) -> None:
        """A schedule that does not add up is refused, naming the row."""
        before = FIRST_DAY
        for number, row in enumerate(self.imported, start=1):
            self._check_row(number, row, before)
            before = row.due
        left = self.imported[self.paid_instalments :]
        owed = sum(row.principal for row in left)
        if self.repaid_early and self.principal <= owed:
            return
        if self.imported and owed != self.principal:
            raise check.refuse(
                self.name,
                "imported",
                "the principal in its {rows} rows adds up to {sum}, but {principal} minor units "
                "are owed. Correct the rows, or the principal.",
                rows=len(left),
                sum=owed,
                principal=self.principal,
            )

    def _check_row(self, number: int, row: ScheduleRow, before: date) -> None:
        field = "imported"
        for amount in (row.principal, row.interest):
            check.check_amount(self.name, field, amount)
        if row.principal + row.interest != row.total:
            raise check.refuse(
                self.name,
                field,
                "in row {row}, principal and interest make {sum}, not {total} minor units. "
                "Correct that row.",
                row=number,
                sum=row.principal + row.interest,
                total=row.total,
            )
        if row.due < before or row.due > LAST_DAY:
            raise check.refuse(
                self.name,
                field,
                "row {row} is due on {due}, before the row above it or outside what is "
                "possible. Put the rows in order.",
                row=number,
                due=row.due,
            )
