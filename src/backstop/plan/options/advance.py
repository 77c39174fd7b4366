"""Cash from a card that pays purchases: dearer than a draw, and due with the next bill."""

from collections.abc import Iterator
from dataclasses import replace

from backstop.domain import Facility, RepaymentMethod
from backstop.plan.drafting.situation import Situation
from backstop.plan.options.draw import claims_on, least_from, room_from
from backstop.plan.options.offer import Claim, Offer, proposal_on
from backstop.plan.options.purchase import shared_days
from backstop.plan.options.reliability import unreliability
from backstop.plan.results import ActionKind
from backstop.projection.balances import advances


def cash_advances(situation: Situation) -> Iterator[Offer]:
    """On each usable line that pays purchases and lends cash as well."""
    for card in situation.book.facilities:
        if situation.usable(card) and card.purchases_only and card.cash_advance_limit:
            yield from _advances_on(situation, card)


def _advances_on(situation: Situation, card: Facility) -> Iterator[Offer]:
    room, days = room_from(situation, card), shared_days(situation, card)
    cash = least_from(card.cash_advance_limit - advances(situation.under, card))
    cycle = card.method is RepaymentMethod.STATEMENT_CYCLE
    least = max(card.minimum_draw, card.draw_step)
    draw_days = situation.opening(card, situation.dates)
    for day in draw_days:
        most = min(room[day], cash[day]) // card.draw_step * card.draw_step
        if most < least:
            continue
        action = proposal_on(ActionKind.DRAW, card, day, most)
        in_cash = (
            Claim(f"cash of {card.id}@{on}", cash[on], on=on) for on in draw_days if on >= day
        )
        yield Offer(
            replace(action, periods=1 if cycle else card.periods),
            (*claims_on(card, days, room, day), *in_cash),
            least=least,
            step=card.draw_step,
            hardship=unreliability(situation.book, card),
        )
