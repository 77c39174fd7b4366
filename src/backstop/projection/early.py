"""Paying back before it is due: what that does to the instalments that follow."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from backstop.domain import EarlyEffect, EarlyPaid, RepaymentMethod, Tranche
from backstop.projection.amortisation import (
    EXACTLY,
    Instalment,
    price_of,
    rounded,
    schedule,
    shape_of,
    worths,
)
from backstop.projection.terms import (
    bill_in_parts,
    drawn_at_first,
    fee_of,
    paid_in_parts,
    running_price,
)


def paid_early(made: list[Instalment], tranche: Tranche, on: date) -> list[Instalment]:
    """The schedule after `early_amount`, or all that is left, is paid back on a day.

    Interest of the period under way is paid along, and the fee. Then the instalments stay as high
    and end sooner, or there are as many and they are lower; what is left for the last keeps its day
    and, as far as so much is owed, its amount.
    """
    kept, early, later = early_repayment(made, tranche, planned_early(tranche, on))
    return made if early is None else [*kept, early, *later]


def planned_early(tranche: Tranche, on: date) -> EarlyPaid:
    return EarlyPaid(day=on, amount=tranche.early_amount, effect=tranche.early_effect)


def early_repayment(
    made: list[Instalment], tranche: Tranche, asked: EarlyPaid
) -> tuple[list[Instalment], Instalment | None, list[Instalment]]:
    """What comes before an early repayment, that itself, and what it leaves."""
    on = asked.day
    kept = [each for each in made if each.due <= on]
    rest = [each for each in made if each.due > on]
    owed = sum(each.principal for each in rest)
    amount = min(asked.amount, owed)
    if not amount:
        return kept, None, rest
    price, since = running_price(tranche), min(rest[0].since, on)
    interest = price.interest(owed, since, on)
    fee = rounded(amount * tranche.early_fee_percent / Decimal(100))
    early = Instalment(on, amount, interest + fee, since)
    if amount == owed:
        return kept, early, []
    dues, left = [each.due for each in rest], owed - amount
    if paid_in_parts(tranche):
        return kept, early, bill_in_parts(left, tranche, dues, on)
    idle, shape = _idle(rest), shape_of(tranche, drawn_at_first(tranche))
    if asked.effect is EarlyEffect.SHORTEN and not shape.balloon:
        begins = rest[idle - 1].due if idle else on
        dues = dues[: idle + _enough(rest[idle:], left, tranche, begins)]
    shape = replace(shape, grace=0, interest_only=idle)
    return kept, early, schedule(left, price, tranche.method, dues, on, fee_of(tranche), shape)


def _idle(rest: list[Instalment]) -> int:
    """How many instalments of interest alone come before the first that repays anything."""
    return next(number for number, each in enumerate(rest) if each.principal)


def _enough(rest: list[Instalment], left: int, tranche: Tranche, on: date) -> int:
    """How many instalments as high as before, or nearly, pay what is left on that day."""
    highest = max(each.total for each in rest)
    if tranche.method is RepaymentMethod.ANNUITY:
        price = price_of(tranche).in_force(rest[0].due)
        shares = price.shares(on, [each.due for each in rest[:-1]])
        wanted = (left * EXACTLY <= highest * each for each in worths(shares, price.unit))
    elif tranche.method is RepaymentMethod.EQUAL_PRINCIPAL:
        part = max(each.principal for each in rest)
        wanted = (left <= part * n for n in range(1, len(rest)))
    else:
        return len(rest)
    return next((n for n, enough in enumerate(wanted, start=1) if enough), len(rest))
