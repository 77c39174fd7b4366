"""A book is brought on while the plan for a loss is carried out: cash under the loss goes on as it
was to, whatever the loss does to what was expected.
"""

from datetime import date, timedelta

import pytest

from backstop.domain import (
    AcceptedPlan,
    Account,
    AccountRole,
    Book,
    CashFlow,
    Direction,
    Facility,
    LossMode,
    PlannedDraw,
    PlanStage,
    PlanStep,
    RepaymentMethod,
)
from backstop.plan.life.progress import standing_of
from backstop.projection import project
from backstop.settling import advance, due_between

DAY_0 = date(2027, 1, 1)
FROZEN, THAW = 5, 20


def on(day: int) -> date:
    return DAY_0 + timedelta(days=day)


def flow(name: str, direction: Direction, amount: int, day: int) -> CashFlow:
    return CashFlow(id=name, name=name, direction=direction, amount=amount, first_date=on(day))


LINE = Facility(
    id="line",
    name="Line",
    limit=400_000,
    lead_days=0,
    last_verified=DAY_0,
    default_mode=LossMode.FREEZE,
    freeze_days=THAW - FROZEN,
    method=RepaymentMethod.BULLET,
    periods=1,
)


def draw(name: str, day: int, amount: int) -> PlannedDraw:
    plain = PlannedDraw(id=name, name=name, facility="line", amount=amount, first_date=on(day))
    return plain.changed(periods=1)


def plan_for(loss: str) -> AcceptedPlan:
    return AcceptedPlan(
        id="plan",
        name="Plan",
        contingency=loss,
        loss_date=on(FROZEN),
        accepted_on=DAY_0,
        inputs="0",
        stage=PlanStage.ACTIVE,
        activated_on=on(FROZEN),
    )


def book_with(*draws: PlannedDraw, loss: str = "line") -> Book:
    """1,000 in hand, wages of 3,000 on day 10 and 5,000 that a customer pays on day 40."""
    return Book(
        title="shop",
        as_of=DAY_0,
        horizon_days=100,
        accounts=(Account(id="till", name="till", balance=100_000),),
        facilities=(LINE,),
        cash_flows=(
            flow("wages", Direction.PAYMENT, 300_000, 10),
            flow("invoice", Direction.RECEIPT, 500_000, 40),
        ),
        planned_draws=draws,
        accepted_plans=(plan_for(loss),),
    )


def cash_under_the_plan(book: Book) -> list[int]:
    plan = book.accepted_plans[0]
    standing = standing_of(plan, project(book))
    assert standing.after is not None
    return [int(each) for each in standing.after.low]


def assert_goes_on(book: Book, days: int) -> Book:
    """Brought to that day, seen as far as before; on the way from one day to another, too."""
    later = advance(book, on(days))
    in_sight = later.changed(horizon_days=book.horizon_days - days)
    assert cash_under_the_plan(book)[days:] == cash_under_the_plan(in_sight)
    for stop in (days // 2, days - 1):
        assert advance(advance(book, on(stop)), on(days)) == later
    return later


@pytest.mark.parametrize("days", [3, 8, 9, 12, THAW, THAW + 1, 30, 60])
def test_a_draw_that_falls_into_a_freeze_is_made_when_it_ends(days: int) -> None:
    """Only the first of them helps then: it is drawn on 21 January, and due on 21 February."""
    book = book_with(draw("first", 8, 250_000), draw("second", 9, 50_000))
    later = assert_goes_on(book, days)
    owed = [each.principal for each in later.facilities[0].tranches]
    assert owed == ([250_000] if THAW < days <= 51 else [])
    listed = {each.id: each.day for each in due_between(book, on(days)) if each.record != "wages"}
    assert listed.get(f"first@{on(8)}") == (on(THAW) if days > THAW else None)
    assert f"second@{on(9)}" not in listed


def test_what_is_done_instead_of_a_draw_does_not_make_it_needless_at_the_thaw() -> None:
    """It is judged by cash with nothing done: in the later book, something is done."""
    aside = Account(id="aside", name="aside", balance=900_000, role=AccountRole.RESERVE)
    step = PlanStep(day=on(6), option="reserve:aside:::", amount=400_000)
    book = book_with(draw("draw", 15, 250_000)).put(aside)
    book = book.put(book.accepted_plans[0].changed(steps=(step,)))
    for days in (7, 14, 16, THAW, 30):
        assert_goes_on(book, days)
