"""The core: columns in, amounts out. Tiers, each fixed before the next.

1-3. what is left unpaid, by priority class; 4. shortfall below the buffer (money x periods);
5. cost. As long as every payment may be missed, there always is a solution.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from backstop.plan.columns import Floats, FundingModel, Solution
from backstop.plan.program import INFINITY, Infeasible, Program

CLASSES = (1, 2, 3)
ROOM = 1e-6
"""Room given to a tier that is fixed, in scaled money: it takes up the solver's tolerance."""

LET_GO_ROOM = 1e-3
"""Room, in scaled money, given to a tier that was let go of: a choice that the solver takes for
whole may still be a millionth short of it, which its largest amounts (1e4) turn into this much."""

LETTING_GO = {1: 1e4, 2: 1e2, 3: 1.0}
"""Weight of each class where whole choices cannot reach the linear bounds."""

BUFFER_SLACK = 0.01
"""A plan may stay this share deeper below the buffer than is possible, if that is cheaper."""


def optimise(
    model: FundingModel,
    cancelled: Callable[[], bool],
    choices: Sequence[bool] | None = None,
) -> Solution:
    """The best amounts for the model, within the solver's gap. Raises `Cancelled`.

    With `choices`, only these columns are taken, and just their amounts are worked out anew.
    """
    return _Tiers(model, cancelled).solve(choices)


class CureQuestion:
    """What must be missed at least, if every choice could be taken in part: a linear bound.

    The cheap answer to "is this gap curable?", asked again and again for fewer columns.
    """

    def __init__(self, model: FundingModel, cancelled: Callable[[], bool]) -> None:
        self._tiers = _Tiers(replace(model, buffer=None), cancelled)
        self.least = self._tiers.missed(self._tiers.bound_missed())
        """The least missed by class, the gravest first."""

    def still_reached(self, usable: Sequence[bool]) -> bool:
        """Whether no more is missed, in any class, with only these columns."""
        return self._tiers.feasible_with(usable)


@dataclass(frozen=True)
class Prices:
    """What one more unit would save of the objective: of each column's `most`, of each limit, and
    of cash in each period (pairs of the period that binds and its price)."""

    columns: tuple[float, ...]
    limits: tuple[float, ...]
    cash: tuple[tuple[int, float], ...]


def prices_of(model: FundingModel, taken: Sequence[bool], cancelled: Callable[[], bool]) -> Prices:
    """Shadow prices of the linear program that is left when just these columns are taken.

    The objective is the cost; where something is missed even so, it is the sum of what is missed.
    """
    tiers = _Tiers(model, cancelled)
    solution = tiers.solve(taken)
    if any(solution.missed):
        tiers = _Tiers(replace(model, buffer=None), cancelled)
        tiers.minimise_missed(taken)
    return tiers.prices()


@dataclass(frozen=True)
class _Variables:
    """Indices of the program's variables; `below` maps each buffer shortfall to its periods."""

    amounts: list[int]
    choices: dict[int, int]
    unpaid: list[int]
    below: dict[int, float]


@dataclass
class _Rows:
    """Numbers of the rows and variables whose prices are asked for; cash by the period that binds:
    state variables and, where there is a buffer, its rows."""

    most: dict[int, int] = field(default_factory=dict)
    limits: list[int | None] = field(default_factory=list)
    states: dict[int, int] = field(default_factory=dict)
    buffers: dict[int, int] = field(default_factory=dict)


