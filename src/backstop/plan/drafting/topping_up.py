"""What whole units are short of made good by a little more of what is taken anyway: a plan is not
to miss a payment by a few fen."""

from collections.abc import Iterator

import numpy as np

from backstop.plan.drafting.judge import Replay, replay, within_limits
from backstop.plan.drafting.rounding import Taken
from backstop.plan.effects import cash_moves
from backstop.plan.offers import Offer
from backstop.plan.situation import Situation

MOST_RAISES = 6
"""How often something is raised: each raise may make a little more due later."""


def topped_up(
    situation: Situation, taken: Taken, judged: Replay, but: int | None = None
) -> tuple[Taken, Replay]:
    """The same with amounts raised by the fewest steps with which nothing more is short, `but` for
    the one of this number; as it was where that cannot be."""
    raised, again = taken, judged
    for _ in range(MOST_RAISES):
        if again.proved:
            return raised, again
        better = next(_raised(situation, raised, again, but), None)
        if better is None:
            break
        raised, again = better
    return taken, judged


def _raised(
    situation: Situation, taken: Taken, judged: Replay, but: int | None
) -> Iterator[tuple[Taken, Replay]]:
    """One of these raised so that the first day that is short no longer is, within all limits; the
    smallest step first, of equal steps what comes latest."""
    short = np.flatnonzero(judged.shortfall)
    if not len(short):
        return
    day = int(short[0])
    order = sorted(range(len(taken)), key=lambda n: (taken[n][0].step, -taken[n][0].action.day, n))
    for number in order:
        offer, amount = taken[number]
        if number == but or offer.action.pinned or offer.action.day > day:
            continue
        more = _enough(situation, offer, amount, day, int(judged.shortfall[day]))
        if more is None:
            continue
        raised = [*taken[:number], (offer, more), *taken[number + 1 :]]
        if within_limits(situation.book, raised):
            again = replay(situation, raised, judged.missed)
            if not again.shortfall[: day + 1].any():
                yield raised, again


def _enough(situation: Situation, offer: Offer, amount: int, day: int, short: int) -> int | None:
    """The amount, in whole steps, that brings so much more by that day; None where none does."""
    share = _by(situation, offer, offer.most, day) / offer.most
    if share <= 0:
        return None
    steps = max(1, -(-int(short / share) // offer.step))
    for more in (amount + steps * offer.step, amount + (steps + 1) * offer.step, offer.most):
        if more <= offer.most:
            gained = _by(situation, offer, more, day) - _by(situation, offer, amount, day)
            if gained >= short:
                return more
    return None


def _by(situation: Situation, offer: Offer, amount: int, day: int) -> int:
    """What the offer has brought by that day, less what it has cost."""
    moves = cash_moves(situation.book, offer.of(amount))
    return sum(cash for on, cash in moves if on <= day)
