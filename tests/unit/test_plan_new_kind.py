"""A new kind of option, by the recipe in `docs/recipes/option_kind.md`: one module, one key.

The solver, the judge, the reasons, the paper and JSON stay as they are.
"""

import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import msgspec
import pytest

import solved
from backstop.cli.answers.plan_result import plan_out
from backstop.domain import Book, Message, message
from backstop.paper.section import section_of
from backstop.plan import Action, ActionKind, Plan, answer, draft
from backstop.plan.drafting.model import model_of
from backstop.plan.offers import KINDS, Meaning, Offer, OptionKind
from backstop.plan.offers.offer import proposal
from backstop.plan.offers.rules import offers_for
from backstop.plan.offers.sentence import money
from backstop.plan.situation import Situation
from backstop.plan.solver.optimise import optimise
from backstop.telling import Narrator, words_for
from backstop.telling.actions import action_text, cautions


def a_new_key(key: str) -> ActionKind:
    """A member that the enumeration has for this test alone."""
    made = str.__new__(ActionKind, key)
    made._name_, made._value_ = key.upper(), key
    return made


SOFA = a_new_key("sofa")


def sofas(situation: Situation) -> Iterator[Offer]:
    """Money found under the sofa on the first day of need."""
    for day in situation.dates[:1]:
        account = situation.book.accounts[0]
        found = proposal(SOFA, (account.id, "sofa"), day, 50_000_00)
        yield Offer(found, least=1, step=100)


def found_money(book: Book, action: Action) -> Meaning:
    return Meaning(((action.day, action.amount),))


def sentence(book: Book, action: Action) -> Message:
    return message(
        "Look under the {name} for {amount}", name=action.name, amount=money(book, action.amount)
    )


def doubtful(book: Book, action: Action) -> tuple[Message, ...]:
    return (message("There may be none."),)


KIND = OptionKind(key=SOFA, offers=sofas, meaning=found_money, sentence=sentence, cautions=doubtful)


@pytest.fixture
def situation() -> Situation:
    answers = solved.sample("wholesaler")
    return Situation(answers.projection, answers.loss("wangshang").outcome, 0)


@pytest.fixture
def plan(situation: Situation, monkeypatch: pytest.MonkeyPatch) -> Plan:
    monkeypatch.setitem(KINDS, SOFA, KIND)
    return draft(situation.projection, situation.outcome)


@pytest.mark.slow
def test_it_is_used_where_it_is_cheapest(
    situation: Situation, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = optimise(model_of(situation, offers_for(situation)))
    monkeypatch.setitem(KINDS, SOFA, KIND)
    offers = offers_for(situation)
    after = optimise(model_of(situation, offers))
    assert after.cost < before.cost
    assert after.amounts[-1] > 0
    assert offers[-1].action.name == "sofa"


def test_it_goes_through_judge_and_reasons(plan: Plan) -> None:
    assert plan.proved
    [found] = [each for each in plan.actions if each.kind is SOFA]
    assert found.because is not None
    assert not plan.missed


def test_its_sentence_and_its_caution_stand_on_paper_and_in_json(
    plan: Plan, situation: Situation
) -> None:
    words = words_for("en")
    narrator = Narrator(situation.book, words)
    [found] = [each for each in plan.actions if each.kind is SOFA]
    assert action_text(found, narrator).startswith("Look under the sofa for ¥")
    assert cautions(found, narrator) == "There may be none."
    answers = answer(situation.book)
    for written in (
        str(section_of(answers, plan, narrator)),
        msgspec.json.encode(plan_out(answers, plan, words)).decode(),
    ):
        assert "Look under the sofa for ¥" in written
        assert "There may be none." in written


def test_every_key_has_its_kind_under_its_own_name() -> None:
    assert list(KINDS) == list(ActionKind)
    assert all(kind.key is key for key, kind in KINDS.items())


def test_the_recipe_names_every_part_of_a_kind_and_files_that_there_are() -> None:
    root = Path(__file__).parents[2]
    recipe = (root / "docs/recipes/option_kind.md").read_text(encoding="utf-8")
    parts = {each.name for each in fields(OptionKind)}
    assert {
        part for part in parts if f"`{part}`" not in recipe and f"{part}=" not in recipe
    } == set()
    named = re.findall(r"`((?:plan|domain|telling|desktop)/[\w/]+\.py)`", recipe)
    assert named
    assert all((root / "src/backstop" / each).exists() for each in named)