class _Tiers:
    """One model as a program, and its tiers in order.

    Each tier is first fixed at its linear bound, which whole choices usually reach. Where they do
    not, the tiers are let go of by as little as possible, the gravest class least of all.
    """

    def __init__(self, model: FundingModel, cancelled: Callable[[], bool]) -> None:
        self.model = model
        self.program = Program(cancelled)
        self.scale = _scale_of(model)
        self.excess = {priority: self.program.variable(0.0, 0.0) for priority in CLASSES}
        self.excess_below = self.program.variable(0.0, 0.0)
        self.rows = _Rows()
        self.at = self._build()

    def minimise_missed(self, choices: Sequence[bool]) -> None:
        self._fix_choices(choices)
        self.program.minimise(dict.fromkeys(self.at.unpaid, 1.0), relaxed=True)

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
        for row, period in self.rows.buffers.items():
            cash[period] += float(of_rows[row])
        limits = [0.0 if row is None else -float(of_rows[row]) for row in self.rows.limits]
        return Prices(
            columns=tuple(float(each) for each in columns),
            limits=tuple(limits),
            cash=tuple((period, price) for period, price in sorted(cash.items()) if price > 0),
        )

    def solve(self, choices: Sequence[bool] | None) -> Solution:
        whole = choices is None
        if choices is not None:
            self._fix_choices(choices)
        self.bound_missed()
        self._bound_below()
        try:
            return self._by_tiers(whole)
        except Infeasible:
            return self._solution(self._at_once(whole))

    def _by_tiers(self, whole: bool) -> Solution:
        for let_go in (self._let_go_of_misses, self._let_go_of_buffer):
            try:
                return self._solution(self._cheapest(whole))
            except Infeasible:
                let_go(whole)
        return self._solution(self._cheapest(whole))

    def _at_once(self, whole: bool) -> Floats:
        """All tiers in one objective, where the solver's tolerance leaves no room between them.
        Raises `Infeasible` only where the model itself is."""
        weights = {self.excess[priority]: weight for priority, weight in LETTING_GO.items()}
        for excess in (*weights, self.excess_below):
            self.program.bound(excess, 0.0, INFINITY)
        objective = self._costs() | weights | {self.excess_below: BUFFER_SLACK}
        return self.program.minimise(objective, relaxed=not whole)

    def bound_missed(self) -> Floats:
        """Fix all three classes in turn; where nothing need be missed, one solve says so."""
        everything = dict.fromkeys(self.at.unpaid, 1.0)
        values = self.program.minimise(everything, relaxed=True)
        curable = not any(self.missed(values))
        for priority, excess in self.excess.items():
            mine = self._unpaid_of(priority)
            if not curable and mine:
                values = self.program.minimise(mine, relaxed=True)
            self._keep(mine, 0.0 if curable else _total(mine, values), excess)
        return values

    def _bound_below(self) -> None:
        if self.at.below:
            values = self.program.minimise(self.at.below, relaxed=True)
            reached = _total(self.at.below, values) * (1 + BUFFER_SLACK)
            self._keep(self.at.below, reached, self.excess_below)

    def _keep(self, objective: Mapping[int, float], reached: float, excess: int) -> None:
        """Fix a tier: the next ones may not make it worse, unless it is let go of."""
        most = reached + ROOM * (1 + reached)
        self.program.row(-INFINITY, {**objective, excess: -1.0}, most)

    def _let_go_of_misses(self, whole: bool) -> None:
        """As little more missed as whole choices need; no payment is missed for the buffer."""
        self.program.bound(self.excess_below, 0.0, INFINITY)
        self._let_go({self.excess[p]: weight for p, weight in LETTING_GO.items()}, whole)
        self.program.bound(self.excess_below, 0.0, 0.0)

    def _let_go_of_buffer(self, whole: bool) -> None:
        self._let_go({self.excess_below: 1.0}, whole)

    def _let_go(self, weights: Mapping[int, float], whole: bool) -> None:
        for excess in weights:
            self.program.bound(excess, 0.0, INFINITY)
        values = self.program.minimise(weights, relaxed=not whole)
        for excess in weights:
            self.program.bound(excess, 0.0, float(values[excess]) * (1 + ROOM) + LET_GO_ROOM)

    def _cheapest(self, whole: bool) -> Floats:
        return self.program.minimise(self._costs(), relaxed=not whole)

    def _fix_choices(self, choices: Sequence[bool]) -> None:
        for number, chosen in enumerate(choices):
            if number in self.at.choices:
                self.program.bound(self.at.choices[number], float(chosen), float(chosen))
            elif not chosen:
                self.program.bound(self.at.amounts[number], 0.0, 0.0)

    def feasible_with(self, usable: Sequence[bool]) -> bool:
        """Whether the tiers fixed so far can be kept with only these columns."""
        for number, may_use in enumerate(usable):
            most = self.model.columns[number].most / self.scale
            self.program.bound(self.at.amounts[number], 0.0, most if may_use else 0.0)
        try:
            self.program.minimise({}, relaxed=True)
        except Infeasible:
            return False
        return True

    def missed(self, values: Floats) -> tuple[float, float, float]:
        """Totals by class in the model's own units; below half a unit is the solver's dust."""
        totals = [self.scale * values[list(self._unpaid_of(p))].sum() for p in CLASSES]
        return tuple(0.0 if t < 0.5 else t for t in totals)  # type: ignore[return-value]

    def _unpaid_of(self, priority: int) -> dict[int, float]:
        pairs = zip(self.at.unpaid, self.model.missable, strict=True)
        return {variable: 1.0 for variable, each in pairs if each.priority == priority}

    def _costs(self) -> dict[int, float]:
        pairs = zip(self.at.unpaid, self.model.missable, strict=True)
        costs = {variable: each.cost for variable, each in pairs}
        for number, column in enumerate(self.model.columns):
            costs[self.at.amounts[number]] = column.cost
            if number in self.at.choices:
                costs[self.at.choices[number]] = column.fixed_cost / self.scale
        return costs

    def _build(self) -> _Variables:
        effects: dict[int, dict[int, float]] = defaultdict(dict)
        amounts, choices = self._columns(effects)
        unpaid = self._missable(effects)
        self._limits(amounts, choices, unpaid)
        below = self._cash(effects)
        return _Variables(amounts, choices, unpaid, below)

    def _columns(self, effects: dict[int, dict[int, float]]) -> tuple[list[int], dict[int, int]]:
        amounts, choices = [], {}
        for number, column in enumerate(self.model.columns):
            most = column.most / self.scale
            x = self.program.variable(0.0, most)
            amounts.append(x)
            _add(effects, x, column.profile)
            if column.is_choice:
                least = float(column.required)
                y = choices[number] = self.program.variable(least, 1.0, integer=True)
                scaled = ((period, cash / self.scale) for period, cash in column.fixed_profile)
                _add(effects, y, scaled)
                self.rows.most[number] = self.program.row(0.0, {y: most, x: -1.0})
                self.program.row(0.0, {x: 1.0, y: -column.least / self.scale})
        return amounts, choices

    def _missable(self, effects: dict[int, dict[int, float]]) -> list[int]:
        unpaid = []
        for each in self.model.missable:
            variable = self.program.variable(0.0, each.amount / self.scale)
            _add(effects, variable, ((each.period, 1.0),))
            unpaid.append(variable)
        return unpaid

    def _limits(self, amounts: list[int], choices: dict[int, int], unpaid: list[int]) -> None:
        for limit in self.model.limits:
            if limit.counts:
                terms = {choices[number]: 1.0 for number in limit.columns}
                self.program.row(-INFINITY, terms, limit.most)
                self.rows.limits.append(None)
            else:
                terms = {amounts[number]: 1.0 for number in limit.columns}
                row = self.program.row(-INFINITY, terms, limit.most / self.scale)
                self.rows.limits.append(row)
        for variable, each in zip(unpaid, self.model.missable, strict=True):
            if each.columns:
                terms = {variable: 1.0} | {amounts[number]: part for number, part in each.columns}
                self.program.row(-INFINITY, terms, each.amount / self.scale)

    def _cash(self, effects: dict[int, dict[int, float]]) -> dict[int, float]:
        """One state for each stretch between effects: the cash that actions have added so far."""
        cash = self.model.cash / self.scale
        margin = self.model.margin
        need = -cash if margin is None else margin / self.scale - cash
        starts = sorted({0, *effects})
        below: dict[int, float] = {}
        previous = None
        for start, end in zip(starts, [*starts[1:], len(cash)], strict=True):
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
        wanted = (self.model.buffer - self.model.cash)[start:end] / self.scale
        levels, periods = np.unique(wanted, return_counts=True)
        below = {}
        for level, count in zip(levels.tolist(), periods.tolist(), strict=True):
            shortfall = self.program.variable(0.0, INFINITY)
            row = self.program.row(level, {shortfall: 1.0, state: 1.0})
            self.rows.buffers[row] = start + int(np.argmax(wanted >= level))
            below[shortfall] = float(count)
        return below

    def _solution(self, values: Floats) -> Solution:
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
            buffer_days=self.scale * _total(self.at.below, values),
            cost=self.scale * _total(self._costs(), values),
            optimal=self.program.optimal,
        )


def _total(objective: Mapping[int, float], values: Floats) -> float:
    return float(sum(weight * values[variable] for variable, weight in objective.items()))


def _add(
    effects: dict[int, dict[int, float]], variable: int, profile: Iterable[tuple[int, float]]
) -> None:
    for period, cash in profile:
        effects[period][variable] = effects[period].get(variable, 0.0) + cash


def _scale_of(model: FundingModel) -> float:
    """Money is scaled so that the solver's tolerances mean a small part of one minor unit."""
    largest = max(
        float(np.abs(model.cash).max(initial=1)),
        max((column.most for column in model.columns), default=1.0),
    )
    return max(1.0, largest / 1e4)
