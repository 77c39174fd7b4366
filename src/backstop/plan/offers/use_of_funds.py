"""What a line's money is for: household money pays no business, that for one purpose no other.

Cash is pooled, so that nobody sees which money paid what. The test is one that a lender could make
from the statements: what is drawn within thirty days on such lines together is no more than what is
paid in these days of what they are for. Debts are neither: paying one with another is no use.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from backstop.contingency import Obligation
from backstop.domain import Book, CashFlow, Facility, FundsUse, Message, message
from backstop.plan.actions import Action, ActionKind
from backstop.plan.offers.claims import Claim, Key, Sort
from backstop.plan.offers.kind import kind_of
from backstop.plan.offers.offer import Offer
from backstop.plan.situation import DAYS_OF_A_MONTH, Situation
from backstop.projection import FlowKind, Ints

HOUSEHOLD = "household"
"""Names all household lines together: their money is for the same payments."""


def restricted(book: Book, line: Facility) -> str:
    """What shares one allowance with others: household lines together, a line for a purpose by
    itself; empty where its money may be used as the owner likes."""
    if line.use is FundsUse.HOUSEHOLD and not book.household_pays_business:
        return HOUSEHOLD
    return line.id if line.use is FundsUse.TAGGED else ""


def for_their_use(situation: Situation, offers: Sequence[Offer]) -> Sequence[Offer]:
    """No more is drawn within thirty days than is paid in them of what it is for; and a purchase
    goes through a line that is for it."""
    book = situation.book
    if not any(restricted(book, line) for line in book.facilities):
        return offers
    fitting = [each for each in offers if buys_what_it_is_for(book, each.action)]
    shares = [share_of(book, each.action) for each in fitting]
    days: dict[str, set[int]] = defaultdict(set)
    for share, each in zip(shares, fitting, strict=True):
        if share:
            days[share].add(each.action.day)
    allowed = {share: allowed_from(situation, share, sorted(on)) for share, on in days.items()}
    return [
        _within(each, share, allowed[share]) if share else each
        for share, each in zip(shares, fitting, strict=True)
    ]


def share_of(book: Book, action: Action) -> str:
    """The allowance from which an action takes; empty for none."""
    line = book.by_id.get(action.source)
    draws = kind_of(action).lends_money and isinstance(line, Facility)
    return restricted(book, line) if draws and isinstance(line, Facility) else ""


def buys_what_it_is_for(book: Book, action: Action) -> bool:
    """Not where it pays a business payment through a household line, or one that lacks its tags."""
    line, flow = book.by_id.get(action.source), book.by_id.get(action.payment)
    if action.kind is not ActionKind.PURCHASE:
        return True
    assert isinstance(line, Facility)
    assert isinstance(flow, CashFlow)
    return not restricted(book, line) or _is_for(line, flow)


def _is_for(line: Facility, flow: CashFlow) -> bool:
    if line.use is FundsUse.TAGGED:
        return not set(flow.tags).isdisjoint(line.use_tags)
    return not flow.business


def _within(offer: Offer, share: str, allowed: dict[int, int]) -> Offer:
    day = offer.action.day
    claims = (
        Claim(Key(Sort.USE, share, first), most)
        for first, most in allowed.items()
        if first <= day < first + DAYS_OF_A_MONTH
    )
    return replace(offer, claims=(*offer.claims, *claims))


def allowed_from(situation: Situation, share: str, days: Sequence[int]) -> dict[int, int]:
    """By the first day (offset) of each thirty: what may be drawn in them beside what is meant to
    be drawn anyway (minor units)."""
    left = np.cumsum(paid_for(situation, share) - _drawn(situation, share))
    before = np.concatenate([[0], left])
    last = len(left)
    return {
        day: max(0, int(before[min(day + DAYS_OF_A_MONTH, last)] - before[day]))
        for day in days
        if day < last
    }


def paid_for(situation: Situation, share: str) -> Ints:
    """What is paid on each day of what the money is for: (days,), minor units."""
    paid = np.zeros(situation.projection.days, dtype=np.int64)
    is_meant = _meant(situation.book, share)
    for each in situation.payable:
        if is_meant(each):
            paid[each.day] += each.amount
    return paid


def _meant(book: Book, share: str) -> Callable[[Obligation], bool]:
    line = book.by_id.get(share)

    def is_meant(owed: Obligation) -> bool:
        flow = book.by_id.get(owed.record)
        if not isinstance(flow, CashFlow):
            return False
        return _is_for(line, flow) if isinstance(line, Facility) else not flow.business

    return is_meant


def _drawn(situation: Situation, share: str) -> Ints:
    """What the book means to draw on such lines on each day: (days,), minor units."""
    flows, drawn = situation.under.flows, np.zeros(situation.projection.days, dtype=np.int64)
    lines = {f.id for f in situation.book.facilities if restricted(situation.book, f) == share}
    for number, series in enumerate(flows.descriptions):
        if series.kind is FlowKind.DRAW and series.element in lines:
            rows = slice(flows.bounds[number], flows.bounds[number + 1])
            inside = flows.day[rows] < len(drawn)
            np.add.at(drawn, flows.day[rows][inside], flows.principal[rows][inside])
    return drawn


def use_cautions(book: Book, action: Action) -> tuple[Message, ...]:
    """What the use of its money may lead to."""
    line = book.by_id.get(action.source)
    said: list[Message] = []
    if action.repays:
        said.append(message("It repays {line}, another platform.", line=action.repays))
    household = isinstance(line, Facility) and line.use is FundsUse.HOUSEHOLD
    if household and book.household_pays_business and kind_of(action).lends_money:
        said.append(
            message(
                "Its money is for the household: if it pays for the business, the lender may end "
                "the contract and want all of it back at once."
            )
        )
    return tuple(said)
