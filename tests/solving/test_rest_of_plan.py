"""The rest of a plan drafted anew: around what is done already, as it was done."""

from dataclasses import replace
from datetime import timedelta

import pytest

import solved
from backstop.domain import AcceptedPlan, Book, PlanStage
from backstop.plan import Action, ActionKind, Answers, Plan, Wishes, answer, draft, redraft
from backstop.plan.drafting.worthwhile import FOLLOWED, LEFT_OUT_SHARE, _to_do
from backstop.plan.life.progress import standing_of
from backstop.plan.offers import Offer
from backstop.services.accepting import accept, accepted_for, activate, tick, wishes_of
from backstop.telling import Narrator, words_for
from backstop.telling.sentences import cautions

LOSS, PLAN = "wife", "plan-wife"


@pytest.fixture(scope="module")
def begun() -> Book:
    """A reserve, a deposit, money from the parents, a purchase by card, and the camera sold."""
    answers = solved.household_that_cannot_wait()
    plan = solved.planned(answers.book, LOSS)
    book = accept(answers, plan, answers.book.as_of).after
    return activate(book, PLAN, book.as_of).after


def the_plan(book: Book) -> AcceptedPlan:
    return next(each for each in book.accepted_plans if each.id == PLAN)


def number_of(book: Book, kind: ActionKind) -> int:
    options = [each.option for each in the_plan(book).steps]
    return 1 + next(n for n, each in enumerate(options) if each.startswith(kind))


def done(book: Book, kind: ActionKind, brought: int | None = None) -> Book:
    return tick(book, PLAN, number_of(book, kind), book.as_of, brought).after


def rest_of(book: Book) -> tuple[Answers, Wishes, Plan]:
    answers = answer(book)
    wishes = wishes_of(standing_of(the_plan(book), answers.projection))
    return answers, wishes, draft(answers.projection, answers.loss(LOSS).outcome, wishes=wishes)


def only(plan: Plan, kind: ActionKind) -> Action:
    [action] = [each for each in plan.actions if each.kind is kind]
    return action


def test_what_is_done_counts_though_it_could_no_longer_be_done_so(begun: Book) -> None:
    """The camera takes five days to sell and the parents two to pay: today neither is on offer."""
    book = done(done(begun, ActionKind.SELL_ASSET, 4_000_00), ActionKind.DRAW, 3_000_00)
    _, _, plan = rest_of(book)
    assert plan.proved
    assert not plan.unmet
    sold, lent = only(plan, ActionKind.SELL_ASSET), only(plan, ActionKind.DRAW)
    assert (sold.day, sold.amount - sold.cost) == (0, 4_000_00)
    assert (lent.day, lent.amount) == (0, 3_000_00)
    assert [each.done for each in (sold, lent)] == [True, True]
    assert not any(each.done for each in plan.actions if each not in (sold, lent))


def test_what_is_done_takes_from_the_limits_that_others_share(begun: Book) -> None:
    """The parents lend 5,000 in all: of what they have lent, nothing is lent again."""
    book = done(begun, ActionKind.DRAW, 5_000_00)
    _, _, plan = rest_of(book)
    assert only(plan, ActionKind.DRAW).amount == 5_000_00


def test_more_than_a_limit_allows_counts_all_the_same_where_it_is_done(begun: Book) -> None:
    book = done(begun, ActionKind.DRAW, 7_000_00)
    _, _, plan = rest_of(book)
    assert plan.proved
    assert only(plan, ActionKind.DRAW).amount == 7_000_00


def test_the_plan_replays_what_is_done_as_the_standing_does(begun: Book) -> None:
    book = done(begun, ActionKind.SELL_ASSET, 4_000_00)
    answers = answer(book)
    standing = standing_of(the_plan(book), answers.projection)
    counted = tuple(each.to_come for each in standing.steps if each.to_come is not None)
    plan = draft(
        answers.projection, answers.loss(LOSS).outcome, wishes=Wishes(done=counted, at_most=0)
    )
    assert standing.after is not None
    assert (plan.after.low == standing.after.low).all()


def test_what_is_done_is_no_step_of_those_that_are_still_wanted(begun: Book) -> None:
    book = done(begun, ActionKind.SELL_ASSET)
    answers, wishes, _ = rest_of(book)
    outcome = answers.loss(LOSS).outcome
    few = draft(answers.projection, outcome, wishes=Wishes(at_most=2, done=wishes.done))
    assert len([each for each in few.actions if not each.done]) <= 2
    assert len([each for each in few.actions if each.done]) == 1


