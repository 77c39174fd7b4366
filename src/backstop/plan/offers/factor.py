"""Having a claim on a customer advanced."""

from collections.abc import Iterator

from backstop.domain import Book, MeasureKind, Message, message
from backstop.plan.actions import Action, ActionKind
from backstop.plan.offers.kind import OptionKind
from backstop.plan.offers.meaning import Meaning
from backstop.plan.offers.measures import measure_of, missing, price
from backstop.plan.offers.offer import Offer
from backstop.plan.offers.receivable import earlier, expected
from backstop.plan.offers.sentence import day_of, money
from backstop.plan.situation import Situation
from backstop.projection.amounts import rounded_share

AHEAD = 60
"""Days before its receipt at which a claim may be taken to exist: terms are rarely longer."""


def factorings(situation: Situation) -> Iterator[Offer]:
    """The advance on each large receipt that is still to come, whole, at once for its fee."""
    for measure, ready in situation.measures(MeasureKind.FACTOR):
        for due, amount in expected(situation, measure, AHEAD):
            days = [day for day in situation.dates if max(ready, due - AHEAD) <= day <= due]
            advance = rounded_share(amount, measure.advance_percent)
            yield from earlier(situation, ActionKind.FACTOR, measure, (due, advance), days)


def _meaning(book: Book, action: Action) -> Meaning:
    """A part of a receipt paid at once, less the fee; the receipt is smaller by it."""
    fee = price(book, action)
    return Meaning(((action.day, action.amount - fee), missing(book, action)), cost=fee)


def _sentence(book: Book, action: Action) -> Message:
    return message(
        "Have {amount} of {receipt} (due {day}) advanced: {name}",
        name=action.name,
        amount=money(book, action.amount),
        receipt=action.payment_name,
        day=day_of(book, action.days[0]),
    )


def _cautions(book: Book, action: Action) -> tuple[Message, ...]:
    if not measure_of(book, action).recourse:
        return ()
    return (message("If the customer does not pay, it has to be given back."),)


KIND = OptionKind(
    key=ActionKind.FACTOR,
    offers=factorings,
    meaning=_meaning,
    sentence=_sentence,
    cautions=_cautions,
)
