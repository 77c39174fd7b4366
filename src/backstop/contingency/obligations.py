"""Dated payments that must be met, and which of them bounce in a shortfall."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from backstop.contingency.elements import Contingency
from backstop.domain import Priority
from backstop.projection import FlowKind, Ints, Projection, Series, Side


@dataclass(frozen=True, slots=True)
class Obligation:
    """One payment due on one day, in minor units. `record` is the flow, draw or facility."""

    record: str
    name: str
    kind: FlowKind
    priority: Priority
    day: int
    amount: int
    partly_payable: bool = False
    income_lost: int = 0
    overdue: bool = False


@dataclass(frozen=True, slots=True)
class Bounced:
    """The part of an obligation that finds no cash."""

    obligation: Obligation
    missed: int

    @property
    def priority(self) -> Priority:
        return self.obligation.priority

    @property
    def day(self) -> int:
        return self.obligation.day


def obligations(
    projection: Projection,
    contingency: Contingency | None = None,
    first: int = 0,
    last: int | None = None,
) -> list[Obligation]:
    """Everything payable from day `first` to `last` (default: the horizon), by day and class.

    Under a contingency, instalments of draws that never happen are gone, and purchases that the
    lost line would have paid are due in cash on their own day.
    """
    last = projection.days - 1 if last is None else min(last, projection.days - 1)
    merged: dict[tuple[str, FlowKind, int], Obligation] = {}
    for each in _payable(projection, contingency, first, last):
        key = each.record, each.kind, each.day
        known = merged.get(key)
        merged[key] = replace(known, amount=known.amount + each.amount) if known else each
    return sorted(merged.values(), key=lambda each: (each.day, each.priority, each.record))


def _payable(
    projection: Projection, contingency: Contingency | None, first: int, last: int
) -> Iterator[Obligation]:
    flows = projection.flows
    targets = contingency.targets if contingency else ()
    loss_day = contingency.loss_day if contingency else 0
    lost_series = np.array([bool(e.element) and e.element in targets for e in flows.descriptions])
    lost = lost_series[flows.series] & (flows.began >= loss_day) if len(flows) else flows.overdue
    due = np.where(lost, flows.began, flows.day)
    chosen = (flows.side == Side.PAYMENT) & (due >= first) & (due <= last)
    for i in np.flatnonzero(chosen):
        series = flows.descriptions[flows.series[i]]
        if not lost[i]:
            yield _obligation(series, int(due[i]), int(flows.amount[i]), bool(flows.overdue[i]))
        elif series.falls_back:
            cash = replace(series, kind=FlowKind.PAYMENT)
            yield _obligation(cash, int(due[i]), int(flows.principal[i]), overdue=False)


def _obligation(series: Series, day: int, amount: int, overdue: bool) -> Obligation:
    return Obligation(
        record=series.record,
        name=series.name,
        kind=series.kind,
        priority=series.priority,
        day=day,
        amount=amount,
        partly_payable=series.partly_payable,
        income_lost=series.income_lost,
        overdue=overdue,
    )


def bounced_by(
    projection: Projection, contingency: Contingency | None, low: Ints
) -> tuple[Bounced, ...]:
    """Who is not paid: every unit of the largest shortfall has a name.

    The shortfall grows only through payments. Each growth of its running maximum is laid on that
    day's obligations, the lowest class first, so that the missed amounts add up to the largest
    shortfall.
    """
    worst = np.maximum.accumulate(np.maximum(-low, 0))
    growth = np.diff(worst, prepend=0)
    missed: list[Bounced] = []
    for day in np.flatnonzero(growth):
        payable = obligations(projection, contingency, int(day), int(day))
        missed += _lay(int(growth[day]), payable)
    return tuple(missed)


def _lay(gap: int, payable: list[Obligation]) -> list[Bounced]:
    """The gap laid on obligations, lowest class first, the largest of a class first."""
    laid = []
    for each in sorted(payable, key=lambda o: (-o.priority, -o.amount, o.record)):
        if gap <= 0:
            break
        missed = min(gap, each.amount)
        laid.append(Bounced(each, missed))
        gap -= missed
    return sorted(laid, key=lambda b: (b.priority, b.obligation.record))
