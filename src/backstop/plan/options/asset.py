"""Selling something that is owned."""

from collections.abc import Iterator

from backstop.domain import MeasureKind
from backstop.plan.drafting.situation import Situation
from backstop.plan.options.offer import Claim, Offer, proposal_of
from backstop.plan.results import ActionKind

MOST_DAYS = 5
HARDSHIP = 0.01
"""What is sold is gone; as a share of its value, in the choice alone."""


def sales(situation: Situation) -> Iterator[Offer]:
    """Each asset whole, once, after its lead time."""
    for asset, ready in situation.measures(MeasureKind.SELL_ASSET):
        once = Claim(asset.id, 1, counts=True)
        for day in situation.dates_from(ready, MOST_DAYS):
            action = proposal_of(ActionKind.SELL_ASSET, asset, day, asset.amount)
            yield Offer(action, (once,), least=asset.amount, hardship=HARDSHIP)
