"""The solver's amounts in whole steps of those who give the money."""

import math
from collections.abc import Sequence

from backstop.domain import Book
from backstop.plan.drafting.judge import exceeded
from backstop.plan.offers import Claim, Offer
from backstop.plan.solver.columns import Solution

DUST = 0.5
"""Minor units below which the solver's answer is noise."""

MOST_TIMES = 12
"""How often limits are looked at again after a step back."""

Taken = list[tuple[Offer, int]]
"""Offers that are taken, each at an amount in minor units."""


def whole_steps(book: Book, offers: Sequence[Offer], solution: Solution) -> Taken:
    """Amounts rounded up to the lender's step, or down where a limit leaves no room for that."""
    return _within_limits(
        book,
        [
            (offer, min(offer.most, max(offer.least, _stepped(amount, offer.step))))
            for offer, amount, chosen in zip(offers, solution.amounts, solution.taken, strict=True)
            if chosen and amount >= DUST
        ],
    )


def _within_limits(book: Book, taken: Taken) -> Taken:
    """Steps back where rounding up went beyond a limit. That may tip a balance with others, so it
    is looked at again."""
    for _ in range(MOST_TIMES):
        over = [each for each in exceeded(book, taken) if not each.counts]
        if not over:
            break
        _step_back(book, taken, over[0])
    return taken


def _step_back(book: Book, taken: Taken, claim: Claim) -> None:
    """Less of what takes from this limit, the last one first, none below its least."""
    used = [dict(offer.uses(book, amount)).get(claim, 0) for offer, amount in taken]
    for place, (offer, amount) in reversed([*enumerate(taken)]):
        over = sum(used) - claim.most
        if over > 0 and used[place] > 0:
            needed = -(-over * amount // used[place])
            less = max(offer.least, (amount - needed) // offer.step * offer.step)
            taken[place] = offer, less
            used[place] = dict(offer.uses(book, less)).get(claim, 0)


def _stepped(amount: float, step: int) -> int:
    """Up to whole steps; half a unit is the solver's dust, not a reason for a step."""
    return math.ceil((amount - DUST) / step) * step
