"""Dated payments that must be met, and which of them bounce in a shortfall."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from backstop.contingency.changes import Changes, Flags, Instead
from backstop.contingency.elements import Contingency
from backstop.contingency.expense import SUDDEN_EXPENSE
from backstop.contingency.losses import changes, projection_under, variant
from backstop.contingency.overdrafts import paid_back
from backstop.domain import Facility, Priority
from backstop.projection import FlowKind, FlowTable, Ints, Projection, Series, Side
from backstop.projection.described import repayment_priority
from backstop.projection.terms import paid_in_full
from backstop.work import current_work, heeded


@dataclass(frozen=True, slots=True)
class Obligation:
    """One payment due on one day, in minor units. `record` is the flow, draw or facility.

    `bought` is the day (offset) of a purchase that is still to be made, and whose bill this would
    be: it can be left, in its own class; a bill that has been run up is debt.
    """

    record: str
    name: str
    kind: FlowKind
    priority: Priority
    day: int
    amount: int
    partly_payable: bool = False
    income_lost: int = 0
    overdue: bool = False
    bought: int | None = None


@dataclass(frozen=True, slots=True)
class Bounced:
    """The part of an obligation that finds no cash."""

    obligation: Obligation
    missed: int

    @property
    def priority(self) -> Priority:
        """The class of the payment, 1 the gravest."""
        return self.obligation.priority

    @property
    def day(self) -> int:
        """The day (offset) on which it is due."""
        return self.obligation.day

    @property
    def left_on(self) -> int:
        """The day (offset) on which it is left out: its due day; of a purchase by a line that is
        not to be made, the day of that, long before its bill."""
        bought = self.obligation.bought
        return self.day if bought is None else bought


def obligations(
    projection: Projection,
    contingency: Contingency | None = None,
    first: int = 0,
    last: int | None = None,
    *,
    unmade: int | None = None,
) -> list[Obligation]:
    """Everything payable from day `first` to `last` (default: the horizon), by day and class.

    Under a contingency, that is exactly what leaves cash under it: instalments of draws that never
    happen are gone, purchases that the lost line would have paid are due in cash on their own day,
    a called balance is due on its day. What is bought by a line from day `unmade` on, and billed
    whole, is due as that purchase.
    """
    last = projection.days - 1 if last is None else min(last, projection.days - 1)
    found = changes(projection, [contingency] if contingency else [])
    asked = np.zeros(projection.days, dtype=np.bool_)
    asked[first : last + 1] = True
    payable = _payable(projection, found, asked, unmade)
    due = [*payable, *_paid_back(projection, contingency)]
    return _merged(each for each in due if first <= each.day <= last)


def classes_due(projection: Projection, contingency: Contingency | None = None) -> Ints:
    """For each day the most important class of what is payable on it, 0 where nothing is: (days,).

    The same as from `obligations`, without naming any of them.
    """
    flows, found = projection.flows, changes(projection, [contingency] if contingency else [])
    described = (*flows.descriptions, SUDDEN_EXPENSE)  # the last one is that of `NO_SERIES`
    classes = np.array([int(each.priority) for each in described], dtype=np.int64)
    new = found.appearing
    kept = (flows.side == Side.PAYMENT) & (flows.amount > 0)
    kept[found.gone] = False
    appears = (new.side == Side.PAYMENT) & (new.amount > 0)
    days = np.concatenate([flows.day[kept], new.day[appears]])
    fresh, in_cash = classes[new.series], new.why == Instead.IN_CASH
    fresh[in_cash] = [int(described[each].in_cash.priority) for each in new.series[in_cash]]
    due = np.concatenate([classes[flows.series[kept]], fresh[appears]])
    for each in _paid_back(projection, contingency):
        days, due = np.append(days, each.day), np.append(due, int(each.priority))
    inside = days < projection.days
    nothing = max(Priority) + 1
    least = np.full(projection.days, nothing, dtype=np.int64)
    np.minimum.at(least, days[inside], due[inside])
    least[least == nothing] = 0
    return least


def _merged(listed: Iterable[Obligation]) -> list[Obligation]:
    """What one record owes on one day as one payment: draws of one line are paid together."""
    merged: dict[tuple[str, FlowKind, int, int | None], Obligation] = {}
    for each in listed:
        key = each.record, each.kind, each.day, each.bought
        known = merged.get(key)
        merged[key] = _together(known, each) if known else each
    return sorted(merged.values(), key=lambda each: (each.day, each.priority, each.record))


def _together(known: Obligation, more: Obligation) -> Obligation:
    named = more.name in known.name.split(_AND)
    name = known.name if named else known.name + _AND + more.name
    return replace(known, name=name, amount=known.amount + more.amount)


_AND = " + "


def _payable(
    projection: Projection, found: Changes, asked: Flags, unmade: int | None = None
) -> Iterator[Obligation]:
    """What is payable on the days `asked` for: (days,)."""
    flows, new = projection.flows, found.appearing
    chosen = (flows.side == Side.PAYMENT) & _on(asked, flows.day)
    chosen[found.gone] = False
    for i in heeded(np.flatnonzero(chosen & (flows.amount > 0))):  # what credit pays takes no cash
        series = flows.descriptions[flows.series[i]]
        due = _obligation(series, int(flows.day[i]), int(flows.amount[i]), bool(flows.overdue[i]))
        ahead = unmade is not None and flows.began[i] >= unmade and _is_one_bill(projection, int(i))
        yield _unmade(series, due, int(flows.began[i])) if ahead else due
    appears = (new.side == Side.PAYMENT) & _on(asked, new.day)
    appears &= new.amount > 0
    for i in np.flatnonzero(appears):
        series = variant(flows, int(new.series[i]), int(new.why[i]))
        yield _obligation(series, int(new.day[i]), int(new.amount[i]), overdue=False)


def _on(asked: Flags, day: Ints) -> Flags:
    """Whether each of these days is asked for; those beyond the projection never are."""
    inside: Flags = (day >= 0) & (day < len(asked))
    inside[inside] = asked[day[inside]]
    return inside


def _paid_back(projection: Projection, contingency: Contingency | None) -> list[Obligation]:
    """What is owed on overdrafts that are withdrawn or cut. No flow, for cash is below zero
    already; but it has to be paid."""
    if not projection.overdrafts:
        return []
    under = projection if contingency is None else projection_under(projection, contingency)
    return [
        Obligation(
            record=each.facility.id,
            name=each.facility.name,
            kind=FlowKind.REPAYMENT,
            priority=repayment_priority(each.facility),
            day=day,
            amount=amount,
        )
        for each, day, amount in paid_back(under)
    ]


def is_own_bill(projection: Projection, row: int) -> bool:
    """Whether what is paid for a purchase hangs on no other: of a card whose bills are reckoned
    whole, only where they are paid in full, and no money that came back paid any of it."""
    flows = projection.flows
    series = flows.descriptions[flows.series[row]]
    if not series.whole:
        return True
    card = projection.book.by_id.get(series.element)
    return isinstance(card, Facility) and paid_in_full(card) and _is_only(flows, row)


def _is_only(flows: FlowTable, row: int) -> bool:
    """Whether this row is the only one of its debt, all of it paid in cash."""
    number = int(flows.series[row])
    mine = slice(int(flows.bounds[number]), int(flows.bounds[number + 1]))
    times = int(np.count_nonzero(flows.debt[mine] == flows.debt[row]))
    whole = flows.amount[row] == flows.principal[row] == flows.owed[row]
    return bool(times == 1 and whole)


def _is_one_bill(projection: Projection, row: int) -> bool:
    """Whether a purchase is paid whole, for nothing more, with one bill."""
    flows = projection.flows
    series = flows.descriptions[flows.series[row]]
    whole = flows.amount[row] == flows.principal[row] == flows.owed[row]
    begins = flows.day[row] if series.whole else flows.began[row]
    free = flows.since[row] == begins  # interest would run from an earlier day
    return bool(whole and free and series.falls_back) and is_own_bill(projection, row)


def _unmade(series: Series, bill: Obligation, bought: int) -> Obligation:
    """The bill as the purchase that it would be for."""
    return replace(
        bill,
        priority=series.in_cash.priority,
        partly_payable=series.partly_payable,
        income_lost=series.income_lost,
        bought=bought,
    )


def _obligation(series: Series, day: int, amount: int, overdue: bool) -> Obligation:
    """A bill is debt: it can neither be paid in part, nor brings what was bought any income."""
    bill = series.kind is FlowKind.BILL
    return Obligation(
        record=series.record,
        name=series.name,
        kind=series.kind,
        priority=series.priority,
        day=day,
        amount=amount,
        partly_payable=series.partly_payable and not bill,
        income_lost=0 if bill else series.income_lost,
        overdue=overdue,
    )


Laid = Sequence[Obligation]
"""Obligations in the order in which a gap is laid on them."""


class Payables:
    """What is payable in a projection with nothing lost, worked out once for many losses: most of
    them change what is due on a few days only."""

    def __init__(self, projection: Projection) -> None:
        self.projection = projection
        self._laid: dict[tuple[int, int], list[Bounced]] = {}

    @cached_property
    def _by_day(self) -> dict[int, Laid]:
        nothing = changes(self.projection, [])
        always = np.ones(self.projection.days, dtype=np.bool_)
        return _in_order(_payable(self.projection, nothing, always))

    def laid(self, day: int, gap: int) -> list[Bounced]:
        """A gap laid on what is payable on a day; most losses leave the same one there."""
        if (day, gap) not in self._laid:
            self._laid[day, gap] = _lay(gap, self._by_day.get(day, ()))
        return self._laid[day, gap]

    def changed(self, found: Changes, back: list[Obligation], days: Ints) -> dict[int, Laid]:
        """What is payable on those of these days on which one contingency changes it; it may ask
        for more `back`."""
        flows, new = self.projection.flows, found.appearing
        changed = {*flows.day[found.gone].tolist(), *new.day.tolist(), *(each.day for each in back)}
        asked = np.zeros(self.projection.days, dtype=np.bool_)
        asked[[day for day in days.tolist() if day in changed]] = True
        anew = [*_payable(self.projection, found, asked), *back]
        return dict.fromkeys(changed, ()) | _in_order(anew)


def _in_order(due: Iterable[Obligation]) -> dict[int, Laid]:
    """By day: the lowest class first, the largest of a class first."""
    by_day: dict[int, list[Obligation]] = defaultdict(list)
    for each in _merged(due):
        by_day[each.day].append(each)
    for payable in by_day.values():
        payable.sort(key=lambda o: (-o.priority, -o.amount, o.record))
    return dict(by_day)


def bounced_by(
    projection: Projection,
    contingency: Contingency | None,
    low: Ints,
    payables: Payables | None = None,
) -> tuple[Sequence[Bounced], ...]:
    """Who is not paid, day by day: every unit of the largest shortfall has a name.

    The shortfall grows only through payments. Each growth of its running maximum is laid on that
    day's obligations, the lowest class first, so that the missed amounts add up to the largest
    shortfall. `payables` of the projection are those that other losses know too. Raises
    `Cancelled`: of losses there are many.
    """
    current_work().check()
    found = changes(projection, [contingency] if contingency else [])
    worst = np.maximum.accumulate(np.maximum(-low, 0))
    growth = np.diff(worst, prepend=0)
    days, back = np.flatnonzero(growth), _paid_back(projection, contingency)
    payables = payables or Payables(projection)
    changed = payables.changed(found, back, days)
    return tuple(
        _lay(gap, changed[day]) if day in changed else payables.laid(day, gap)
        for day, gap in zip(days.tolist(), growth[days].tolist(), strict=True)
    )


def _lay(gap: int, payable: Laid) -> list[Bounced]:
    """The gap laid on obligations in their order."""
    laid = []
    for each in payable:
        if gap <= 0:
            break
        missed = min(gap, each.amount)
        laid.append(Bounced(each, missed))
        gap -= missed
    return sorted(laid, key=lambda b: (b.priority, b.obligation.record))
