"""Dropping the part of a recurring payment that can be done without."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

from backstop.contingency import Obligation
from backstop.domain import Book, CashFlow, Facility
from backstop.plan.actions import Action, ActionKind
from backstop.plan.offers.bought import (
    Purchase,
    line_through,
    purchases_ahead,
    spared_bills,
)
from backstop.plan.offers.kind import OptionKind
from backstop.plan.offers.meaning import Meaning
from backstop.plan.offers.offer import Offer, key_of, proposal
from backstop.plan.offers.payments import flow_of
from backstop.plan.offers.sentence import Counted, count, day_of, money
from backstop.plan.situation import Situation
from backstop.projection.amounts import rounded_share
from backstop.projection.dues import varies

Due = TypeVar("Due", Obligation, Purchase)

HARDSHIP = 0.1
"""Going without costs no money; the choice counts it as a tenth of the sum, or all would be cut."""


def cuts(situation: Situation) -> Iterator[Offer]:
    """For each payment that has one, its cuttable share, dropped every time while the need lasts.

    All or nothing: "do without this until then" is what a person can follow. Times at which it is
    another amount, as where two dates fall on one day, are a choice of their own. What is bought by
    a line is left on the day on which it would be bought, so that its bill never comes.
    """
    yield from _cuts_of_purchases(situation)
    occurrences = defaultdict(list)
    for each, flow in situation.movable:
        if flow.cuttable_percent:
            occurrences[flow, each.amount].append(each)
    for (flow, amount), dues in occurrences.items():
        if share := rounded_share(amount, flow.cuttable_percent):
            for run in _runs(situation, dues):
                yield _offer(flow, run, share)


def _cuts_of_purchases(situation: Situation) -> Iterator[Offer]:
    bought = defaultdict(list)
    for each in purchases_ahead(situation):
        if each.flow.cuttable_percent and (len(each.bills) == 1 or not varies(each.flow)):
            bought[each.flow, each.line, each.amount].append(each)
    for (flow, line, amount), several in bought.items():
        if share := rounded_share(amount, flow.cuttable_percent):
            for run in _runs(situation, several):
                yield _left_unbought(situation, flow, line, run, share)


def _left_unbought(
    situation: Situation, flow: CashFlow, line: Facility, run: list[Purchase], share: int
) -> Offer:
    days, last = tuple(each.day for each in run), situation.projection.days - 1
    action = proposal(ActionKind.CUT, (flow.id, flow.name), days[0], share * len(days))
    return Offer(
        replace(action, days=days, payment=line.id, payment_name=line.name),
        claims=tuple(each.claim for each in run),
        spared=tuple(spared for each in run for spared in each.spared(share, last)),
        least=action.amount,
        hardship=HARDSHIP,
    )


def _runs(situation: Situation, dues: list[Due]) -> Iterator[list[Due]]:
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
    line = line_through(book, action)
    if line is None:
        return Meaning(tuple((day, part) for day in action.days), cost=lost)
    unbilled = (spared_bills(book, line, day, flow.amount, part) for day in action.days)
    return Meaning(tuple(move for each in unbilled for move in each), cost=lost)


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
