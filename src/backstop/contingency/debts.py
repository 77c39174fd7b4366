"""The debts of one line, read off the table of flows: what was drawn or bought, and the instalments
still to be paid.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from backstop.domain import Facility
from backstop.projection import FlowKind, FlowTable, Ints, Projection

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


def debts_of(
    projection: Projection, facility: Facility, began: range | None = None
) -> Iterator[Debt]:
    """The line's debts, in the order of its series; those of one series by their beginning. Debts
    on bills that are reckoned whole have no instalments of their own and are not among them. With
    `began`, only those that begin on such a day."""
    flows, received = projection.flows, dict[int, int]()
    for number in flows.series_of.get(facility.id, ()):
        series = flows.descriptions[number]
        if series.whole:
            continue
        rows = _rows(flows, number, began)
        if series.kind is FlowKind.DRAW:
            received = dict(zip(flows.debt[rows].tolist(), rows.tolist(), strict=True))
            continue
        for one, debt in _by_debt(flows, rows).items():
            debt.bought = series.falls_back
            debt.received = received.get(one, NEW)
            yield debt
        received = {}


def _rows(flows: FlowTable, number: int, began: range | None) -> Ints:
    """The rows of the table in a series: (rows,)."""
    rows = np.arange(flows.bounds[number], flows.bounds[number + 1])
    if began is None:
        return rows
    day = flows.began[rows]
    found: Ints = rows[(day >= began.start) & (day < began.stop)]
    return found


def _by_debt(flows: FlowTable, rows: Ints) -> dict[int, Debt]:
    """The debts that these instalments repay, by their number in the series."""
    found: dict[int, Debt] = {}
    names = ("debt", "began", "day", "principal", "amount", "since", "until")
    columns = [getattr(flows, each)[rows].tolist() for each in names]
    for row, one, began, day, principal, amount, since, until in zip(
        rows.tolist(), *columns, strict=True
    ):
        if one not in found:
            found[one] = Debt(began, 0, [])
        part = Part(day, principal, amount - principal, since, until, row, row)
        found[one].amount += principal
        found[one].parts.append(part)
    return found
