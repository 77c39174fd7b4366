"""Plans for every loss in one go: on all cores, with progress, and only those that are not known.

A plan is kept by what it was worked out from (`plan.inputs_of`), so that an edit that does not
touch a loss leaves its plan as it is. What comes out does not depend on the number of threads.
"""

from dataclasses import dataclass, field, replace
from threading import Lock

from backstop.plan import NO_WISHES, Answers, Loss, Plan, Wishes, inputs_of, searched
from backstop.plan.side_by_side import side_by_side
from backstop.services.answers import drafted
from backstop.work import current_work

MOST_KEPT = 512


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
        other = plan.otherwise
        return replace(
            _as_part_of(answers, plan, loss),
            otherwise=None if other is None else _as_part_of(answers, other, loss),
        )

    def keep(self, inputs: str, plan: Plan) -> None:
        """Keep a plan by the fingerprint of its inputs; beyond `MOST_KEPT` the oldest goes."""
        with self._lock:
            self._kept[inputs] = plan
            while len(self._kept) > MOST_KEPT:
                del self._kept[next(iter(self._kept))]


def _as_part_of(answers: Answers, plan: Plan, loss: Loss) -> Plan:
    return replace(
        plan,
        fingerprint=answers.book.fingerprint,
        before=loss.outcome,
        after=replace(plan.after, projection=answers.projection),
    )


def kept_plan(
    answers: Answers,
    loss: Loss,
    shelf: Shelf,
    wishes: Wishes = NO_WISHES,
) -> Plan:
    """The plan for this loss, from the shelf or drafted now. Raises `Cancelled`."""
    current_work().check()
    inputs = inputs_of(answers.projection, loss.outcome, wishes)
    known = shelf.find(inputs, answers, loss)
    if known is not None:
        return known
    if wishes and (loss.plan is None or loss.plan.first):
        loss = replace(loss, plan=kept_plan(answers, loss, shelf))
    plan = drafted(answers, loss, wishes)
    shelf.keep(inputs, plan)
    return plan


def plans_for_all(
    answers: Answers,
    shelf: Shelf | None = None,
    wishes: Wishes = NO_WISHES,
    threads: int = 0,
) -> list[Plan]:
    """A plan for every contingency that is searched, the most dangerous first: in a large book the
    gravest. Before them one for what falls short anyway. Raises `Cancelled`.

    The work's progress is told from this thread. `threads` is how many work side by side, 0 for
    one on each core.
    """
    shelf = Shelf() if shelf is None else shelf
    plans: list[Plan] = []
    losses, progress = searched(answers), current_work().progress
    progress(0, len(losses))

    def planned(loss: Loss) -> Plan:
        return kept_plan(answers, loss, shelf, wishes)

    for plan in side_by_side(planned, losses, threads):
        plans.append(plan)
        progress(len(plans), len(losses))
    return plans
