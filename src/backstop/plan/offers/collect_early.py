"""Asking a customer to pay earlier, for a discount."""

from collections.abc import Iterator

from backstop.domain import Book, MeasureKind, Message, message
from backstop.plan.actions import Action, ActionKind
from backstop.plan.offers.kind import OptionKind
from backstop.plan.offers.meaning import Meaning
from backstop.plan.offers.measures import missing, price, shown_on
from backstop.plan.offers.offer import Offer
from backstop.plan.offers.receivable import earlier, expected
from backstop.plan.offers.sentence import day_of, money
from backstop.plan.situation import Situation


def collections(situation: Situation) -> Iterator[Offer]:
    """Each large receipt, whole, so early that it serves a day of need. A receipt comes after the
    payments of its day: then it is asked for the day before."""
    late = shown_on(situation.book, 0)
    for measure, ready in situation.measures(MeasureKind.COLLECT_EARLY):
        for due, amount in expected(situation, measure, measure.days_earlier):
            first = max(ready, due - measure.days_earlier)
            asked = {day - late for day in situation.dates} | {*situation.wanted}
            days = sorted(day for day in asked if first <= day < due)
            yield from earlier(situation, ActionKind.COLLECT_EARLY, measure, (due, amount), days)


def _meaning(book: Book, action: Action) -> Meaning:
    """The customer pays the receipt earlier, less the discount. It comes as receipts do."""
    discount = price(book, action)
    came = shown_on(book, action.day), action.amount - discount
    return Meaning((came, missing(book, action)), cost=discount)


def _sentence(book: Book, action: Action) -> Message:
    return message(
        "Collect {receipt} ({amount}) early, not only on {day}: {name}",
        name=action.name,
        amount=money(book, action.amount),
        receipt=action.payment_name,
        day=day_of(book, action.days[0]),
    )


def _cautions(book: Book, action: Action) -> tuple[Message, ...]:
    return (message("The customer has to agree."),)


KIND = OptionKind(
    key=ActionKind.COLLECT_EARLY,
    offers=collections,
    meaning=_meaning,
    sentence=_sentence,
    cautions=_cautions,
)
