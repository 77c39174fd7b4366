"""Putting off a payment that may be put off, by as long as it may."""

from collections.abc import Iterator
from dataclasses import replace

from backstop.contingency import open_days
from backstop.domain import Book, Message, message
from backstop.plan.actions import Action, ActionKind
from backstop.plan.offers.bought import (
    Purchase,
    bills_of,
    line_through,
    purchases_ahead,
)
from backstop.plan.offers.kind import OptionKind
from backstop.plan.offers.meaning import Meaning, total
from backstop.plan.offers.offer import Offer, hundred, key_of, proposal
from backstop.plan.offers.payments import flow_of
from backstop.plan.offers.room import room_from
from backstop.plan.offers.sentence import day_of, money
from backstop.plan.situation import Situation
from backstop.projection.amortisation import rounded

MOST_DEFERRALS = 16
GOODWILL = 0.005
"""Asking for time costs some goodwill: as a share of the sum, in the choice alone."""


def deferrals(situation: Situation) -> Iterator[Offer]:
    """The largest deferrable payments that fall due while the need lasts, and come back within
    the horizon: a cliff pushed past it would only look like a cure. What is bought by a line is
    bought later, so that its bill comes later too."""
    yield from _later_purchases(situation)
    last = situation.projection.days - 1
    may_wait = [
        (each, flow)
        for each, flow in situation.movable
        if flow.deferrable_days and each.day + flow.deferrable_days <= last
    ]
    largest = sorted(may_wait, key=lambda pair: (-pair[0].amount, pair[0].day, pair[0].record))
    for each, flow in largest[: situation.most(MOST_DEFERRALS)]:
        action = proposal(
            ActionKind.DEFER,
            (flow.id, flow.name),
            each.day,
            each.amount,
            contact=flow.counterparty,
        )
        yield Offer(
            action,
            payments=(key_of(each),),
            least=1 if each.partly_payable else each.amount,
            step=hundred(situation.book),
            hardship=GOODWILL,
        )


def _later_purchases(situation: Situation) -> Iterator[Offer]:
    last = situation.projection.days - 1
    may_wait = [
        each
        for each in purchases_ahead(situation)
        if (days := each.flow.deferrable_days)
        and each.day + days <= last
        and _can_be_bought(situation, each, each.day + days)
        and bills_of(situation.book, each.line, each.day + days, each.amount)[-1][0] <= last
    ]
    may_wait.sort(key=lambda each: (-each.amount, each.day, each.flow.id))
    for each in may_wait[: situation.most(MOST_DEFERRALS)]:
        action = proposal(ActionKind.DEFER, (each.flow.id, each.flow.name), each.day, each.amount)
        yield Offer(
            replace(action, payment=each.line.id, payment_name=each.line.name),
            claims=(each.claim,),
            spared=tuple(each.spared(each.amount, last)),
            least=each.amount,
            hardship=GOODWILL,
        )


def _can_be_bought(situation: Situation, each: Purchase, day: int) -> bool:
    """Whether the line is open and has room for it on that later day."""
    opened = open_days(situation.projection, situation.contingency, each.line)
    return bool(opened[day]) and room_from(situation, each.line)[day] >= each.amount


def _meaning(book: Book, action: Action) -> Meaning:
    """Not paid on its day, but later, with what the delay costs."""
    flow = flow_of(book, action)
    price = rounded(action.amount * flow.deferral_cost_percent / 100)
    if line := line_through(book, action):
        spared = bills_of(book, line, action.day, action.amount)
        later = action.day + flow.deferrable_days
        owed = bills_of(book, line, later, action.amount + price)
        return Meaning(spared, owed, total(owed) - total(spared))
    owed = ((action.day + flow.deferrable_days, action.amount + price),)
    return Meaning(((action.day, action.amount),), owed, price)


def _sentence(book: Book, action: Action) -> Message:
    amount, until = money(book, action.amount), action.last_repayment_day
    if line := line_through(book, action):
        return message(
            "Buy {name} ({amount}, through {line}) only on {day}",
            name=action.name,
            amount=amount,
            line=line.name,
            day=day_of(book, action.day + flow_of(book, action).deferrable_days),
        )
    if until is None:
        return message("Put off {name} ({amount})", name=action.name, amount=amount)
    return message(
        "Put off {name} ({amount}) to {day}",
        name=action.name,
        amount=amount,
        day=day_of(book, until),
    )


KIND = OptionKind(
    key=ActionKind.DEFER,
    offers=deferrals,
    meaning=_meaning,
    sentence=_sentence,
    rearranges=True,
)
