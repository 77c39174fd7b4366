"""The debts of one line, read off the table of flows: what was drawn or bought, and the instalments
still to be paid.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from backstop.domain import Facility
from backstop.projection import FlowKind, Projection

NEW = -1
"""In the place of a row of the table: a flow that is not in it."""


@dataclass(frozen=True, slots=True)
class Part:
    """One instalment still to be paid, whose interest runs from `since` to `until`: `row` of the
    table, or `NEW`; `like` says its series."""

    day: int
    principal: int
    interest: int
    since: int
    until: int
    row: int
    like: int


@dataclass(slots=True)
class Debt:
    """One draw, purchase or tranche; `received` is the row of the money it brings, or `NEW`."""

    began: int
    amount: int
    parts: list[Part]
    received: int = NEW
    bought: bool = False

    def due_on(self, day: int) -> int:
        """The principal that is to be repaid on that day."""
        return sum(part.principal for part in self.parts if part.day == day)


Debts = dict[str, tuple[Debt, ...]]
"""The debts of lines that were looked at already, by the line's id."""


def debts_of(projection: Projection, facility: Facility) -> Iterator[Debt]:
    """The line's debts, in the order of its series; those of one series by their beginning. Debts
    on bills that are reckoned whole have no instalments of their own and are not among them."""
    flows, received = projection.flows, {}
    for number in flows.series_of.get(facility.id, ()):
        series = flows.descriptions[number]
        if series.whole:
            continue
        rows = range(int(flows.bounds[number]), int(flows.bounds[number + 1]))
        if series.kind is FlowKind.DRAW:
            received = {int(flows.debt[row]): row for row in rows}
            continue
        debts: dict[int, Debt] = {}
        for row in rows:
            one = int(flows.debt[row])
            if one not in debts:
                debts[one] = Debt(int(flows.began[row]), 0, [])
            principal, amount = int(flows.principal[row]), int(flows.amount[row])
            part = Part(
                day=int(flows.day[row]),
                principal=principal,
                interest=amount - principal,
                since=int(flows.since[row]),
                until=int(flows.until[row]),
                row=row,
                like=row,
            )
            debts[one].amount += principal
            debts[one].parts.append(part)
        for one, debt in debts.items():
            debt.bought = series.falls_back
            debt.received = received.get(one, NEW)
            yield debt
        received = {}
