"""Platforms repaid by platforms: regulators count that as living on debt, and lenders see it.

A step does that where it pays such a debt off, or where all that falls due next, from the day of
its money on, is owed to other platforms.
"""

from collections.abc import Sequence
from dataclasses import replace

from backstop.contingency import Obligation
from backstop.domain import Book, Facility, FacilityKind
from backstop.plan.actions import Action
from backstop.plan.offers.debts import owed_on
from backstop.plan.offers.kind import kind_of
from backstop.plan.offers.offer import Offer
from backstop.plan.situation import Situation

PLATFORMS = (FacilityKind.PLATFORM_LOAN, FacilityKind.PAY_LATER)

CHAINED = 0.002
"""Share of the amount added in the choice alone: at like cost another source is better."""


def unchained(situation: Situation, offers: Sequence[Offer]) -> Sequence[Offer]:
    """Steps that repay one platform by another weigh a little more; none, where the owner wants
    none."""
    if not any(each.kind in PLATFORMS for each in situation.book.facilities):
        return offers
    found: list[Offer] = []
    for each in offers:
        if not repaid_by(situation, each.action):
            found.append(each)
        elif not situation.book.no_platform_chains:
            found.append(replace(each, hardship=each.hardship + CHAINED))
    return found


def repaid_by(situation: Situation, action: Action) -> str:
    """The name of the other platform's line that an action repays; empty where it repays none."""
    line = situation.book.by_id.get(action.source)
    kind = kind_of(action)
    if not (kind.lends and kind.brings_money and is_platform(line)):
        return ""
    assert isinstance(line, Facility)
    if kind.replaces_debt:
        debt = _owing(situation.book, action.payment)
        return debt.name if debt and is_platform(debt) else ""
    owed = [owed_on(situation.book, each) for each in _next_due(situation, action.day)]
    others = [each for each in owed if each and is_platform(each) and not _same(each, line)]
    return others[0].name if others and len(others) == len(owed) else ""


def is_platform(line: object) -> bool:
    """Whether a platform lends, to anybody and at once."""
    return isinstance(line, Facility) and line.kind in PLATFORMS


def _same(one: Facility, other: Facility) -> bool:
    return one.id == other.id or bool(one.lender and one.lender == other.lender)


def _next_due(situation: Situation, day: int) -> Sequence[Obligation]:
    due = situation.due_from(day)
    return [each for each in due if each.day == due[0].day] if due else []


def _owing(book: Book, debt: str) -> Facility | None:
    owing = (line for line in book.facilities if any(t.id == debt for t in line.tranches))
    return next(owing, None)
