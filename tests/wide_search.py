"""A search among all that could be done on every day: by one plain program, none of it the plan's.

Least unpaid first, class by class, then the least of costs, of `friction` for each step and of what
is disliked. What it finds is replayed in whole units.
"""

from collections import defaultdict
from dataclasses import dataclass
from math import ceil
from typing import Any

import highspy
import numpy as np

from wide_ways import Places, Way, lows_after, ways

SCALE = 10_000.0
MARGIN = 3
"""Minor units kept in hand against rounding; more where a replay shows that it takes more."""
MOST_TRIES = 3
TOLERANCE = 1e-5
MOST_NEAR = 100
MOST_VALLEYS = 12
"""Days of each source that are better than those beside them."""
CLASSES = (1, 2, 3)


@dataclass(frozen=True)
class Found:
    """What is done to which amounts, what stays unpaid by class, what it costs, and what that
    counts with friction and dislikes (minor units). `bound` is what no answer of the search can
    go below."""

    taken: tuple[tuple[Way, int], ...]
    missed: tuple[int, int, int]
    cost: int
    counted: float


def objective(taken: tuple[tuple[Way, int], ...], friction: float) -> float:
    return sum(way.cost(a) + friction + way.dislike * a for way, a in taken)


def _library() -> Any:  # its own types say nothing of its class
    return highspy


class _Program:
    """Rows and columns of one program, solved again and again for other objectives."""

    def __init__(self, seconds: float) -> None:
        self.highs: Any = _library().Highs()
        self.seconds = seconds
        for option, value in (
            ("output_flag", False),
            ("threads", 1),
            ("mip_rel_gap", 0.001),
        ):
            self.highs.setOptionValue(option, value)
        self.lower: list[float] = []
        self.upper: list[float] = []
        self.whole: list[int] = []
        self.rows: list[tuple[float, float, dict[int, float]]] = []
        self.built = False

    def variable(self, lower: float, upper: float, *, whole: bool = False) -> int:
        self.lower.append(lower)
        self.upper.append(upper)
        if whole:
            self.whole.append(len(self.lower) - 1)
        return len(self.lower) - 1

    def row(self, lower: float, terms: dict[int, float], upper: float = np.inf) -> None:
        self.rows.append((lower, upper, terms))
        if self.built:
            index, value = np.array(list(terms), np.int32), np.array(list(terms.values()))
            self.highs.addRow(lower, upper, len(terms), index, value)

    def build(self) -> None:
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(self.lower), len(self.rows)
        lp.col_cost_ = np.zeros(len(self.lower))
        lp.col_lower_, lp.col_upper_ = np.array(self.lower), np.array(self.upper)
        lp.row_lower_ = np.array([each[0] for each in self.rows])
        lp.row_upper_ = np.array([each[1] for each in self.rows])
        lengths = [len(terms) for *_, terms in self.rows]
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
        lp.a_matrix_.index_ = np.array([i for *_, t in self.rows for i in t], dtype=np.int32)
        lp.a_matrix_.value_ = np.array([v for *_, t in self.rows for v in t.values()], dtype=float)
        self.highs.passModel(lp)
        self.built = True

    def minimise(self, costs: dict[int, float], *, relaxed: bool) -> tuple[float, Any] | None:
        """The least value and the solution; None where none is found."""
        count = len(self.lower)
        weights = np.zeros(count)
        weights[list(costs)] = list(costs.values())
        self.highs.changeColsCost(count, np.arange(count, dtype=np.int32), weights)
        kind = highspy.HighsVarType.kContinuous if relaxed else highspy.HighsVarType.kInteger
        kinds = np.full(len(self.whole), int(kind), np.uint8)
        self.highs.changeColsIntegrality(len(kinds), np.array(self.whole, np.int32), kinds)
        self.highs.setOptionValue("time_limit", self.highs.getRunTime() + self.seconds)
        self.highs.run()
        status = self.highs.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        info = self.highs.getInfo()
        if not info.primal_solution_status or abs(info.objective_function_value) > 1e25:
            return None
        return info.objective_function_value, self.highs.getSolution()


