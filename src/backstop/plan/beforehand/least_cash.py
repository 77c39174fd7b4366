"""The least cash with which no payment is missed, or the owner's minimum is kept."""

from dataclasses import replace

from backstop.contingency import outcome_of
from backstop.plan.beforehand.extra import LeastExtra, cash_by, least_extra
from backstop.plan.drafting.draft import draft
from backstop.plan.drafting.granting import grant
from backstop.plan.drafting.judge import replay
from backstop.plan.offers.rules import offers_for
from backstop.plan.situation import Situation
from backstop.plan.wishes import NO_WISHES, Wishes

MOST_TIMES = 4
"""More money is looked for up to so many times the largest gap: what is borrowed may have to be
rolled over."""

EVERY_STEP = Wishes(every_step=True)

MOST_LIFTS = 4
"""Rounds in which cash is added until a drafted plan misses nothing."""

MOST_LOWERINGS = 4
"""Times that half of what is not known to be needed is tried."""


def least_cash(situation: Situation, day: int) -> int | None:
    """The least cash (minor units) that has to be there from `day` on, so that nothing is missed;
    None where none helps.

    Proved by replay of what is done besides.
    """
    found = _least_extra_cash(situation, day)
    return None if found is None else found.amount


def planned_cash(situation: Situation, day: int, wishes: Wishes) -> int | None:
    """The same, with which a plan around these wishes can be drafted that misses nothing.

    Some of what was to be done may no longer be thought of, since with more cash other days
    matter: then plans are drafted with more.
    """
    found = _least_extra_cash(situation, day, wishes)
    if found is None:
        return None
    richer = _richer(situation, day, found.amount)
    offered = {each.action.what for each in grant(richer, offers_for(richer), wishes).offers}
    if all(offer.action.what in offered for offer, _ in found.taken):
        return found.amount
    return drafted_cash(situation, day, found.amount, wishes)


def _least_extra_cash(
    situation: Situation, day: int, wishes: Wishes = NO_WISHES
) -> LeastExtra | None:
    extra = cash_by(day, float(most_asked(situation)))
    found = least_extra(situation, [extra], wishes=wishes)
    if found is None:
        return None
    amount = min(found.amount, situation.outcome.largest_gap)
    if replay(_richer(situation, day, amount), found.taken).proved:
        return replace(found, amount=amount)
    return LeastExtra(drafted_cash(situation, day, amount, wishes), [])


def drafted_cash(
    situation: Situation,
    day: int,
    amount: int,
    wishes: Wishes = NO_WISHES,
) -> int:
    """From this amount up, cash from `day` on with which a drafted plan misses nothing: its whole
    steps may ask for a little more."""
    gap = situation.outcome.largest_gap
    for _ in range(MOST_LIFTS):
        if amount >= gap:
            return gap
        missed = missed_with(situation, day, amount, wishes)
        if not missed:
            return amount
        amount += missed
    return gap


def lowered_cash(situation: Situation, day: int, enough: int) -> int:
    """The same from above: so much is enough, and a drafted plan may do with less, since its days
    are completed and those of the programs before are not. Within a sixteenth of `enough`."""
    too_little = 0
    for _ in range(MOST_LOWERINGS):
        between = (too_little + enough) // 2
        if missed_with(situation, day, between):
            too_little = between
        else:
            enough = between
    return enough


def missed_with(
    situation: Situation,
    day: int,
    amount: int,
    wishes: Wishes = NO_WISHES,
) -> int:
    """What a drafted plan still misses (minor units) with so much more cash from `day` on."""
    richer = _richer(situation, day, amount)
    asked = replace(wishes, every_step=wishes.at_most is None)
    plan = draft(richer.projection, richer.outcome, asked)
    return sum(each.missed for each in plan.missed)


def least_cash_for_minimum(situation: Situation) -> int | None:
    """The least cash (minor units) from the start with which the owner's minimum is kept on every
    day too; None where no cash helps. Proved by replaying whole steps."""
    wanted = situation.outcome.reserve_needed
    extra = cash_by(situation.projection.now, float(MOST_TIMES * max(wanted, 1)))
    floor = situation.projection.buffer
    least = least_extra(situation, [extra], floor=floor)
    return None if least is None else min(least.amount, wanted)


def _richer(situation: Situation, day: int, amount: int) -> Situation:
    """The loss with so much more cash from a day on."""
    low = situation.outcome.low.copy()
    low[day:] += amount
    outcome = outcome_of(situation.projection, situation.contingency, low)
    return Situation(situation.projection, outcome, situation.start, situation.wanted)


def most_asked(situation: Situation) -> int:
    """An amount (minor units) with which any gap of this loss is closed many times."""
    return MOST_TIMES * max(situation.outcome.largest_gap, 1)
