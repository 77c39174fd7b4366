"""Money from the owner or the family."""

from collections.abc import Iterator
from datetime import timedelta

from backstop.domain import Book, MeasureKind, Message, RepaymentMethod, message
from backstop.plan.actions import Action, ActionKind
from backstop.plan.offers.claims import once
from backstop.plan.offers.kind import OptionKind
from backstop.plan.offers.lending import date_of
from backstop.plan.offers.meaning import Meaning, total
from backstop.plan.offers.measures import measure_of, price
from backstop.plan.offers.offer import Offer, hundred, proposal_of
from backstop.plan.offers.sentence import day_of, money
from backstop.plan.situation import Situation
from backstop.projection.amortisation import price_of, schedule

MOST_DAYS = 16
GOODWILL = 0.01
"""Asking for it costs goodwill: as a share of the sum, in the choice alone."""


def owner_money(situation: Situation) -> Iterator[Offer]:
    """Up to the whole sum, once, after its lead time."""
    step = hundred(situation.book)
    for lent, ready in situation.measures(MeasureKind.OWNER_MONEY):
        for day in situation.dates_from(ready, MOST_DAYS):
            action = proposal_of(ActionKind.OWNER_MONEY, lent, day, lent.amount)
            yield Offer(action, (once(lent.id),), least=1, step=step, hardship=GOODWILL)


def _meaning(book: Book, action: Action) -> Meaning:
    """Money of the owner or the family; given back in one sum after a time, or never."""
    measure, fee = measure_of(book, action), price(book, action)
    gained = ((action.day, action.amount - fee),)
    if measure.repay_after_days is None:
        return Meaning(gained, cost=fee)
    start = date_of(book, action)
    due = start + timedelta(days=measure.repay_after_days)
    in_one_sum = schedule(action.amount, price_of(measure), RepaymentMethod.BULLET, [due], start)
    [back] = in_one_sum
    owed = (((back.due - book.as_of).days, back.total),)
    return Meaning(gained, owed, total(owed) - total(gained))


def _sentence(book: Book, action: Action) -> Message:
    amount, back = money(book, action.amount), action.last_repayment_day
    if back is None:
        return message("Take {amount} from {name}", name=action.name, amount=amount)
    return message(
        "Take {amount} from {name}, to be given back on {day}",
        name=action.name,
        amount=amount,
        day=day_of(book, back),
    )


KIND = OptionKind(
    key=ActionKind.OWNER_MONEY,
    offers=owner_money,
    meaning=_meaning,
    sentence=_sentence,
    lends=True,
    movable=True,
)
