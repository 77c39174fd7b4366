"""The solver's amounts in whole steps of those who give the money."""

import math
from collections.abc import Sequence

from backstop.domain import Book
from backstop.plan.columns import Solution
from backstop.plan.judge import exceeded, within_limits
from backstop.plan.options import Claim, Offer

DUST = 0.5
"""Minor units below which the solver's answer is noise."""

Taken = list[tuple[Offer, int]]
"""Offers that are taken, each at an amount in minor units."""


def whole_steps(book: Book, offers: Sequence[Offer], solution: Solution) -> Taken:
    """Amounts rounded up to the lender's step, or down where a limit leaves no room for that. What
    can only be taken whole comes first: it cannot give way."""
    chosen = [
        (number, offer, min(offer.most, max(offer.least, _stepped(amount, offer.step))))
        for number, (offer, amount, taken) in enumerate(
            zip(offers, solution.amounts, solution.taken, strict=True)
        )
        if taken and amount >= DUST
    ]
    made: dict[int, tuple[Offer, int]] = {}
    for number, offer, up in sorted(chosen, key=lambda each: each[1].least < each[1].most):
        made[number] = offer, _fitting(book, [*made.values()], offer, up)
    return _balanced(book, [made[number] for number in sorted(made)])


def _fitting(book: Book, taken: Taken, offer: Offer, amount: int) -> int:
    """The amount, or as many steps less as those before it were rounded up too far."""
    for _ in (*taken, offer):
        if within_limits(book, [*taken, (offer, amount)], balances=False):
            break
        amount = max(offer.least, _stepped_down(amount - 1, offer))
    return amount


def _balanced(book: Book, taken: Taken) -> Taken:
    """Less of what takes from a balance which rounding has tipped. That may tip another one, so
    it is looked at again, as often as there are offers."""
    for _ in taken:
        tipped = [each for each in exceeded(book, taken) if each.balance and not each.counts]
        if not tipped:
            break
        _step_back(book, taken, tipped[0])
    return taken


def _step_back(book: Book, taken: Taken, claim: Claim) -> None:
    for place, (offer, amount) in enumerate(taken):
        over = sum(dict(each.uses(book, a)).get(claim, 0) for each, a in taken) - claim.most
        weight = dict(offer.weighted).get(claim, 0)
        if over > 0 and weight > 0:
            less = _stepped_down(amount - -(-over // weight), offer)
            taken[place] = offer, max(offer.least, less)


def _stepped_down(amount: int, offer: Offer) -> int:
    return amount // offer.step * offer.step


def _stepped(amount: float, step: int) -> int:
    """Up to whole steps; half a unit is the solver's dust, not a reason for a step."""
    return math.ceil((amount - DUST) / step) * step
