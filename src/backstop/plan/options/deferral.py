"""Putting off a payment that may be put off, by as long as it may."""

from collections.abc import Iterator

from backstop.plan.drafting.situation import Situation
from backstop.plan.options.offer import Offer, hundred, payment_key, proposal
from backstop.plan.results import ActionKind

MOST_DEFERRALS = 10
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
    for each, flow in largest[:MOST_DEFERRALS]:
        action = proposal(
            ActionKind.DEFER,
            (flow.id, flow.name),
            each.day,
            each.amount,
            contact=flow.counterparty,
        )
        yield Offer(
            action,
            payments=(payment_key(each),),
            least=1 if each.partly_payable else each.amount,
            step=hundred(situation.book),
            hardship=GOODWILL,
        )
