"""Cards whose bills are reckoned whole: what is bought by them and comes back, day by day.

Of such a card no purchase has bills of its own; so a loss that takes some of them away makes new
bills for the rest: `Card.bills` works them out for any of its purchases.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from backstop.domain import Bought, CashFlow, Direction, Facility, RepaymentMethod, Tranche
from backstop.projection.amortisation import Price, price_of
from backstop.projection.bills import Owed, Paid, Rules, RunningBill, divide
from backstop.projection.columns import BEFORE, Flow, Series
from backstop.projection.cycle import cycle_of

if TYPE_CHECKING:
    from backstop.projection.spans import Span


class Purchase(NamedTuple):
    """One purchase to come: the series (`who`) and number of its debt, its day, minor units."""

    who: int
    debt: int
    day: int
    amount: int


class Refund(NamedTuple):
    """Money that comes back to the card, by the receipt `record`."""

    record: str
    day: int
    amount: int


class Share(NamedTuple):
    """One debt's share of a bill: a row of the table, and whose it is."""

    who: int
    debt: int
    flow: Flow


@dataclass(frozen=True, slots=True)
class Opening:
    """A debt that is there from the start; `charges` are due with its first bill. It is of the
    tranche `source`, if any, and of the purchase that was `bought`. Where it is paid in instalments
    already, its bill was of `whole` (minor units), and `paid_parts` of them are paid."""

    who: int
    debt: int
    amount: int
    price: Price
    number: int
    due: date
    since: date
    bears: bool = False
    charges: int = 0
    source: str = ""
    bought: Bought | None = None
    whole: int = 0
    paid_parts: int = 0

    def owed(self) -> Owed:
        """The same as it is before anything of it is paid."""
        return Owed(
            self.who,
            self.debt,
            self.amount,
            self.price,
            self.number,
            self.due,
            self.since,
            self.bears,
            bought=self.bought.day if self.bought else self.since,
        )


@dataclass(frozen=True)
class Card:
    """`described` are the series of its debts, the last of them those of the `payments` through it;
    `receipts` are those that come back to it. Each day is an offset from the as-of date."""

    span: Span
    facility: Facility
    described: tuple[Series, ...]
    opening: tuple[Opening, ...]
    purchases: tuple[Purchase, ...]
    refunds: tuple[Refund, ...]
    receipts: tuple[CashFlow, ...]
    payments: tuple[CashFlow, ...] = ()

    def bills(
        self,
        purchases: Iterable[Purchase],
        refunds: Iterable[Refund],
        called_on: int | None = None,
    ) -> list[Share]:
        """What is to be paid for these purchases and what was owed before, less these refunds.

        What minimum payments leave at the end of the projection is listed with the next one after
        it. On `called_on` all of it is due; no purchase comes after that.
        """
        call = self.span.horizon_days + 1 if called_on is None else called_on
        running = self.run(purchases, refunds, call)
        if call <= self.span.horizon_days:
            running.call(call)
        running.finish()
        return running.shares

    def credit_left(self) -> int:
        """What of a credit no bill has used up by the end of the projection."""
        running = self.run(self.purchases, self.refunds, self.span.horizon_days)
        return running.bill.credit

    def run(self, purchases: Iterable[Purchase], refunds: Iterable[Refund], until: int) -> Running:
        """All that happens up to that day."""
        running = Running(self)
        events: list[Purchase | Refund] = [*refunds, *purchases]
        events.sort(key=lambda each: (each.day, isinstance(each, Purchase)))
        for each in events:
            if each.day > until:
                break
            running.come(each)
        running.pay_until(min(until, self.span.horizon_days))
        return running


