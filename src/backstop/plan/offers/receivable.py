"""Receipts that could come earlier: what is expected from a customer, and when."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from backstop.domain import Measure
from backstop.plan.actions import ActionKind
from backstop.plan.offers.claims import Claim, Key, Sort
from backstop.plan.offers.offer import Offer, proposal_of
from backstop.plan.situation import Situation

MOST_RECEIPTS = 8
"""Receipts looked at for one measure: the largest of those that come in time."""

MOST_DAYS = 3
"""Days looked at for one receipt: the first and the last on which it helps."""


def expected(situation: Situation, measure: Measure, ahead: int) -> list[tuple[int, int]]:
    """(day, minor units) of the largest receipts of the measure's target under the loss that could
    come earlier, by `ahead` days at most, for a day of need; by day."""
    flows = situation.under.flows
    amounts: dict[int, int] = defaultdict(int)
    for number in flows.series_of.get(measure.target, ()):
        for row in range(flows.bounds[number], flows.bounds[number + 1]):
            amounts[int(flows.day[row])] += int(flows.amount[row])
    ready = situation.start + measure.lead_days
    days = [day for day in situation.dates if day >= ready]
    in_time = [
        (day, amount)
        for day, amount in amounts.items()
        if amount and any(day - ahead <= needed <= day for needed in days)
    ]
    largest = sorted(in_time, key=lambda each: (-each[1], each[0]))[: situation.most(MOST_RECEIPTS)]
    return sorted(largest)


def earlier(
    situation: Situation,
    kind: ActionKind,
    measure: Measure,
    receipt: tuple[int, int],
    days: list[int],
) -> Iterator[Offer]:
    """A receipt (its day, and what of it is paid early) on the first and the last of these days;
    each once, and never more in all than the measure's own amount."""
    due, amount = receipt
    most = min(amount, measure.amount or amount)
    claims = [Claim(Key(Sort.RECEIPT, measure.target, due), 1, counts=True)]
    if measure.amount:
        claims.append(Claim(Key(Sort.IN_ALL, measure.id), measure.amount))
    name = situation.book.by_id[measure.target].name
    for day in situation.some_of(days, MOST_DAYS):
        action = proposal_of(kind, measure, day, most)
        action = replace(action, payment=measure.target, payment_name=name, days=(due,))
        if most:
            yield Offer(action, tuple(claims), least=most)
