"""Tiers, each fixed before the next.

1-3. what is left unpaid, by priority class; 4. shortfall below the buffer (money x periods);
5. cost. As long as every payment may be missed, there always is a solution.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress

from backstop.plan.solver.columns import Floats, FundingModel, Outlook, Solution
from backstop.plan.solver.funding import CLASSES, FundingProgram, total
from backstop.plan.solver.program import INFINITY, Infeasible

ROOM = 1e-6
"""Room given to a tier that is fixed, in scaled money: it takes up the solver's tolerance."""

LET_GO_ROOM = 1e-3
"""Room, in scaled money, given to a tier that was let go of: a choice that the solver takes for
whole may still be a millionth short of it, which its largest amounts (1e4) turn into this much."""

LETTING_GO = {1: 1e4, 2: 1e2, 3: 1.0}
"""Weight of each class where whole choices cannot reach the linear bounds."""

GRAVER = 100.0
"""What a unit missed weighs more than one of cost."""

WORTH_LESS = 100.0
"""Minor units of the last class that have to be missed less to be worth a search."""

BUFFER_SLACK = 0.01
"""A plan may stay this share deeper below the buffer than is possible, if that is cheaper."""


class Tiers(FundingProgram):
    """The tiers of one model in order.

    Each tier is first fixed at its linear bound, which whole choices usually reach. Where they do
    not, the tiers are let go of by as little as possible, the gravest class least of all. `dust` is
    the room (by class) that a tier let go of may take up, at a price that nobody pays for a gain.
    """

    def __init__(self, model: FundingModel, *, stepped: bool = False) -> None:
        super().__init__(model, stepped=stepped)
        self.dust = {priority: self.program.variable(0.0, 0.0) for priority in CLASSES}
        self.curable = True
        self._reached = dict.fromkeys(CLASSES, 0.0)

    def minimise_missed(self, choices: Sequence[bool]) -> None:
        """Miss as little as possible with just these columns, so that `prices` can be asked for."""
        self.fix_choices(choices)
        self.program.minimise(dict.fromkeys(self.at.unpaid, 1.0), relaxed=True)

    def solve(
        self, choices: Sequence[bool] | None, less_than: Sequence[float] | None = None
    ) -> Solution:
        """The best amounts, tier by tier; with `choices`, of just these columns. What is missed is
        `less_than` so much by class, or the search ends as `Infeasible`."""
        whole = choices is None or self.stepped
        if choices is not None:
            self.fix_choices(choices)
        if self.at.unpaid:
            self.bound_missed()
        elif choices is None:
            self._come_near()
        self._bound_below()
        if less_than is not None:
            self._miss_less(less_than)
        try:
            return self._by_tiers(whole)
        except Infeasible:
            if less_than is not None:
                raise
            return self.solution(self._at_once(whole))

    def outlook(self) -> Outlook:
        """The bound of all tiers where everything may be taken in part, and what it rests on: one
        linear program, in which a graver tier weighs so much more than the next."""
        costs = self.costs()
        graver = {
            variable: weight * GRAVER
            for priority, weight in LETTING_GO.items()
            for variable in self.unpaid_of(priority)
        }
        below = {each: count * GRAVER * self._no_miss_pays for each, count in self.at.below.items()}
        values = self.program.minimise(costs | graver | below, relaxed=True)
        return Outlook(
            missed=self.missed(values),
            cost=self.scale * total(costs, values),
            worth=self.reduced_costs(),
            tight=tuple(period for period, _ in self.prices().cash),
        )

    @property
    def _no_miss_pays(self) -> float:
        """Weight of the shortfall below the buffer at which no payment is missed for it."""
        return 0.5 / (len(self.model.cash) - self.model.first)

    def _come_near(self) -> None:
        """A first answer with nothing but what the linear bound takes, at which the search among
        all begins. Measured where nothing may be missed: two thirds of the time in all."""
        bound = self.program.minimise(self.costs(), relaxed=True)
        self.use_only((bound[self.at.amounts] > 0).tolist())
        with suppress(Infeasible):
            self.program.minimise(self.costs())
        self.use_only([True] * len(self.model.columns))

    def _by_tiers(self, whole: bool) -> Solution:
        """Where something has to be missed anyway, whole choices hardly ever reach the bound: what
        they can reach is asked for first."""
        if self.curable or not whole:
            try:
                return self.solution(self._cheapest(whole))
            except Infeasible:
                pass
        self._let_go_of_tiers(whole)
        return self.solution(self._cheapest(whole))

    def _at_once(self, whole: bool) -> Floats:
        """All tiers in one objective, where the solver's tolerance leaves no room between them.
        Raises `Infeasible` only where the model itself is."""
        weights = {self.excess[priority]: weight for priority, weight in LETTING_GO.items()}
        for excess in (*weights, self.excess_below):
            self.program.bound(excess, 0.0, INFINITY)
        objective = self.costs() | weights | {self.excess_below: BUFFER_SLACK}
        return self.program.minimise(objective, relaxed=not whole)

    def bound_missed(self) -> Floats:
        """Fix all three classes in turn; where nothing need be missed, one solve says so."""
        everything = dict.fromkeys(self.at.unpaid, 1.0)
        values = self.program.minimise(everything, relaxed=True)
        curable = self.curable = not any(self.missed(values))
        for priority, excess in self.excess.items():
            mine = self.unpaid_of(priority)
            if not curable and mine:
                values = self.program.minimise(mine, relaxed=True)
            spare = {excess: -1.0, self.dust[priority]: -1.0}
            self._reached[priority] = 0.0 if curable else total(mine, values)
            self._keep(mine | spare, self._reached[priority])
        return values

    def _miss_less(self, than: Sequence[float]) -> None:
        """Let go of the tiers by less than what misses so much by class: what cannot lead to less
        is not searched."""
        weights = {self.excess[priority]: weight for priority, weight in LETTING_GO.items()}
        over = (
            LETTING_GO[priority] * (missed / self.scale - self._reached[priority])
            for priority, missed in zip(CLASSES, than, strict=True)
        )
        self.program.row(-INFINITY, weights, sum(over) - WORTH_LESS / self.scale)

    def _bound_below(self) -> None:
        if self.at.below:
            values = self.program.minimise(self.at.below, relaxed=True)
            reached = total(self.at.below, values) * (1 + BUFFER_SLACK)
            self._keep(self.at.below | {self.excess_below: -1.0}, reached)

    def _keep(self, objective: Mapping[int, float], reached: float) -> None:
        """Fix a tier: the next ones may not make it worse, unless it is let go of."""
        self.program.row(-INFINITY, objective, reached + ROOM * (1 + reached))

    def _let_go_of_tiers(self, whole: bool) -> None:
        """As little more missed, and below the buffer, as whole choices need: no payment is missed
        for the buffer."""
        weights = {self.excess[priority]: weight for priority, weight in LETTING_GO.items()}
        weights[self.excess_below] = self._no_miss_pays
        for excess in weights:
            self.program.bound(excess, 0.0, INFINITY)
        values = self.program.minimise(weights, relaxed=not whole)
        reached = {excess: max(0.0, float(values[excess])) * (1 + ROOM) for excess in weights}
        for excess, most in reached.items():
            self.program.bound(excess, 0.0, most)
        below = reached[self.excess_below] + LET_GO_ROOM
        self.program.bound(self.excess_below, 0.0, below)
        for each in self.dust.values():
            self.program.bound(each, 0.0, LET_GO_ROOM)

    def _cheapest(self, whole: bool) -> Floats:
        dust = {self.dust[priority]: weight for priority, weight in LETTING_GO.items()}
        return self.program.minimise(self.costs() | dust, relaxed=not whole)

    def feasible_with(self, usable: Sequence[bool]) -> bool:
        """Whether the tiers fixed so far can be kept with only these columns."""
        self.use_only(usable)
        try:
            self.program.minimise({}, relaxed=True)
        except Infeasible:
            return False
        return True

    def least_left(self, usable: Sequence[bool]) -> tuple[tuple[float, float, float], float]:
        """Missed by class, then the shortfall below the buffer, at their least with only these
        columns, no tier being fixed."""
        self.use_only(usable)
        weights = {
            variable: weight
            for priority, weight in LETTING_GO.items()
            for variable in self.unpaid_of(priority)
        }
        below = {each: self._no_miss_pays * count for each, count in self.at.below.items()}
        values = self.program.minimise(weights | below, relaxed=True)
        return self.missed(values), self.scale * total(self.at.below, values)
