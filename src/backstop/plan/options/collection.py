"""Asking a customer to pay earlier, for a discount."""

from collections.abc import Iterator

from backstop.domain import MeasureKind
from backstop.plan.drafting.situation import Situation
from backstop.plan.meanings.measures import shown_on
from backstop.plan.options.offer import Offer
from backstop.plan.options.receivable import earlier, expected
from backstop.plan.results import ActionKind


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
