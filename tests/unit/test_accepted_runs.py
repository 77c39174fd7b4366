"""An action about several payments, once it is accepted: each payment is a step of its own, and
counts until its own day is over."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from backstop.domain import (
    AcceptedPlan,
    Account,
    Book,
    CashFlow,
    Direction,
    Measure,
    MeasureKind,
    PlannedDraw,
    PlanStep,
    Priority,
    Repeat,
)
from backstop.plan import Action, ActionKind, Phase, Wishes, answer, draft, pin_of
from backstop.plan.drafting.judge import replayed_low
from backstop.plan.life.progress import Standing, standing_of
from backstop.plan.life.steps import action_of, option_of, steps_of, to_come
from backstop.plan.situation import Situation
from backstop.projection import project
from backstop.services.accepting import accept, activate, tick, wishes_of
from backstop.telling import words_for
from unit.test_plan_purchases import CARD, DAY_0, FEBRUARY, MARCH, STOCK, planned, shop

PLAN = "plan-gone"
EACH = 15_000_00


def on(day: int) -> date:
    return DAY_0 + timedelta(days=day)


def going_without(times: int, repeat: Repeat = Repeat.MONTHS) -> Book:
    """Half of what is paid again and again can be done without, and has to be."""
    fun = CashFlow(
        id="fun",
        name="Fun",
        direction=Direction.PAYMENT,
        amount=1_000_01,
        first_date=date(2027, 1, 5),
        repeat=repeat,
        count=times,
        priority=Priority.MUST,
        cuttable_percent=50,
        income_lost_if_missed=7,
    )
    income = CashFlow(
        id="income",
        name="Income",
        direction=Direction.RECEIPT,
        amount=90_000_00,
        first_date=date(2027, 5, 10),
    )
    rent = income.changed(
        id="rent", direction=Direction.PAYMENT, amount=500_00 * times, first_date=date(2027, 5, 6)
    )
    return shop().changed(
        accounts=(Account(id="till", name="Till", balance=fun.amount * times),),
        facilities=shop().facilities[:1],
        cash_flows=(fun, income, rent),
        planned_draws=(
            PlannedDraw(
                id="draw", name="Draw", facility="gone", first_date=DAY_0, amount=500_00 * times
            ),
        ),
    )


def begun(book: Book) -> Book:
    """The book with its plan accepted and being carried out."""
    answers = answer(book)
    return activate(accept(answers, planned(book), DAY_0).after, PLAN, DAY_0).after


def the_plan(book: Book) -> AcceptedPlan:
    record = book.by_id[PLAN]
    assert isinstance(record, AcceptedPlan)
    return record


def standing_in(book: Book) -> Standing:
    return standing_of(the_plan(book), project(book))


def counted(standing: Standing) -> list[bool]:
    """Of which steps something is still to come."""
    return [each.to_come is not None for each in standing.steps]


def moved(book: Book, day: int) -> Book:
    return book.changed(as_of=on(day))


def kept_as_one(book: Book) -> Book:
    """The plan as older books keep it: each action is one step, whatever it is about."""
    [action] = planned(book).actions
    step = PlanStep(
        day=on(action.day), option=str(option_of(action)), amount=action.amount, cost=action.cost
    )
    return book.put(the_plan(book).changed(steps=(step,)))


def test_each_payment_of_a_run_is_a_step_of_its_own() -> None:
    steps = the_plan(begun(shop())).steps
    assert [(each.day, each.amount) for each in steps] == [
        (on(FEBRUARY[0]), EACH),
        (on(MARCH[0]), EACH),
    ]


@pytest.mark.parametrize("amount", [30_000_01, 10_000_03])
def test_the_steps_of_an_action_add_up_to_it_and_the_last_takes_the_remainder(amount: int) -> None:
    plan = planned(shop())
    action = replace(plan.actions[0], amount=amount, cost=-5)
    first, last = steps_of(shop(), replace(plan, actions=(action,)))
    assert (first.amount, first.amount + last.amount) == (amount // 2, amount)
    assert first.cost + last.cost == -5
    assert 0 <= last.amount - first.amount <= 1


@pytest.mark.parametrize("book", [shop(), going_without(4)], ids=["purchases", "cuts"])
def test_kept_one_by_one_payments_move_the_cash_that_their_action_moved(book: Book) -> None:
    plan = planned(book)
    [action] = plan.actions
    standing = standing_in(begun(book))
    assert len(standing.steps) == action.times > 1
    assert standing.after is not None
    assert standing.before is not None
    situation = Situation(project(book), standing.before, 0)
    assert (standing.after.low == replayed_low(situation, [action])).all()
    assert (standing.after.low == plan.after.low).all()


def test_steps_stand_in_the_order_in_which_they_are_begun() -> None:
    plan = planned(shop())
    [run] = plan.actions
    between = replace(
        run, kind=ActionKind.DRAW, day=FEBRUARY[0] + 3, start_day=FEBRUARY[0] + 3, days=()
    )
    steps = steps_of(shop(), replace(plan, actions=(run, between)))
    assert [each.option.partition(":")[0] for each in steps] == ["purchase", "draw", "purchase"]


def test_what_is_ticked_off_leaves_the_later_payments_to_come() -> None:
    """A day after the first went through the card, the second still counts."""
    book = tick(begun(shop()), PLAN, 1, on(FEBRUARY[0])).after
    later = moved(book, FEBRUARY[0] + 1)
    standing = standing_in(later)
    assert [each.done for each in standing.steps] == [True, False]
    assert counted(standing) == [False, True]
    assert (standing.done, standing.planned, standing.actual) == (1, EACH, EACH)


def test_what_is_agreed_ahead_counts_until_its_payment_is_over() -> None:
    """Ticked off on the first day, when no balance can hold it yet."""
    book = begun(shop())
    for number in (1, 2):
        book = tick(book, PLAN, number, DAY_0).after
    for day, expected in (
        (1, [True, True]),
        (FEBRUARY[0], [True, True]),
        (FEBRUARY[0] + 1, [False, True]),
        (MARCH[0] + 1, [False, False]),
    ):
        assert counted(standing_in(moved(book, day))) == expected


def test_what_is_agreed_ahead_of_its_payment_is_not_early_and_after_it_is_late() -> None:
    book = begun(shop())
    for day, late in ((0, 0), (FEBRUARY[0], 0), (FEBRUARY[0] + 2, 2)):
        step = standing_in(tick(book, PLAN, 1, on(day)).after).steps[0]
        assert step.days_late == late


def test_a_payment_whose_day_is_over_is_rearranged_no_more() -> None:
    """Nobody ticked it off: it was paid in cash, and is no part of today's book any more."""
    standing = standing_in(moved(begun(shop()), FEBRUARY[0] + 1))
    assert counted(standing) == [False, True]
    assert standing.after is not None
    assert standing.before is not None
    assert (standing.after.low - standing.before.low).max() == EACH


