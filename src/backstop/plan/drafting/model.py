"""Offers to a funding model for the core."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import accumulate

import numpy as np

from backstop.domain import Book
from backstop.plan.offers import Claim, Key, Offer
from backstop.plan.offers.offer import key_of
from backstop.plan.situation import Situation
from backstop.plan.solver.columns import Floats, FundingModel, Limit, Missable
from backstop.projection import Ints

GIVE = 0.25
"""Minor units of cash that the solver may be short: where a need is met exactly, it would else
see none of its ways as possible. Whole units are what the judge counts."""

ROUNDED = 2
"""Minor units by which what an offer makes due in a month may differ from its share of the most."""


def model_of(
    situation: Situation, offers: Sequence[Offer], margin: Floats | None = None
) -> FundingModel:
    """The model whose optimum is the plan. Every payment may be missed, each in its class."""
    low = situation.low
    kept = np.zeros(len(low)) if margin is None else margin
    return FundingModel(
        cash=low + situation.beyond_payments,
        columns=tuple(offer.column(situation, situation.friction) for offer in offers),
        limits=tuple(_limits(situation.book, offers)),
        missable=tuple(missable(situation, [each.takes for each in offers])),
        buffer=_buffer(situation),
        margin=kept - GIVE,
        most_missed=most_missed(situation, offers),
        first=situation.first,
    )


def most_missed(situation: Situation, offers: Sequence[Offer]) -> tuple[float, ...]:
    """What a plan may leave unpaid: no more than if nothing is done, neither of the first class,
    nor of the first two, nor in all. Empty where that cannot be asked: something has to be done, or
    what goes wrong is not all a payment."""
    bound = any(each.action.pinned for each in offers)
    if bound or sum(situation.outcome.missed) != situation.outcome.largest_gap:
        return ()
    return tuple(accumulate(situation.outcome.missed))


def _buffer(situation: Situation) -> Ints | None:
    """The cash that should be there on each day; after the horizon any will do. None where no more
    than nothing is wanted: that is what is kept anyway."""
    buffer = situation.projection.buffer
    if not buffer.any():
        return None
    after = len(situation.low) - len(buffer)
    return np.concatenate([buffer, np.full(after, -1)])


def _limits(book: Book, offers: Sequence[Offer]) -> list[Limit]:
    uses: dict[Claim, dict[int, int]] = defaultdict(dict)
    for number, offer in enumerate(offers):
        for claim, used in offer.uses(book, offer.most):
            uses[claim][number] = used
    return [_limit(claim, used, offers) for claim, used in uses.items()]


def _limit(claim: Claim, uses: Mapping[int, int], offers: Sequence[Offer]) -> Limit:
    """A claim as a row of the model. Where repayments count, what an offer uses is its share of
    what its largest amount uses but for rounding."""
    if claim.counts:
        return Limit(tuple(uses), claim.most, counts=True, weights=tuple(uses.values()))
    weights = tuple(used / offers[number].most for number, used in uses.items())
    uneven = claim.due is not None or claim.on is not None
    return Limit(tuple(uses), claim.most, weights=weights, rounding=ROUNDED if uneven else 0.0)


def missable(situation: Situation, takes: Sequence[Mapping[Key, float]]) -> list[Missable]:
    """Payments added up by day and class, with the columns that already rearrange them: `takes` is
    what each unit of each column takes off payments."""
    rearranging: dict[Key, list[tuple[int, float]]] = defaultdict(list)
    for number, parts in enumerate(takes):
        for key, part in parts.items():
            rearranging[key].append((number, part))
    amounts: dict[tuple[int, int], int] = defaultdict(int)
    columns: dict[tuple[int, int], list[tuple[int, float]]] = defaultdict(list)
    for each in situation.due_from(situation.first):
        place = each.day, int(each.priority)
        amounts[place] += each.amount
        columns[place] += rearranging.get(key_of(each), ())
    return [
        Missable(day, amount, priority, tuple(columns[day, priority]), situation.earliness(day))
        for (day, priority), amount in sorted(amounts.items())
    ]