class Search:
    """The program of one loss with these ways of helping. `seconds` is for each question that has
    whole choices."""

    def __init__(
        self,
        places: Places,
        offered: list[Way],
        friction: float,
        seconds: float = 10.0,
        margin: int = MARGIN,
    ) -> None:
        self.places, self.ways = places, offered
        self.friction, self.margin = friction, margin
        self.program = _Program(seconds)
        self.effects: dict[int, dict[int, float]] = defaultdict(dict)
        self.amounts: list[int] = []
        self.choices: list[int] = []
        self.unpaid: dict[tuple[int, int], int] = {}
        self._write()

    def _write(self) -> None:
        for way in self.ways:
            self._write_way(way)
        self._write_unpaid()
        self._write_turns()
        for line in {way.line for way in self.ways if way.line}:
            self._write_room(line)
        self._write_cash()
        self.program.build()

    def _write_way(self, way: Way) -> None:
        program = self.program
        x = program.variable(0.0, way.most / SCALE)
        y = program.variable(0.0, 1.0, whole=True)
        self.amounts.append(x)
        self.choices.append(y)
        fixed = [(d, c) for d, c in way.moves(0)] if way.kind == "reserve" else []
        shift = dict(fixed)
        for day, cash in way.moves(way.most):
            on = min(day, self.places.last)
            each = (cash - shift.get(day, 0)) / way.most
            self.effects[on][x] = self.effects[on].get(x, 0.0) + each
        for day, cash in fixed:
            self.effects[day][y] = self.effects[day].get(y, 0.0) + cash / SCALE
        program.row(0.0, {y: way.most / SCALE, x: -1.0})
        program.row(0.0, {x: 1.0, y: -max(1, way.least) / SCALE})
        if way.step >= 100_00 and way.kind in ("draw", "renew") and way.least < way.most:
            n = program.variable(0.0, way.most // way.step, whole=True)
            program.row(0.0, {x: 1.0, n: -way.step / SCALE}, 0.0)

    def _write_unpaid(self) -> None:
        amounts: dict[tuple[int, int], int] = defaultdict(int)
        arranged: dict[tuple[int, int], dict[int, float]] = defaultdict(dict)
        of_payment = defaultdict(list)
        for number, way in enumerate(self.ways):
            for record, day, part in way.arranges:
                of_payment[record, day].append((self.amounts[number], part))
        for due in self.places.dues():
            place = due.day, int(due.priority)
            amounts[place] += due.amount
            for x, part in of_payment.pop((due.record, due.day), ()):
                arranged[place][x] = arranged[place].get(x, 0.0) + part
        for place, amount in amounts.items():
            u = self.unpaid[place] = self.program.variable(0.0, amount / SCALE)
            self.effects[place[0]][u] = 1.0
            if arranged[place]:
                terms = {u: 1.0} | arranged[place]
                self.program.row(-np.inf, terms, amount / SCALE)

    def _write_turns(self) -> None:
        turns: dict[tuple[str, int], dict[int, float]] = defaultdict(dict)
        for y, way in zip(self.choices, self.ways, strict=True):
            for each in way.turns:
                turns[each][y] = 1.0
        for (_, most), terms in turns.items():
            if len(terms) > most:
                self.program.row(-np.inf, terms, float(most))

    def _write_room(self, line: str) -> None:
        """What is taken up of the limit, day by day: what is repaid counts from the day after."""
        room = self.places.room[line]
        change: dict[int, dict[int, float]] = defaultdict(dict)
        for x, way in zip(self.amounts, self.ways, strict=True):
            if way.line != line:
                continue
            change[way.day][x] = change[way.day].get(x, 0.0) + 1.0
            for day, back in way.freed(way.most):
                if day < self.places.last:
                    change[day + 1][x] = change[day + 1].get(x, 0.0) - back / way.most
        previous = None
        for day in sorted(change):
            used = self.program.variable(-np.inf, room[day] / SCALE)
            terms = {used: 1.0} | {x: -share for x, share in change[day].items()}
            if previous is not None:
                terms[previous] = -1.0
            self.program.row(0.0, terms, 0.0)
            previous = used

    def _write_cash(self) -> None:
        low = self.places.outcome.low
        starts = sorted({0, *self.effects})
        previous = None
        for start, end in zip(starts, [*starts[1:], len(low)], strict=True):
            need = (self.margin - float(low[start:end].min())) / SCALE
            state = self.program.variable(need, np.inf)
            terms = {state: 1.0} | {v: -share for v, share in self.effects[start].items()}
            if previous is not None:
                terms[previous] = -1.0
            self.program.row(0.0, terms, 0.0)
            previous = state

    def near(self) -> list[Way]:
        """The ways that are near the best where any part of each could be taken: those of the
        least reduced costs, and for each source the days that are better than those beside them."""
        if not self._fix_least(relaxed=True):
            return self.ways
        found = self.program.minimise(self._costs(), relaxed=True)
        if found is None:
            return self.ways
        duals = found[1].col_dual
        worth = [
            duals[y] + duals[x] * way.most / SCALE
            for x, y, way in zip(self.amounts, self.choices, self.ways, strict=True)
        ]
        ranked = sorted(range(len(worth)), key=lambda n: worth[n])
        kept = set(ranked[:MOST_NEAR])
        of_source = defaultdict(list)
        for number, way in enumerate(self.ways):
            of_source[way.kind, way.source, way.about, way.periods].append(number)
        for numbers in of_source.values():
            ends = [np.inf, *(worth[n] for n in numbers), np.inf]
            valleys = [n for k, n in enumerate(numbers) if ends[k] >= worth[n] <= ends[k + 2]]
            kept |= set(sorted(valleys, key=lambda n: worth[n])[:MOST_VALLEYS])
        return [self.ways[n] for n in sorted(kept)]

    def best(self) -> tuple[tuple[Way, int], ...] | None:
        """What is done in the best that is found; None where the time is too short for any."""
        if not self._fix_least(relaxed=False):
            return None
        cheapest = self.program.minimise(self._costs(), relaxed=False)
        return None if cheapest is None else self._in_whole_units(cheapest[1])

    def _fix_least(self, *, relaxed: bool) -> bool:
        """Least unpaid, class by class, each fixed before the next."""
        everything = dict.fromkeys(self.unpaid.values(), 1.0)
        least = self.program.minimise(everything, relaxed=relaxed)
        curable = least is not None and least[0] * SCALE < 1.0
        for priority in CLASSES:
            mine = {v: 1.0 for (_, p), v in self.unpaid.items() if p == priority}
            found = (0.0, None) if curable else self.program.minimise(mine, relaxed=relaxed)
            if found is None:
                return False
            if mine:
                self.program.row(-np.inf, mine, found[0] + TOLERANCE * (1 + found[0]))
        return True

    def _costs(self) -> dict[int, float]:
        costs = {}
        for x, y, way in zip(self.amounts, self.choices, self.ways, strict=True):
            fixed = way.cost(0) if way.kind == "reserve" else 0
            costs[x] = max(0, way.cost(way.most) - fixed) / way.most + way.dislike
            costs[y] = (fixed + self.friction) / SCALE
        return costs

    def _in_whole_units(self, solution: Any) -> tuple[tuple[Way, int], ...]:
        values = np.array(solution.col_value)
        taken = []
        for x, y, way in zip(self.amounts, self.choices, self.ways, strict=True):
            amount = values[x] * SCALE
            if values[y] > 0.5 and amount >= 0.5:
                stepped = ceil((amount - 0.5) / way.step) * way.step
                taken.append((way, min(way.most, max(way.least, stepped, 1))))
        return tuple(taken)


def best_of(places: Places, friction: float, seconds: float = 10.0) -> Found | None:
    """The best that can be found for this loss; None where none is, in that time."""
    near = Search(places, ways(places), friction).near()
    margin, best = MARGIN, None
    for _ in range(MOST_TRIES):
        taken = Search(places, near, friction, seconds, margin).best()
        if taken is None:
            return best
        found = replayed(places, friction, taken)
        if best is None or (found.missed, found.counted) < (best.missed, best.counted):
            best = found
        if not 0 < sum(found.missed) <= 100:
            break
        margin += 2 * sum(found.missed)
    return best


def replayed(places: Places, friction: float, taken: tuple[tuple[Way, int], ...]) -> Found:
    """What taking these leaves unpaid, the lowest class of what is due by then first."""
    low = lows_after(places, list(taken))
    arranged: dict[tuple[str, int], float] = defaultdict(float)
    for way, amount in taken:
        for record, day, part in way.arranges:
            arranged[record, day] += part * amount
    open_dues, missed, covered = [], [0, 0, 0], 0
    dues = sorted(places.dues(), key=lambda due: due.day, reverse=True)
    for day, cash in enumerate(low):
        while dues and dues[-1].day <= day:
            due = dues.pop()
            left = due.amount - round(arranged[due.record, due.day])
            open_dues.append([int(due.priority), left])
        for place in sorted(open_dues, reverse=True):
            part = min(place[1], max(0, -cash - covered))
            open_dues.remove(place)
            open_dues.append([place[0], place[1] - part])
            missed[place[0] - 1] += part
            covered += part
    first, second, third = missed
    cost = sum(way.cost(amount) for way, amount in taken)
    return Found(taken, (first, second, third), cost, objective(taken, friction))
