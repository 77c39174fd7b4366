"""Amounts that a person asks for: ¥140, not ¥138.10.

A plan's amounts are rounded once it is found, each in its turn: down where what was rounded up
before it leaves room for that, else up; within all limits, and by replay, so that nothing more is
missed and cash lies no deeper below the buffer. All that a line still lends is rounded down, and
what is then short is taken from other steps; or, where a part of something is missed anyway, a
little more of it. Where round amounts cost too much, rounder ones are tried that are less so.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import lcm

from backstop.contingency import Bounced
from backstop.domain import Book
from backstop.plan.drafting.attempts import Drawn, counted
from backstop.plan.drafting.judge import Replay, below_buffer, no_worse, replay, within_limits
from backstop.plan.drafting.rounding import Taken
from backstop.plan.drafting.topping_up import topped_up
from backstop.plan.offers import Offer, kind_of
from backstop.plan.offers.amounts import asked_step
from backstop.plan.offers.offer import key_of
from backstop.plan.situation import Situation

FINER = (1, 10)
"""Parts of such a step that are tried in turn."""

DEAR_SHARE, DEAR_STEPS = 0.003, 10
"""All rounding together may cost this share of the plan, or the part of what a step has to save;
and leave this share more unpaid of what stays unpaid."""


@dataclass(frozen=True)
class _Bounds:
    """What all rounding together may come to: what the plan counts as, money x days below the
    buffer, and what stays unpaid (minor units), never more than if nothing is done."""

    counted: float
    below: int
    known: int
    unpaid: int

    def hold(self, situation: Situation, taken: Taken, judged: Replay) -> bool:
        """Whether the plan is proved and within all of them."""
        return (
            judged.proved
            and (_unpaid(judged) <= self.known or self._bearable(situation, judged))
            and below_buffer(situation, judged) <= self.below
            and counted(situation, taken) <= self.counted
        )

    def _bearable(self, situation: Situation, judged: Replay) -> bool:
        return _unpaid(judged) <= self.unpaid and no_worse(situation, judged.missed)


def asked_for(
    situation: Situation, taken: Taken, judged: Replay, *, leave_more: bool = True
) -> Drawn:
    """The plan in amounts that a person asks for; as it is where it is not proved. Unless told
    otherwise, it may leave a little more unpaid for that."""
    if not judged.proved:
        return taken, judged
    bounds = _bounds(situation, taken, judged)
    bounds = bounds if leave_more else replace(bounds, unpaid=bounds.known)
    for number in sorted(range(len(taken)), key=lambda n: (taken[n][0].action.day, n)):
        for amount in _rounder(situation.book, *taken[number]):
            rounded = [*taken[:number], (taken[number][0], amount), *taken[number + 1 :]]
            if not within_limits(situation.book, rounded):
                continue
            again = _mended(situation, rounded, replay(situation, rounded, judged.missed), number)
            if bounds.hold(situation, *again):
                taken, judged = again
                break
    return taken, judged


def _bounds(situation: Situation, taken: Taken, judged: Replay) -> _Bounds:
    """A little more below the buffer is allowed only where cash is below it anyway."""
    most, unpaid = counted(situation, taken), _unpaid(judged)
    below, little = below_buffer(situation, judged), situation.friction / DEAR_STEPS
    return _Bounds(
        counted=most + max(DEAR_SHARE * most, little),
        below=below + int(little) if below and unpaid else below,
        known=unpaid,
        unpaid=unpaid + int(DEAR_SHARE * unpaid),
    )


def _rounder(book: Book, offer: Offer, amount: int) -> Iterator[int]:
    """Round amounts of an offer near this one, the roundest first; none where it is the owner's, or
    all there is of what comes as it is."""
    whole = amount == offer.most
    if offer.action.pinned or (whole and not kind_of(offer.action).comes_in_steps):
        return
    for part in FINER:
        step = lcm(max(1, asked_step(book, amount) // part), offer.step)
        if amount % step == 0:
            return
        for other in (amount // step * step, -(-amount // step) * step):
            if max(offer.least, 1) <= other <= offer.most:
                yield other


def _mended(situation: Situation, rounded: Taken, judged: Replay, number: int) -> Drawn:
    """What is short after this one was rounded down taken from other steps, or else left of what
    is missed in part anyway."""
    if judged.proved:
        return rounded, judged
    taken, again = topped_up(situation, rounded, judged, but=number)
    if again.proved:
        return taken, again
    arranged = {key for offer, _ in rounded for key in offer.takes}
    free = [each for each in judged.missed if key_of(each.obligation) not in arranged]
    return rounded, replay(situation, rounded, _more_of_one(free, judged))


def _more_of_one(free: Sequence[Bounced], judged: Replay) -> tuple[Bounced, ...]:
    """What is short left of one of these that are missed in part, the least important and latest of
    those due by then; as it is where there is none."""
    missed, short = judged.missed, int(judged.shortfall.max())
    first = int((judged.shortfall > 0).argmax())
    room = [
        each
        for each in free
        if each.day <= first and 0 < short <= each.obligation.amount - each.missed
    ]
    if not room:
        return missed
    chosen = max(room, key=lambda each: (each.priority, each.day, each.obligation.record))
    more = replace(chosen, missed=chosen.missed + short)
    return tuple(more if each is chosen else each for each in missed)


def _unpaid(judged: Replay) -> int:
    return sum(each.missed for each in judged.missed)