def test_a_plan_without_what_is_done_is_not_what_is_asked_for(begun: Book) -> None:
    answers, wishes, _ = rest_of(done(begun, ActionKind.DRAW, 3_000_00))
    before = draft(answers.projection, answers.loss(LOSS).outcome)
    assert only(redraft(answers.projection, before, wishes), ActionKind.DRAW).done


def test_a_plan_that_is_accepted_keeps_what_is_done_as_done(begun: Book) -> None:
    book = done(begun, ActionKind.SELL_ASSET, 4_000_00)
    answers, _, plan = rest_of(book)
    kept = accept(answers, plan, book.as_of).after.accepted_plans[-1]
    assert kept.id != PLAN
    [sold] = [each for each in kept.steps if each.done_on is not None]
    assert sold.option.startswith("sell_asset")
    assert (sold.done_on, sold.actual) == (book.as_of, sold.amount)


def test_the_rest_once_accepted_is_what_is_being_carried_out(begun: Book) -> None:
    book = done(begun, ActionKind.SELL_ASSET, 4_000_00)
    answers, _, plan = rest_of(book)
    tomorrow = book.as_of + timedelta(days=1)
    after = accept(answers, plan, tomorrow).after
    assert (the_plan(after).stage, the_plan(after).ended_on) == (PlanStage.ENDED, tomorrow)
    now = accepted_for(after, LOSS)
    assert now is not None
    assert (now.stage, now.activated_on) == (PlanStage.ACTIVE, begun.as_of)


def test_a_plan_that_forgets_what_is_done_waits_beside_the_one_that_is_carried_out(
    begun: Book,
) -> None:
    answers = answer(done(begun, ActionKind.SELL_ASSET, 4_000_00))
    plan = draft(answers.projection, answers.loss(LOSS).outcome)
    after = accept(answers, plan, begun.as_of).after
    assert the_plan(after).stage is PlanStage.ACTIVE
    assert after.accepted_plans[-1].stage is PlanStage.ACCEPTED
    now = accepted_for(after, LOSS)
    assert now is not None
    assert now.id == PLAN


def test_a_drill_never_ends_what_is_being_carried_out(begun: Book) -> None:
    answers, _, plan = rest_of(begun)
    after = accept(answers, plan, begun.as_of, drill=True).after
    assert the_plan(after).stage is PlanStage.ACTIVE


def test_a_step_that_is_done_says_so_instead_of_its_doubts(begun: Book) -> None:
    _, _, plan = rest_of(done(begun, ActionKind.DRAW, 3_000_00))
    lent = only(plan, ActionKind.DRAW)
    assert cautions(lent, Narrator(begun, words_for("en"))) == "Done already."
    assert cautions(lent, Narrator(begun, words_for("zh_CN"))) == "已经完成。"


def test_a_payment_that_is_arranged_otherwise_is_not_arranged_again(begun: Book) -> None:
    """The telephone is paid by card: on its own day, by that card, once."""
    book = done(begun, ActionKind.PURCHASE)
    _, _, plan = rest_of(book)
    paid = only(plan, ActionKind.PURCHASE)
    step = the_plan(begun).steps[number_of(begun, ActionKind.PURCHASE) - 1]
    assert begun.as_of + timedelta(days=paid.day) == step.day
    assert paid.done


def test_what_is_done_is_none_of_the_steps_that_a_person_follows() -> None:
    """The van that is sold counts among no steps that are left to do. Two of thirteen are left out:
    they pay little beside the need, and the plan pays more without them than before the sale."""
    answers = solved.sample("contractor")
    outcome = answers.loss("abc-loan").outcome
    before = solved.planned(answers.book, "abc-loan")
    [van] = [each for each in before.actions if each.source == "sell-van"]
    sold = Wishes(done=(replace(van, day=1, start_day=0),))
    plan = draft(answers.projection, outcome, wishes=sold)
    assert only(plan, ActionKind.SELL_ASSET).done
    assert len(plan.actions) == 1 + 10
    assert 0 < plan.left_out <= outcome.largest_gap // LEFT_OUT_SHARE
    assert sum(each.missed for each in plan.missed) < sum(each.missed for each in before.missed)
    steps = [Offer(each) for each in plan.actions]
    assert _to_do(steps, [True] * len(steps)) == len(steps) - 1 > FOLLOWED
