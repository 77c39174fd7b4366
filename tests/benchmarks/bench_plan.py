"""How long answers and plans for the sample books take, next to one bare solver start.

Run with `python tests/benchmarks/bench_plan.py [--quick]`. Prints for each loss of
each sample the median seconds of a plan, its actions, and what stays unpaid.
"""

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[2] / "src"))

import numpy as np

from backstop.contingency import Outcome
from backstop.plan import Column, FundingModel, Plan, answer, assess, draft, optimise
from backstop.projection import Projection
from benchmarks.asking import book_named, book_names, is_quick

RUNS = 3


Done = TypeVar("Done")


def timed(job: Callable[[], Done], runs: int = RUNS) -> tuple[float, Done]:
    """The median of so many runs, in seconds, and what the last one gave."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        done = job()
        times.append(time.perf_counter() - start)
    return statistics.median(times), done


def median_seconds(job: Callable[[], object], runs: int = RUNS) -> float:
    return timed(job, runs)[0]


def bare_solver() -> object:
    """The smallest model there is: one column, one day."""
    model = FundingModel(np.array([-100]), (Column("only", ((0, 1.0),), 200.0, fixed_cost=1.0),))
    return optimise(model)


def plan_job(projection: Projection, outcome: Outcome) -> Callable[[], Plan]:
    return lambda: draft(projection, outcome)


def main() -> None:
    quick = is_quick(__doc__)
    runs = 1 if quick else RUNS
    write = sys.stdout.write
    write(f"bare solver start: {1000 * median_seconds(bare_solver):.1f} ms\n")
    seconds = []
    for name in book_names(quick=quick):
        answers = answer(book_named(name))
        whole = median_seconds(lambda: assess(answers), runs)  # noqa: B023  called at once
        write(f"{name}: assess every loss {whole:.2f} s\n")
        for loss in answers.losses[: 2 if quick else None]:
            if loss.outcome.touches_buffer:
                job = plan_job(answers.projection, loss.outcome)
                took, plan = timed(job, runs)
                seconds.append(took)
                unpaid = sum(each.missed for each in plan.missed) / 100
                write(
                    f"  {seconds[-1]:6.2f} s  {len(plan.actions):2} actions  "
                    f"unpaid {unpaid:12,.2f}  proved {plan.proved}  {loss.contingency.id}\n"
                )
    ranked = sorted(seconds)
    write(f"plans: median {statistics.median(ranked):.2f} s, slowest {ranked[-1]:.2f} s\n")


if __name__ == "__main__":
    main()
