"""A new kind of option needs one module: the solver, the judge and the paper stay as they are."""

from collections.abc import Iterator

import pytest

from backstop.plan import ActionKind, answer, draft
from backstop.plan.drafting.model import model_of, offers_for
from backstop.plan.drafting.situation import Situation
from backstop.plan.options import OPTION_KINDS, Offer
from backstop.plan.options.offer import proposal
from backstop.plan.solver.optimise import optimise
from backstop.services.samples import load_sample


def sofa(situation: Situation) -> Iterator[Offer]:
    """Money found under the sofa on the first day of need: a toy. It counts as a reserve, since
    that is a source without price or repayment."""
    for day in situation.dates[:1]:
        account = next(a for a in situation.book.accounts if not a.breaking_cost)
        found = proposal(ActionKind.RESERVE, (account.id, "sofa"), day, 50_000_00)
        yield Offer(found, least=1, step=100)


@pytest.fixture
def situation() -> Situation:
    answers = answer(load_sample("wholesaler"))
    return Situation(answers.projection, answers.loss("wangshang").outcome, 0)


@pytest.mark.slow
def test_a_toy_kind_is_used_where_it_is_cheapest(situation: Situation) -> None:
    before = optimise(model_of(situation, offers_for(situation)), lambda: False)
    offers = offers_for(situation, (*OPTION_KINDS, sofa))
    after = optimise(model_of(situation, offers), lambda: False)
    assert after.cost < before.cost
    assert after.amounts[-1] > 0
    assert offers[-1].action.name == "sofa"


def test_a_toy_kind_goes_through_judge_and_reasons(
    situation: Situation, monkeypatch: pytest.MonkeyPatch
) -> None:
    from importlib import import_module

    def with_sofa(place: Situation) -> tuple[Offer, ...]:
        return offers_for(place, (*OPTION_KINDS, sofa))

    monkeypatch.setattr(import_module("backstop.plan.drafting.draft"), "offers_for", with_sofa)
    plan = draft(situation.projection, situation.outcome)
    assert plan.proved
    [found] = [each for each in plan.actions if each.name == "sofa"]
    assert found.because is not None
    assert not plan.missed
