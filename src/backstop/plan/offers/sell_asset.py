"""Selling something that is owned."""

from collections.abc import Iterator

from backstop.domain import Book, MeasureKind, Message, message
from backstop.plan.actions import Action, ActionKind
from backstop.plan.offers.claims import once
from backstop.plan.offers.kind import OptionKind
from backstop.plan.offers.meaning import Meaning
from backstop.plan.offers.measures import price
from backstop.plan.offers.offer import Offer, proposal_of
from backstop.plan.offers.sentence import money
from backstop.plan.situation import Situation

MOST_DAYS = 16
HARDSHIP = 0.01
"""What is sold is gone; as a share of its value, in the choice alone."""


def sales(situation: Situation) -> Iterator[Offer]:
    """Each asset whole, once, after its lead time."""
    for asset, ready in situation.measures(MeasureKind.SELL_ASSET):
        for day in situation.dates_from(ready, MOST_DAYS):
            action = proposal_of(ActionKind.SELL_ASSET, asset, day, asset.amount)
            yield Offer(action, (once(asset.id),), least=asset.amount, hardship=HARDSHIP)


def _meaning(book: Book, action: Action) -> Meaning:
    """The asset's value less what it fetches too little."""
    loss = price(book, action)
    return Meaning(((action.day, action.amount - loss),), cost=loss)


def _sentence(book: Book, action: Action) -> Message:
    return message(
        "Sell {name}, worth {amount}, for {net}",
        name=action.name,
        amount=money(book, action.amount),
        net=money(book, action.amount - action.cost),
    )


KIND = OptionKind(
    key=ActionKind.SELL_ASSET,
    offers=sales,
    meaning=_meaning,
    sentence=_sentence,
    movable=True,
    amount_is_value=True,
)