def test_a_single_payment_that_is_overdue_can_still_be_rearranged() -> None:
    """It is due today until it is settled."""
    stock, income = shop().cash_flows
    gone = shop().facilities[0]
    book = shop().changed(
        accounts=(Account(id="till", name="Till", balance=0),),
        facilities=(gone, CARD),
        cash_flows=(
            stock.changed(repeat=Repeat.ONCE, count=None, first_date=on(20)),
            income.changed(first_date=on(40)),
        ),
        planned_draws=(shop().planned_draws[0].changed(amount=STOCK),),
    )
    [step] = standing_in(moved(begun(book), 23)).steps
    assert step.to_come is not None
    assert (step.to_come.kind, step.to_come.day) == (ActionKind.PURCHASE, 0)


@pytest.mark.parametrize("done", [False, True])
def test_a_run_that_an_older_book_keeps_as_one_step_counts_with_what_is_to_come_of_it(
    done: bool,
) -> None:
    book = kept_as_one(begun(shop()))
    if done:
        book = tick(book, PLAN, 1, on(FEBRUARY[0])).after
    [step] = standing_in(moved(book, FEBRUARY[0] + 1)).steps
    assert step.action is not None
    assert step.action.times == 2
    assert step.to_come is not None
    assert [on(FEBRUARY[0] + 1 + day) for day in step.to_come.days] == [on(MARCH[0])]
    assert step.to_come.amount == EACH


