"""Why a plan is as it is: the next best without each source, and what binding limits are worth."""

from dataclasses import replace

import numpy as np
import pytest

import solved
from backstop.domain import Money, message
from backstop.plan import Column, FundingModel, Limit, Missable, explain, optimise
from backstop.plan.drafting.explain import _sentence as told_in_words
from backstop.plan.drafting.explain import _tightest_day as tightest_day
from backstop.plan.results import NextBest
from backstop.plan.solver.funding import Prices
from backstop.plan.solver.optimise import prices_of
from backstop.telling import words_for
from unit.test_not_arranged import book_of, planned


def model(cheap: float = 600.0, shared: float = 2000.0, cash: int = -1000) -> FundingModel:
    """A cheap line, a dear one, and a limit on both."""
    return FundingModel(
        np.array([0, cash, cash]) * 10,
        (
            Column("cheap", ((0, 1.0),), cheap * 10, cost=0.01, fixed_cost=1.0),
            Column("dear", ((0, 1.0),), 30_000.0, cost=0.05, fixed_cost=1.0),
        ),
        (Limit((0, 1), shared * 10),),
        (Missable(1, 20_000.0, 1),),
    )


def test_one_more_unit_of_a_cheap_line_saves_the_difference_in_price() -> None:
    prices = prices_of(model(), (True, True))
    assert prices.columns[0] == pytest.approx(0.04, abs=1e-6)
    assert prices.columns[1] == pytest.approx(0.0, abs=1e-6)
    dearer = optimise(model()).cost
    cheaper = optimise(model(cheap=601.0)).cost
    assert dearer - cheaper == pytest.approx(0.4, abs=1e-3)


def test_one_more_unit_of_cash_saves_the_dearest_draw_on_the_day_that_binds() -> None:
    prices = prices_of(model(), (True, True))
    assert sum(price for _, price in prices.cash) == pytest.approx(0.05, abs=1e-6)
    assert prices.cash[0][0] == 1


def test_where_something_is_missed_a_limit_is_worth_what_it_lets_pay() -> None:
    prices = prices_of(model(shared=900.0), (True, True))
    assert prices.limits[0] == pytest.approx(1.0)


def test_a_limit_that_does_not_bind_is_worth_nothing() -> None:
    assert prices_of(model(), (True, True)).limits[0] == pytest.approx(0.0, abs=1e-9)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["contractor", "wholesaler"])
def test_the_next_best_is_what_is_drafted_without_the_source(name: str) -> None:
    answers = solved.sample(name)
    line = {"contractor": "jiebei", "wholesaler": "wangshang"}[name]
    plan = solved.planned(answers.book, line)
    told = explain(answers.projection, plan).explanation
    assert told is not None
    assert [each.source for each in told.next_best] == [each.source for each in plan.actions]
    for each in told.next_best:
        assert each.missed_more >= (-10, -10, -10)
        assert each.missed_more > (0, 0, 0) or each.cost_more >= 0 or each.steps > len(plan.actions)
    assert all(0 < each.share < 1.01 for each in told.worth)


def test_a_cheaper_next_best_that_leaves_cash_below_the_minimum_says_so() -> None:
    """Without the camera 1,625 would be saved, but the household's minimum would not be kept."""
    answers = solved.household_that_cannot_wait()
    plan = solved.planned(answers.book, "wife")
    told = explain(answers.projection, plan).explanation
    assert told is not None
    (camera,) = [each for each in told.next_best if each.source == "sell-camera"]
    assert camera.cost_more < 0
    assert "leaves cash further below your minimum" in words_for("en").tell(camera.sentence)
    (phone,) = [each for each in told.next_best if each.source == "cmb-card"]
    assert "costs the same" in words_for("en").tell(phone.sentence)


@pytest.mark.parametrize(
    ("missed_more", "said"),
    [
        ((0, 0, 500_00), "Without Crane, ¥500.00 more stays unpaid at best."),
        ((50_00, 0, -900_00), "Without Crane, more important payments stay unpaid instead."),
        ((0, 50_00, -50_00), "Without Crane, more important payments stay unpaid instead."),
        ((0, -900_00, 50_00), "Without Crane, the next best pays ¥850.00 more."),
        ((0, 0, 0), "Without Crane, the next best costs the same."),
    ],
)
def test_what_is_paid_is_told_by_class_before_its_sum(
    missed_more: tuple[int, int, int], said: str
) -> None:
    answers = solved.sample("household")
    plan = solved.planned(answers.book, "huabei")
    crane = replace(plan.actions[0], name="Crane")
    other = NextBest("crane", len(plan.actions), 0, missed_more, message(""))
    found = told_in_words(answers.projection, plan, crane, other, None)
    assert words_for("en").tell(found) == said


def test_on_the_tightest_day_what_is_not_paid_is_left() -> None:
    """1,000 in hand pay a part of the wages; of them nothing is left, and nothing is overdrawn."""
    answers, _, plan = planned(book_of(chance_percent=0))
    assert sum(each.missed for each in plan.missed) == 400_000
    told = explain(answers.projection, plan).explanation
    assert told is not None
    assert told.tightest_sentence is not None
    assert told.tightest_sentence.values["amount"] == Money(0, "CNY")


def test_the_tightest_day_is_the_lowest_of_the_chart_where_any_day_binds() -> None:
    """However little more cash would save then; what is the solver's dust does not bind."""
    answers = solved.sample("household")
    plan = solved.planned(answers.book, "huabei")
    days, lowest = len(plan.after.low), int(np.argmin(plan.after.low))
    assert plan.after.low[lowest] < plan.after.low.max()
    assert tightest_day(plan, Prices((), (), ((lowest + 1, 0.01), (lowest + 9, 0.99)))) == lowest
    assert tightest_day(plan, Prices((), (), ((lowest, 1e-7),))) is None
    assert tightest_day(plan, Prices((), (), ((days, 0.5),))) is None
    assert tightest_day(plan, Prices((), (), ())) is None
