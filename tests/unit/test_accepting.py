"""Accepted plans: which is in hand, from which day it counts, and what was done when."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstop.domain import (
    AcceptedPlan,
    Account,
    BadInput,
    Book,
    CashFlow,
    Direction,
    Facility,
    Measure,
    MeasureKind,
    PlannedDraw,
    PlanStage,
    PlanStep,
    Priority,
    RepaymentMethod,
)
from backstop.plan import ActionKind, answer, draft
from backstop.plan.life.progress import contingency_of, is_stale, standing_of
from backstop.plan.life.steps import action_of, amount_for, brought
from backstop.projection import project
from backstop.services.accepting import (
    accept,
    accepted_for,
    activate,
    end,
    past_plans,
    tick,
    wishes_of,
)
from backstop.telling import Narrator, words_for
from backstop.telling.accepted_plans import step_text

DAY_0 = date(2027, 1, 1)
PLAN = "plan-gone"


def on(day: int) -> date:
    return DAY_0 + timedelta(days=day)


def line(name: str, limit: int) -> Facility:
    return Facility(
        id=name,
        name=name,
        limit=limit,
        method=RepaymentMethod.BULLET,
        periods=3,
        last_verified=DAY_0,
    )


def accepted(book: Book, *, drill: bool = False) -> Book:
    answers = answer(book)
    plan = draft(answers.projection, answers.loss("gone").outcome)
    return accept(answers, plan, book.as_of, drill=drill).after


@pytest.fixture(scope="module")
def kept() -> Book:
    """Wages of 5,000 on day 30 and 1,000 in hand: rent is put off, and a line is drawn on."""
    flows = [
        CashFlow(
            id=name,
            name=name,
            direction=Direction.PAYMENT,
            amount=250_000,
            first_date=on(30),
            priority=Priority.MUST,
            deferrable_days=days,
        )
        for name, days in (("wages", 0), ("rent", 40))
    ]
    sales = CashFlow(
        id="sales",
        name="sales",
        direction=Direction.RECEIPT,
        amount=900_000,
        first_date=on(50),
    )
    book = Book(
        title="shop",
        as_of=DAY_0,
        horizon_days=150,
        accounts=(Account(id="till", name="till", balance=100_000),),
        facilities=(line("gone", 1_000_000), line("line", 200_000)),
        cash_flows=(*flows, sales),
    )
    return accepted(book)


@pytest.fixture
def active(kept: Book) -> Book:
    return activate(kept, PLAN, DAY_0).after


VAN = Measure(
    id="van",
    name="van",
    kind=MeasureKind.SELL_ASSET,
    amount=450_000,
    cost_percent=Decimal(15),
)


@pytest.fixture
def selling() -> Book:
    """4,500 of wages, 1,000 in hand, and a van to sell for 3,825."""
    wages = CashFlow(
        id="wages",
        name="wages",
        direction=Direction.PAYMENT,
        amount=450_000,
        first_date=on(30),
        priority=Priority.MUST,
    )
    book = Book(
        title="shop",
        as_of=DAY_0,
        horizon_days=150,
        accounts=(Account(id="till", name="till", balance=100_000),),
        facilities=(line("gone", 1_000_000),),
        cash_flows=(wages,),
        measures=(VAN,),
        planned_draws=(
            PlannedDraw(id="draw", name="draw", facility="gone", first_date=on(30), amount=350_000),
        ),
    )
    return activate(accepted(book), PLAN, DAY_0).after


def the_plan(book: Book, plan_id: str = PLAN) -> AcceptedPlan:
    record = book.by_id[plan_id]
    assert isinstance(record, AcceptedPlan)
    return record


def number_of(book: Book, kind: ActionKind) -> int:
    """The step, from 1, of this kind."""
    [number] = [
        n
        for n, step in enumerate(the_plan(book).steps, start=1)
        if step.option.startswith(f"{kind.value}:")
    ]
    return number


def test_a_plan_that_is_being_carried_out_is_not_set_aside_by_another(active: Book) -> None:
    book = accepted(active)
    assert the_plan(book).stage is PlanStage.ACTIVE
    assert accepted_for(book, "gone") == the_plan(book)
    assert len(book.accepted_plans) == 2


def test_what_is_carried_out_goes_before_a_drill_and_a_drill_before_what_waits(
    kept: Book, active: Book
) -> None:
    assert accepted_for(accepted(active, drill=True), "gone") == the_plan(active)
    practised = accepted_for(accepted(kept, drill=True), "gone")
    assert practised is not None
    assert practised.drill


def test_no_plan_ends_before_it_began(kept: Book) -> None:
    begun = activate(kept, PLAN, on(5)).after
    assert the_plan(end(begun, PLAN, on(2)).after).ended_on == on(5)
    assert the_plan(end(begun, PLAN, on(9)).after).ended_on == on(9)


def test_a_plan_that_is_over_does_not_go_stale(active: Book) -> None:
    poorer = active.put(active.accounts[0].changed(balance=90_000))
    assert is_stale(project(poorer), the_plan(poorer))
    over = end(poorer, PLAN, on(1)).after
    assert not is_stale(project(over), the_plan(over))


def test_a_plan_counts_from_the_day_on_which_the_loss_really_came(kept: Book) -> None:
    book = activate(kept, PLAN, on(7)).after
    planned, real = contingency_of(kept, the_plan(kept)), contingency_of(book, the_plan(book))
    assert planned is not None
    assert real is not None
    assert (planned.loss_day, real.loss_day) == (0, 7)


@pytest.mark.parametrize(("kind", "day"), [(ActionKind.DRAW, 12), (ActionKind.DEFER, 30)])
def test_money_counts_on_the_day_it_came_and_a_payment_put_off_on_its_own(
    active: Book, kind: ActionKind, day: int
) -> None:
    number = number_of(active, kind)
    book = tick(active, PLAN, number, on(12)).after
    action = action_of(book, the_plan(book).steps[number - 1])
    assert action is not None
    assert (action.kind, action.day) == (kind, day)


@pytest.mark.parametrize(("as_of", "counted"), [(12, True), (13, False)])
def test_what_was_done_before_the_books_day_is_in_it_and_no_wish_any_more(
    active: Book, as_of: int, counted: bool
) -> None:
    number = number_of(active, ActionKind.DRAW)
    book = tick(active, PLAN, number, on(12)).after.changed(as_of=on(as_of))
    standing = standing_of(the_plan(book), project(book))
    assert (standing.steps[number - 1].to_come is not None) is counted
    assert [each.source for each in wishes_of(standing).done] == ["line"] * counted


def test_a_plan_that_is_carried_out_comes_before_a_drill_begun_earlier(kept: Book) -> None:
    book = accepted(accepted(kept.without(PLAN), drill=True))
    book = activate(book, PLAN, on(1)).after
    assert [each.drill for each in book.accepted_plans] == [True, False]
    found = accepted_for(book, "gone")
    assert found is not None
    assert found.id == PLAN


def test_a_plan_that_another_one_replaces_never_ended_before_it_was_accepted(kept: Book) -> None:
    later = kept.put(accepted_in(kept).changed(accepted_on=on(9)))
    assert accepted_in(accepted(later)).ended_on == on(9)


def test_what_is_over_stands_by_the_day_on_which_it_ended(kept: Book) -> None:
    """The drill was begun after the plan was accepted, and ended before it."""
    book = accepted(kept, drill=True)
    book = end(book, "drill-gone", on(3)).after
    book = end(activate(book, PLAN, on(4)).after, PLAN, on(5)).after
    again = book.put(accepted_in(book).changed(accepted_on=on(-1)))
    assert [each.id for each in past_plans(again, "gone")] == [PLAN, "drill-gone"]


@pytest.mark.parametrize("number", [0, -1, 3])
def test_only_steps_of_the_plan_can_be_ticked(kept: Book, number: int) -> None:
    book = activate(kept, PLAN, on(1)).after
    assert len(accepted_in(book).steps) == 2
    with pytest.raises(BadInput, match="its last is step 2"):
        tick(book, PLAN, number, on(2))


def accepted_in(book: Book) -> AcceptedPlan:
    record = book.by_id[PLAN]
    assert isinstance(record, AcceptedPlan)
    return record


def test_a_payment_that_is_put_off_says_until_when(active: Book) -> None:
    number = number_of(active, ActionKind.DEFER)
    step = standing_of(the_plan(active), project(active)).steps[number - 1]
    assert step_text(step, Narrator(active, words_for("en"))) == "Put off rent (¥2,500) to 12 March"


def test_of_a_sale_the_price_counts_not_what_the_thing_was_worth(selling: Book) -> None:
    """Planned for 3,825, sold for 3,000: that is what came, and what is missing is the rest."""
    [planned] = standing_of(the_plan(selling), project(selling)).steps
    assert planned.planned == 382_500
    sold = tick(selling, PLAN, 1, on(20), 300_000).after
    standing = standing_of(the_plan(sold), project(sold))
    [step] = standing.steps
    assert (step.actual, step.difference) == (300_000, 300_000 - 382_500)
    assert (standing.planned, standing.actual) == (382_500, 300_000)
    assert standing.before is not None
    assert standing.after is not None
    assert (standing.after.low - standing.before.low)[20:].tolist() == [300_000] * 131


def test_a_sale_ticked_off_as_planned_brings_the_planned_price(selling: Book) -> None:
    sold = tick(selling, PLAN, 1, on(20)).after
    [step] = standing_of(the_plan(sold), project(sold)).steps
    assert (step.actual, step.difference) == (382_500, 0)


@given(st.integers(0, 10**12), st.decimals(0, Decimal("99.9"), places=2))
def test_every_price_can_be_what_a_sale_brought(price: int, percent: Decimal) -> None:
    book = Book(title="shop", as_of=DAY_0, measures=(VAN.changed(cost_percent=percent),))
    step = PlanStep(day=DAY_0, option="sell_asset:van:::", amount=100)
    action = action_of(book, step)
    assert action is not None
    worth = amount_for(book, action, price)
    assert brought(book, replace(action, amount=worth)) == price
