"""A cause applied to something in the book: what it can be applied to, and what then is lost."""

from dataclasses import replace

from backstop.contingency.customers import at_risk
from backstop.contingency.elements import (
    Contingency,
    ContingencyKind,
    receipts,
    without_any_line,
)
from backstop.contingency.groups import shared_groups
from backstop.contingency.identity import Basis, Caused
from backstop.contingency.manner import Manner
from backstop.contingency.presets import Preset, Scope
from backstop.domain import Book, CustomerRisk, Facility, FacilityKind

WATCHED = CustomerRisk.WATCH
"""The least risk that is worth a look; those at high risk are among them."""

USUAL_EXPENSE = 5_000
"""What a sudden expense is at first (in whole units of money) where no minimum cash is set."""


def choices(book: Book, preset: Preset) -> list[str]:
    """What the preset can be applied to: ids of records, what a group shares, or tags. Empty text
    stands for all of it."""
    match preset.scope:
        case Scope.ONE:
            return [facility.id for facility in book.facilities]
        case Scope.SUPPLIER:
            return [each.id for each in book.facilities if _gives_terms(each)]
        case Scope.ADVANCED:
            return [e.id for e in book.facilities if e.kind is FacilityKind.INFORMAL]
        case Scope.TAG:
            return list(dict.fromkeys(tag for line in book.facilities for tag in line.tags))
        case Scope.EVERYTHING:
            return [""] if book.facilities else []
        case Scope.RECEIPTS:
            through = dict.fromkeys(f.through for f in book.cash_flows if f.through)
            accounts = [each.id for each in book.accounts if each.id in through]
            return ["", *accounts] if receipts(book) else []
        case Scope.EXPENSE:
            return [""]
        case Scope.RISK:
            risky = set(at_risk(book, WATCHED))
            marked = {flow.customer_risk for flow in book.cash_flows if flow.id in risky}
            return [each.value for each in (CustomerRisk.HIGH, WATCHED) if each in marked]
        case Basis.SYSTEMIC:
            return [""] if any(facility.systemic for facility in book.facilities) else []
        case basis:
            return [group.value for group in shared_groups(book) if group.basis is basis]


def _gives_terms(line: Facility) -> bool:
    """Whether it is a supplier who waits for payment: a line of goods, and of no bank or card."""
    of_goods = line.kind in (FacilityKind.SUPPLY_CHAIN, FacilityKind.OTHER)
    return line.purchases_only and of_goods


def manner_of_cause(book: Book, preset: Preset) -> Manner:
    """How the preset lets things go, before the owner changes it.

    A sudden expense takes the minimum cash, which is kept for such things.
    """
    if preset.scope is not Scope.EXPENSE:
        return preset.how
    usual = USUAL_EXPENSE * 10**book.money.digits
    return replace(preset.how, expense=book.minimum_cash or usual)


def applied(book: Book, preset: Preset, chosen: str, loss_day: int = 0) -> Contingency | None:
    """The contingency that a preset makes of one of its choices; None when nothing is hit."""
    found = _targeted(book, preset, chosen, loss_day)
    if found is None or not (found.targets or found.kind is ContingencyKind.EXPENSE):
        return None
    return manner_of_cause(book, preset).only(found)


def _targeted(book: Book, preset: Preset, chosen: str, loss_day: int) -> Contingency | None:
    single, group = ContingencyKind.SINGLE, ContingencyKind.GROUP
    made = Caused(preset.key, chosen)
    match preset.scope:
        case Scope.ONE | Scope.SUPPLIER | Scope.ADVANCED:
            known = chosen in choices(book, preset)
            return Contingency(made, single, (chosen,), loss_day) if known else None
        case Scope.TAG:
            tagged = tuple(f.id for f in book.facilities if chosen in f.tags)
            return Contingency(made, group, tagged, loss_day)
        case Scope.EVERYTHING:
            return replace(without_any_line(book, loss_day), identity=made)
        case Scope.RECEIPTS:
            expected = tuple(receipts(book, through=chosen))
            return Contingency(made, group, expected, loss_day)
        case Scope.EXPENSE:
            return None if chosen else Contingency(made, ContingencyKind.EXPENSE, (), loss_day)
        case Scope.RISK:
            known = chosen in (CustomerRisk.HIGH, WATCHED)
            owed = at_risk(book, CustomerRisk(chosen)) if known else ()
            return Contingency(made, group, owed, loss_day)
        case Basis.SYSTEMIC:
            needed = tuple(f.id for f in book.facilities if f.systemic)
            return Contingency(made, group, needed, loss_day)
        case basis:
            found = (g for g in shared_groups(book) if g.basis is basis and g.value == chosen)
            return next(
                (replace(each.contingency(loss_day), identity=made) for each in found), None
            )
