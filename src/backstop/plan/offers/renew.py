"""A line whose use ends: its renewal is asked for early, and it is drawn on afterwards."""

from collections.abc import Iterator
from dataclasses import replace

from backstop.contingency.availability import way_of
from backstop.domain import Book, Facility, Message, message
from backstop.plan.actions import Action, ActionKind
from backstop.plan.offers.kind import OptionKind
from backstop.plan.offers.lending import contract_ends, drawn, unsure
from backstop.plan.offers.offer import Offer, proposal_on
from backstop.plan.offers.reliability import unreliability
from backstop.plan.offers.room import (
    ASKED_DAYS,
    claims_on,
    periods_of,
    renewed_days,
    room_from,
    turns_of,
)
from backstop.plan.offers.sentence import Counted, count, money
from backstop.plan.situation import Situation

REFUSED = 0.02
"""What it counts as, as a share of the amount, that a renewal is not promised by anybody."""


def renewals(situation: Situation) -> Iterator[Offer]:
    """Draws on days after the use of a line ends, for lines that the loss itself leaves alone."""
    for line in situation.book.facilities:
        left_alone = way_of(situation.book, situation.contingency, line.id) is None
        lends = left_alone and line.lends_cash and situation.usable(line)
        if lends and turns_of(situation, line):
            yield from _renewed(situation, line)


def _renewed(situation: Situation, line: Facility) -> Iterator[Offer]:
    days, room = renewed_days(situation, line), room_from(situation, line)
    if not days or line.usage_until is None:
        return
    asked = max(situation.start, situation.projection.day_of(line.usage_until) - ASKED_DAYS)
    least = max(line.minimum_draw, line.draw_step)
    for day in days:
        most = room[day] // line.draw_step * line.draw_step
        if most < least:
            continue
        action = proposal_on(ActionKind.RENEW, line, day, most, day - asked)
        for periods in periods_of(line):
            yield Offer(
                replace(action, periods=periods),
                claims_on(situation, line, situation.shared(days), room, day),
                least=least,
                step=line.draw_step,
                hardship=REFUSED + unreliability(situation.book, line),
            )


def _sentence(book: Book, action: Action) -> Counted:
    return count(
        action.periods,
        "Have {name} renewed, then draw {amount} for a month",
        "Have {name} renewed, then draw {amount} for {n} months",
        amount=money(book, action.amount),
        name=action.name,
    )


def _cautions(book: Book, action: Action) -> tuple[Message, ...]:
    return (*unsure(book, action), *_use_ends(book, action), *contract_ends(book, action))


def _use_ends(book: Book, action: Action) -> tuple[Message, ...]:
    line = book.by_id.get(action.source)
    ends = line.usage_until if isinstance(line, Facility) else None
    if ends is None:
        return ()
    return (message("Its use ends on {day}; the renewal is not promised.", day=ends),)


KIND = OptionKind(
    key=ActionKind.RENEW,
    offers=renewals,
    meaning=drawn,
    sentence=_sentence,
    cautions=_cautions,
    lends=True,
    movable=True,
)
