"""Customers who do not pay: what each of them owes, and what happens when nothing comes."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from backstop.contingency.changes import Flags
from backstop.contingency.elements import Contingency, ContingencyKind
from backstop.contingency.identity import Basis, Identity, Shared
from backstop.contingency.losses import low_under
from backstop.contingency.metrics import Outcome, outcomes
from backstop.contingency.reverse import largest_that_hold
from backstop.domain import Book, CashFlow, CustomerRisk, Direction, LossMode
from backstop.projection import Ints, Projection

NOTHING_COMES = 100
"""Percent cut of what a customer who does not pay would have paid."""

_BY_RISK = list(CustomerRisk)


@dataclass(frozen=True)
class Customer:
    """`receipts` are the ids of what is expected of them, `expected` its sum within the horizon,
    `risk` the worst that one of them is marked with.

    `outcome` is what happens if none of it comes. All of it may come `delay` days later before
    something cannot be paid; None where something cannot even if it comes in time.
    """

    name: str
    receipts: tuple[str, ...]
    risk: CustomerRisk
    expected: int
    outcome: Outcome
    delay: int | None


def by_customer(book: Book) -> dict[str, list[CashFlow]]:
    """The expected receipts of each named customer, in the order of the book."""
    found: dict[str, list[CashFlow]] = defaultdict(list)
    for flow in book.cash_flows:
        if flow.direction is Direction.RECEIPT and flow.counterparty.strip():
            found[flow.counterparty.strip()].append(flow)
    return found


def not_paying(identity: Identity, receipts: tuple[str, ...], loss_day: int = 0) -> Contingency:
    """Nothing of these receipts comes from that day on."""
    return Contingency(
        identity,
        ContingencyKind.GROUP,
        receipts,
        loss_day,
        mode=LossMode.RECEIPTS_CUT,
        cut_percent=NOTHING_COMES,
    )


def at_risk(book: Book, least: CustomerRisk) -> tuple[str, ...]:
    """The ids of receipts marked with that risk, or a worse one."""
    return tuple(
        flow.id
        for flow in book.cash_flows
        if flow.direction is Direction.RECEIPT
        and _BY_RISK.index(flow.customer_risk) >= _BY_RISK.index(least)
    )


def customers(projection: Projection, loss_day: int = 0) -> list[Customer]:
    """Every customer, the one first whose silence does most."""
    owed = by_customer(projection.book)
    losses = [
        not_paying(Shared(Basis.CUSTOMER, name), tuple(each.id for each in flows), loss_day)
        for name, flows in owed.items()
    ]
    columns = owed.items(), outcomes(projection, losses), _delays(projection, losses)
    found = [
        Customer(
            name=name,
            receipts=tuple(each.id for each in flows),
            risk=max((each.customer_risk for each in flows), key=_BY_RISK.index),
            expected=_expected(projection, {each.id for each in flows}),
            outcome=outcome,
            delay=delay,
        )
        for (name, flows), outcome, delay in zip(*columns, strict=True)
    ]
    return sorted(found, key=lambda c: (-c.outcome.largest_gap, c.outcome.lowest_cash, c.name))


def _expected(projection: Projection, receipts: set[str]) -> int:
    flows = projection.flows
    numbers = (number for each in receipts for number in flows.series_of.get(each, ()))
    return sum(int(flows.amount[flows.bounds[n] : flows.bounds[n + 1]].sum()) for n in numbers)


def _delays(projection: Projection, losses: Sequence[Contingency]) -> list[int | None]:
    def survived(which: Ints, late: Ints) -> Flags:
        later = [
            replace(losses[each], mode=LossMode.RECEIPTS_LATE, cut_percent=None, late_days=days)
            for each, days in zip(which.tolist(), late.tolist(), strict=True)
        ]
        found: Flags = low_under(projection, later).min(axis=1) >= 0
        return found

    return largest_that_hold(projection.days, len(losses), survived)
