"""Whether plans are the best: against a search of its own among all that could be done on any day.

    python tests/benchmarks/bench_best_plans.py [BOOKS] [--quick] [--keep FILE]

Small odd books with every kind of option, each with the loss that hurts it. Told are: how many
plans leave more unpaid than the search found, class by class, or than the bound explains; how many
cost more than it by over 1 % and 10 units; how the gaps between bound and plan are spread. `--keep`
writes what the search found to a file, a line each, and reads it from there another time: the
search is what takes long.
"""

import json
import statistics
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[2] / "src"))

from backstop.plan import Action, Answers, Loss, Plan, answer, best_plan
from benchmarks.asking import parser
from odd_books import LOST, odd_book
from wide_search import best_of
from wide_ways import Places

SECONDS, QUICK_SECONDS = 4.0, 0.2
"""How long the search goes on about one book; in a quick run."""
UNIT = 100
DISLIKES = {"sell_asset": 0.01, "owner_money": 0.01, "cut": 0.1, "defer": 0.005, "renew": 0.02}


@dataclass(frozen=True)
class Case:
    """One book: its plan, and what the search has found: unpaid by class, cost, and what that
    counts as with what each step has to save."""

    number: int
    plan: Plan
    seconds: float
    gap: int
    friction: int
    missed: tuple[int, int, int]
    cost: int
    counted: float


def main() -> None:
    options = parser(__doc__)
    options.add_argument("count", nargs="?", type=int, default=300)
    options.add_argument("--keep", type=Path)
    asked = options.parse_args()
    known = _kept(asked.keep)
    cases: list[Case] = []
    wanted = 1 if asked.quick else asked.count
    for number in range(10 * wanted):
        if len(cases) >= wanted:
            break
        seconds = QUICK_SECONDS if asked.quick else SECONDS
        case = _case(number, known, asked.keep, seconds)
        if case is not None:
            cases.append(case)
    _tell(cases)


def _kept(file: Path | None) -> dict[int, dict[str, Any]]:
    if file is None or not file.exists():
        return {}
    found = map(json.loads, file.read_text(encoding="utf-8").splitlines())
    return {each["n"]: each for each in found}


def _case(
    number: int, known: dict[int, dict[str, Any]], keep: Path | None, search: float
) -> Case | None:
    answers = answer(odd_book(number))
    loss = answers.loss(LOST)
    if not loss.outcome.hurts:
        return None
    wide = known.get(number) or _searched(number, answers, loss, keep, search)
    if wide["missed"] is None:
        return None
    began = time.process_time()
    plan = best_plan(answers.projection, loss.outcome)
    seconds = time.process_time() - began
    return Case(
        number,
        plan,
        seconds,
        loss.outcome.largest_gap,
        wide["friction"],
        tuple(wide["missed"]),
        wide["cost"],
        wide["counted"],
    )


def _searched(
    number: int, answers: Answers, loss: Loss, keep: Path | None, seconds: float
) -> dict[str, Any]:
    friction = answers.situation(loss).friction
    best = best_of(Places(answers.projection, loss.outcome), friction, seconds)
    found = {
        "n": number,
        "friction": friction,
        "missed": best and best.missed,
        "cost": best and best.cost,
        "counted": best and best.counted,
    }
    if keep is not None:
        with keep.open("a", encoding="utf-8") as file:
            file.write(json.dumps(found) + "\n")
    return found


def _counted(actions: Sequence[Action], friction: int) -> float:
    return sum(a.cost + friction + DISLIKES.get(str(a.kind), 0.0) * a.amount for a in actions)


def misses_more(case: Case) -> bool:
    pairs = zip(accumulate(case.plan.after.missed), accumulate(case.missed), strict=True)
    for mine, theirs in pairs:
        if abs(mine - theirs) > max(UNIT, theirs / 1000):
            return mine > theirs
    return False


def misses_less(case: Case) -> bool:
    pairs = zip(accumulate(case.plan.after.missed), accumulate(case.missed), strict=True)
    return any(mine < theirs - max(UNIT, theirs / 1000) for mine, theirs in pairs)


def is_dearer(case: Case) -> bool:
    if misses_more(case) or misses_less(case):
        return False
    counted = _counted(case.plan.actions, case.friction)
    return counted > case.counted + max(10 * UNIT, case.counted / 100)


def is_unexplained(case: Case) -> bool:
    """Beyond what the steps would pay that are left out as not worth it, which the plan says."""
    left = sum(case.plan.after.missed) - case.plan.left_out
    return left - case.plan.at_least > max(UNIT, left / 100)


def is_broken(case: Case) -> bool:
    """Whether the search found less than any plan leaves by the bound, and no more of the graver
    classes."""
    mine, theirs = (list(accumulate(each)) for each in (case.plan.after.missed, case.missed))
    graver = all(b <= a + UNIT for a, b in zip(mine[:2], theirs[:2], strict=True))
    return graver and case.plan.at_least > theirs[2] + UNIT


def _tell(cases: Sequence[Case]) -> None:
    write = sys.stdout.write
    short = [each for each in cases if each.plan.missed]
    gaps = sorted(
        (sum(c.plan.after.missed) - c.plan.left_out - c.plan.at_least) / c.gap for c in short
    )
    seconds = sorted(each.seconds for each in cases)
    write(f"{len(cases)} books, {len(short)} of whose plans leave something unpaid\n")
    for what, holds in (
        ("leave more unpaid than the search found", misses_more),
        ("leave less unpaid than the search found", misses_less),
        ("leave unpaid what the bound does not explain", is_unexplained),
        ("are beaten though the bound rules it out", is_broken),
        ("cost more by over 1 % and 10 units", is_dearer),
    ):
        numbers = [each.number for each in cases if holds(each)]
        write(f"{len(numbers):5}  {100 * len(numbers) / len(cases):5.1f} %  {what}: {numbers}\n")
    write(f"       {sum(not c.plan.proved for c in cases)} not proved\n")
    if gaps:
        spread = "  ".join(f"{100 * gaps[int(q * (len(gaps) - 1))]:.1f}" for q in (0, 0.5, 0.9, 1))
        write(
            f"gap from bound to plan, % of what doing nothing misses (least, p50, p90): {spread}\n"
        )
    write(
        f"plans: median {statistics.median(seconds):.2f} s, "
        f"p95 {seconds[int(0.95 * (len(seconds) - 1))]:.2f} s, slowest {seconds[-1]:.2f} s\n"
    )


if __name__ == "__main__":
    main()
