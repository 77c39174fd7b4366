"""What to ask first, under a loss: each with what it would spare, if it were granted.

Asking costs nothing, so it stands before all steps; and as nobody has agreed to anything, none of
it counts in the plan. What would no longer be needed is found by replay: the plan's own steps are
left out, the dearest first, as long as nothing more is missed than with all of them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from backstop.contingency import Bounced
from backstop.contingency.ways import ways_of
from backstop.domain import OF_PAYMENTS, AskKind, CashFlow, Facility, LossMode, Measure
from backstop.plan.actions import Action
from backstop.plan.asking.typical import asks_of_line, asks_of_payment
from backstop.plan.effects import cash_moves
from backstop.plan.offers.agreed import agreed
from backstop.plan.offers.meaning import CashMoves
from backstop.plan.offers.renegotiate import Due, due_on
from backstop.plan.situation import Situation
from backstop.projection import FlowKind, Ints

MOST_PAYMENTS = 2
"""Payments about which suppliers or the tax office are asked: the largest ones."""

MOST_ASKS = 8
"""What is asked for in one plan: the first ones."""

AGAIN = (AskKind.RENEWAL, AskKind.BRIDGE)
"""What ends in another loan, which is due again after the horizon: that it can be paid back then is
no part of the question."""


@dataclass(frozen=True)
class Ask:
    """What to ask for: `measure` says what, of whom, with what chance and at what cost. It is about
    `amount` (minor units) due on `day`; to be asked for by `by` (offsets), an answer taking up to
    `lead_days`.

    Were it granted, of the plan's actions the `spared` ones (their numbers) would not be needed,
    and `paid` more would be paid.
    """

    measure: Measure
    day: int
    by: int
    amount: int
    spared: tuple[int, ...] = ()
    paid: int = 0

    @property
    def kind(self) -> AskKind:
        """What is asked for."""
        return self.measure.ask

    @property
    def lead_days(self) -> int:
        """How many days before it is due one has to ask."""
        return self.measure.lead_days


def asks_of(
    situation: Situation, actions: Sequence[Action], missed: Sequence[Bounced]
) -> tuple[Ask, ...]:
    """All that could be asked for and would help, of lenders first, each in the order in which one
    asks; none where nothing is needed."""
    if not len(situation.need_days) or not (actions or missed):
        return ()
    rest = _Rest(situation, actions, missed)
    found = (rest.asked(measure, due) for measure, due in _possible(situation))
    return tuple(each for each in found if each.spared or each.paid)[:MOST_ASKS]


def _possible(situation: Situation) -> Iterator[tuple[Measure, Due]]:
    """Asks that are worth it: about what is more than a step has to save."""
    measures = (*_of_lines(situation), *_of_payments(situation))
    for measure in measures:
        due = None if measure.arranged else due_on(situation, measure)
        ahead = due is not None and due.day > situation.projection.start
        if due is not None and ahead and due.amount >= situation.friction:
            yield measure, due


def _of_lines(situation: Situation) -> Iterator[Measure]:
    book, loss = situation.book, situation.contingency
    for way in ways_of(book, loss) if loss else ():
        line = book.by_id[way.element]
        if isinstance(line, Facility):
            early = way.mode in (LossMode.CALL, LossMode.LIMIT_CUT)
            yield from asks_of_line(book, line, wanted_back=early)


def _of_payments(situation: Situation) -> Iterator[Measure]:
    """About the largest payments in cash while there is need."""
    largest: dict[str, int] = {}
    for each in situation.payable:
        inside = situation.start <= each.day <= situation.last_need
        if inside and each.kind is FlowKind.PAYMENT:
            largest[each.record] = max(each.amount, largest.get(each.record, 0))
    found: list[Measure] = []
    for record in sorted(largest, key=lambda each: (-largest[each], each)):
        flow = situation.book.by_id.get(record)
        if isinstance(flow, CashFlow):
            found += asks_of_payment(situation.book, flow)
    yield from found[:MOST_PAYMENTS]


NEVER_SHORT = 10**15
"""In the place of what is left for a quarter that is not looked at (minor units)."""

WHOLE = (AskKind.INSTALMENTS, *OF_PAYMENTS)
"""What is asked about all that is due; all else, about its principal: the interest is paid."""


class _Rest:
    """What a plan still needs once something is granted."""

    def __init__(
        self, situation: Situation, actions: Sequence[Action], missed: Sequence[Bounced]
    ) -> None:
        self.situation, self.actions, self.missed = situation, actions, missed
        self.moved = [self._cash(cash_moves(situation.book, each)) for each in actions]
        self.low = situation.low + situation.beyond_payments
        self.unpaid = self._cash(tuple((each.day, each.missed) for each in missed))
        self.below = self._below(self.low + sum(self.moved, self.unpaid.copy()))

    def asked(self, measure: Measure, due: Due) -> Ask:
        """The ask with what it would spare."""
        situation = self.situation
        due_now = due.amount if measure.ask in WHOLE else min(due.amount, due.principal)
        amount = min(due_now, measure.amount or due_now)
        meaning = agreed(situation.book, measure, amount, due.day, measure.periods)
        by = max(situation.projection.start, due.day - measure.lead_days)
        granted = self.low + self._cash(meaning.moves)
        if measure.ask in AGAIN:
            granted[situation.projection.days :] = NEVER_SHORT
        missed = [*range(len(self.missed))]
        for number in sorted(missed, key=lambda n: (self.missed[n].priority, self.missed[n].day)):
            if self._holds(granted, [*range(len(self.moved))], [m for m in missed if m != number]):
                missed.remove(number)
        paid = sum(each.missed for n, each in enumerate(self.missed) if n not in missed)
        kept = [*range(len(self.actions))]
        for number in sorted(kept, key=lambda n: -self.actions[n].cost):
            fewer = [each for each in kept if each != number]
            if not self.actions[number].done and self._holds(granted, fewer, missed):
                kept = fewer
        spared = tuple(n for n in range(len(self.actions)) if n not in kept)
        return Ask(measure, due.day, by, amount, spared, paid)

    def _holds(self, low: Ints, kept: Sequence[int], missed: Sequence[int]) -> bool:
        """Whether nothing more is missed, nor cash deeper below the buffer, with these alone."""
        cash = low + sum((self.moved[n] for n in kept), np.zeros_like(low))
        unpaid = tuple((self.missed[n].day, self.missed[n].missed) for n in missed)
        cash = cash + self._cash(unpaid)
        return bool((cash >= 0).all()) and self._below(cash) <= self.below

    def _below(self, cash: Ints) -> int:
        days = self.situation.projection.days
        return int(np.maximum(self.situation.projection.buffer - cash[:days], 0).sum())

    def _cash(self, moves: CashMoves) -> Ints:
        """What these add to each entry of `Situation.low`, from their day on."""
        found: Ints = np.zeros_like(self.situation.low)
        for day, cash in moves:
            if (period := self.situation.period(day)) is not None:
                found[period] += cash
        summed: Ints = np.cumsum(found)
        return summed
