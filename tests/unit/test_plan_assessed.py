"""Whether a loss can be survived is what its plan leaves in whole steps, not a linear bound."""

from dataclasses import replace
from datetime import timedelta

import pytest

import solved
from backstop.domain import Book, CashFlow, Direction, Facility, Measure, MeasureKind, PlannedDraw
from backstop.plan import answer, assess, assessing, cure_of
from backstop.services.answers import answers_for, answers_of, drafted
from backstop.telling import Narrator, words_for
from backstop.telling.cells import plan_cell
from backstop.telling.deadlines import deadline_sentence
from unit.test_report_book import DAY_0

EN, ZH = words_for("en"), words_for("zh_CN")
DUE = DAY_0 + timedelta(days=40)
THINGS = ("van", "saw", "crane")


def shop(due: int) -> Book:
    """So much is due and comes from a line; without it, one of three things can be sold."""
    rent = CashFlow(id="rent", name="Rent", first_date=DUE, direction=Direction.PAYMENT, amount=due)
    sales = rent.changed(
        id="sales", name="Sales", direction=Direction.RECEIPT, first_date=DUE + timedelta(days=5)
    )
    return Book(
        title="Things",
        as_of=DAY_0,
        horizon_days=60,
        facilities=(Facility(id="line", name="Line", limit=due, last_verified=DAY_0),),
        cash_flows=(rent, sales),
        planned_draws=(
            PlannedDraw(id="draw", name="Draw", facility="line", first_date=DUE, amount=due),
        ),
        measures=tuple(
            Measure(
                id=each,
                name=each.title(),
                kind=MeasureKind.SELL_ASSET,
                amount=100_000,
                excludes=tuple(other for other in THINGS if other != each),
            )
            for each in THINGS
        ),
    )


def two_lines() -> Book:
    """The same with another line: the loss of each hurts, that of the first one more."""
    one = shop(140_000)
    (line,), (draw,) = one.facilities, one.planned_draws
    rent = one.cash_flows[0]
    return (
        one.put(line.changed(id="second", name="Second", limit=60_000))
        .put(draw.changed(id="second-draw", facility="second", amount=60_000))
        .put(rent.changed(id="wages", name="Wages", amount=60_000))
    )


def test_a_loss_that_whole_steps_cure_is_survivable() -> None:
    loss = assess(answer(shop(100_000))).loss("line")
    assert loss.outcome.hurts
    assert loss.survivable


def test_a_loss_that_only_parts_of_things_would_cure_is_not_survivable() -> None:
    answers = assess(answer(shop(140_000)))
    loss = answers.loss("line")
    assert cure_of(answers.projection, loss.outcome).complete, "by half of each of the three"
    assert loss.cure is not None
    assert loss.plan is not None
    assert sum(loss.cure.missed) == sum(each.missed for each in loss.plan.missed) > 0
    assert answers.not_survivable == (loss,)


def test_of_a_book_with_very_many_lines_no_bound_over_all_days_is_looked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers = answer(shop(400_000))
    outcome = answers.loss("line").outcome
    known = cure_of(answers.projection, outcome)
    assert sum(known.missed) >= known.at_least > 0
    monkeypatch.setattr("backstop.plan.cures.MOST_BOUNDED", -1)
    assert cure_of(answers.projection, outcome) == replace(known, at_least=0)


def test_a_first_plan_says_at_most_until_somebody_looks_closer() -> None:
    answers = assess(answer(shop(140_000)))
    loss = answers.loss("line")
    assert loss.plan is not None
    assert loss.cure is not None
    assert loss.plan.first
    assert loss.cure.first
    best = drafted(answers, loss)
    assert not best.first
    assert best.bounded
    assert 0 < sum(best.after.missed) <= sum(loss.cure.missed) < loss.outcome.largest_gap
    for language, cell, sentence in (
        (EN, "at most ¥400 unpaid", "at most ¥400 of ¥1,400 stays unpaid"),
        (ZH, "最多 ¥400 付不出", "¥1,400 的缺口最多剩 ¥400 付不出"),
    ):
        narrator = Narrator(answers.book, language)
        assert plan_cell(loss, narrator) == cell
        assert sentence in deadline_sentence(loss, narrator)


def test_what_a_linear_bound_explains_is_the_answer_at_once() -> None:
    book = shop(140_000)
    (van, *_) = book.measures
    (only,) = assessing(answer(book.changed(measures=(van.changed(excludes=()),))))
    loss = only.loss("line")
    assert loss.plan is not None
    assert only.assessed
    assert loss.plan.bounded
    assert not loss.plan.first
    assert drafted(only, loss).actions == loss.plan.actions


def test_the_plan_for_one_loss_is_the_one_among_all_and_no_other_is_searched() -> None:
    second = Facility(id="second", name="Second", limit=150_000, last_verified=DAY_0)
    half = shop(240_000).planned_draws[0].changed(amount=120_000)
    other = half.changed(id="other", facility="second")
    book = shop(240_000).put(second).put(half).put(other)
    lost = answer(book).loss("line").contingency
    known = answers_for(book, lost, None, others=False)
    mine, among_all = known.loss("line"), answers_of(book).loss("line")
    assert mine.cure == among_all.cure
    assert mine.plan is not None
    assert among_all.plan is not None
    assert mine.plan.actions == among_all.plan.actions
    assert known.loss("second").outcome.hurts
    assert known.loss("second").cure is None


@pytest.mark.slow
def test_nobody_need_start_before_the_plan_does() -> None:
    """The bound may use something in part before the plan's first step; never must it later."""
    answers = solved.assessed_sample("contractor")
    loss = answers.loss("abc-loan")
    assert loss.plan is not None
    assert loss.cure is not None
    bound = cure_of(answers.projection, loss.outcome).deadline
    steps = [each.start_day for each in loss.plan.actions]
    assert bound is not None
    assert min(steps) >= bound
    assert loss.cure.deadline == min([*steps, *(each.left_on for each in loss.plan.missed)])
