"""A line whose use ends: its renewal is asked for early, and it is drawn on afterwards."""

from collections.abc import Iterator
from dataclasses import replace

from backstop.contingency.availability import way_of
from backstop.domain import Facility
from backstop.plan.drafting.situation import Situation
from backstop.plan.options.draw import (
    ASKED_DAYS,
    claims_on,
    periods_of,
    renewed_days,
    room_from,
    turns_of,
)
from backstop.plan.options.offer import Offer, proposal_on
from backstop.plan.options.reliability import unreliability
from backstop.plan.results import ActionKind

REFUSED = 0.02
"""What it counts as, as a share of the amount, that a renewal is not promised by anybody."""


def renewals(situation: Situation) -> Iterator[Offer]:
    """Draws on days after the use of a line ends, for lines that the loss itself leaves alone."""
    for line in situation.book.facilities:
        left_alone = way_of(situation.book, situation.contingency, line.id) is None
        if situation.usable(line) and left_alone and not line.purchases_only and turns_of(line):
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
                claims_on(line, days, room, day),
                least=least,
                step=line.draw_step,
                hardship=REFUSED + unreliability(situation.book, line),
            )
