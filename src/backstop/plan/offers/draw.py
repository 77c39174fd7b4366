"""Drawing cash: on a line that is still open, or on a card that pays purchases."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import numpy as np

from backstop.contingency import open_days
from backstop.domain import Book, Facility, FacilityKind
from backstop.plan.actions import Action, ActionKind
from backstop.plan.offers.advance import cash_advances
from backstop.plan.offers.kind import OptionKind
from backstop.plan.offers.lending import doubts, drawn
from backstop.plan.offers.offer import Offer, proposal_on
from backstop.plan.offers.reliability import unreliability
from backstop.plan.offers.room import claims_on, periods_of, renewed_days, room_from, turns_of
from backstop.plan.offers.sentence import Counted, count, money
from backstop.plan.situation import DAYS_OF_A_MONTH, Situation
from backstop.projection.amortisation import due_dates


def draws(situation: Situation) -> Iterator[Offer]:
    """Cash draws on each usable facility, on each candidate day, as far as its limit reaches."""
    for facility in situation.book.facilities:
        if situation.considers(facility) and not facility.purchases_only:
            yield from _draws_on(situation, facility)


def _draws_on(situation: Situation, facility: Facility) -> Iterator[Offer]:
    if not turns_of(situation, facility):
        return
    days = situation.opening(facility, _days(situation, facility))
    room = room_from(situation, facility)
    shared = situation.shared([*days, *renewed_days(situation, facility)])
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
    """The candidate days; the last one before the line closes: what is needed after it, be it that
    its use ends or that it is not renewed, has to be drawn before; and the days before its first
    instalment moves on by a month, on which a draw bears the least interest."""
    if not situation.dates or situation.every_day:
        return situation.dates
    opened = open_days(situation.projection, situation.contingency, facility)
    closed = np.flatnonzero(~opened[situation.start :])
    last = situation.start + int(closed[0]) - 1 if len(closed) else situation.dates[-1]
    early = situation.start <= last < situation.dates[-1]
    days = {*situation.dates, last} if early else {*situation.dates}
    return sorted(days | {_before_next_due(situation, facility, day) for day in situation.dates})


def _before_next_due(situation: Situation, facility: Facility, day: int) -> int:
    """The last day before this one on which a draw would fall due a month sooner; the day itself
    where its due dates follow the day of the draw."""
    if facility.due_day is None:
        return day

    def first_due(drawn: int) -> date:
        return due_dates(situation.projection.date_of(drawn), 1, facility.due_day)[0]

    due = first_due(day)
    earlier = range(day - 1, max(situation.start, day - DAYS_OF_A_MONTH - 2), -1)
    return next((drawn for drawn in earlier if first_due(drawn) < due), day)


def _offers(situation: Situation) -> Iterator[Offer]:
    yield from draws(situation)
    yield from cash_advances(situation)


def _sentence(book: Book, action: Action) -> Counted:
    """Family and friends are borrowed from; lines are drawn on."""
    line, amount = book.by_id.get(action.source), money(book, action.amount)
    if isinstance(line, Facility) and line.kind is FacilityKind.INFORMAL:
        return count(
            action.periods,
            "Borrow {amount} for a month: {name}",
            "Borrow {amount} for {n} months: {name}",
            amount=amount,
            name=action.name,
        )
    return count(
        action.periods,
        "Draw {amount} from {name} for a month",
        "Draw {amount} from {name} for {n} months",
        amount=amount,
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
