"""What a line has room for, and what draws on it share: for all kinds that lend by lines."""

from collections.abc import Sequence

from backstop.contingency.availability import room_under
from backstop.domain import Facility, RepaymentMethod
from backstop.plan.offers.claims import Claim, Key, Sort
from backstop.plan.situation import Situation, stays_free
from backstop.projection.balances import draws_made

MOST_DRAWS = 2
"""Draws on one source in one plan: more are not a plan that a person follows."""

MONTHS_ON_DEMAND = (1, 3, 6, 12)
"""After how many months a draw that may be repaid at any time could be repaid."""

ASKED_DAYS = 30
"""So long before a line ends its renewal is asked for, and so long an answer may take."""


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


def turns_of(situation: Situation, facility: Facility) -> int:
    """How often one plan may draw on the line: beside the draws that are made or planned."""
    if facility.maximum_draws is None:
        return MOST_DRAWS
    made = int(draws_made(situation.under, facility)[-1])
    return min(max(0, facility.maximum_draws - made), MOST_DRAWS)


def claims_on(
    situation: Situation, facility: Facility, days: Sequence[int], room: Sequence[int], day: int
) -> tuple[Claim, ...]:
    """What a draw on that day shares with the others on these days: the line's room from then on,
    and how often it is drawn."""
    turns = Claim(Key(Sort.ONCE, facility.id), turns_of(situation, facility), counts=True)
    return (*room_claims(facility, days, room, day), turns)


def room_claims(
    facility: Facility, days: Sequence[int], room: Sequence[int], day: int
) -> tuple[Claim, ...]:
    """The line's room on each of these days from that one on."""
    return tuple(
        Claim(Key(Sort.ROOM, facility.id, on), room[on], on=on) for on in days if on >= day
    )


def periods_of(facility: Facility) -> list[int]:
    """Over how many months a draw could be repaid: the line's own, or what may be chosen."""
    if facility.method is not RepaymentMethod.ON_DEMAND:
        return [facility.periods]
    return [months for months in MONTHS_ON_DEMAND if months < facility.periods] + [facility.periods]


def room_from(situation: Situation, facility: Facility) -> list[int]:
    """For each day what could be drawn then and stay drawn (minor units), under the limits that the
    loss leaves; never below nothing."""
    known = situation.rooms.get(facility.id)
    if known is not None:
        return known
    return stays_free(room_under(situation.under, situation.contingency, facility))