def test_what_the_plan_itself_makes_due_can_stay_unpaid_too() -> None:
    """The customers pay 20,000 and not 200,000: the second bill of the card cannot be paid, and no
    payment of the book falls on its day."""
    book = begun(shop())
    income = book.cash_flows[1]
    standing = standing_in(book.put(income.changed(amount=20_000_00)))
    assert standing.after is not None
    assert standing.after.largest_gap == 10_000_00
    assert standing.remains is not None
    said = words_for("en").tell(standing.remains)
    assert said.startswith("¥10,000.00 stays unpaid. As much more in hand by 15 Apr 2027"), said


def test_what_goes_on_and_on_is_one_step() -> None:
    """A hundred days on which to do without are one habit, not a hundred things to tick off."""
    [action] = planned(going_without(100, Repeat.DAYS)).actions
    assert action.times == 100
    [step] = the_plan(begun(going_without(100, Repeat.DAYS))).steps
    assert step.amount == action.amount


@pytest.mark.parametrize("book", [shop(), going_without(4)], ids=["purchases", "cuts"])
def test_the_rest_is_drafted_around_the_payment_that_is_done(book: Book) -> None:
    [action] = planned(book).actions
    ticked = tick(begun(book), PLAN, 1, DAY_0).after
    answers = answer(ticked)
    outcome = answers.loss("gone").outcome
    plan = draft(answers.projection, outcome, wishes=wishes_of(standing_in(ticked)))
    assert not plan.unmet
    assert plan.proved
    assert not plan.missed
    [pinned] = [each for each in plan.actions if each.pinned]
    assert (pinned.day, pinned.times) == (action.day, 1)
    rest = [each for each in plan.actions if not each.pinned]
    assert sum(each.times for each in rest) == action.times - 1


def test_a_purchase_that_is_done_is_kept_however_small_it_is_among_the_others() -> None:
    """Of many payments only the largest are looked at one by one, and those that are wanted."""
    stock = shop().cash_flows[0]
    larger = [
        stock.changed(
            id=f"large-{n}", name="Large", repeat=Repeat.ONCE, count=None, amount=STOCK + n
        )
        for n in range(1, 8)
    ]
    book = shop().put(shop().accounts[0].changed(balance=9 * STOCK))
    for each in larger:
        book = book.put(each)
    answers = answer(book)
    run = next(a for a in planned(shop()).actions)
    single = replace(run, day=MARCH[0], start_day=MARCH[0], days=(), amount=100_00)
    plan = draft(
        answers.projection, answers.loss("gone").outcome, wishes=Wishes(pins=(pin_of(single),))
    )
    assert not plan.unmet


@pytest.mark.parametrize("done_on", [5, 8])
def test_a_receipt_that_comes_early_is_missing_on_its_own_day_whenever_that_is_agreed(
    done_on: int,
) -> None:
    early = Measure(id="early", name="Early", kind=MeasureKind.COLLECT_EARLY, target="income")
    action = Action(
        ActionKind.COLLECT_EARLY, "early", "Early", 5, 5, 1_00, 0, Phase.BY_DATE, days=(30,)
    )
    step = PlanStep(day=on(5), option=str(option_of(action)), amount=1_00, done_on=on(done_on))
    again = action_of(shop().put(early), step)
    assert again is not None
    assert (again.day, again.days) == (done_on, (30,))


def test_a_receipt_that_has_come_cannot_come_early_any_more() -> None:
    early = Measure(id="early", name="Early", kind=MeasureKind.COLLECT_EARLY, target="income")
    action = Action(
        ActionKind.COLLECT_EARLY, "early", "Early", 5, 5, 1_00, 0, Phase.BY_DATE, days=(30,)
    )
    step = PlanStep(day=on(5), option=str(option_of(action)), amount=1_00)
    for day, comes in ((29, True), (31, False)):
        book = moved(shop().put(early), day)
        again = action_of(book, step)
        assert again is not None
        assert (to_come(book, step, again) is not None) is comes
