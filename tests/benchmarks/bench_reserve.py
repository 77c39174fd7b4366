"""How long the reserve of one loss takes, next to one bare solver start.

Run with `python tests/benchmarks/bench_reserve.py [--quick]`. For each
loss of each sample that hurts: milliseconds for the least cash, and for the cash that keeps the
owner's minimum too; and seconds for all of what to do beforehand.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[2] / "src"))

from backstop.plan import answer, assess, reserve_for
from backstop.plan.beforehand.least_cash import least_cash, least_cash_for_minimum
from benchmarks.asking import book_named, book_names, is_quick
from benchmarks.bench_plan import RUNS, bare_solver, median_seconds


def main() -> None:
    quick = is_quick(__doc__)
    runs, write = 1 if quick else RUNS, sys.stdout.write
    write(f"bare solver start: {1000 * median_seconds(bare_solver):.1f} ms\n")
    write("milliseconds: nothing missed, the minimum kept too\n")
    for name in book_names(quick=quick):
        answers = assess(answer(book_named(name)))
        hurting = [each for each in answers.losses if each.outcome.hurts]
        for loss in hurting[: 1 if quick else None]:
            jobs: tuple[Callable[[], object], ...] = (
                lambda: least_cash(answers.situation(loss), 0),  # noqa: B023  called at once
                lambda: least_cash_for_minimum(answers.situation(loss)),  # noqa: B023  called at once
            )
            least, kept = (1000 * median_seconds(job, runs) for job in jobs)
            write(f"  {least:5.0f} {kept:5.0f}  {name} {loss.contingency.id}\n")
        start = time.perf_counter()
        reserve_for(answers)
        write(f"{name}: what to do beforehand {time.perf_counter() - start:.1f} s\n")


if __name__ == "__main__":
    main()
