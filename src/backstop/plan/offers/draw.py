"""Drawing cash: on a line that is still open, or on a card that pays purchases."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from backstop.contingency import open_days
from backstop.domain import Book, Facility
from backstop.plan.actions import Action, ActionKind
from backstop.plan.offers.advance import cash_advances
from backstop.plan.offers.kind import OptionKind
from backstop.plan.offers.lending import doubts, drawn
from backstop.plan.offers.offer import Offer, proposal_on
from backstop.plan.offers.reliability import unreliability
from backstop.plan.offers.room import claims_on, periods_of, renewed_days, room_from, turns_of
from backstop.plan.offers.sentence import Counted, count, money
from backstop.plan.situation import Situation


def draws(situation: Situation) -> Iterator[Offer]:
    """Cash draws on each usable facility, on each candidate day, as far as its limit reaches."""
    for facility in situation.book.facilities:
        if situation.usable(facility) and not facility.purchases_only:
            yield from _draws_on(situation, facility)


def _draws_on(situation: Situation, facility: Facility) -> Iterator[Offer]:
    if not turns_of(situation, facility):
        return
    days = situation.opening(facility, _days(situation, facility))
    room, shared = room_from(situation, facility), [*days, *renewed_days(situation, facility)]
    for day in days:
        most = room[day] // facility.draw_step * facility.draw_step
        if most < max(facility.minimum_draw, facility.draw_step):
            continue
        action = proposal_on(ActionKind.DRAW, facility, day, most)
        claims = claims_on(situation, facility, shared, room, day)
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


def _offers(situation: Situation) -> Iterator[Offer]:
    yield from draws(situation)
    yield from cash_advances(situation)


def _sentence(book: Book, action: Action) -> Counted:
    return count(
        action.periods,
        "Draw {amount} from {name} for a month",
        "Draw {amount} from {name} for {n} months",
        amount=money(book, action.amount),
        name=action.name,
    )


KIND = OptionKind(
    key=ActionKind.DRAW,
    offers=_offers,
    meaning=drawn,
    sentence=_sentence,
    cautions=doubts,
    lends=True,
    movable=True,
    merges=True,
    comes_in_steps=True,
)
