"""Having a claim on a customer advanced."""

from collections.abc import Iterator

from backstop.domain import MeasureKind
from backstop.plan.drafting.situation import Situation
from backstop.plan.options.offer import Offer
from backstop.plan.options.receivable import earlier, expected
from backstop.plan.results import ActionKind
from backstop.projection.flows import rounded_share

AHEAD = 60
"""Days before its receipt at which a claim may be taken to exist: terms are rarely longer."""


def factorings(situation: Situation) -> Iterator[Offer]:
    """The advance on each large receipt that is still to come, whole, at once for its fee."""
    for measure, ready in situation.measures(MeasureKind.FACTOR):
        for due, amount in expected(situation, measure, AHEAD):
            days = [day for day in situation.dates if max(ready, due - AHEAD) <= day <= due]
            advance = rounded_share(amount, measure.advance_percent)
            yield from earlier(situation, ActionKind.FACTOR, measure, (due, advance), days)
