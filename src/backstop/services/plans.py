"""Plans for every loss in one go: on all cores, with progress, and only those that are not known.

A plan is kept by what it was worked out from (`plan.inputs_of`), so that an edit that does not
touch a loss leaves its plan as it is. What comes out does not depend on the number of threads.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from queue import SimpleQueue
from threading import Event, Lock, Thread
from time import sleep

from backstop.plan import NO_WISHES, Answers, Loss, Plan, Wishes, inputs_of
from backstop.services.answers import drafted

NEVER: Callable[[], bool] = lambda: False  # noqa: E731  a default that reads as what it says
SILENT: Callable[[int, int], None] = lambda done, of: None  # noqa: E731

MOST_KEPT = 512
ENDING_SECONDS = 0.001
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
    """The plan for this loss, from the shelf or drafted now. Raises `Cancelled`."""
    inputs = inputs_of(answers.projection, loss.outcome, wishes)
    known = shelf.find(inputs, answers, loss)
    if known is not None:
        return known
    plan = drafted(answers, loss, cancelled, wishes)
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
    waiting = iter(enumerate(answers.losses))
    found: SimpleQueue[tuple[int, Plan | BaseException]] = SimpleQueue()
    taking, ended = Lock(), Event()

    def stopped() -> bool:
        return ended.is_set() or cancelled()

    def work() -> None:
        while not ended.is_set():
            with taking:
                number, loss = next(waiting, (0, None))
            if loss is None:
                return
            try:
                found.put((number, kept_plan(answers, loss, shelf, stopped, wishes)))
            except BaseException as error:  # noqa: BLE001  raised where the plans are wanted
                found.put((number, error))
                return

    # not a ThreadPoolExecutor: where Qt made the calling thread, that leaves a record of it behind
    workers = [Thread(target=work, name=f"plan-{n}", daemon=True) for n in range(threads)]
    for each in workers:
        each.start()
    try:
        yield from _in_order(found, len(answers.losses))
    finally:
        ended.set()
        while any(each.is_alive() for each in workers):
            sleep(ENDING_SECONDS)


def _in_order(found: "SimpleQueue[tuple[int, Plan | BaseException]]", of: int) -> Iterator[Plan]:
    early: dict[int, Plan] = {}
    for number in range(of):
        while number not in early:
            at, plan = found.get()
            if isinstance(plan, BaseException):
                raise plan
            early[at] = plan
        yield early.pop(number)


def _cores() -> int:
    return max(1, min(MOST_THREADS, os.cpu_count() or 1))
