"""Dropping the part of a recurring payment that can be done without."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from backstop.contingency import Obligation
from backstop.domain import CashFlow
from backstop.plan.drafting.situation import Situation
from backstop.plan.options.offer import Offer, payment_key, proposal
from backstop.plan.results import ActionKind
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
        if share := rounded_share(flow.amount, flow.cuttable_percent):
            for run in _runs(situation, dues):
                yield _offer(flow, run, share)


def _runs(situation: Situation, dues: list[Obligation]) -> Iterator[list[Obligation]]:
    """All of them; and, where one is wanted by itself, that one and all the others."""
    yield dues
    alone = [each for each in dues if each.day in situation.wanted]
    others = [each for each in dues if each not in alone]
    if len(dues) > 1:
        yield from ([each] for each in alone)
    if alone and others:
        yield others


def _offer(flow: CashFlow, run: list[Obligation], share: int) -> Offer:
    days = tuple(each.day for each in run)
    action = proposal(ActionKind.CUT, (flow.id, flow.name), days[0], share * len(days))
    return Offer(
        replace(action, days=days),
        payments=tuple(payment_key(each) for each in run),
        least=action.amount,
        hardship=HARDSHIP,
    )
