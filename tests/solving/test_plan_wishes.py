"""The owner's hand: pins, forbidden sources, so many actions, lenders avoided or preferred."""

from dataclasses import replace
from functools import cache

import pytest

import solved
from backstop.contingency import Outcome
from backstop.plan import (
    Action,
    ActionKind,
    Answers,
    Forbidden,
    Pin,
    Plan,
    Wishes,
    draft,
    pin_of,
)


@pytest.fixture(scope="module")
def answers() -> Answers:
    return solved.sample("wholesaler")


@pytest.fixture(scope="module")
def outcome(answers: Answers) -> Outcome:
    return answers.loss("wangshang").outcome


@pytest.fixture(scope="module")
def free(answers: Answers, outcome: Outcome) -> Plan:
    """The plan without any wish: four actions."""
    return solved.planned(answers.book, "wangshang")


def with_(answers: Answers, outcome: Outcome, wishes: Wishes) -> Plan:
    plan = draft(answers.projection, outcome, wishes=wishes)
    assert plan.proved
    return plan


def test_a_forbidden_source_is_not_used(answers: Answers, outcome: Outcome, free: Plan) -> None:
    source = free.actions[-1].source
    plan = with_(answers, outcome, Wishes(forbidden=(Forbidden(source),)))
    assert source in {each.source for each in free.actions}
    assert source not in {each.source for each in plan.actions}


def test_a_source_forbidden_on_one_day_may_serve_on_another(
    answers: Answers, outcome: Outcome, free: Plan
) -> None:
    action = free.actions[-1]
    plan = with_(answers, outcome, Wishes(forbidden=(Forbidden(action.source, action.day),)))
    used = [each.day for each in plan.actions if each.source == action.source]
    assert used
    assert action.day not in used


def test_a_pinned_action_keeps_its_amount_and_day(
    answers: Answers, outcome: Outcome, free: Plan
) -> None:
    action = next(each for each in free.actions if each.kind is ActionKind.DRAW)
    smaller = replace(pin_of(action), amount=action.amount - 1_000_000)
    plan = with_(answers, outcome, Wishes(pins=(smaller,)))
    [kept] = [each for each in plan.actions if each.pinned]
    assert (kept.source, kept.day, kept.amount) == (action.source, action.day, smaller.amount)
    assert not plan.unmet
    assert not plan.missed


def test_pinning_the_whole_plan_gives_the_plan_again(
    answers: Answers, outcome: Outcome, free: Plan
) -> None:
    pins = tuple(pin_of(each) for each in free.actions)
    plan = with_(answers, outcome, Wishes(pins=pins, at_most=len(pins)))
    assert [facts(each) for each in plan.actions] == [facts(each) for each in free.actions]


def facts(action: Action) -> tuple[str, str, int, int, int]:
    return action.kind, action.source, action.day, action.amount, action.cost


def test_an_action_can_be_pinned_on_a_day_of_the_owners_choice(
    answers: Answers, outcome: Outcome, free: Plan
) -> None:
    action = next(each for each in free.actions if each.source == "tax-loan")
    earlier = replace(pin_of(action), day=action.day - 3)
    plan = with_(answers, outcome, Wishes(pins=(earlier,)))
    assert [each.day for each in plan.actions if each.pinned] == [action.day - 3]


@cache
def of_at_most(most: int) -> Plan:
    answers = solved.sample("wholesaler")
    return with_(answers, answers.loss("wangshang").outcome, Wishes(at_most=most))


@pytest.mark.parametrize("most", [0, 1, 2, 3])
def test_no_more_actions_than_wanted(most: int) -> None:
    assert len(of_at_most(most).actions) <= most


def test_fewer_actions_never_miss_less() -> None:
    missed = [sum(each.missed for each in of_at_most(most).missed) for most in range(5)]
    assert missed == sorted(missed, reverse=True)


def test_an_avoided_lender_gives_way_where_others_do_as_well(
    answers: Answers, outcome: Outcome, free: Plan
) -> None:
    assert "partner" in {each.source for each in free.actions}
    plan = with_(answers, outcome, Wishes(avoid=("合伙人",)))
    assert "partner" not in {each.source for each in plan.actions}
    assert not plan.missed


def test_a_preferred_lender_is_used_rather_than_others(answers: Answers, outcome: Outcome) -> None:
    plan = with_(answers, outcome, Wishes(prefer=("中国银行",)))
    sources = {each.source for each in plan.actions}
    assert "tax-loan" in sources
    assert "partner" not in sources


@pytest.mark.parametrize(
    ("pin", "said"),
    [
        (Pin(ActionKind.DRAW, "wangshang", 13, 100_000), "cannot be used on"),
        (Pin(ActionKind.DRAW, "tax-loan", 0, 1_000_000), "cannot be used on"),
        (Pin(ActionKind.DRAW, "tax-loan", 25, 10**12), "is possible"),
        (Pin(ActionKind.DRAW, "tax-loan", 25, 1_000_001), "in steps of"),
    ],
)
def test_a_pin_that_cannot_be_kept_is_said_in_one_sentence(
    answers: Answers, outcome: Outcome, pin: Pin, said: str
) -> None:
    plan = with_(answers, outcome, Wishes(pins=(pin,)))
    [sentence] = plan.unmet
    assert said in str(sentence)
    assert not any(each.pinned for each in plan.actions)


def test_pins_that_exclude_each_other_are_kept_in_their_order(
    answers: Answers, outcome: Outcome, free: Plan
) -> None:
    first, second = (pin_of(each) for each in free.actions[:2])
    plan = with_(answers, outcome, Wishes(pins=(first, second), at_most=1))
    assert [each.source for each in plan.actions] == [first.source]
    [sentence] = plan.unmet
    assert "does not fit" in str(sentence)


def test_a_pin_is_taken_even_where_nothing_hurts(answers: Answers) -> None:
    fine = next(each.outcome for each in answers.losses if not each.outcome.touches_buffer)
    plan = with_(answers, fine, Wishes(pins=(Pin(ActionKind.DRAW, "partner", 20, 1_000_000),)))
    assert [each.source for each in plan.actions] == ["partner"]


def test_forbidding_takes_away_the_pin_and_a_new_pin_replaces_the_old(free: Plan) -> None:
    pin = pin_of(free.actions[0])
    wishes = Wishes().pinning(pin).pinning(replace(pin, amount=pin.amount + 100))
    assert [each.amount for each in wishes.pins] == [pin.amount + 100]
    assert not wishes.forbidding(Forbidden(pin.source)).pins
    assert not wishes.unpinning(free.actions[0]).pins
