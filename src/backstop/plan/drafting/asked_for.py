"""Amounts that a person asks for: ¥140, not ¥138.10.

A plan's amounts are rounded once it is found, each in its turn: down where what was rounded up
before it leaves room for that, else up; within all limits, and by replay, so that nothing more is
missed and cash lies no deeper below the buffer. Where round amounts cost too much, rounder ones are
tried that are less so.
"""

from collections.abc import Iterator
from math import lcm

from backstop.domain import Book
from backstop.plan.drafting.attempts import Drawn, counted
from backstop.plan.drafting.judge import Replay, below_buffer, replay, within_limits
from backstop.plan.drafting.rounding import Taken
from backstop.plan.offers import Offer
from backstop.plan.offers.amounts import asked_step
from backstop.plan.situation import Situation

FINER = (1, 10)
"""Parts of such a step that are tried in turn."""

DEAR_SHARE, DEAR_STEPS = 0.003, 10
"""All rounding together may cost this share of the plan, or the part of what a step has to save."""


def asked_for(situation: Situation, taken: Taken, judged: Replay) -> Drawn:
    """The plan in amounts that a person asks for; as it is where it is not proved."""
    if not judged.proved:
        return taken, judged
    most = counted(situation, taken)
    most += max(DEAR_SHARE * most, situation.friction / DEAR_STEPS)
    below = below_buffer(situation, judged)
    for number in sorted(range(len(taken)), key=lambda n: (taken[n][0].action.day, n)):
        for amount in _rounder(situation.book, *taken[number]):
            rounded = [*taken[:number], (taken[number][0], amount), *taken[number + 1 :]]
            if not within_limits(situation.book, rounded):
                continue
            again = replay(situation, rounded, judged.missed)
            holds = again.proved and below_buffer(situation, again) <= below
            if holds and counted(situation, rounded) <= most:
                taken, judged = rounded, again
                break
    return taken, judged


def _rounder(book: Book, offer: Offer, amount: int) -> Iterator[int]:
    """Round amounts of an offer near this one, the roundest first; none where it is the owner's, or
    all there is."""
    if offer.action.pinned or amount == offer.most:
        return
    for part in FINER:
        step = lcm(max(1, asked_step(book, amount) // part), offer.step)
        if amount % step == 0:
            return
        for other in (amount // step * step, -(-amount // step) * step):
            if max(offer.least, 1) <= other <= offer.most:
                yield other
