"""Plans over generated books by size: p50 and p95 seconds, the solver's gap, cancelling, memory.

    python tests/benchmarks/bench_plan_books.py [BOOKS PER SIZE] [--quick]

Each book is a small trading year: lines of several kinds with planned
draws, weekly and monthly payments, receipts, a reserve; the plan is for the loss that hurts most.
The first plan is what is shown at once, with a bound; the best one is there after all of the time
that is told for it.
Seconds are those of the processor, which other programs on the machine do not lengthen much; the
gap is the largest that any whole choice of a plan was left with.
"""

import random
import resource
import statistics
import sys
import threading
import time
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[2] / "src"))

from backstop.contingency import Outcome, all_closures, outcomes
from backstop.domain import (
    Account,
    AccountRole,
    Book,
    CashFlow,
    Direction,
    Facility,
    PlannedDraw,
    Priority,
    RepaymentMethod,
    Repeat,
)
from backstop.plan import Cancelled, best_plan, draft
from backstop.plan.bound.best import first_plan
from backstop.plan.solver.program import NODE_LIMIT, Program
from backstop.projection import Projection, project
from backstop.work import Work, working
from benchmarks.asking import parser

DAY_0 = date(2026, 11, 21)
SIZES = (3, 10, 20, 36)
METHODS = (RepaymentMethod.ANNUITY, RepaymentMethod.BULLET, RepaymentMethod.INTEREST_FIRST)


def made(lines: int, seed: int) -> Book:
    """A book with so many lines, always the same for one seed."""
    rng = random.Random(1000 * lines + seed)
    facilities = tuple(
        Facility(
            id=f"line{n}",
            name=f"line {n}",
            lender=f"lender {n}",
            limit=rng.randrange(20, 200) * 1_000_00,
            lead_days=rng.choice((0, 1, 3, 7)),
            rate_percent=Decimal(rng.randrange(3, 24)),
            method=rng.choice(METHODS),
            periods=rng.choice((6, 12)),
            draw_step=rng.choice((1_00, 100_00, 1_000_00)),
            last_verified=DAY_0,
        )
        for n in range(lines)
    )
    wages = rng.randrange(20, 60) * 1_000_00 * lines // 3
    return Book(
        title=f"{lines} lines, {seed}",
        as_of=DAY_0,
        horizon_days=365,
        minimum_cash=5_000_00,
        accounts=(
            Account(id="till", name="till", balance=wages // 2),
            Account(id="kept", name="kept", balance=wages // 4, role=AccountRole.RESERVE),
        ),
        facilities=facilities,
        cash_flows=(*_payments(rng, wages, lines), *_receipts(rng, wages)),
        planned_draws=tuple(
            PlannedDraw(
                id=f"draw{n}",
                name=f"draw {n}",
                facility=each.id,
                amount=each.limit // 2,
                first_date=DAY_0 + timedelta(days=rng.randrange(5, 60)),
                periods=each.periods,
            )
            for n, each in enumerate(facilities)
            if n < max(1, lines // 3)
        ),
    )


def _payments(rng: random.Random, wages: int, lines: int) -> list[CashFlow]:
    return [
        CashFlow(
            id=f"pay{n}",
            name=f"payment {n}",
            direction=Direction.PAYMENT,
            amount=wages // (n + 1),
            first_date=DAY_0 + timedelta(days=rng.randrange(1, 28)),
            repeat=Repeat.MONTHS,
            priority=rng.choice(tuple(Priority)),
            deferrable_days=rng.choice((0, 0, 14)),
            cuttable_percent=rng.choice((0, 0, 20)),
        )
        for n in range(3 + lines)
    ]


def _receipts(rng: random.Random, wages: int) -> list[CashFlow]:
    return [
        CashFlow(
            id=f"sale{n}",
            name=f"sale {n}",
            direction=Direction.RECEIPT,
            amount=wages * 3 // 4,
            first_date=DAY_0 + timedelta(days=rng.randrange(3, 28)),
            repeat=Repeat.MONTHS,
        )
        for n in range(3)
    ]


def worst(book: Book) -> tuple[Projection, Outcome]:
    projection = project(book)
    found = outcomes(projection, all_closures(book))
    return projection, max(found, key=lambda each: each.largest_gap)


def cancel_seconds(projection: Projection, outcome: Outcome, after: float) -> float:
    """From asking a draft to stop to its end; 0 where it had ended already."""
    asked: list[float] = []
    timer = threading.Timer(after, lambda: asked.append(time.perf_counter()))
    timer.start()
    try:
        with working(Work(lambda: bool(asked))):
            draft(projection, outcome)
    except Cancelled:
        return time.perf_counter() - asked[0]
    finally:
        timer.cancel()
    return 0.0


class Gaps:
    """Watches the solver: the relative gap of each choice it makes among all that is on offer."""

    def __init__(self) -> None:
        self.found: list[float] = []
        self._minimise = Program.minimise
        watched = self

        def minimise(program: Any, objective: Any, *, relaxed: bool = False) -> Any:
            values = watched._minimise(program, objective, relaxed=relaxed)
            if not relaxed and program._integer and program._nodes == NODE_LIMIT:
                watched.found.append(float(program._highs.getInfo().mip_gap))
            return values

        Program.minimise = minimise  # type: ignore[assignment, method-assign]


def main() -> None:
    options = parser(__doc__)
    options.add_argument("count", nargs="?", type=int, default=25)
    asked = options.parse_args()
    sizes, count = (SIZES[:1], 1) if asked.quick else (SIZES, asked.count)
    write = sys.stdout.write
    write(
        "lines  books    p50    p95  slowest  best p50, p95  actions  proved  gap, %"
        "  cancel p95, slowest (ms)\n"
    )
    gaps = Gaps()
    for lines in sizes:
        seconds, bests, actions, proved, stops, widest = [], [], [], 0, [], 0.0
        for seed in range(count):
            projection, outcome = worst(made(lines, seed))
            gaps.found.clear()
            start = time.process_time()
            plan = first_plan(projection, outcome)
            seconds.append(time.process_time() - start)
            best_plan(projection, outcome, plan)
            bests.append(time.process_time() - start)
            widest = max(widest, *gaps.found, 0.0)
            actions.append(len(plan.actions))
            proved += plan.proved
            stops.append(cancel_seconds(projection, outcome, seconds[-1] * (seed % 9 + 0.5) / 10))
        ranked, longer, waits = sorted(seconds), sorted(bests), sorted(stops)
        tail = int(0.95 * (count - 1))
        write(
            f"{lines:5}  {count:5}  {statistics.median(ranked):5.2f}  {ranked[tail]:5.2f}  "
            f"{ranked[-1]:7.2f}  {statistics.median(longer):8.2f}, {longer[tail]:.2f}  "
            f"{statistics.median(actions):7.0f}  {proved:6}  "
            f"{100 * widest:6.3f}  "
            f"{1000 * waits[tail]:.0f}, {1000 * waits[-1]:.0f}\n"
        )
    write(f"memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at most\n")


if __name__ == "__main__":
    main()
