"""A linear or mixed-integer program, solved by HiGHS: one thread, fixed seed, work limits.

No clock decides anything, so the same program gives the same answer. The library is loaded when the
first program is solved: answers without cures, which are there first, need none of it.
"""

from collections.abc import Mapping
from threading import Event, Thread
from typing import Any

import numpy as np

from backstop.plan.solver.columns import Floats
from backstop.plan.solver.silent import silent_solver, solver_library
from backstop.work import Cancelled, current_work

INFINITY = float("inf")
NODE_LIMIT = 4000
RELATIVE_GAP = 0.0005
LEAN = (
    ("mip_heuristic_effort", 0.0),
    ("mip_heuristic_run_feasibility_jump", False),
    ("mip_heuristic_run_rins", False),
    ("mip_heuristic_run_rens", False),
    ("mip_heuristic_run_root_reduced_cost", False),
    ("mip_detect_symmetry", False),
    ("mip_allow_restart", False),
    ("mip_allow_cut_separation_at_nodes", False),
    ("mip_pscost_minreliable", 2),
)
"""Programs of this size are solved in a few nodes: measured, HiGHS takes a third of its time
without its searches for a first solution, cuts but at the root, and most of its trials of what to
branch on."""

LOOK_SECONDS = 0.02
"""How often it is asked, while the solver searches, whether the answer is still wanted."""


class Infeasible(Exception):
    """No values satisfy all rows."""


