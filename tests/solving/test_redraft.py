"""Drafting again around the owner's wishes, from the plan that is known."""

from collections.abc import Sequence
from dataclasses import replace
from importlib import import_module

import pytest

import solved
from backstop.plan import (
    Action,
    Answers,
    Forbidden,
    FundingModel,
    Loss,
    Plan,
    Solution,
    Wishes,
    draft,
    optimise,
    pin_of,
    redraft,
)
from backstop.services.answers import drafted
from backstop.services.plans import Shelf, kept_plan


@pytest.fixture(scope="module")
def answers() -> Answers:
    return solved.sample("wholesaler")


@pytest.fixture(scope="module")
def loss(answers: Answers) -> Loss:
    return answers.loss("wangshang")


@pytest.fixture(scope="module")
def known(answers: Answers, loss: Loss) -> Plan:
    """Four actions: two lenders are asked, two reserves released."""
    plan = solved.planned(answers.book, loss.contingency.id)
    assert {each.source for each in plan.actions} >= {"partner", "tax-loan"}
    return plan


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[FundingModel]:
    """What the solver is asked."""
    models: list[FundingModel] = []

    def watched(
        model: FundingModel,
        choices: Sequence[bool] | None = None,
        *,
        stepped: bool = False,
        less_than: Sequence[float] | None = None,
    ) -> Solution:
        models.append(model)
        return optimise(model, choices, stepped=stepped, less_than=less_than)

    monkeypatch.setattr(import_module("backstop.plan.drafting.attempts"), "optimise", watched)
    return models


def met_by(plan: Plan) -> dict[str, Wishes]:
    first = pin_of(plan.actions[0])
    return {
        "a step kept": Wishes(pins=(first,)),
        "a step kept at any amount": Wishes(pins=(replace(first, amount=0),)),
        "a source forbidden that is not used": Wishes(forbidden=(Forbidden("mortgage-line"),)),
        "a day forbidden that is not used": Wishes(forbidden=(Forbidden("partner", 300),)),
        "no more steps than there are": Wishes(at_most=len(plan.actions)),
        "every step": Wishes(every_step=True),
        "a lender avoided that is not asked": Wishes(avoid=("mortgage-line",)),
        "the lenders preferred that are asked": Wishes(prefer=("partner", "tax-loan")),
    }


def not_met_by(plan: Plan) -> dict[str, Wishes]:
    first = pin_of(plan.actions[0])
    return {
        "another amount": Wishes(pins=(replace(first, amount=first.amount - 1_000_000),)),
        "a step that is not there": Wishes(pins=(replace(first, day=first.day + 1),)),
        "a source forbidden that is used": Wishes(forbidden=(Forbidden("partner"),)),
        "fewer steps": Wishes(at_most=len(plan.actions) - 1),
        "a lender avoided that is asked": Wishes(avoid=("partner",)),
        "one lender preferred of two that are asked": Wishes(prefer=("tax-loan",)),
    }


def facts(action: Action) -> tuple[str, str, int, int, int]:
    return action.kind, action.source, action.day, action.amount, action.cost


def said(plan: Plan) -> tuple[object, ...]:
    """All of a plan but the days of its cash."""
    return plan.actions, plan.cost, plan.missed, plan.proved, plan.remains, plan.shortage


def test_a_plan_that_is_what_is_wished_for_stays_and_nothing_is_searched(
    answers: Answers, known: Plan, asked: list[FundingModel]
) -> None:
    for wish, wishes in met_by(known).items():
        plan = redraft(answers.projection, known, wishes)
        assert [facts(each) for each in plan.actions] == [facts(a) for a in known.actions], wish
        assert not asked, wish


def test_what_is_not_as_wished_is_searched_from_there(
    answers: Answers, known: Plan, asked: list[FundingModel]
) -> None:
    for wish, wishes in not_met_by(known).items():
        asked.clear()
        plan = redraft(answers.projection, known, wishes)
        assert [facts(each) for each in plan.actions] != [facts(a) for a in known.actions], wish
        begun = {column.key for column in asked[0].columns if column.begun}
        steps = {f"{each.kind}:{each.source}:{each.day}" for each in known.actions}
        assert begun, wish
        assert begun <= steps, wish


def test_beginning_at_a_plan_makes_the_one_found_no_worse(answers: Answers, known: Plan) -> None:
    for wish, wishes in not_met_by(known).items():
        afresh = draft(answers.projection, known.before, wishes=wishes)
        plan = redraft(answers.projection, known, wishes)
        assert plan.proved, wish
        assert plan.missed == afresh.missed, wish
        assert plan.unmet == afresh.unmet, wish
        assert plan.cost <= afresh.cost * 1.001, wish


def test_steps_are_marked_as_kept_as_long_as_they_are_wished_for(
    answers: Answers, known: Plan
) -> None:
    one = Wishes(pins=(pin_of(known.actions[1]),))
    kept = redraft(answers.projection, known, one)
    assert [each.pinned for each in kept.actions] == [False, True, False, False]
    other = Wishes(pins=(pin_of(known.actions[2]),))
    assert [a.pinned for a in redraft(answers.projection, kept, other).actions].index(True) == 2


def test_a_plan_that_leaves_something_unpaid_is_always_searched_again(
    asked: list[FundingModel],
) -> None:
    """Other steps may have been left out of it than its own, and a wish may change which."""
    answers = solved.sample("wholesaler")
    short = solved.planned(answers.book, "mortgage-line")
    assert short.missed
    asked.clear()
    redraft(answers.projection, short, Wishes(pins=(pin_of(short.actions[0]),)))
    assert asked


def test_a_plan_that_is_not_proved_is_always_searched_again(
    answers: Answers, known: Plan, asked: list[FundingModel]
) -> None:
    unproved = replace(known, proved=False)
    assert redraft(answers.projection, unproved, Wishes(every_step=True)).proved
    assert asked


def test_the_plan_around_wishes_is_the_same_however_one_came_to_it(
    answers: Answers, loss: Loss, known: Plan
) -> None:
    wishes = Wishes(forbidden=(Forbidden("partner"),))
    directly = drafted(answers, loss, wishes)
    with_its_plan = drafted(answers, replace(loss, plan=known), wishes)
    shelf = Shelf()
    other = Wishes(forbidden=(Forbidden("tax-loan"),))
    kept_plan(answers, loss, shelf, wishes=other)
    after_another = kept_plan(answers, loss, shelf, wishes=wishes)
    assert said(directly) == said(with_its_plan) == said(after_another)


def test_the_plan_without_wishes_is_kept_for_the_next_ones(
    answers: Answers, loss: Loss, asked: list[FundingModel]
) -> None:
    shelf = Shelf()
    kept_plan(answers, loss, shelf, wishes=Wishes(every_step=True))
    asked.clear()
    kept_plan(answers, loss, shelf, wishes=Wishes(at_most=4))
    kept_plan(answers, loss, shelf)
    assert not asked
