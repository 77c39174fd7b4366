"""The rest of a plan that is carried out, drafted anew: for the loss as it is by then."""

from dataclasses import replace

import pytest

from backstop.contingency import closure_known_as
from backstop.domain import Book, PlanStage
from backstop.plan import answer, draft
from backstop.plan.life.progress import as_it_goes_on, contingency_of, is_stale
from backstop.projection import project
from backstop.services.accepting import accept
from backstop.services.losing import loss_on, plannable, with_loss
from backstop.settling import advance
from in_flight import CALLED, FLOOD, called, flooded, on


@pytest.mark.parametrize(("book", "lost"), [(flooded(), "flood"), (called(CALLED), "line")])
def test_the_rest_of_a_plan_is_asked_for_the_loss_as_it_is_by_now(book: Book, lost: str) -> None:
    """Neither its expense nor its notice comes a second time."""
    later = advance(book, on(9))
    (plan,) = later.accepted_plans
    known = closure_known_as(later, lost)
    assert known is not None
    assert as_it_goes_on(later, known) == contingency_of(later, plan) != known
    answers = plannable(answer(later))
    assert loss_on(answers, lost, 0).contingency == contingency_of(later, plan)
    assert loss_on(answers, lost, 3).contingency == replace(known, loss_day=3)
    drill = later.put(plan.changed(drill=True))
    assert as_it_goes_on(drill, known) == known


def test_what_is_accepted_for_it_goes_on_from_the_plan_before() -> None:
    later = advance(flooded(), on(9))
    answers = plannable(answer(later))
    loss = loss_on(answers, "flood", 0)
    answers = with_loss(answers, loss.contingency)
    book = accept(answers, draft(answers.projection, loss.outcome), later.as_of).after
    before, now = book.accepted_plans
    assert (before.stage, now.stage) == (PlanStage.ENDED, PlanStage.ACTIVE)
    assert now.activated_on == before.activated_on
    assert book.contingencies == (FLOOD,)
    assert not is_stale(project(book), now)
