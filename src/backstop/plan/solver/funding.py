"""A funding model as a program: what can be asked of it, and what a solution of it says."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from backstop.plan.solver.columns import Floats, FundingModel, Solution
from backstop.plan.solver.program import Program
from backstop.plan.solver.writing import Writer

CLASSES = (1, 2, 3)

STEPPED_NODES = 200
"""Limit of the search where amounts are whole steps: it mends what rounding spoils, which is
little, and need not be proved the best."""


@dataclass(frozen=True)
class Prices:
    """What one more unit would save of the objective: of each column's `most`, of each limit, and
    of cash in each period (pairs of the period that binds and its price)."""

    columns: tuple[float, ...]
    limits: tuple[float, ...]
    cash: tuple[tuple[int, float], ...]


class FundingProgram:
    """One model as a program. Money in it is divided by `scale`.

    `excess` (by class) and `excess_below` are what the tiers fixed may be exceeded by: nothing,
    until they are let go of. `stepped`: amounts come in whole steps of who gives the money.
    """

    def __init__(self, model: FundingModel, *, stepped: bool = False) -> None:
        self.model = model
        self.stepped = stepped
        self.program = Program(STEPPED_NODES) if stepped else Program()
        self.scale = _scale_of(model)
        self.excess = {priority: self.program.variable(0.0, 0.0) for priority in CLASSES}
        self.excess_below = self.program.variable(0.0, 0.0)
        written = Writer(model, self.program, self.scale, stepped=stepped)
        self.at, self.rows = written.at, written.rows
        begun = {y: float(model.columns[n].begun) for n, y in self.at.choices.items()}
        if any(begun.values()) and not stepped:
            self.program.begin_at(begun)

    def fix_choices(self, choices: Sequence[bool]) -> None:
        """Take just these columns."""
        for number, chosen in enumerate(choices):
            if number in self.at.choices:
                self.program.bound(self.at.choices[number], float(chosen), float(chosen))
            elif not chosen:
                self.program.bound(self.at.amounts[number], 0.0, 0.0)

    def use_only(self, usable: Sequence[bool]) -> None:
        """Let only these columns be taken, to any amount; others that are required stay."""
        for number, (column, may_use) in enumerate(zip(self.model.columns, usable, strict=True)):
            most = column.most / self.scale if may_use or column.required else 0.0
            self.program.bound(self.at.amounts[number], 0.0, most)
            if number in self.at.choices and not column.required:
                self.program.bound(self.at.choices[number], 0.0, float(may_use))

    def unpaid_of(self, priority: int) -> dict[int, float]:
        """The variables of what is missed of one class, each with weight 1."""
        pairs = zip(self.at.unpaid, self.model.missable, strict=True)
        return {variable: 1.0 for variable, each in pairs if each.priority == priority}

    def costs(self) -> dict[int, float]:
        """The cost of each variable, for each unit."""
        pairs = zip(self.at.unpaid, self.model.missable, strict=True)
        costs = {variable: each.cost for variable, each in pairs}
        for number, column in enumerate(self.model.columns):
            costs[self.at.amounts[number]] = column.cost
            if number in self.at.choices:
                costs[self.at.choices[number]] = column.fixed_cost / self.scale
        return costs

    def missed(self, values: Floats) -> tuple[float, float, float]:
        """Totals by class in the model's own units; below half a unit is the solver's dust."""
        totals = [self.scale * values[list(self.unpaid_of(p))].sum() for p in CLASSES]
        return tuple(0.0 if t < 0.5 else t for t in totals)  # type: ignore[return-value]

    def solution(self, values: Floats) -> Solution:
        """What these values say, in the model's own units."""
        amounts = tuple((self.scale * values[self.at.amounts]).tolist())
        taken = tuple(
            values[self.at.choices[number]] > 0.5 if number in self.at.choices else amount > 0.5
            for number, amount in enumerate(amounts)
        )
        return Solution(
            amounts=amounts,
            taken=taken,
            unpaid=tuple((self.scale * values[self.at.unpaid]).tolist()),
            missed=self.missed(values),
            buffer_days=self.scale * total(self.at.below, values),
            cost=self.scale * total(self.costs(), values),
            optimal=self.program.optimal,
        )

    def reduced_costs(self) -> tuple[float, ...]:
        """After a linear minimisation: by how much taking all of each column would raise the
        objective at least, in the model's own units; never below zero."""
        duals, _ = self.program.prices()
        raised = (
            duals[x] * column.most
            + (self.scale * duals[self.at.choices[number]] if number in self.at.choices else 0.0)
            for number, (x, column) in enumerate(
                zip(self.at.amounts, self.model.columns, strict=True)
            )
        )
        return tuple(max(0.0, float(each)) for each in raised)

    def prices(self) -> Prices:
        """After a linear minimisation. Rising by one saves what the objective falls by."""
        of_variables, of_rows = self.program.prices()
        columns = [
            max(0.0, -of_variables[x]) + (of_rows[self.rows.most[n]] if n in self.rows.most else 0)
            for n, x in enumerate(self.at.amounts)
        ]
        cash: dict[int, float] = defaultdict(float)
        for period, state in self.rows.states.items():
            cash[period] += max(0.0, float(of_variables[state]))
        for row, period in self.rows.cash.items():
            cash[period] += float(of_rows[row])
        limits = [0.0 if row is None else -float(of_rows[row]) for row in self.rows.limits]
        return Prices(
            columns=tuple(float(each) for each in columns),
            limits=tuple(limits),
            cash=tuple((period, price) for period, price in sorted(cash.items()) if price > 0),
        )


def total(objective: Mapping[int, float], values: Floats) -> float:
    """The value of an objective at these values."""
    return float(sum(weight * values[variable] for variable, weight in objective.items()))


def _scale_of(model: FundingModel) -> float:
    """Money is scaled so that the solver's tolerances mean a small part of one minor unit."""
    largest = max(
        float(np.abs(model.cash[model.first :]).max(initial=1)),
        max((column.most for column in model.columns), default=1.0),
    )
    return max(1.0, largest / 1e4)
