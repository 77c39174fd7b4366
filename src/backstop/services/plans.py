"""Plans for every loss in one go: on all cores, with progress, and only those that are not known.

A plan is kept by what it was worked out from (`plan.inputs_of`), so that an edit that does not
touch a loss leaves its plan as it is. What comes out does not depend on the number of threads.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from threading import Lock

from backstop.plan import (
    NO_WISHES,
    Answers,
    Loss,
    Plan,
    Wishes,
    draft,
    inputs_of,
    with_shortage,
)

NEVER: Callable[[], bool] = lambda: False  # noqa: E731  a default that reads as what it says
SILENT: Callable[[int, int], None] = lambda done, of: None  # noqa: E731

MOST_KEPT = 512
MOST_THREADS = 4
"""The solver works without the interpreter lock, so threads are enough: measured, two of them take
little more than half the time of one."""


@dataclass
class Shelf:
    """Plans by what they were worked out from. Safe to use from several threads."""

    _kept: dict[str, Plan] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def find(self, inputs: str, answers: Answers, loss: Loss) -> Plan | None:
        """The plan for these inputs, as part of this book's answers."""
        with self._lock:
            plan = self._kept.get(inputs)
        if plan is None:
            return None
        return replace(
            plan,
            fingerprint=answers.book.fingerprint,
            before=loss.outcome,
            after=replace(plan.after, projection=answers.projection),
        )

    def keep(self, inputs: str, plan: Plan) -> None:
        with self._lock:
            self._kept[inputs] = plan
            while len(self._kept) > MOST_KEPT:
                del self._kept[next(iter(self._kept))]


def kept_plan(
    answers: Answers,
    loss: Loss,
    shelf: Shelf,
    cancelled: Callable[[], bool] = NEVER,
    wishes: Wishes = NO_WISHES,
) -> Plan:
    """The plan for this loss, with what to do about what it leaves unpaid: from the shelf, from
    assessing the loss, or drafted now. Raises `Cancelled`."""
    inputs = inputs_of(answers.projection, loss.outcome, wishes)
    known = shelf.find(inputs, answers, loss)
    if known is not None:
        return known
    drafted = loss.plan if not wishes else None
    plan = drafted or draft(answers.projection, loss.outcome, cancelled, wishes)
    plan = with_shortage(answers.projection, plan, cancelled)
    shelf.keep(inputs, plan)
    return plan


def plans_for_all(
    answers: Answers,
    shelf: Shelf | None = None,
    cancelled: Callable[[], bool] = NEVER,
    wishes: Wishes = NO_WISHES,
    progress: Callable[[int, int], None] = SILENT,
    threads: int = 0,
) -> list[Plan]:
    """A plan for every contingency, the most dangerous first. Raises `Cancelled`.

    `progress(done, of)` is called from this thread. `threads` is how many work side by side, 0 for
    one on each core.
    """
    shelf = Shelf() if shelf is None else shelf
    plans: list[Plan] = []
    progress(0, len(answers.losses))
    for plan in _each(answers, shelf, cancelled, wishes, threads or _cores()):
        plans.append(plan)
        progress(len(plans), len(answers.losses))
    return plans


def _each(
    answers: Answers,
    shelf: Shelf,
    cancelled: Callable[[], bool],
    wishes: Wishes,
    threads: int,
) -> Iterator[Plan]:
    """Plans in the order of the losses, as they are ready. Where one fails, no other is begun."""
    ended = False

    def stopped() -> bool:
        return ended or cancelled()

    def work(loss: Loss) -> Plan:
        return kept_plan(answers, loss, shelf, stopped, wishes)

    with ThreadPoolExecutor(threads, thread_name_prefix="plan") as pool:
        waiting: Sequence[Future[Plan]] = [pool.submit(work, each) for each in answers.losses]
        try:
            for future in waiting:
                yield future.result()
        finally:
            ended = True
            pool.shutdown(wait=True, cancel_futures=True)


def _cores() -> int:
    return max(1, min(MOST_THREADS, os.cpu_count() or 1))
