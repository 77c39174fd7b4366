"""Other terms that a lender, a supplier or the tax office has agreed to. What is only asked for is
no offer: see `plan.asking`."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from backstop.contingency import Obligation
from backstop.contingency.availability import way_of
from backstop.contingency.losses import changes, variant
from backstop.domain import LATER, AskKind, Book, Measure, MeasureKind, Message, message
from backstop.plan.actions import Action, ActionKind
from backstop.plan.offers.agreed import agreed
from backstop.plan.offers.claims import Claim, Key, Sort, payment_key
from backstop.plan.offers.debts import owed_on
from backstop.plan.offers.kind import OptionKind
from backstop.plan.offers.meaning import Meaning
from backstop.plan.offers.measures import measure_of
from backstop.plan.offers.offer import Offer, key_of, proposal_of
from backstop.plan.offers.sentence import Counted, count, day_of, money
from backstop.plan.situation import Situation
from backstop.projection import FlowKind, Side


@dataclass(frozen=True)
class Due:
    """What could be paid otherwise: on `day` (offset), so much of each payment, of which so much is
    `principal` (minor units)."""

    day: int
    parts: Mapping[Key, int]
    principal: int = 0

    @property
    def amount(self) -> int:
        """All of it."""
        return sum(self.parts.values())


def renegotiations(situation: Situation) -> Iterator[Offer]:
    """For each measure that is agreed: all that is due, on its day."""
    for measure, ready in situation.measures(MeasureKind.RENEGOTIATE):
        due = due_on(situation, measure) if measure.arranged else None
        if due is not None and due.day >= ready and due.amount:
            yield _offer(situation, measure, due)


def due_on(situation: Situation, measure: Measure) -> Due | None:
    """What the measure is about: what a lender asks back at once, or else the largest sum that
    falls due on the line or the payment while there is need; instalments that are agreed already
    are about the former alone."""
    way = way_of(situation.book, situation.contingency, measure.target)
    if way is not None and way.due < situation.projection.days:
        asked = _asked_back(situation, measure.target, way.due)
        if asked:
            parts = {payment_key(record, way.due): cash for record, cash in asked.items()}
            return Due(way.due, parts, sum(asked.values()))
    if measure.ask is AskKind.INSTALMENTS and measure.arranged:
        return None
    return largest_due(situation, measure.target)


def largest_due(situation: Situation, target: str) -> Due | None:
    """The largest sum that falls due at one time on this line, or of this payment, from the start
    to the last day of need; None where nothing does."""
    by_day: dict[int, dict[Key, int]] = defaultdict(dict)
    for each in situation.due_from(situation.start):
        if each.day > situation.last_need:
            break
        if _is_about(situation.book, each, target):
            by_day[each.day][key_of(each)] = each.amount
    found = [Due(day, parts) for day, parts in by_day.items()]
    largest = max(found, key=lambda due: (due.amount, -due.day), default=None)
    return largest and replace(largest, principal=_principal(situation, target, largest.day))


def _principal(situation: Situation, line: str, day: int) -> int:
    """What of that day's payments on the line is principal (minor units)."""
    flows = situation.under.flows
    rows = (
        np.arange(flows.bounds[number], flows.bounds[number + 1])
        for number in flows.series_of.get(line, ())
        if flows.descriptions[number].side is Side.PAYMENT
    )
    return sum(int(flows.principal[mine][flows.day[mine] == day].sum()) for mine in rows)


def _is_about(book: Book, owed: Obligation, target: str) -> bool:
    line = owed_on(book, owed)
    if line is not None:
        return line.id == target
    return owed.record == target and owed.kind is FlowKind.PAYMENT


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


def _offer(situation: Situation, measure: Measure, due: Due) -> Offer:
    whole = due.amount
    most = min(whole, measure.amount or whole)
    action = proposal_of(ActionKind.RENEGOTIATE, measure, due.day, most)
    name = situation.book.by_id[measure.target].name
    periods = 0 if measure.ask in LATER else measure.periods
    action = replace(action, payment=measure.target, payment_name=name, periods=periods)
    return Offer(
        action,
        (Claim(Key(Sort.ASKED_BACK, measure.target), 1, counts=True),),
        spared=tuple((key, cash * most // whole) for key, cash in due.parts.items()),
        least=most,
    )


def _meaning(book: Book, action: Action) -> Meaning:
    """What is due is not paid on that day, but as it was agreed."""
    measure = measure_of(book, action)
    return agreed(book, measure, action.amount, action.day, measure.periods)


def _sentence(book: Book, action: Action) -> Message | Counted:
    measure = book.by_id.get(action.source)
    amount = money(book, action.amount)
    if isinstance(measure, Measure) and measure.ask in LATER:
        return message(
            "As agreed, pay {name} ({amount}) only on {day}",
            name=action.payment_name,
            amount=amount,
            day=day_of(book, action.day + measure.later_days),
        )
    if isinstance(measure, Measure) and measure.ask is not AskKind.INSTALMENTS:
        return message(
            "As agreed, have {line} renewed for {amount} without repaying it first",
            line=action.payment_name,
            amount=amount,
        )
    return count(
        action.periods,
        "As agreed with {line}, pay {amount} a month later instead of at once",
        "As agreed with {line}, pay {amount} in {n} instalments instead of at once",
        name=action.name,
        amount=amount,
        line=action.payment_name,
    )


KIND = OptionKind(
    key=ActionKind.RENEGOTIATE,
    offers=renegotiations,
    meaning=_meaning,
    sentence=_sentence,
    reschedules=True,
)