class Running:
    """The bills of a card, carried on from one event to the next."""

    def __init__(self, card: Card) -> None:
        self.card, self.shares = card, list[Share]()
        self._cycle = cycle_of(card.facility)
        self._began: dict[tuple[int, int], int] = {}
        facility = card.facility
        self.bill = RunningBill(Rules(facility, self._cycle.due, facility.interest_from_purchase))
        for day, amount in _credits(facility, card.span.as_of):
            self.bill.credits[self._cycle.number(day)] += amount
        for each in card.opening:
            self._open(each)
        self._in_parts()

    def next_day(self) -> int | None:
        """When something is to be paid next."""
        due = self.bill.next_due()
        return None if due is None else max(0, self._due_day(due))

    def pay_until(self, day: int) -> int:
        """Every bill due up to that day is paid; returns the principal in them."""
        before = len(self.shares)
        while (due := self.bill.next_due()) is not None and self._due_day(due) <= day:
            self._list(self.bill.pay(due), self._due_day(due))
        return self._principal_since(before)

    def come(self, event: Purchase | Refund) -> int:
        """Whatever is due before it is paid; then it happens. Returns the principal paid back."""
        paid = self.pay_until(event.day)
        before, when = len(self.shares), self.card.span.date(event.day)
        number = self._cycle.number(when)
        if isinstance(event, Refund):
            made = self.bill.refund(event.amount, number, when)
        else:
            self._began[event.who, event.debt] = event.day
            due, price = self._cycle.due(number), price_of(self.card.facility)
            owed = Owed(event.who, event.debt, event.amount, price, number, due, when, bought=when)
            made = self.bill.buy(owed, when)
        self._list(made, event.day)
        return paid + self._principal_since(before)

    def repay(self, amount: int, day: int) -> None:
        """So much is paid before it is due."""
        self._list(self.bill.repay(amount, self.card.span.date(day)), day)

    def call(self, day: int) -> None:
        """All of it is paid that day."""
        self._list(self.bill.settle(self.card.span.date(day)), day)

    def finish(self) -> None:
        """What is due after the last day in sight: bills of which all is to be paid, and what
        minimum payments leave, in one sum with the next of them."""
        terms = self.card.facility
        if terms.pays_minimum and terms.bill_instalments == 1:
            for each in self.bill.owed:
                if each.left:
                    rest = Paid(each.who, each.debt, each.due, each.left, 0, each.due, each.left)
                    self._list([rest], self._due_day(each.due))
            return
        while (due := self.bill.next_due()) is not None:
            self._list(self.bill.pay(due), self._due_day(due))

    def _open(self, opening: Opening) -> None:
        owed = opening.owed()
        self._began[owed.who, owed.debt] = BEFORE
        if opening.charges:
            self.bill.charges[owed.due] += opening.charges
        today = self.card.span.as_of
        if owed.number >= self._cycle.number(today):
            self._list(self.bill.buy(owed, today), 0)
        else:  # a bill that was sent is what it is: a credit lowers those still to come
            self.bill.owed.append(owed)

    def _in_parts(self) -> None:
        """Bills that are paid in instalments already, each as it was divided."""
        bills = defaultdict[tuple[str, int, int], list[Owed]](list)
        for opening, owed in zip(self.card.opening, self.bill.owed, strict=True):
            if opening.whole:
                bills[opening.source, opening.whole, opening.paid_parts].append(owed)
        for (_, whole, paid), bill in bills.items():
            divide(bill, self.card.facility, whole, paid)

    def _due_day(self, due: date) -> int:
        return self.card.span.paid_on(self.card.facility, due)

    def _principal_since(self, before: int) -> int:
        return sum(each.flow.principal for each in self.shares[before:])

    def _list(self, made: Sequence[Paid], day: int) -> None:
        offset = self.card.span.offset
        for each in made:
            amount = each.principal + each.interest if each.in_cash else 0
            began = self._began[each.who, each.debt]
            flow = Flow(
                max(day, 0),
                amount,
                began,
                each.principal,
                int(day < 0),
                offset(each.since),
                each.debt,
                each.owed,
                offset(each.due),
            )
            self.shares.append(Share(each.who, each.debt, flow))


def _credits(facility: Facility, today: date) -> Iterator[tuple[date, int]]:
    """What the lender owes, by the day since when: today, where it is not said."""
    left = facility.credit_balance
    for each in facility.credited:
        yield each.day, each.amount
        left -= each.amount
    if left:
        yield today, left


def is_reckoned_whole(facility: Facility, through: Sequence[CashFlow]) -> bool:
    """Whether the bills of a card depend on each other, or on more than their purchases: they are
    not paid in full, or something comes back. `through` are the flows by this card."""
    if facility.method is not RepaymentMethod.STATEMENT_CYCLE:
        return False
    if facility.pays_minimum or facility.bill_instalments > 1 or facility.credit_balance:
        return True
    return any(flow.direction is Direction.RECEIPT for flow in through)


def is_in_running_bill(facility: Facility, tranche: Tranche) -> bool:
    """Whether an earlier bill of a card whose bills are reckoned whole is part of those to come:
    both are paid at the minimum, or, where it is known what for, in full or in as many instalments;
    and neither a list of the lender nor an early repayment says otherwise."""
    if any(each.method is not RepaymentMethod.STATEMENT_CYCLE for each in (facility, tranche)):
        return False
    if tranche.cash_advance or tranche.imported or tranche.early_amount:
        return False
    if facility.bill_instalments > 1:
        same = tranche.bill_instalments == facility.bill_instalments
        whole = tranche.origin is not None or not tranche.original_principal
        return same and whole and bool(tranche.purchases)
    if tranche.bill_instalments > 1 or facility.pays_minimum is not tranche.pays_minimum:
        return False
    known = bool(tranche.purchases) and tranche.interest_from is None
    return facility.pays_minimum or known
