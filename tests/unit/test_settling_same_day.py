"""A step of a plan takes of all dates of a payment that fall on its day: what is overdue of four
weeks is one choice."""

from datetime import date, timedelta

import pytest

from backstop.domain import (
    AcceptedPlan,
    Account,
    Book,
    CashFlow,
    Direction,
    Facility,
    LossMode,
    PlannedDraw,
    PlanStage,
    PlanStep,
    Repeat,
    StillOpen,
)
from backstop.plan.life.progress import standing_of
from backstop.projection import project
from backstop.settling import advance

FIRST = date(2026, 3, 10)
RENT = CashFlow(
    id="rent",
    name="Rent",
    direction=Direction.PAYMENT,
    amount=300_00,
    first_date=date(2026, 2, 15),
    repeat=Repeat.WEEKS,
    count=5,
    answered_until=date(2026, 2, 1),
    cuttable_percent=50,
    deferrable_days=20,
)
LINE = Facility(id="line", name="Line", limit=10_000_00, last_verified=FIRST, purchases_only=False)
OTHER = LINE.changed(id="other", name="Other")


def book_with(option: str, amount: int) -> Book:
    step = PlanStep(day=FIRST, option=option, amount=amount)
    plan = AcceptedPlan(
        id="plan",
        name="Plan",
        contingency="other",
        loss_date=FIRST,
        accepted_on=FIRST,
        inputs="0",
        steps=(step,),
        stage=PlanStage.ACTIVE,
        activated_on=FIRST,
    )
    return Book(
        title="t",
        as_of=FIRST,
        horizon_days=60,
        accounts=(Account(id="till", name="Till", balance=2_000_00),),
        facilities=(LINE, OTHER),
        cash_flows=(RENT,),
        accepted_plans=(plan,),
    )


@pytest.mark.parametrize(
    ("option", "amount"), [("cut:rent:::0", 600_00), ("defer:rent:::0", 1_200_00)]
)
def test_cash_under_a_step_about_several_dates_of_one_day_goes_on_as_it_was_to(
    option: str, amount: int
) -> None:
    book = book_with(option, amount)
    before = standing_of(book.accepted_plans[0], project(book)).after
    later = advance(book, FIRST + timedelta(days=1))
    after = standing_of(later.accepted_plans[0], project(later)).after
    assert before is not None
    assert after is not None
    assert before.low[1:].tolist() == after.low[: len(before.low) - 1].tolist()
    assert sum(each.balance for each in later.accounts) == before.low[0]
    assert before.low[0] == 2_000_00 - 1_200_00 + amount


def test_what_is_still_open_of_a_payment_can_be_put_off_once_more() -> None:
    """It was put off before: a part of it is expected on a day that is not the rule's."""
    due = FIRST + timedelta(days=3)
    opened = StillOpen(rule_date=date(2026, 2, 8), left=200_00, expected=due)
    rent = RENT.changed(answered_until=FIRST, open=(opened,))
    book = book_with("defer:rent:::", 200_00).put(rent)
    (plan,) = book.accepted_plans
    book = book.put(plan.changed(steps=(PlanStep(day=due, option="defer:rent:::", amount=200_00),)))
    before = standing_of(book.accepted_plans[0], project(book)).after
    later = advance(book, due + timedelta(days=1))
    after = standing_of(later.accepted_plans[0], project(later)).after
    assert before is not None
    assert after is not None
    assert before.low[4:].tolist() == after.low[: len(before.low) - 4].tolist()
    assert later.by_id["rent"] == rent.changed(
        answered_until=due + timedelta(days=1),
        open=(StillOpen(rule_date=date(2026, 2, 8), left=200_00, expected=due + timedelta(20)),),
    )


def test_under_a_cut_in_flight_a_draw_is_made_as_far_as_there_is_room() -> None:
    cut = OTHER.changed(limit=1_000_00, default_mode=LossMode.LIMIT_CUT, cut_percent=50)
    draw = PlannedDraw(
        id="draw", name="Draw", facility="other", amount=800_00, first_date=FIRST + timedelta(2)
    )
    book = book_with("draw:line::12:", 100_00).put(cut).put(draw)
    later = advance(book, FIRST + timedelta(days=5))
    line = later.by_id["other"]
    assert isinstance(line, Facility)
    assert [each.principal for each in line.tranches] == [500_00]
    before = standing_of(book.accepted_plans[0], project(book)).after
    after = standing_of(later.accepted_plans[0], project(later)).after
    assert before is not None
    assert after is not None
    assert before.low[5:].tolist() == after.low[: len(before.low) - 5].tolist()
