"""Dropping the part of a recurring payment that can be done without."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from backstop.plan.options.offer import Offer, payment_key, proposal
from backstop.plan.results import ActionKind
from backstop.plan.situation import Situation
from backstop.projection.flows import rounded_share

HARDSHIP = 0.1
"""Going without costs no money; the choice counts it as a tenth of the sum, or all would be cut."""


def cuts(situation: Situation) -> Iterator[Offer]:
    """For each payment that has one, its cuttable share, dropped every time while the need lasts.

    All or nothing: "do without this until then" is what a person can follow.
    """
    occurrences = defaultdict(list)
    for each, flow in situation.movable:
        if flow.cuttable_percent:
            occurrences[flow].append(each)
    for flow, dues in occurrences.items():
        share = rounded_share(flow.amount, flow.cuttable_percent)
        days = tuple(each.day for each in dues)
        action = proposal(ActionKind.CUT, (flow.id, flow.name), days[0], share * len(days))
        if share:
            yield Offer(
                replace(action, days=days),
                payments=tuple(payment_key(each) for each in dues),
                least=action.amount,
                hardship=HARDSHIP,
            )
