"""The judge under fault: a solver that is wrong in any way never yields a plan that counts as
proved, on screen, on the command line or on paper."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest

import solved
from backstop.cli.app import run
from backstop.contingency import Outcome
from backstop.desktop.plan.drafting import PlanDraft
from backstop.desktop.plan.sentences import plan_answer, proof
from backstop.paper.section import section_of
from backstop.plan import (
    ActionKind,
    Answers,
    FundingModel,
    Solution,
    draft,
    optimise,
)
from backstop.plan.drafting.model import model_of
from backstop.plan.drafting.rounding import whole_steps
from backstop.plan.offers import Claim, Key, Offer, Sort
from backstop.plan.offers.offer import proposal
from backstop.plan.offers.rules import offers_for
from backstop.resources import resource
from backstop.services.samples import load_sample
from backstop.telling import Narrator, words_for

Spoil = Callable[[FundingModel, Solution], Solution]


def too_little(_: FundingModel, found: Solution) -> Solution:
    return replace(found, amounts=tuple(each / 2 for each in found.amounts))


def nothing_at_all(_: FundingModel, found: Solution) -> Solution:
    return replace(found, amounts=(0.0,) * len(found.amounts))


def wrong_columns(_: FundingModel, found: Solution) -> Solution:
    """Each column gets another one's amount, and nothing is said to be missed."""
    turned = replace(found, amounts=found.amounts[::-1], taken=found.taken[::-1])
    return replace(turned, unpaid=(0.0,) * len(found.unpaid), missed=(0.0, 0.0, 0.0))


def over_the_limits(model: FundingModel, _: Solution) -> Solution:
    """Everything on offer, taken twice as often as its limits allow."""
    amounts = tuple(2 * each.most for each in model.columns)
    count = len(amounts)
    return Solution(
        amounts, (0.0,) * len(model.missable), (0.0, 0.0, 0.0), 0, 0, True, (True,) * count
    )


def misses_denied(_: FundingModel, found: Solution) -> Solution:
    """Nothing is done and nothing is said to be missed."""
    return replace(
        nothing_at_all(_, found), unpaid=(0.0,) * len(found.unpaid), missed=(0.0, 0.0, 0.0)
    )


SOLVING = import_module("backstop.plan.drafting.attempts")
FAULTS = [too_little, nothing_at_all, wrong_columns, over_the_limits, misses_denied]


@pytest.fixture(scope="module")
def answers() -> Answers:
    return solved.sample("wholesaler")


@pytest.fixture(scope="module")
def outcome(answers: Answers) -> Outcome:
    return answers.loss("wangshang").outcome


