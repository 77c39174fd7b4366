"""Planned draws that were taken, and what was bought in instalments: each becomes a draw that is
owed, with the terms of its line and its beginning."""

from __future__ import annotations

from datetime import date
from typing import Any

from backstop.domain import (
    Bought,
    CashFlow,
    Compounding,
    Facility,
    Origin,
    PlannedDraw,
    RepaymentMethod,
    Rounding,
    Tranche,
)
from backstop.domain.records import ZERO
from backstop.projection.amortisation import rounded
from backstop.projection.cycle import bill_due
from backstop.projection.schedules import dues_of
from backstop.settling.cards import terms_of


def taken(line: Facility, draw: PlannedDraw, rule_date: date, day: date, amount: int) -> Tranche:
    """The draw that a planned one has become, taken on a day."""
    known = {"id": f"{draw.id}@{rule_date}", "name": draw.name, "tags": draw.tags}
    return drawn(line, day, amount, draw.periods, known)


def drawn(line: Facility, day: date, amount: int, periods: int, known: dict[str, Any]) -> Tranche:
    """A draw of `amount` (minor units) on a day; `known` are its identifier and its name."""
    terms = terms_of(line) | known | {"principal": amount}
    if line.is_repaid_by_takings:
        return Tranche(**terms | {"next_due": day, "original_principal": amount})
    if not line.purchases_only:
        return Tranche(**terms | _beginning(line, day, amount, periods))
    fee = rounded(amount * line.cash_advance_fee_percent / 100)
    terms |= {
        "cash_advance": True,
        "charges": fee,
        "rate_percent": line.cash_advance_rate_percent,
        "rate_changes": (),
    }
    if line.method is RepaymentMethod.STATEMENT_CYCLE:
        return Tranche(**terms | {"next_due": bill_due(line, day), "interest_from": day})
    plain = line.changed(grace_periods=0, interest_only_periods=0)
    terms |= {"balloon_percent": ZERO, "compounding": Compounding.NEVER, "rounding": Rounding.EACH}
    return Tranche(**terms | _beginning(plain, day, amount, periods))


def bought(line: Facility, flow: CashFlow, rule_date: date, day: date, amount: int) -> Tranche:
    """What was bought by a line without statements, and is paid back as a draw."""
    was = Bought(day=day, amount=amount, flow=flow.id, rule_date=rule_date)
    known = {"id": f"{flow.id}@{rule_date}", "name": flow.name, "purchases": (was,)}
    return Tranche(
        **terms_of(line)
        | known
        | {"principal": amount}
        | _beginning(line, day, amount, line.periods)
    )


def _beginning(line: Facility, day: date, amount: int, periods: int) -> dict[str, Any]:
    dues = dues_of(line, day, periods)
    origin = Origin(
        start=day,
        principal=amount,
        first_due=dues[0],
        periods=len(dues),
        grace_periods=line.grace_periods,
        interest_only_periods=line.interest_only_periods,
    )
    return {"origin": origin, "next_due": dues[0], "remaining_periods": len(dues)}
