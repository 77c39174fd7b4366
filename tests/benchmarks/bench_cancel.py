"""How long a search goes on after its owner gave it up, and whether anything of it comes late.

    python tests/benchmarks/bench_cancel.py [--cash N] [--times N] [--seed N] [--quick]

Each long search of the window runs on a worker, as it does there, on a hard book
(`tests/hard_books.py`), and is given up at moments drawn at random from its first seconds. Told are
the longest and the usual time from then until the worker is free again, and how many
signals came after that moment. The processor's time is told beside the clock's, which other
programs stretch. Reach: 200 ms, and none.
"""

import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[2] / "src"))

from benchmarks.asking import SMALL, book_named, parser

MOST_WAITED = 3.0
STILL = 0.05
"""Seconds after the end in which a late signal would still come."""


def main() -> int:
    options = parser(__doc__)
    options.add_argument("--cash", type=int, default=11_000_000)
    options.add_argument("--times", type=int, default=8)
    options.add_argument("--seed", type=int, default=1)
    asked = options.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QCoreApplication

    from backstop.desktop.state.tasks import Tasks
    from hard_books import hard_book

    app = QCoreApplication.instance() or QCoreApplication(sys.argv[:1])
    came: list[object] = []
    tasks = Tasks(came.append)
    chance = random.Random(asked.seed)
    times, longest = (1, 0.01) if asked.quick else (asked.times, MOST_WAITED)
    for name, search in searches(book_named(SMALL) if asked.quick else hard_book(asked.cash)):
        taken, late = [], 0
        for _ in range(times):
            came.clear()
            task = tasks.start(lambda _: search(), came.append)  # noqa: B023  ends within the turn
            seconds = _given_up(app, tasks, task, chance.uniform(0.0, longest))
            failed = [each for each in came if isinstance(each, Exception)]
            assert not failed, failed
            taken += [] if seconds is None else [seconds]
            late += 0 if seconds is None else len(came)
        _report(name, taken, late, times)
    tasks.close()
    return 0


def searches(book: Any) -> Iterator[tuple[str, Callable[[], object]]]:
    """Every search of the window that may take longer than a moment, by its name."""
    from backstop.contingency import sweeps
    from backstop.plan import answer, assessing, draft, reserve_for
    from backstop.services.plans import Shelf, plans_for_all
    from backstop.services.questions import Question, What, asked_by

    answers = answer(book)
    projection = answers.projection
    loss = max(answers.losses, key=lambda each: each.outcome.largest_gap)
    yield "stress", lambda: answer(book)
    yield "sweep", lambda: sweeps(projection, [each.contingency for each in answers.losses])
    yield "pairs", lambda: asked_by(projection, Question(What.PAIRS))
    yield "gravest", lambda: list(assessing(answers))
    yield "plan", lambda: draft(projection, loss.outcome)
    yield "all plans", lambda: plans_for_all(answers, Shelf())
    yield "reserve", lambda: reserve_for(answers)


def _given_up(app: Any, tasks: Any, task: Any, after: float) -> tuple[float, float] | None:
    """Seconds until the worker was free, by the clock and of the processor; None where it had ended
    before."""

    def wait(end: float) -> None:
        while time.perf_counter() < end and tasks.busy:
            app.processEvents()
            time.sleep(0.001)

    wait(time.perf_counter() + after)
    if not tasks.busy:
        return None
    task.cancel()
    begun, used = time.perf_counter(), time.process_time()
    wait(float("inf"))
    taken = time.perf_counter() - begun, time.process_time() - used
    time.sleep(STILL)
    app.processEvents()
    return taken


def _report(name: str, taken: list[tuple[float, float]], late: int, times: int) -> None:
    if not taken:
        print(f"{name:10} ended by itself each time", flush=True)
        return
    clock, own = zip(*taken, strict=True)
    print(
        f"{name:10} given up {len(taken)} of {times} times   longest {max(clock) * 1000:5.0f} ms   "
        f"median {statistics.median(clock) * 1000:5.0f} ms   "
        f"of the processor {max(own) * 1000:5.0f} ms   late signals {late}",
        flush=True,
    )


if __name__ == "__main__":
    raise SystemExit(main())
