"""From the records of a book to its cards whose bills are reckoned whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from backstop.domain import Bought, CashFlow, Direction, Facility, Tranche
from backstop.projection.amortisation import price_of
from backstop.projection.amounts import moves_of_flow
from backstop.projection.cards import Card, Opening, Purchase, Refund, Share, is_in_running_bill
from backstop.projection.columns import Block, Flow, Series, columns_of
from backstop.projection.cycle import cycle_of
from backstop.projection.described import (
    bought_series,
    debt_series,
    purchase_series,
    refund_series,
)

if TYPE_CHECKING:
    from backstop.projection.spans import Span


def card_of(
    span: Span, facility: Facility, through: Sequence[CashFlow], known: Sequence[CashFlow]
) -> Card:
    """The card with all that was and will be bought by it: `through` are the flows by it, `known`
    those that earlier purchases are said to be."""
    opened = _Opened(span, facility, {each.id: each for each in known})
    payments = [each for each in through if each.direction is Direction.PAYMENT]
    first = len(opened.described)
    purchases = [
        Purchase(first + number, debt, day, amount)
        for number, flow in enumerate(payments)
        for debt, (day, amount) in enumerate(_due(span, flow))
    ]
    receipts = tuple(each for each in through if each.direction is Direction.RECEIPT)
    refunds = [each for flow in receipts for each in _refunds(span, flow)]
    series = (*opened.described, *(purchase_series(facility, each) for each in payments))
    return Card(
        span,
        facility,
        tuple(each._replace(whole=True) for each in series),
        tuple(opened.debts),
        tuple(sorted(purchases, key=lambda each: each.day)),
        tuple(sorted(refunds, key=lambda each: each.day)),
        receipts,
        tuple(payments),
    )


def block_of_card(card: Card) -> Block:
    """Its series and flows, those of a debt in the order of their days; then the days of what comes
    back, whose money is in the bills."""
    shares = sorted(card.bills(card.purchases, card.refunds), key=_place)
    described = (*card.described, *(refund_series(each) for each in card.receipts))
    rows = [each.flow for each in shares]
    counts = [0] * len(described)
    for each in shares:
        counts[each.who] += 1
    for number, receipt in enumerate(card.receipts, start=len(card.described)):
        mine = [each.day for each in card.refunds if each.record == receipt.id]
        rows += [Flow(day, 0, day) for day in mine]
        counts[number] = len(mine)
    return Block(described, np.array(counts, dtype=np.int64), columns_of(rows))


def _refunds(span: Span, flow: CashFlow) -> Iterator[Refund]:
    """As late as they usually are, and only the share that is counted on."""
    for day, amount in _due(span, flow):
        yield Refund(flow.id, day, amount)


def _due(span: Span, flow: CashFlow) -> Iterator[tuple[int, int]]:
    days, _, amounts = moves_of_flow(span, flow)
    return zip(days.tolist(), amounts.tolist(), strict=True)


class _Opened:
    """What is owed on a card from the start, each debt with the series that it belongs to."""

    def __init__(self, span: Span, facility: Facility, known: dict[str, CashFlow]) -> None:
        self.span, self.facility, self.known = span, facility, known
        self.cycle = cycle_of(facility)
        self.described: list[Series] = []
        self.debts: list[Opening] = []
        for tranche in facility.tranches:
            if is_in_running_bill(facility, tranche):
                self._bill(tranche)
        self._unbilled(facility.unbilled)

    def _bill(self, tranche: Tranche) -> None:
        """An earlier bill. Without its purchases it is taken to have been bought just before its
        statement; from `interest_from` on, it is one that was not paid in full, and bears."""
        number, price = self.cycle.nearest(tranche.next_due), price_of(tranche)
        due, day = self.cycle.due(number), tranche.next_due
        if self.span.offset(day) != self.span.paid_on(self.facility, due):
            due = day
        since = tranche.interest_from or min(self.cycle.statement(number), due)
        first = len(self.debts)
        if not tranche.purchases:
            self.described.append(debt_series(self.facility, tranche))
            who = len(self.described) - 1
            self.debts.append(
                Opening(who, 0, tranche.principal, price, number, due, since, source=tranche.id)
            )
        for who, debt, each in self._listed(tranche.purchases, tranche.name):
            bought = tranche.interest_from or min(each.day, due)
            opening = Opening(who, debt, each.amount, price, number, due, bought, source=tranche.id)
            self.debts.append(replace(opening, bought=each))
        in_parts = tranche.origin if tranche.bill_instalments > 1 else None
        for place in range(first, len(self.debts)):
            self.debts[place] = replace(
                self.debts[place],
                bears=tranche.interest_from is not None or in_parts is not None,
                charges=tranche.charges if place == first else 0,
                whole=in_parts.principal if in_parts else 0,
                paid_parts=tranche.paid_instalments,
            )

    def _unbilled(self, bought: Sequence[Bought]) -> None:
        price = price_of(self.facility)
        for who, debt, each in self._listed(bought, self.facility.name):
            number = self.cycle.number(min(each.day, self.span.as_of))
            due = self.cycle.due(number)
            opening = Opening(who, debt, each.amount, price, number, due, each.day, bought=each)
            self.debts.append(opening)

    def _listed(self, bought: Sequence[Bought], name: str) -> Iterator[tuple[int, int, Bought]]:
        """Each with the number of its series and its own within it: those of one payment share
        one."""
        places: dict[str, int] = {}
        counted: dict[str, int] = defaultdict(int)
        for each in bought:
            if each.flow not in places:
                places[each.flow] = len(self.described)
                flow = self.known.get(each.flow)
                self.described.append(bought_series(self.facility, flow, name))
            yield places[each.flow], counted[each.flow], each
            counted[each.flow] += 1


def _place(share: Share) -> tuple[int, int, int]:
    return share.who, share.debt, share.flow.day
