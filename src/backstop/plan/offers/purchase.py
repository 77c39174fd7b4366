"""Paying eligible purchases through a pay-later line or card instead of in cash."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from backstop.contingency import Obligation
from backstop.domain import Book, CashFlow, Facility
from backstop.plan.actions import Action, ActionKind
from backstop.plan.offers.kind import OptionKind
from backstop.plan.offers.lending import borrowed, doubts, instalments, line_of
from backstop.plan.offers.meaning import Meaning
from backstop.plan.offers.offer import Offer, hundred, key_of, proposal_on
from backstop.plan.offers.reliability import unreliability
from backstop.plan.offers.room import room_claims, room_from
from backstop.plan.offers.sentence import Counted, count, day_of, money
from backstop.plan.situation import Situation

MOST_PURCHASES = 6
"""Purchases considered for one line: the largest ones. And the most in one run of them."""


def purchases(situation: Situation) -> Iterator[Offer]:
    """For each usable purchases-only line, the payments that carry one of its tags: one of them,
    or the last so many of those that repeat, each by the same amount."""
    for facility in situation.book.facilities:
        if situation.considers(facility) and facility.purchases_only:
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
    if situation.every_day:
        return []
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
    largest = sorted(others, key=lambda o: (-o.amount, o.day, o.record))[
        : situation.most(MOST_PURCHASES)
    ]
    repeated: dict[str, list[Obligation]] = defaultdict(list)
    for each in sorted(eligible, key=lambda o: o.day):
        repeated[each.record].append(each)
    last = [
        dues[-times:]
        for dues in repeated.values()
        for times in range(2, min(len(dues), MOST_PURCHASES) + 1)
    ]
    return [[each] for each in (*wanted, *largest)] + ([] if situation.every_day else last)


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
        payments=tuple(key_of(each) for each in run),
        least=least * times,
        step=hundred(situation.book) * times,
        hardship=unreliability(situation.book, facility),
    )


def _meaning(book: Book, action: Action) -> Meaning:
    """Each payment is spared on its day, by an equal part of the amount; its bill comes later."""
    line, days = line_of(book, action), action.days or (action.day,)
    part = action.amount // len(days)
    bills = [instalments(line, part, book.as_of + timedelta(days=d), action.periods) for d in days]
    made = [each for bill in bills for each in bill]
    return borrowed(book, action, tuple((day, part) for day in days), made)


def _sentence(book: Book, action: Action) -> Counted:
    return count(
        action.times,
        "Pay {payment} ({amount}) through {name}",
        "Pay {payment} ({amount} each time, {n} times, to {day}) through {name}",
        payment=action.payment_name,
        name=action.name,
        amount=money(book, action.amount // action.times),
        day=day_of(book, max(action.days, default=action.day)),
    )


KIND = OptionKind(
    key=ActionKind.PURCHASE,
    offers=purchases,
    meaning=_meaning,
    sentence=_sentence,
    cautions=doubts,
    lends=True,
    rearranges=True,
)
