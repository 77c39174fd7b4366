"""How long the reserve of one loss takes, next to one bare solver start.

Run with `python tests/benchmarks/bench_reserve.py`, with `src` and `tests` on the path. For each
loss of each sample that hurts: milliseconds for the least cash, and for the cash that keeps the
owner's minimum too, beginning at what the plan for the loss does, and from nothing; and the whole
answer.
"""

import sys
import time
from collections.abc import Callable

from backstop.plan import Action, answer, assess, reserve_for
from backstop.plan.answers import Answers, Loss
from backstop.plan.least import least_cash, least_kept
from backstop.services.samples import load_sample, sample_names
from benchmarks.bench_plan import bare_solver, median_seconds


def never() -> bool:
    return False


def asked(answers: Answers, loss: Loss, begin: tuple[Action, ...]) -> tuple[float, float]:
    """Milliseconds for the least cash and for the kept minimum, each from a fresh situation."""
    jobs: tuple[Callable[[], object], ...] = (
        lambda: least_cash(answers.situation(loss), 0, never, begin),
        lambda: least_kept(answers.situation(loss), never, begin),
    )
    least, kept = (1000 * median_seconds(job) for job in jobs)
    return least, kept


def main() -> None:
    write = sys.stdout.write
    write(f"bare solver start: {1000 * median_seconds(bare_solver):.1f} ms\n")
    write("milliseconds: with the plan known (least, kept) | from nothing (least, kept)\n")
    for name in sample_names():
        answers = assess(answer(load_sample(name)))
        for loss in (each for each in answers.losses if each.outcome.hurts):
            known = loss.plan.every_step if loss.plan else ()
            first, second = asked(answers, loss, known), asked(answers, loss, ())
            write(
                f"  {first[0]:5.0f} {first[1]:5.0f} | {second[0]:5.0f} {second[1]:5.0f}  "
                f"{name} {loss.contingency.id}\n"
            )
        start = time.perf_counter()
        reserve_for(answers)
        write(f"{name}: what to do beforehand {time.perf_counter() - start:.1f} s\n")


if __name__ == "__main__":
    main()
