"""Steps worth their trouble. Where not everything can be paid, everything helps a little, and the
plan that pays most has more steps than a person follows.

What a step pays is counted in what a step has to save to be worth taking (`Situation.friction`).
The least useful goes first: what is worth less than one; and, beyond the number of steps that a
person follows, what comes next. What all that is left out would pay is small beside the need, and
no more than what stays unpaid anyway; no payment of the first class is missed for it.
"""

from collections.abc import Sequence
from itertools import accumulate

from backstop.plan.drafting.model import model_of
from backstop.plan.drafting.rounding import DUST
from backstop.plan.offers import Offer
from backstop.plan.situation import FRICTION_SHARE, Situation
from backstop.plan.solver.optimise import Left, LeftQuestion

FOLLOWED = 8
"""Steps that a person follows."""

LEFT_OUT_SHARE = 16
"""All that is left out may pay the largest need divided by this."""

NEVER = float("inf")


def not_worth_following(situation: Situation, offers: Sequence[Offer]) -> list[Offer]:
    """Those of a plan's offers that are not worth a step, the least useful first; pinned ones
    always are. Raises `Cancelled`.

    Judged by linear programs, in which what stays is used as well as it can be.
    """
    left_out: list[Offer] = []
    question = LeftQuestion(model_of(situation, offers))
    kept = [True] * len(offers)
    full = left = question.left_with(kept)
    known = {n: 0.0 for n, offer in enumerate(offers) if not offer.action.pinned}
    while known:
        number, after = _least_useful(situation, question, kept, left, known)
        useful = worth_a_step(situation, left, after)
        if not bearable(situation, full, after) or (useful and _to_do(offers, kept) <= FOLLOWED):
            break
        kept[number], left = False, after
        left_out.append(offers[number])
        del known[number]
    return left_out


def _to_do(offers: Sequence[Offer], kept: Sequence[bool]) -> int:
    return sum(kept[number] and not each.action.done for number, each in enumerate(offers))


def _least_useful(
    situation: Situation,
    question: LeftQuestion,
    kept: Sequence[bool],
    left: Left,
    known: dict[int, float],
) -> tuple[int, Left]:
    """The step without which the others do best, and what they then leave.

    `known` is what each was worth when last looked at. With fewer others it is hardly ever worth
    less, so that most need not be looked at again.
    """
    best: tuple[float, int, Left] | None = None
    for number in sorted(known, key=lambda n: (known[n], n)):
        if best is not None and known[number] >= best[0]:
            break
        after = question.left_with([stays and n != number for n, stays in enumerate(kept)])
        known[number] = _worth(situation, left, after)
        if best is None or known[number] < best[0]:
            best = known[number], number, after
    assert best is not None
    return best[1:]


def bearable(situation: Situation, full: Left, after: Left) -> bool:
    """Whether so much more may be left unpaid, and below the buffer, than with every step."""
    most = min(FRICTION_SHARE / LEFT_OUT_SHARE, sum(full.missed) / situation.friction)
    return _worth(situation, full, after) <= most


def below_more(with_it: Left, without: Left) -> bool:
    """Whether cash is further below the buffer without something than with it."""
    return without.buffer_days > with_it.buffer_days


def worth_a_step(situation: Situation, with_it: Left, without: Left) -> bool:
    """Whether what is left without something is so much worse that it is worth a step."""
    return _worth(situation, with_it, without) >= 1


def _worth(situation: Situation, with_it: Left, without: Left) -> float:
    """How many steps it would be worth to have the one instead of the other: in what is paid, a
    class together with those before it, or in how far cash stays below the buffer."""
    pairs = zip(without.missed, with_it.missed, strict=True)
    paid = list(accumulate(later - before for later, before in pairs))
    if paid[0] > DUST:
        return NEVER
    below = (without.buffer_days - with_it.buffer_days) / max(1, situation.outcome.buffer_days)
    return max(*paid, below * FRICTION_SHARE * situation.friction) / situation.friction
