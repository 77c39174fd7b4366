"""Drawing cash on a line that is still open."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from backstop.contingency import open_days
from backstop.domain import Facility, RepaymentMethod
from backstop.plan.drafting.situation import Situation
from backstop.plan.options.offer import Claim, Offer, proposal_on
from backstop.plan.options.reliability import unreliability
from backstop.plan.results import ActionKind
from backstop.projection import Ints, usage

MOST_DRAWS = 2
"""Draws on one source in one plan: more are not a plan that a person follows."""

MONTHS_ON_DEMAND = (1, 3, 6, 12)
"""After how many months a draw that may be repaid at any time could be repaid."""


ASKED_DAYS = 30
"""So long before a line ends its renewal is asked for, and so long an answer may take."""


def draws(situation: Situation) -> Iterator[Offer]:
    """Cash draws on each usable facility, on each candidate day, as far as its limit reaches."""
    for facility in situation.book.facilities:
        if situation.usable(facility) and not facility.purchases_only:
            yield from _draws_on(situation, facility)


def _draws_on(situation: Situation, facility: Facility) -> Iterator[Offer]:
    days = situation.opening(facility, _days(situation, facility))
    room = room_from(situation, facility)
    for day in days:
        most = room[day] // facility.draw_step * facility.draw_step
        if most < max(facility.minimum_draw, facility.draw_step) or not turns_of(facility):
            continue
        action = proposal_on(ActionKind.DRAW, facility, day, most)
        claims = claims_on(facility, [*days, *renewed_days(situation, facility)], room, day)
        for periods in periods_of(facility):
            yield Offer(
                replace(action, periods=periods),
                claims,
                least=max(facility.minimum_draw, facility.draw_step),
                step=facility.draw_step,
                hardship=unreliability(situation.book, facility),
            )


def _days(situation: Situation, facility: Facility) -> list[int]:
    """The candidate days, and the last one before the line closes: what is needed after it, be it
    that its use ends or that it is not renewed, has to be drawn before."""
    if not situation.dates:
        return []
    opened = open_days(situation.projection, situation.contingency, facility)
    closed = np.flatnonzero(~opened[situation.start :])
    last = situation.start + int(closed[0]) - 1 if len(closed) else situation.dates[-1]
    early = situation.start <= last < situation.dates[-1]
    return sorted({*situation.dates, last}) if early else situation.dates


def renewed_days(situation: Situation, facility: Facility) -> list[int]:
    """The candidate days on which the line could be drawn on if it were renewed: after its use
    ends, and not before an answer can be there. What has ended already is not renewed."""
    if facility.usage_until is None:
        return []
    ends = situation.projection.day_of(facility.usage_until)
    if ends < situation.start:
        return []
    ready = max(ends + 1, situation.start + ASKED_DAYS)
    return [day for day in situation.dates if day >= ready]


def turns_of(facility: Facility) -> int:
    """How often one plan may draw on the line."""
    return MOST_DRAWS if facility.maximum_draws is None else min(facility.maximum_draws, MOST_DRAWS)


def claims_on(
    facility: Facility, days: Sequence[int], room: Sequence[int], day: int
) -> tuple[Claim, ...]:
    """What a draw on that day shares with the others on these days: the line's room from then on,
    and how often it is drawn."""
    turns = Claim(facility.id, turns_of(facility), counts=True)
    return (*room_claims(facility, days, room, day), turns)


def room_claims(
    facility: Facility, days: Sequence[int], room: Sequence[int], day: int
) -> tuple[Claim, ...]:
    """The line's room on each of these days from that one on."""
    return tuple(Claim(f"{facility.id}@{on}", room[on], on=on) for on in days if on >= day)


def periods_of(facility: Facility) -> list[int]:
    if facility.method is not RepaymentMethod.ON_DEMAND:
        return [facility.periods]
    return [months for months in MONTHS_ON_DEMAND if months < facility.periods] + [facility.periods]


def room_from(situation: Situation, facility: Facility) -> list[int]:
    """For each day what could be drawn then and stay drawn: the least room from that day on, under
    the limits that the loss leaves."""
    return least_from(situation.limits(facility) - usage(situation.under, facility))


def least_from(room: Ints) -> list[int]:
    """The least of each day and all after it, and never below nothing."""
    least = np.minimum.accumulate(room[::-1])[::-1]
    return [int(each) for each in np.maximum(least, 0)]
