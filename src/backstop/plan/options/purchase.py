"""Paying an eligible purchase through a pay-later line or card instead of in cash."""

from collections.abc import Iterator
from dataclasses import replace

from backstop.contingency import Obligation
from backstop.domain import CashFlow, Facility
from backstop.plan.options.draw import room_claims, room_from
from backstop.plan.options.offer import Claim, Offer, hundred, payment_key, proposal_on
from backstop.plan.options.reliability import unreliability
from backstop.plan.results import ActionKind
from backstop.plan.situation import Situation

MOST_PURCHASES = 6
"""Purchases considered for one line: the largest ones."""


def purchases(situation: Situation) -> Iterator[Offer]:
    """For each usable purchases-only line, the payments that carry one of its tags."""
    for facility in situation.book.facilities:
        if situation.usable(facility) and facility.purchases_only:
            yield from _purchases_on(situation, facility)


def _purchases_on(situation: Situation, facility: Facility) -> Iterator[Offer]:
    room = room_from(situation, facility)
    days = shared_days(situation, facility)
    for each in _largest(situation, facility):
        most = min(each.amount, room[each.day])
        if most >= max(1, facility.minimum_draw) and (each.partly_payable or most == each.amount):
            yield _offer(
                situation, facility, each, most, room_claims(facility, days, room, each.day)
            )


def shared_days(situation: Situation, facility: Facility) -> list[int]:
    """Days on which the line's room is looked at: those of purchases, and, if it lends cash too,
    those of draws."""
    draws = situation.dates if facility.cash_advance_limit else []
    bought = {each.day for each in _largest(situation, facility)}
    return sorted(bought | set(situation.opening(facility, draws)))


def _largest(situation: Situation, facility: Facility) -> list[Obligation]:
    """The largest payments that it may and can pay."""
    may_pay = [each for each, flow in situation.movable if _may_pay(facility, flow)]
    days_open = set(situation.opening(facility, {each.day for each in may_pay}))
    eligible = [each for each in may_pay if each.day in days_open]
    return sorted(eligible, key=lambda o: (-o.amount, o.day, o.record))[:MOST_PURCHASES]


def _may_pay(facility: Facility, flow: CashFlow) -> bool:
    return flow.through != facility.id and not set(flow.tags).isdisjoint(facility.purchase_tags)


def _offer(
    situation: Situation, facility: Facility, paid: Obligation, most: int, claims: tuple[Claim, ...]
) -> Offer:
    action = proposal_on(ActionKind.PURCHASE, facility, paid.day, most)
    return Offer(
        replace(action, payment=paid.record, payment_name=paid.name, periods=facility.periods),
        claims,
        payments=(payment_key(paid),),
        least=max(1, facility.minimum_draw) if paid.partly_payable else most,
        step=hundred(situation.book),
        hardship=unreliability(situation.book, facility),
    )
