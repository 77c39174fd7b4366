"""Draws that are owed: how a draw goes on once some of its instalments are paid.

It keeps its beginning, and how many instalments are paid: so the rest of its schedule is the same
to the unit, and answers to all that may happen as it would have.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec

from backstop.domain import (
    Bought,
    EarlyEffect,
    EarlyPaid,
    Facility,
    Origin,
    RatePer,
    RepaymentMethod,
    Tranche,
)
from backstop.domain.records import ZERO
from backstop.projection.amortisation import Instalment
from backstop.projection.bills import shared
from backstop.projection.schedules import (
    all_dues,
    interest_start,
    owed_dues,
    own_day,
    tranche_schedule,
)
from backstop.projection.spans import Span
from backstop.projection.terms import fee_of


class Payment(NamedTuple):
    """One payment on a draw: when it leaves (before the as-of date, where it is overdue), what the
    contract says of it, and whether it is the early repayment that is planned."""

    day: date
    due: Instalment
    early: bool


@lru_cache(20_000)
def payments(span: Span, line: Facility, owed: Tranche) -> tuple[Payment, ...]:
    """All that is still to be paid on a draw, in the order of the contract."""
    made = tranche_schedule(owed, span.as_of)
    chosen = owed.early_on if owed.early_amount else None
    early = chosen if chosen is not None and chosen >= span.as_of else None
    days = span.paid_days(line, made, early)
    number = max((n for n, each in enumerate(made) if each.due == early), default=-1)
    return tuple(Payment(span.date(days[n]), each, n == number) for n, each in enumerate(made))


def begun(span: Span, owed: Tranche) -> Tranche:
    """The draw with its beginning, which it gets from what is known of it; a list of the lender is
    one already, and a bill has none."""
    if owed.origin is not None or owed.imported:
        return owed
    start = interest_start(owed, span.as_of)
    if owed.method is RepaymentMethod.STATEMENT_CYCLE and not _in_parts(owed):
        return owed.changed(interest_from=start) if owed.cash_advance else owed
    dues = owed_dues(owed)
    origin = Origin(
        start=start,
        principal=owed.principal,
        first_due=owed.next_due,
        periods=len(dues),
        grace_periods=owed.grace_periods,
        interest_only_periods=owed.interest_only_periods,
        fee_periods=_fee_periods(owed, len(dues)),
    )
    due_day = owed.due_day
    if due_day is None and own_day(origin) != owed.next_due.day:
        due_day = owed.next_due.day
    return owed.changed(
        origin=origin,
        due_day=due_day,
        remaining_periods=len(dues),
        interest_from=None,
        grace_periods=0,
        interest_only_periods=0,
    )


def _fee_periods(owed: Tranche, periods: int) -> int:
    """Over how many instalments its fee is shared out, where that is not over those to come."""
    bill = owed.method is RepaymentMethod.STATEMENT_CYCLE
    if not bill and owed.rate_per is not RatePer.PRINCIPAL:
        return 0
    whole = max(fee_of(owed).instalments, periods)
    return 0 if whole == periods else whole


def advanced(
    span: Span, line: Facility, owed: Tranche, until: date, unpaid: date | None = None
) -> Tranche | None:
    """The draw on a later day, when what was due before it is paid, up to the first instalment that
    is `unpaid` (its due day); None where nothing is owed any more."""
    listed = payments(span, line, owed)
    before = [each for each in listed if each.day < until]
    paid = [each for each in before if each.early or unpaid is None or each.due.due < unpaid]
    gone = {id(each) for each in paid}
    left = [each for each in listed if id(each) not in gone]
    if not left:
        return None
    if id(listed[0]) in gone:  # what had run up was asked for with the first
        owed = owed.changed(charges=0)
    if owed.method is RepaymentMethod.STATEMENT_CYCLE and not _in_parts(owed):
        return _of_bill(begun(span, owed), paid, left)
    return _cut(span, line, begun(span, owed), until, paid, left)


def _in_parts(owed: Tranche) -> bool:
    return owed.bill_instalments > 1 and not owed.cash_advance


def _of_bill(owed: Tranche, paid: Sequence[Payment], left: Sequence[Payment]) -> Tranche:
    """A bill of which only the minimum is paid: what is left bears interest from the day of the
    last payment."""
    if not paid:
        return owed
    since = paid[-1].due.due
    return owed.changed(
        principal=sum(each.due.principal for each in left),
        next_due=left[0].due.due,
        due_day=owed.due_day or owed.next_due.day,
        interest_from=since,
        purchases=(),
    )


def _cut(
    span: Span,
    line: Facility,
    owed: Tranche,
    until: date,
    paid: Sequence[Payment],
    left: Sequence[Payment],
) -> Tranche:
    dues, last = all_dues(owed), max((e.due.due for e in paid if not e.early), default=date.min)
    ahead = min(each.due.due for each in left)
    number = sum(
        due <= last or (due < ahead and span.date(span.paid_on(line, due)) < until) for due in dues
    )
    number = max(number, owed.paid_instalments)
    early = _early(owed, paid, until)
    ends = max(each.due.due for each in left) if early["repaid_early"] else dues[-1]
    principal = sum(each.due.principal for each in left)
    return owed.changed(
        principal=principal,
        purchases=purchases_left(owed, principal),
        paid_instalments=number,
        next_due=dues[number],
        remaining_periods=max(1, sum(due <= ends for due in dues[number:])),
        **early,
    )


def _early(owed: Tranche, paid: Sequence[Payment], until: date) -> dict[str, Any]:
    """The early repayment that was planned is made, or is over without having been one."""
    made = [
        EarlyPaid(day=e.due.due, amount=e.due.principal, effect=owed.early_effect)
        for e in paid
        if e.early and e.due.principal
    ]
    found: dict[str, Any] = {"repaid_early": (*owed.repaid_early, *made)}
    if owed.early_on is not None and owed.early_on < until:
        nothing = {"early_on": None, "early_amount": 0, "early_fee_percent": ZERO}
        found |= nothing | {"early_effect": EarlyEffect.SHORTEN}
    return found


def purchases_left(owed: Tranche, left: int) -> tuple[Bought, ...]:
    """What was bought, as far as it is still owed."""
    return tuple(
        msgspec.structs.replace(each, amount=part)
        for each, part in zip(
            owed.purchases, shared(left, [each.amount for each in owed.purchases]), strict=True
        )
        if part
    )
