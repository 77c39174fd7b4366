"""A cause applied to something in the book: what it can be applied to, and what then is lost."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from backstop.contingency.customers import at_risk
from backstop.contingency.elements import (
    Contingency,
    ContingencyKind,
    receipts,
    without_any_line,
)
from backstop.contingency.groups import shared_groups
from backstop.contingency.identity import Basis, Caused, Unnamed
from backstop.contingency.manner import Manner
from backstop.contingency.presets import Preset, Scope
from backstop.contingency.ways import modes_of
from backstop.domain import Book, CustomerRisk, Direction, Facility, FacilityKind

WATCHED = CustomerRisk.WATCH
"""The least risk that is worth a look; those at high risk are among them."""

USUAL_EXPENSE = 5_000
"""What a sudden expense is at first (in whole units of money) where no minimum cash is set."""


def choices(book: Book, preset: Preset) -> list[str]:
    """What the preset can be applied to: ids of records, what a group shares, or tags. Empty text
    stands for all of it."""
    match preset.scope:
        case Scope.ONE:
            return [each.id for each in book.facilities if _can_go(book, preset, each)]
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


def _can_go(book: Book, preset: Preset, line: Facility) -> bool:
    """Whether a line can go as the cause has it: only a contract with an end is not renewed."""
    return preset.how.mode is None or preset.how.mode in modes_of(book, line.id)


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
    return every_applied(book, preset, loss_day).get(chosen)


def every_applied(book: Book, preset: Preset, loss_day: int = 0) -> dict[str, Contingency]:
    """The contingency that a preset makes of each thing that it hits, by what that is."""
    manner = manner_of_cause(book, preset)
    return {
        chosen: manner.only(replace(found, identity=Caused(preset.key, chosen)))
        for chosen, found in _everything_hit(book, preset, loss_day)
        if found.targets or found.kind is ContingencyKind.EXPENSE
    }


def _everything_hit(book: Book, preset: Preset, loss_day: int) -> Iterator[tuple[str, Contingency]]:
    """What it can be applied to, and what then is lost, whatever the cause."""
    single, group = ContingencyKind.SINGLE, ContingencyKind.GROUP
    plain = partial(Contingency, Unnamed(), loss_day=loss_day)
    match preset.scope:
        case Scope.ONE | Scope.SUPPLIER | Scope.ADVANCED:
            yield from ((each, plain(single, (each,))) for each in choices(book, preset))
        case Scope.TAG:
            yield from ((tag, plain(group, lines)) for tag, lines in _tagged(book).items())
        case Scope.EVERYTHING:
            yield "", without_any_line(book, loss_day)
        case Scope.RECEIPTS:
            yield from ((at, plain(group, flows)) for at, flows in _receipts_by_way(book).items())
        case Scope.EXPENSE:
            yield "", plain(ContingencyKind.EXPENSE, ())
        case Scope.RISK:
            for least in (CustomerRisk.HIGH, WATCHED):
                yield least.value, plain(group, at_risk(book, least))
        case Basis.SYSTEMIC:
            yield "", plain(group, tuple(f.id for f in book.facilities if f.systemic))
        case basis:
            alike = (each for each in shared_groups(book) if each.basis is basis)
            yield from ((each.value, each.contingency(loss_day)) for each in alike)


def _tagged(book: Book) -> dict[str, tuple[str, ...]]:
    """The lines with each tag."""
    found = defaultdict[str, list[str]](list)
    for line in book.facilities:
        for tag in dict.fromkeys(line.tags):
            found[tag].append(line.id)
    return {tag: tuple(lines) for tag, lines in found.items()}


def _receipts_by_way(book: Book) -> dict[str, tuple[str, ...]]:
    """All expected receipts, and those through each account."""
    found = defaultdict[str, list[str]](list)
    found[""] = receipts(book)
    for flow in book.cash_flows:
        if flow.direction is Direction.RECEIPT and flow.through:
            found[flow.through].append(flow.id)
    return {through: tuple(flows) for through, flows in found.items()}
