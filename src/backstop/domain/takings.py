"""Lines whose draws are repaid by a share of takings, until a fixed total is reached."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from backstop.domain import validation as check
from backstop.domain.kinds import RatePer, RepaymentMethod

if TYPE_CHECKING:
    from backstop.domain.lines import Facility
    from backstop.domain.priced import Priced
    from backstop.domain.tranches import Tranche


def fixed_total(principal: int, percent: Decimal) -> int:
    """What a draw costs in all, its fee of so many percent included (minor units, half up)."""
    fee = (principal * percent / 100).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return principal + int(fee)


def principal_left(principal: int, total: int, repaid: int) -> int:
    """What is left of the principal once so much of the total is repaid: its share, half up."""
    return principal - (2 * principal * repaid + total) // (2 * total)


def refuse_takings(terms: Priced) -> None:
    """Refuse what no share of takings repays; raises `BadInput`."""
    if terms.method is RepaymentMethod.SHARE_OF_TAKINGS:
        raise check.refuse(
            terms.name, "method", "only a source can be repaid so. Choose another method."
        )


def check_takings(line: Facility) -> None:
    """Refuse what a line repaid by a share of takings cannot have; raises `BadInput`."""
    by_takings = line.is_repaid_by_takings
    for tranche in line.tranches:
        if (tranche.method is RepaymentMethod.SHARE_OF_TAKINGS) is not by_takings:
            raise check.refuse(
                tranche.name,
                "method",
                "a share of takings repays all draws of a source, or none. "
                "Choose the method of the source.",
            )
        if by_takings:
            _check_draw(tranche)
    if not by_takings:
        return
    if line.purchases_only:
        raise check.refuse(
            line.name, "purchases_only", "takings repay money that was lent. Untick it."
        )
    _check_fixed(line)
    if not line.takings_percent:
        raise check.refuse(
            line.name, "takings_percent", "without a share nothing is repaid. Enter more than 0."
        )


def _check_fixed(terms: Priced) -> None:
    if terms.rate_percent and terms.rate_per is not RatePer.PRINCIPAL:
        raise check.refuse(
            terms.name,
            "rate_per",
            "what takings repay is a fixed total. Quote its fee as a share of the principal.",
        )


def _check_draw(tranche: Tranche) -> None:
    """What is left of the principal follows from the whole draw and from what is repaid."""
    _check_fixed(tranche)
    if tranche.imported or tranche.early_on or tranche.origin:
        raise check.refuse(
            tranche.name,
            "imported",
            "what takings repay has no dates. Leave the schedule and other beginnings empty.",
        )
    drawn = tranche.original_principal or tranche.principal
    total = fixed_total(drawn, tranche.rate_percent)
    left = principal_left(drawn, total, tranche.takings_repaid)
    if left != tranche.principal:
        raise check.refuse(
            tranche.name,
            "principal",
            "of {drawn} minor units drawn and {repaid} of {total} repaid, {left} are left. "
            "Correct one of them.",
            drawn=drawn,
            repaid=tranche.takings_repaid,
            total=total,
            left=left,
        )
