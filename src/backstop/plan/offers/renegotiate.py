"""Asking a lender who wants a balance back at once to take it in instalments."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from backstop.contingency.availability import way_of
from backstop.contingency.losses import changes, variant
from backstop.domain import Book, Measure, MeasureKind, Message, message
from backstop.plan.actions import Action, ActionKind
from backstop.plan.offers.claims import Claim, Key, Sort, payment_key
from backstop.plan.offers.kind import OptionKind
from backstop.plan.offers.lending import date_of, dated
from backstop.plan.offers.meaning import Meaning, total
from backstop.plan.offers.measures import line_like, measure_of, price
from backstop.plan.offers.offer import Offer, proposal_of
from backstop.plan.offers.sentence import Counted, count, money
from backstop.plan.situation import Situation
from backstop.projection import FlowKind, Side, draw_schedule


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
        series = variant(flows, int(new.series[row]), int(new.why[row]))
        if series.element == line:
            asked[series.record] += int(new.amount[row])
    for each in situation.payable:
        if each.kind is FlowKind.REPAYMENT and (each.record, each.day) == (line, day):
            asked[line] += each.amount
    return asked


def _offer(situation: Situation, measure: Measure, day: int, asked: dict[str, int]) -> Offer:
    whole = sum(asked.values())
    most = min(whole, measure.amount or whole)
    action = proposal_of(ActionKind.RENEGOTIATE, measure, day, most)
    name = situation.book.by_id[measure.target].name
    action = replace(action, payment=measure.target, payment_name=name, periods=measure.periods)
    return Offer(
        action,
        (Claim(Key(Sort.ASKED_BACK, measure.target), 1, counts=True),),
        spared=tuple((payment_key(r, day), cash * most // whole) for r, cash in asked.items()),
        least=most,
    )


def _meaning(book: Book, action: Action) -> Meaning:
    """What is asked back at once is not paid on that day, but in instalments after it."""
    measure, fee = measure_of(book, action), price(book, action)
    line = line_like(measure, book.as_of)
    made = draw_schedule(line, action.amount, date_of(book, action), measure.periods)
    owed = dated(book, line, made)
    gained = action.amount - fee
    return Meaning(((action.day, gained),), owed, total(owed) - gained)


def _sentence(book: Book, action: Action) -> Counted:
    return count(
        action.periods,
        "Agree with {line} to pay {amount} a month later instead of at once",
        "Agree with {line} to pay {amount} in {n} instalments instead of at once",
        name=action.name,
        amount=money(book, action.amount),
        line=action.payment_name,
    )


def _cautions(book: Book, action: Action) -> tuple[Message, ...]:
    return (message("The lender has to agree."),)


KIND = OptionKind(
    key=ActionKind.RENEGOTIATE,
    offers=renegotiations,
    meaning=_meaning,
    sentence=_sentence,
    cautions=_cautions,
    reschedules=True,
)
