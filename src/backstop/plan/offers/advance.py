"""Cash from a card that pays purchases: dearer than a draw, and due with the next bill."""

from collections.abc import Iterator
from dataclasses import replace

from backstop.domain import Facility, RepaymentMethod
from backstop.plan.actions import ActionKind
from backstop.plan.offers.claims import Claim, Key, Sort
from backstop.plan.offers.offer import Offer, proposal_on
from backstop.plan.offers.purchase import shared_days
from backstop.plan.offers.reliability import unreliability
from backstop.plan.offers.room import claims_on, room_from
from backstop.plan.situation import Situation, stays_free
from backstop.projection.balances import advances


def cash_advances(situation: Situation) -> Iterator[Offer]:
    """On each usable line that pays purchases and lends cash as well."""
    for card in situation.book.facilities:
        if situation.considers(card) and card.purchases_only and card.cash_advance_limit:
            yield from _advances_on(situation, card)


def _advances_on(situation: Situation, card: Facility) -> Iterator[Offer]:
    room, days = room_from(situation, card), shared_days(situation, card)
    cash = stays_free(card.cash_advance_limit - advances(situation.under, card))
    cycle = card.method is RepaymentMethod.STATEMENT_CYCLE
    least = max(card.minimum_draw, card.draw_step)
    draw_days = situation.opening(card, situation.dates)
    shared = situation.shared(draw_days)
    for day in draw_days:
        most = min(room[day], cash[day]) // card.draw_step * card.draw_step
        if most < least:
            continue
        action = proposal_on(ActionKind.DRAW, card, day, most)
        in_cash = (
            Claim(Key(Sort.CASH, card.id, on), cash[on], on=on) for on in shared if on >= day
        )
        yield Offer(
            replace(action, periods=1 if cycle else card.periods),
            (*claims_on(situation, card, days, room, day), *in_cash),
            least=least,
            step=card.draw_step,
            hardship=unreliability(situation.book, card),
        )
