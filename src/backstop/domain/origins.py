"""How a drawing began, and what of that has to agree with what is left of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import msgspec

from backstop.domain import spec
from backstop.domain import validation as check
from backstop.domain.kinds import RepaymentMethod
from backstop.domain.records import Periods

if TYPE_CHECKING:
    from backstop.domain.tranches import Tranche

_WHOLE_AT_THE_END = (
    RepaymentMethod.INTEREST_FIRST,
    RepaymentMethod.BULLET,
    RepaymentMethod.ON_DEMAND,
)
"""The methods that repay nothing before the last instalment."""


class Origin(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a drawing began: `principal` (minor units) from `start` on, in `periods` instalments, the
    first of them on `first_due`, which no closed day has moved; `grace_periods` and
    `interest_only_periods` as in `Priced`, counted from the first. A fee on what was drawn at first
    is shared out over `fee_periods` (0: over these instalments), of which these are the last.
    """

    start: Annotated[date, spec.day("Drawn on")]
    principal: Annotated[int, spec.amount("Principal", least=1)]
    first_due: Annotated[date, spec.day("First due date")]
    periods: Periods
    grace_periods: Annotated[int, spec.months("First instalments without payment")] = 0
    interest_only_periods: Annotated[int, spec.months("Then instalments of interest only")] = 0
    fee_periods: Annotated[int, spec.months("Instalments that bear the fee", since=5)] = 0

    @property
    def silent(self) -> int:
        """How many instalments at the beginning repay nothing: the last one always does."""
        return min(self.grace_periods + self.interest_only_periods, self.periods - 1)


def check_origin(owed: Tranche) -> None:
    """Refuse a tranche that is not what its beginning and the instalments paid leave of it."""
    if owed.origin is None:
        _check_paid(owed, len(owed.imported))
        if owed.repaid_early and not owed.imported:
            raise check.refuse(
                owed.name,
                "repaid_early",
                "without a beginning or a lender's schedule nothing follows from it. Remove it, "
                "or enter how the draw began.",
            )
    else:
        _check_beginning(owed, owed.origin)


def _check_beginning(owed: Tranche, origin: Origin) -> None:
    """What follows from the beginning says the same; how much is left of a schedule in
    instalments the domain cannot reckon."""
    _check_paid(owed, origin.periods)
    if owed.method is RepaymentMethod.STATEMENT_CYCLE and owed.bill_instalments == 1:
        raise check.refuse(
            owed.name,
            "origin",
            "a bill that is not paid in instalments has none. Remove how it began.",
        )
    if owed.interest_from or owed.imported or owed.grace_periods or owed.interest_only_periods:
        raise check.refuse(
            owed.name,
            "origin",
            "where a draw's beginning is known, its interest runs from there, its grace is "
            "counted from there, and no list takes its place. Remove the one or the other.",
        )
    if origin.first_due < origin.start:
        raise check.refuse(
            owed.name,
            "origin",
            "the first instalment ({due}) comes before the day of the draw ({day}). "
            "Correct one of the two.",
            due=origin.first_due,
            day=origin.start,
        )
    left = origin.periods - owed.paid_instalments
    if owed.remaining_periods > left or (owed.remaining_periods < left and not owed.repaid_early):
        raise check.refuse(
            owed.name,
            "remaining_periods",
            "of {periods} instalments {paid} are paid, so {left} are left. "
            "Correct one of the three.",
            periods=origin.periods,
            paid=owed.paid_instalments,
            left=left,
        )
    silent = 0 if owed.method is RepaymentMethod.STATEMENT_CYCLE else origin.silent
    whole = owed.method in _WHOLE_AT_THE_END or owed.paid_instalments <= silent
    most = origin.principal - sum(each.amount for each in owed.repaid_early)
    if owed.principal > most or (whole and owed.principal != most):
        raise check.refuse(
            owed.name,
            "principal",
            "this is not what the instalments paid leave of {whole} minor units. "
            "Correct the amount, or how the draw began.",
            whole=most,
        )
    if owed.next_due < origin.first_due:
        raise check.refuse(
            owed.name,
            "next_due",
            "this comes before the first instalment ({due}). Correct one of the two.",
            due=origin.first_due,
        )


def _check_paid(owed: Tranche, instalments: int) -> None:
    """Paid are some of those that are known one by one, and not the last of them."""
    if owed.paid_instalments and not instalments:
        raise check.refuse(
            owed.name,
            "paid_instalments",
            "without a beginning or a lender's schedule there is nothing to count them by. "
            "Enter 0, or how the draw began.",
        )
    if instalments and owed.paid_instalments >= instalments:
        raise check.refuse(
            owed.name,
            "paid_instalments",
            "all {n} are paid: nothing is owed. Remove the draw, or enter fewer.",
            n=instalments,
        )
