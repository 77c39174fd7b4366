"""Overdrafts as lines: nothing is drawn on one, the account itself may fall below zero."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import msgspec

from backstop.domain import spec
from backstop.domain import validation as check
from backstop.domain.kinds import RatePer, RepaymentMethod

if TYPE_CHECKING:
    from backstop.domain.lines import Facility
    from backstop.domain.priced import Priced


class Overdrawn(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """From the evening of `from_day` on, an account was `amount` (minor units) below zero."""

    from_day: Annotated[date, spec.day("From")]
    amount: Annotated[int, spec.amount("Amount")]


def refuse_overdraft(terms: Priced) -> None:
    """Refuse what is drawn, or agreed on, with the terms of an overdraft; raises `BadInput`."""
    if terms.method is RepaymentMethod.OVERDRAFT:
        raise check.refuse(
            terms.name,
            "method",
            "nothing is drawn on an overdraft and paid back. Choose another method.",
        )


def check_overdraft(line: Facility) -> None:
    """Refuse what an overdraft cannot have; raises `BadInput`."""
    if line.method is not RepaymentMethod.OVERDRAFT:
        if line.overdrawn:
            raise check.refuse(
                line.name, "overdrawn", "only an overdraft has this. Leave it empty."
            )
        return
    if line.purchases_only:
        raise check.refuse(
            line.name, "purchases_only", "an overdraft pays whatever the account pays. Untick it."
        )
    if line.rate_per is RatePer.PRINCIPAL:
        raise check.refuse(
            line.name, "rate_per", "an overdraft costs interest by days. Choose a year or a day."
        )
    if line.tranches:
        raise check.refuse(
            line.name,
            "tranches",
            "nothing is drawn on an overdraft: what is owed is an account below zero. "
            "Remove its draws, and enter the balance of that account.",
        )
    _check_overdrawn(line)


def _check_overdrawn(line: Facility) -> None:
    days = [each.from_day for each in line.overdrawn]
    if days != sorted(set(days)):
        raise check.refuse(
            line.name, "overdrawn", "its days are not in order. Put the earliest first, each once."
        )
