"""A funding model written as a program: which variables and rows stand for what."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from backstop.plan.solver.columns import Column, Floats, FundingModel, Limit
from backstop.plan.solver.program import INFINITY, Program

Effects = dict[int, dict[int, float]]
"""By period, what each variable adds to cash."""

Stretches = list[tuple[int, int]]

FEW = 6
"""Choices that are searched among one by one."""


@dataclass(frozen=True)
class Variables:
    """Indices of the program's variables; `below` maps each buffer shortfall to its periods."""

    amounts: list[int]
    choices: dict[int, int]
    unpaid: list[int]
    below: dict[int, float]


@dataclass
class Rows:
    """Numbers of the rows and variables whose prices are asked for; of cash by the period that
    binds: state variables, and rows."""

    most: dict[int, int] = field(default_factory=dict)
    limits: list[int | None] = field(default_factory=list)
    states: dict[int, int] = field(default_factory=dict)
    cash: dict[int, int] = field(default_factory=dict)


class Writer:
    """Writes a model into a program, its money divided by `scale`: `at` and `rows` say where.

    `stepped`: amounts come in whole steps of who gives the money.
    """

    def __init__(
        self, model: FundingModel, program: Program, scale: float, *, stepped: bool
    ) -> None:
        self.model, self.program, self.scale, self.stepped = model, program, scale, stepped
        self.rows = Rows()
        self.at = self._written()

    def _written(self) -> Variables:
        effects: Effects = defaultdict(dict)
        amounts, choices = self._columns(effects)
        unpaid = self._missable(effects)
        self._most_missed(unpaid)
        self._limits(amounts, choices, unpaid)
        below = self._cash(effects)
        return Variables(amounts, choices, unpaid, below)

    def _columns(self, effects: Effects) -> tuple[list[int], dict[int, int]]:
        amounts, choices = [], {}
        for number, column in enumerate(self.model.columns):
            most = column.most / self.scale
            x = self.program.variable(0.0, most)
            amounts.append(x)
            _add(effects, x, column.profile)
            if self.stepped and column.step:
                self._in_steps(x, column)
            if column.is_choice:
                least = float(column.required)
                y = choices[number] = self.program.variable(least, 1.0, integer=True)
                scaled = ((period, cash / self.scale) for period, cash in column.fixed_profile)
                _add(effects, y, scaled)
                self.rows.most[number] = self.program.row(0.0, {y: most, x: -1.0})
                self.program.row(0.0, {x: 1.0, y: -column.least / self.scale})
        return amounts, choices

    def _in_steps(self, x: int, column: Column) -> None:
        """Whole steps, and once these are all taken the rest up to the most."""
        most, rest = divmod(column.most, column.step)
        steps = self.program.variable(0.0, most, integer=True)
        terms = {x: 1.0, steps: -column.step / self.scale}
        if rest:
            all_taken = self.program.variable(0.0, 1.0, integer=True)
            terms[all_taken] = -rest / self.scale
            self.program.row(0.0, {steps: 1.0, all_taken: -most})
        self.program.row(0.0, terms, 0.0)

    def _missable(self, effects: Effects) -> list[int]:
        unpaid = []
        for each in self.model.missable:
            variable = self.program.variable(0.0, each.amount / self.scale)
            _add(effects, variable, ((each.period, 1.0),))
            unpaid.append(variable)
        return unpaid

    def _most_missed(self, unpaid: list[int]) -> None:
        for priority, most in enumerate(self.model.most_missed, start=1):
            pairs = zip(unpaid, self.model.missable, strict=True)
            terms = {variable: 1.0 for variable, each in pairs if each.priority <= priority}
            if terms:
                self.program.row(-INFINITY, terms, most / self.scale)

    def _limits(self, amounts: list[int], choices: dict[int, int], unpaid: list[int]) -> None:
        for limit in self.model.limits:
            if limit.counts:
                terms = {choices[number]: weight for number, weight in limit.terms.items()}
                self.program.row(-INFINITY, terms, limit.most)
                self.rows.limits.append(None)
                if {*limit.terms.values()} == {1.0}:
                    self._count_halves(list(terms), limit.most)
            else:
                self.rows.limits.append(self._limit_of_units(limit, amounts, choices))
        for variable, each in zip(unpaid, self.model.missable, strict=True):
            if each.columns:
                terms = {variable: 1.0} | {amounts[number]: part for number, part in each.columns}
                self.program.row(-INFINITY, terms, each.amount / self.scale)

    def _count_halves(self, choices: Sequence[int], most: float) -> None:
        """How many of each half are taken, and of their halves: the search then settles when a
        source is used before it settles the day. Measured: a fifth of the nodes."""
        if len(choices) < FEW:
            return
        middle = len(choices) // 2
        for half in (choices[:middle], choices[middle:]):
            count = self.program.variable(0.0, min(most, float(len(half))), integer=True)
            self.program.row(0.0, {count: 1.0} | dict.fromkeys(half, -1.0), 0.0)
            self._count_halves(half, most)

    def _limit_of_units(self, limit: Limit, amounts: list[int], choices: dict[int, int]) -> int:
        """Its row. What is no choice may always be taken, so that its room is always left."""
        terms, most = {}, limit.most
        for number, weight in limit.terms.items():
            terms[amounts[number]] = weight
            rounded = 0.0 if weight == 1.0 else limit.rounding
            if number in choices and rounded:
                terms[choices[number]] = rounded / self.scale
            else:
                most -= rounded
        return self.program.row(-INFINITY, terms, max(0.0, most) / self.scale)

    def _cash(self, effects: Effects) -> dict[int, float]:
        """What actions have added to cash so far, in each stretch between effects, keeps it up."""
        cash = self.model.cash / self.scale
        margin = self.model.margin
        need = -cash if margin is None else margin / self.scale - cash
        starts = sorted({self.model.first, *effects})
        stretches = [*zip(starts, [*starts[1:], len(cash)], strict=True)]
        if self.model.missable or self.model.buffer is not None:
            return self._in_states(effects, need, stretches)
        self._summed(effects, need, stretches)
        return {}

    def _summed(self, effects: Effects, need: Floats, stretches: Stretches) -> None:
        """A row for each stretch, with all effects so far. Measured where no payment may be missed:
        up to a third less time than with states; with payments among the effects, thrice as much.
        """
        so_far: dict[int, float] = defaultdict(float)
        for start, end in stretches:
            for variable, share in effects[start].items():
                so_far[variable] += share
            row = self.program.row(float(need[start:end].max()), dict(so_far))
            self.rows.cash[row] = start + int(np.argmax(need[start:end]))

    def _in_states(self, effects: Effects, need: Floats, stretches: Stretches) -> dict[int, float]:
        """A state for each stretch: what was added by then, and how far it is below the buffer."""
        below: dict[int, float] = {}
        previous = None
        for start, end in stretches:
            state = self.program.variable(float(need[start:end].max()), INFINITY)
            self.rows.states[start + int(np.argmax(need[start:end]))] = state
            terms = {state: 1.0} | {v: -share for v, share in effects[start].items()}
            if previous is not None:
                terms[previous] = -1.0
            self.program.row(0.0, terms, 0.0)
            if self.model.buffer is not None:
                below |= self._buffer(state, start, end)
            previous = state
        return below

    def _buffer(self, state: int, start: int, end: int) -> dict[int, float]:
        """Shortfalls below the buffer in one stretch, each weighted with its number of periods."""
        assert self.model.buffer is not None
        wanted = (self.model.buffer[start:end] - self.model.cash[start:end]) / self.scale
        below = {}
        for level, count in _levels(wanted):
            shortfall = self.program.variable(0.0, INFINITY)
            row = self.program.row(level, {shortfall: 1.0, state: 1.0})
            self.rows.cash[row] = start + int(np.argmax(wanted >= level))
            below[shortfall] = float(count)
        return below


def _levels(wanted: Floats) -> Iterable[tuple[float, int]]:
    """Each value and how often it is there, the least first; most stretches are of one period."""
    if len(wanted) == 1:
        return [(float(wanted[0]), 1)]
    levels, counts = np.unique(wanted, return_counts=True)
    return zip(levels.tolist(), counts.tolist(), strict=True)


def _add(effects: Effects, variable: int, profile: Iterable[tuple[int, float]]) -> None:
    for period, cash in profile:
        effects[period][variable] = effects[period].get(variable, 0.0) + cash
