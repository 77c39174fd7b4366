"""Putting off a payment that may be put off, by as long as it may."""

from collections.abc import Iterator

from backstop.domain import Book, Message, message
from backstop.plan.actions import Action, ActionKind
from backstop.plan.offers.kind import OptionKind
from backstop.plan.offers.meaning import Meaning
from backstop.plan.offers.offer import Offer, hundred, key_of, proposal
from backstop.plan.offers.payments import flow_of
from backstop.plan.offers.sentence import day_of, money
from backstop.plan.situation import Situation
from backstop.projection.amortisation import rounded

MOST_DEFERRALS = 16
GOODWILL = 0.005
"""Asking for time costs some goodwill: as a share of the sum, in the choice alone."""


def deferrals(situation: Situation) -> Iterator[Offer]:
    """The largest deferrable payments that fall due while the need lasts, and come back within
    the horizon: a cliff pushed past it would only look like a cure."""
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


def _meaning(book: Book, action: Action) -> Meaning:
    """Not paid on its day, but later, with what the delay costs."""
    flow = flow_of(book, action)
    price = rounded(action.amount * flow.deferral_cost_percent / 100)
    owed = ((action.day + flow.deferrable_days, action.amount + price),)
    return Meaning(((action.day, action.amount),), owed, price)


def _sentence(book: Book, action: Action) -> Message:
    amount, until = money(book, action.amount), action.last_repayment_day
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
