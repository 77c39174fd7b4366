"""Plans around wishes: searched afresh, next to searched from the plan without any.

Run with `python tests/benchmarks/bench_redraft.py [--quick]`. For each loss of each
sample that hurts, seconds of the processor for all of: each step kept, each halved, each source
forbidden, one step fewer; and how many of the plans are the same, step by step.
"""

import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[2] / "src"))

from backstop.plan import Forbidden, Plan, Wishes, answer, draft, pin_of, redraft
from benchmarks.asking import book_named, book_names, is_quick


def wishes_about(plan: Plan) -> Iterator[Wishes]:
    for each in plan.actions:
        yield Wishes(pins=(pin_of(each),))
        yield Wishes(pins=(replace(pin_of(each), amount=each.amount // 2),))
    for source in dict.fromkeys(each.source for each in plan.actions):
        yield Wishes(forbidden=(Forbidden(source),))
    yield Wishes(at_most=len(plan.actions) - 1)


def timed(job: Callable[[], list[Plan]]) -> tuple[float, list[Plan]]:
    start = time.process_time()
    plans = job()
    return time.process_time() - start, plans


def steps(plan: Plan) -> list[tuple[object, ...]]:
    return [(each.kind, each.source, each.day, each.amount) for each in plan.actions]


def main() -> None:
    quick = is_quick(__doc__)
    write = sys.stdout.write
    totals = {True: [0.0, 0.0], False: [0.0, 0.0]}
    write("afresh   from there   the same of\n")
    for name in book_names(quick=quick):
        answers = answer(book_named(name))
        projection = answers.projection
        hurting = [each for each in answers.losses if each.outcome.hurts]
        for loss in hurting[:1] if quick else hurting:
            known = draft(projection, loss.outcome)
            wanted = list(wishes_about(known))[: 2 if quick else None]
            afresh, cold = timed(
                lambda: [draft(projection, loss.outcome, wishes=w) for w in wanted]  # noqa: B023  at once
            )
            begun, warm = timed(
                lambda: [redraft(projection, known, w) for w in wanted]  # noqa: B023  at once
            )
            same = sum(steps(a) == steps(b) for a, b in zip(cold, warm, strict=True))
            total = totals[bool(known.missed)]
            total[0], total[1] = total[0] + afresh, total[1] + begun
            where = f"{name} {loss.contingency.id}"
            write(f"{afresh:6.2f}   {begun:10.2f}   {same:8} {len(wanted):2}  {where}\n")
    for missed, (afresh, begun) in totals.items():
        which = "something stays unpaid" if missed else "everything is paid"
        write(f"{afresh:6.2f}   {begun:10.2f}   in all, where {which}\n")


if __name__ == "__main__":
    main()
