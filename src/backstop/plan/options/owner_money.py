"""Money from the owner or the family."""

from collections.abc import Iterator

from backstop.domain import MeasureKind
from backstop.plan.drafting.situation import Situation
from backstop.plan.options.offer import Claim, Offer, hundred, proposal_of
from backstop.plan.results import ActionKind

MOST_DAYS = 5
GOODWILL = 0.01
"""Asking for it costs goodwill: as a share of the sum, in the choice alone."""


def owner_money(situation: Situation) -> Iterator[Offer]:
    """Up to the whole sum, once, after its lead time."""
    step = hundred(situation.book)
    for money, ready in situation.measures(MeasureKind.OWNER_MONEY):
        once = Claim(money.id, 1, counts=True)
        for day in situation.dates_from(ready, MOST_DAYS):
            action = proposal_of(ActionKind.OWNER_MONEY, money, day, money.amount)
            yield Offer(action, (once,), least=1, step=step, hardship=GOODWILL)