class Program:
    """Variables and rows, built once; then minimised for one objective after the other."""

    def __init__(self, nodes: int = NODE_LIMIT) -> None:
        self._work = current_work()  # the solver asks from threads of its own
        self._nodes = nodes
        self._lower: list[float] = []
        self._upper: list[float] = []
        self._integer: list[int] = []
        self._rows: list[tuple[float, float, Mapping[int, float]]] = []
        self._highs: Any = None
        self._begin: Mapping[int, float] = {}
        self._relaxed = True
        self._given_up = False
        self.optimal = True
        self.at_least = 0.0
        """No values give less of the last objective, whether or not the best were found."""
        self.impossible = False
        """Whether it is shown that there are no values at all."""

    def __len__(self) -> int:
        """The number of variables."""
        return len(self._lower)

    def variable(self, lower: float, upper: float, *, integer: bool = False) -> int:
        """The index of a new variable."""
        self._lower.append(lower)
        self._upper.append(upper)
        if integer:
            self._integer.append(len(self._lower) - 1)
        return len(self._lower) - 1

    def row(self, lower: float, terms: Mapping[int, float], upper: float = INFINITY) -> int:
        """lower ≤ Σ coefficient · variable ≤ upper; its number. May be added between two
        minimisations."""
        self._rows.append((lower, upper, terms))
        if self._highs is not None:
            index, value = np.array(list(terms), np.int32), np.array(list(terms.values()))
            self._highs.addRow(lower, upper, len(terms), index, value)
        return len(self._rows) - 1

    def minimise(self, objective: Mapping[int, float], *, relaxed: bool = False) -> Floats:
        """Values of all variables at the least objective; raises `Infeasible` or `Cancelled`.

        `relaxed` lets integers take any value: a bound, and many times faster.
        """
        highspy = solver_library()
        highs = self._solver()
        self._set_relaxed(highs, relaxed)
        count = len(self._lower)
        costs = np.zeros(count)
        costs[list(objective)] = list(objective.values())
        highs.changeColsCost(count, np.arange(count, dtype=np.int32), costs)
        self._work.check()
        if relaxed:
            highs.run()
        else:
            self._start(highs)
            self._search(highs)
        status = highs.getModelStatus()
        if status == highspy.HighsModelStatus.kInterrupt:
            raise Cancelled
        self.optimal = status == highspy.HighsModelStatus.kOptimal
        self.impossible = status == highspy.HighsModelStatus.kInfeasible
        info = highs.getInfo()
        self.at_least = info.objective_function_value if relaxed else info.mip_dual_bound
        if self.impossible or not (self.optimal or info.primal_solution_status):
            raise Infeasible
        values = np.array(highs.getSolution().col_value)
        if not relaxed:
            self.begin_at(dict(enumerate(values.tolist())))
        return values

    def begin_at(self, values: Mapping[int, float]) -> None:
        """Let the next search begin at these values of some variables, if they are possible.

        The others follow from them; and each search begins at what the one before it has found.
        """
        self._begin = values

    def prices(self) -> tuple[Floats, Floats]:
        """After a relaxed minimisation: what the objective changes by when the bound of each
        variable, and of each row, rises by one (0 where it does not bind)."""
        solution = self._solver().getSolution()
        return np.array(solution.col_dual), np.array(solution.row_dual)

    def bound(self, variable: int, lower: float, upper: float) -> None:
        """Change a variable's bounds from the next minimisation on."""
        self._solver().changeColBounds(variable, lower, upper)

    def _search(self, highs: Any) -> None:
        """Run the search; raises `Cancelled` at once when told to stop.

        The solver looks up now and then only: what is left of its search ends without us.
        """
        ended = Event()
        failures: list[BaseException] = []

        def search() -> None:
            try:
                highs.run()
            except BaseException as error:  # noqa: BLE001  raised where the answer is wanted
                failures.append(error)
            ended.set()

        # `daemon` is said, or Qt's own threads would leave a record of theirs behind
        Thread(target=search, name="search", daemon=False).start()
        while not ended.wait(LOOK_SECONDS):
            if self._unwanted():
                raise Cancelled
        for error in failures:
            raise error

    def _unwanted(self) -> bool:
        self._given_up = self._given_up or self._work.stopped
        return self._given_up

    def _set_relaxed(self, highs: Any, relaxed: bool) -> None:
        if relaxed is self._relaxed or not self._integer:
            return
        highspy = solver_library()
        kind = highspy.HighsVarType.kContinuous if relaxed else highspy.HighsVarType.kInteger
        count = len(self._integer)
        kinds = np.full(count, int(kind), np.uint8)
        highs.changeColsIntegrality(count, np.array(self._integer, np.int32), kinds)
        self._relaxed = relaxed

    def _start(self, highs: Any) -> None:
        if self._begin:
            index, value = np.array(list(self._begin), np.int32), np.array([*self._begin.values()])
            highs.setSolution(len(index), index, value)

    def _solver(self) -> Any:
        if self._highs is None:
            self._highs = self._build()
        return self._highs

    def _build(self) -> Any:
        highspy, highs = solver_library(), silent_solver()
        for option, value in (
            ("threads", 1),
            ("random_seed", 0),
            ("mip_rel_gap", RELATIVE_GAP),
            ("mip_max_nodes", self._nodes),
            *LEAN,
        ):
            highs.setOptionValue(option, value)
        highs.passModel(self._lp(highspy))
        for event in (highs.cbMipInterrupt, highs.cbSimplexInterrupt):
            event.subscribe(lambda e: e.interrupt() if self._unwanted() else None)
        return highs

    def _lp(self, highspy: Any) -> Any:
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(self._lower), len(self._rows)
        lp.col_cost_ = np.zeros(len(self._lower))
        lp.col_lower_, lp.col_upper_ = np.array(self._lower), np.array(self._upper)
        lp.row_lower_ = np.array([lower for lower, _, _ in self._rows])
        lp.row_upper_ = np.array([upper for _, upper, _ in self._rows])
        lengths = [len(terms) for _, _, terms in self._rows]
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
        lp.a_matrix_.index_ = np.array([i for *_, t in self._rows for i in t], dtype=np.int32)
        lp.a_matrix_.value_ = np.array([v for *_, t in self._rows for v in t.values()], dtype=float)
        return lp
