"""Asking a lender who wants a balance back at once to take it in instalments."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from backstop.contingency.availability import way_of
from backstop.contingency.losses import changes
from backstop.domain import Measure, MeasureKind
from backstop.plan.drafting.situation import Situation
from backstop.plan.options.offer import Claim, Offer, payment_of, proposal_of
from backstop.plan.results import ActionKind
from backstop.projection import Side


def renegotiations(situation: Situation) -> Iterator[Offer]:
    """For each measure whose line asks a balance back: all of it, on the day it is due."""
    for measure, ready in situation.measures(MeasureKind.RENEGOTIATE):
        way = way_of(situation.book, situation.contingency, measure.target)
        if way is not None and ready <= way.due < situation.projection.days:
            asked = _asked_back(situation, measure.target, way.due)
            if asked:
                yield _offer(situation, measure, way.due, asked)


def _asked_back(situation: Situation, line: str, day: int) -> dict[str, int]:
    """What the lender wants back on that day, by the record that it is owed on (minor units)."""
    assert situation.contingency is not None
    flows = situation.projection.flows
    new = changes(situation.projection, [situation.contingency]).appearing
    asked: dict[str, int] = defaultdict(int)
    for row in np.flatnonzero((new.side == Side.PAYMENT) & (new.day == day)):
        series = flows.descriptions[flows.series[new.like[row]]]
        if series.element == line:
            asked[series.record] += int(new.amount[row])
    return asked


def _offer(situation: Situation, measure: Measure, day: int, asked: dict[str, int]) -> Offer:
    whole = sum(asked.values())
    most = min(whole, measure.amount or whole)
    action = proposal_of(ActionKind.RENEGOTIATE, measure, day, most)
    name = situation.book.by_id[measure.target].name
    action = replace(action, payment=measure.target, payment_name=name, periods=measure.periods)
    return Offer(
        action,
        (Claim(f"asked back:{measure.target}", 1, counts=True),),
        spared=tuple((payment_of(r, day), cash * most // whole) for r, cash in asked.items()),
        least=most,
    )