@pytest.fixture(params=FAULTS, ids=lambda each: each.__name__)
def broken(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """A solver with a fault; counts how often it is asked."""
    spoil: Spoil = request.param
    asked: list[int] = []

    def solver(
        model: FundingModel,
        choices: Sequence[bool] | None = None,
        *,
        stepped: bool = False,
        less_than: Sequence[float] | None = None,
    ) -> Solution:
        asked.append(1)
        found = optimise(model, choices, stepped=stepped, less_than=less_than)
        return spoil(model, found)

    monkeypatch.setattr(SOLVING, "optimise", solver)
    return asked


def test_a_wrong_answer_of_the_solver_is_never_proved(
    answers: Answers, outcome: Outcome, broken: list[int]
) -> None:
    plan = draft(answers.projection, outcome)
    assert not plan.proved
    assert len(broken) <= 1 + 3, "three rounds of repair"


def test_screen_and_paper_say_that_a_plan_is_not_proved(
    answers: Answers, outcome: Outcome, broken: list[int]
) -> None:
    words = words_for("en")
    made = PlanDraft(answers, answers.loss("wangshang"), draft(answers.projection, outcome))
    assert proof(answers.book, made.plan, words).startswith("■ not proved")
    assert "Do not rely on these steps" in plan_answer(made, words)
    section = section_of(answers, made.plan, Narrator(answers.book, words))
    assert section.warnings[0].startswith("NOT PROVED")
    assert section.proof == "Not proved."


def test_the_command_line_says_it_and_ends_with_three(
    broken: list[int], capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(Path(str(resource("samples"))) / "wholesaler.json")
    code = run(["plan", file, "--close", "wangshang", "--lang", "en"], lambda *_: 0)
    assert "NOT PROVED: do not rely on this plan" in capsys.readouterr().out
    assert code == 3


def test_a_repair_round_mends_an_answer_that_took_too_little(
    answers: Answers, outcome: Outcome, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[int] = []

    def flaky(
        model: FundingModel,
        choices: Sequence[bool] | None = None,
        *,
        stepped: bool = False,
        less_than: Sequence[float] | None = None,
    ) -> Solution:
        calls.append(1)
        found = optimise(model)
        return (
            replace(found, amounts=tuple(0.5 * a for a in found.amounts))
            if len(calls) == 1
            else found
        )

    monkeypatch.setattr(SOLVING, "optimise", flaky)
    plan = draft(answers.projection, outcome)
    assert plan.proved
    assert len(calls) == 2


def test_whole_choices_that_miss_the_linear_bound_still_give_a_plan() -> None:
    """Six lines with large steps: the tiers once left no room, and the plan was empty."""
    sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))
    made, worst = import_module("bench_plan_books").made, import_module("bench_plan_books").worst
    sys.path.pop(0)
    plan = draft(*worst(made(6, 1)))
    assert plan.proved
    assert plan.actions


def test_what_does_not_fit_goes_down_to_whole_steps() -> None:
    """A bill of 186.45 of which 186.20 are wanted, where there is room for 186.40 alone."""
    book = load_sample("wholesaler")
    room = Claim(Key(Sort.ROOM, "line"), 186_40)
    action = proposal(ActionKind.RESERVE, ("yulibao", "x"), 10, 186_45)
    offer = Offer(action, (room,), least=1, step=1_00)
    found = Solution((186_20.0,), (), (0.0, 0.0, 0.0), 0.0, 0.0, True, (True,))
    assert whole_steps(book, [offer], found) == [(offer, 186_00)]


def test_what_can_only_be_taken_whole_does_not_give_way() -> None:
    book = load_sample("wholesaler")
    room = Claim(Key(Sort.ROOM, "line"), 150_50)
    first, second = (
        Offer(proposal(ActionKind.RESERVE, ("yulibao", "x"), day, 100_00), (room,), step=1_00)
        for day in (10, 11)
    )
    whole = replace(second, least=100_00)
    found = Solution((50_50.0, 100_00.0), (), (0.0, 0.0, 0.0), 0.0, 0.0, True, (True, True))
    assert whole_steps(book, [first, whole], found) == [(first, 50_00), (whole, 100_00)]


def test_the_last_gives_way_by_as_many_steps_as_the_others_were_rounded_up() -> None:
    book = load_sample("wholesaler")
    room = Claim(Key(Sort.ROOM, "line"), 299_20)
    three = [
        Offer(proposal(ActionKind.RESERVE, ("yulibao", "x"), day, 200_00), (room,), step=1_00)
        for day in (10, 11, 12)
    ]
    found = Solution((99_30.0, 99_40.0, 100_50.0), (), (0.0,) * 3, 0.0, 0.0, True, (True,) * 3)
    assert [amount for _, amount in whole_steps(book, three, found)] == [100_00, 100_00, 99_00]


def test_an_earlier_one_gives_way_where_the_last_is_at_its_least() -> None:
    book = load_sample("wholesaler")
    room = Claim(Key(Sort.ROOM, "line"), 155_50)
    two = [
        Offer(action, (room,), least=10_00, step=10_00)
        for action in (
            proposal(ActionKind.RESERVE, ("yulibao", "x"), day, 300_00) for day in (10, 11)
        )
    ]
    found = Solution((145_40.0, 10_00.0), (), (0.0,) * 3, 0.0, 0.0, True, (True,) * 2)
    assert [amount for _, amount in whole_steps(book, two, found)] == [140_00, 10_00]


def test_the_solvers_dust_is_never_a_payment_of_the_first_class_that_is_missed() -> None:
    """The solver says of every payment that 5 fen of it are missed."""
    answers = solved.sample("contractor-us")
    situation = answers.situation(answers.loss("bank-line"))
    offers = offers_for(situation)
    model = model_of(situation, offers)
    found = optimise(model)
    dusty = replace(found, unpaid=tuple(max(each, 5.0) for each in found.unpaid))
    _, judged = SOLVING._in_whole_steps(situation, offers, dusty)
    assert judged.proved
    assert {each.priority for each in judged.missed} == {2}
    _, clean = SOLVING._in_whole_steps(situation, offers, found)
    assert judged.missed == clean.missed
    plan = draft(answers.projection, answers.loss("bank-line").outcome)
    assert all(each.missed > 100 for each in plan.missed)
