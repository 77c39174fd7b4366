"""Plans for every loss of the samples side by side: threads, as the program does it, next to
processes.

Run with `python tests/benchmarks/bench_plans_for_all.py [--quick]`. Processes are
started before the clock is; each reads the book and answers it anew for every loss.
"""

import sys
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[2] / "src"))

from backstop.plan import Answers, Loss, answer, draft
from backstop.plan.side_by_side import side_by_side
from benchmarks.asking import book_named, book_names, is_quick

Job = tuple[str, int]


def in_threads(answers: dict[str, Answers], jobs: list[Job], threads: int) -> list[int]:
    def work(job: Job) -> int:
        return cost_of(answers[job[0]], answers[job[0]].losses[job[1]])

    return list(side_by_side(work, jobs, threads))


def in_processes(pool: ProcessPoolExecutor, jobs: list[Job]) -> list[int]:
    return list(pool.map(drafted, jobs))


def drafted(job: Job) -> int:
    answers = answer(book_named(job[0]))
    return cost_of(answers, answers.losses[job[1]])


def cost_of(answers: Answers, loss: Loss) -> int:
    return draft(answers.projection, loss.outcome).cost


def seconds(work: Callable[[], Iterable[int]]) -> tuple[float, int]:
    start = time.perf_counter()
    total = sum(work())
    return time.perf_counter() - start, total


def main() -> None:
    quick = is_quick(__doc__)
    answers = {name: answer(book_named(name)) for name in book_names(quick=quick)}
    jobs = [(name, n) for name, each in answers.items() for n in range(len(each.losses))]
    jobs = jobs[-2:] if quick else jobs
    write = sys.stdout.write
    totals = set()
    for count in (1, 2):
        took, total = seconds(lambda: in_threads(answers, jobs, count))  # noqa: B023  called at once
        totals.add(total)
        write(f"{count} threads: {took:.2f} s\n")
    for count in (1, 2):
        with ProcessPoolExecutor(count) as pool:
            list(pool.map(drafted, jobs[:count]))
            took, total = seconds(lambda: in_processes(pool, jobs))
        totals.add(total)
        write(f"{count} processes: {took:.2f} s\n")
    write(f"{len(jobs)} plans, the same cost in all: {len(totals) == 1}\n")


if __name__ == "__main__":
    main()
