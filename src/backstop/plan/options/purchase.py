"""Paying eligible purchases through a pay-later line or card instead of in cash."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from backstop.contingency import Obligation
from backstop.domain import CashFlow, Facility
from backstop.plan.drafting.situation import Situation
from backstop.plan.options.draw import room_claims, room_from
from backstop.plan.options.offer import Offer, hundred, payment_key, proposal_on
from backstop.plan.options.reliability import unreliability
from backstop.plan.results import ActionKind

MOST_PURCHASES = 6
"""Purchases considered for one line: the largest ones. And the most in one run of them."""


def purchases(situation: Situation) -> Iterator[Offer]:
    """For each usable purchases-only line, the payments that carry one of its tags: one of them,
    or the last so many of those that repeat, each by the same amount."""
    for facility in situation.book.facilities:
        if situation.usable(facility) and facility.purchases_only:
            yield from _purchases_on(situation, facility)


def _purchases_on(situation: Situation, facility: Facility) -> Iterator[Offer]:
    room = room_from(situation, facility)
    days = shared_days(situation, facility)
    for run in _runs(situation, facility):
        least, most = _each_time(facility, run, room)
        if least <= most:
            yield _offer(situation, facility, run, least, most, room, days)


def shared_days(situation: Situation, facility: Facility) -> list[int]:
    """Days on which the line's room is looked at: those of purchases, and, if it lends cash too,
    those of draws."""
    draws = situation.dates if facility.cash_advance_limit else []
    bought = {each.day for run in _runs(situation, facility) for each in run}
    return sorted(bought | set(situation.opening(facility, draws)))


def _runs(situation: Situation, facility: Facility) -> list[list[Obligation]]:
    """What it may and can pay: the payments of wanted days and the largest, then the last two and
    more of each that repeats: "from then on" is one thing to arrange."""
    may_pay = [each for each, flow in situation.movable if _may_pay(facility, flow)]
    open_days = set(situation.opening(facility, {each.day for each in may_pay}))
    eligible = [each for each in may_pay if each.day in open_days]
    wanted = [each for each in eligible if each.day in situation.wanted]
    others = [each for each in eligible if each not in wanted]
    largest = sorted(others, key=lambda o: (-o.amount, o.day, o.record))[:MOST_PURCHASES]
    repeated: dict[str, list[Obligation]] = defaultdict(list)
    for each in sorted(eligible, key=lambda o: o.day):
        repeated[each.record].append(each)
    last = [
        dues[-times:]
        for dues in repeated.values()
        for times in range(2, min(len(dues), MOST_PURCHASES) + 1)
    ]
    return [[each] for each in (*wanted, *largest)] + last


def _may_pay(facility: Facility, flow: CashFlow) -> bool:
    return flow.through != facility.id and not set(flow.tags).isdisjoint(facility.purchase_tags)


def _each_time(
    facility: Facility, run: Sequence[Obligation], room: Sequence[int]
) -> tuple[int, int]:
    """The least and the most (minor units) of each payment that can go through the line; all of
    one that may not be paid in part. The line has room for all of them at once."""
    least = max(1, facility.minimum_draw)
    if not all(each.partly_payable for each in run):
        least = max(least, *(each.amount for each in run))
    smallest = min(each.amount for each in run)
    return least, min(smallest, room[run[0].day] // len(run))


def _offer(
    situation: Situation,
    facility: Facility,
    run: Sequence[Obligation],
    least: int,
    most: int,
    room: Sequence[int],
    days: Sequence[int],
) -> Offer:
    paid, times = run[0], len(run)
    action = proposal_on(ActionKind.PURCHASE, facility, paid.day, most * times)
    return Offer(
        replace(
            action,
            payment=paid.record,
            payment_name=paid.name,
            periods=facility.periods,
            days=tuple(each.day for each in run) if times > 1 else (),
        ),
        room_claims(facility, days, room, paid.day),
        payments=tuple(payment_key(each) for each in run),
        least=least * times,
        step=hundred(situation.book) * times,
        hardship=unreliability(situation.book, facility),
    )
