"""Dropping the part of a recurring payment that can be done without."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from backstop.contingency import Obligation
from backstop.domain import Book, CashFlow
from backstop.plan.actions import Action, ActionKind
from backstop.plan.offers.kind import OptionKind
from backstop.plan.offers.meaning import Meaning
from backstop.plan.offers.offer import Offer, key_of, proposal
from backstop.plan.offers.payments import flow_of
from backstop.plan.offers.sentence import Counted, count, day_of, money
from backstop.plan.situation import Situation
from backstop.projection.amounts import rounded_share
from backstop.projection.dues import varies

HARDSHIP = 0.1
"""Going without costs no money; the choice counts it as a tenth of the sum, or all would be cut."""


def cuts(situation: Situation) -> Iterator[Offer]:
    """For each payment that has one, its cuttable share, dropped every time while the need lasts.

    All or nothing: "do without this until then" is what a person can follow. Times at which it is
    another amount are a choice of their own.
    """
    occurrences = defaultdict(list)
    for each, flow in situation.movable:
        if flow.cuttable_percent:
            amount = each.amount if varies(flow) else flow.amount
            occurrences[flow, amount].append(each)
    for (flow, amount), dues in occurrences.items():
        if share := rounded_share(amount, flow.cuttable_percent):
            for run in _runs(situation, dues):
                yield _offer(flow, run, share)


def _runs(situation: Situation, dues: list[Obligation]) -> Iterator[list[Obligation]]:
    """All of them; and, where one is wanted by itself, that one and all the others."""
    if situation.every_day:
        yield from ([each] for each in dues)
        return
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
        payments=tuple(key_of(each) for each in run),
        least=action.amount,
        hardship=HARDSHIP,
    )


def _meaning(book: Book, action: Action) -> Meaning:
    """An equal part of the payment dropped each time; it costs the income that goes with it."""
    flow = flow_of(book, action)
    part = action.amount // len(action.days)
    lost = flow.income_lost_if_missed * action.amount // flow.amount
    if varies(flow):
        lost = flow.income_lost_if_missed * len(action.days) * flow.cuttable_percent // 100
    return Meaning(tuple((day, part) for day in action.days), cost=lost)


def _sentence(book: Book, action: Action) -> Counted:
    flow = book.by_id.get(action.source)
    amount = money(book, action.amount // action.times)
    day = day_of(book, max(action.days, default=action.day))
    if isinstance(flow, CashFlow) and flow.cuttable_percent == 100:
        return count(
            action.times,
            "Do without {name} ({amount})",
            "Do without {name} ({amount} each time, {n} times, to {day})",
            name=action.name,
            amount=amount,
            day=day,
        )
    return count(
        action.times,
        "Cut {name} by {amount}",
        "Cut {name} by {amount} each time, {n} times, to {day}",
        name=action.name,
        amount=amount,
        day=day,
    )


KIND = OptionKind(
    key=ActionKind.CUT,
    offers=cuts,
    meaning=_meaning,
    sentence=_sentence,
    rearranges=True,
)
