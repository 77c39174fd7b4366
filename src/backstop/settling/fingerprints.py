"""Accepted plans in a book that is brought on: what came as planned makes none of them stale."""

from __future__ import annotations

from collections.abc import Callable

from backstop.contingency import outcomes, projection_of_now
from backstop.domain import AcceptedPlan, Book, PlanStage
from backstop.plan.life.inputs import inputs_of
from backstop.plan.life.progress import as_on, contingency_of, is_stale
from backstop.projection import Projection


def restamped(before: Book, now: Book, as_planned: Callable[[], Book] | None = None) -> Book:
    """The book of the later day with the plans that still hold marked as holding for it: those that
    did before, and whose inputs are what they would be had all come `as_planned` (that book; this
    is it, without)."""
    open_plans = [e for e in before.accepted_plans if e.stage is not PlanStage.ENDED]
    if not open_plans or now is before:
        return now
    then = projection_of_now(before)
    held = {each.id for each in open_plans if not is_stale(then, each)}
    if not held:
        return now
    came = projection_of_now(now)
    planned = came if as_planned is None else projection_of_now(as_planned())
    return _marked(now, planned, came, held)


def _marked(now: Book, planned: Projection, came: Projection, held: set[str]) -> Book:
    """The book with new fingerprints for these plans, where both projections give the same."""
    plans = tuple(
        each.changed(inputs=_inputs(came, each) or each.inputs)
        if each.id in held and _inputs(planned, each) == _inputs(came, each)
        else each
        for each in now.accepted_plans
    )
    return now.changed(accepted_plans=plans)


def _inputs(projection: Projection, accepted: AcceptedPlan) -> str | None:
    contingency = contingency_of(projection.book, accepted)
    if contingency is None:
        return None
    then = as_on(projection, accepted.accepted_on)
    (outcome,) = outcomes(then, [contingency])
    return inputs_of(then, outcome)
