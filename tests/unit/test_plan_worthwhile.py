"""Where something stays unpaid anyway, a plan has the steps that are worth it, and says what more
would pay."""

from collections.abc import Sequence
from datetime import timedelta
from importlib import import_module

import pytest

from backstop.domain import (
    Account,
    AccountRole,
    Book,
    CashFlow,
    Direction,
    Facility,
    Measure,
    MeasureKind,
    PlannedDraw,
    Priority,
)
from backstop.plan import NO_WISHES, ActionKind, Pin, Plan, Wishes, answer, draft, explain
from backstop.telling import words_for
from unit.test_report_book import DAY_0

EVERY_STEP = Wishes(every_step=True)
DUE = DAY_0 + timedelta(days=40)
NEED = 1_000_000
STEP = NEED // 200
"""What a step has to pay to be worth taking: a two-hundredth of the need."""


def shop(reserves: Sequence[int], priority: Priority = Priority.IMPORTANT) -> Book:
    """A rent of NEED is due and comes from a line; without it there are these reserves."""
    rent = CashFlow(
        id="rent",
        name="Rent",
        first_date=DUE,
        direction=Direction.PAYMENT,
        amount=NEED,
        priority=priority,
        partly_payable=True,
    )
    return Book(
        title="Reserves",
        as_of=DAY_0,
        horizon_days=60,
        accounts=tuple(
            Account(id=f"jar{n}", name=f"Jar {n}", balance=each, role=AccountRole.RESERVE)
            for n, each in enumerate(reserves)
        ),
        facilities=(Facility(id="line", name="Line", limit=NEED, last_verified=DAY_0),),
        cash_flows=(rent,),
        planned_draws=(
            PlannedDraw(id="draw", name="Draw", facility="line", first_date=DUE, amount=NEED),
        ),
    )


def planned(book: Book, wishes: Wishes = NO_WISHES) -> Plan:
    answers = answer(book)
    return draft(answers.projection, answers.loss("line").outcome, wishes=wishes)


def used(plan: Plan) -> set[str]:
    return {each.source for each in plan.actions}


def unpaid(plan: Plan) -> int:
    return sum(each.missed for each in plan.missed)


def test_what_pays_less_than_a_step_is_worth_is_left_out_and_said() -> None:
    plan = planned(shop((300_000, STEP - 100)))
    assert used(plan) == {"jar0"}
    assert unpaid(plan) == NEED - 300_000
    assert plan.more is not None
    assert words_for("en").tell(plan.more) == "With one more step, ¥49.00 more can be paid."


def test_what_pays_as_much_as_a_step_is_worth_stays() -> None:
    plan = planned(shop((300_000, STEP + 100)))
    assert used(plan) == {"jar0", "jar1"}
    assert plan.more is None


def test_who_wants_every_step_that_helps_has_them_all() -> None:
    plan = planned(shop((300_000, STEP - 100)), EVERY_STEP)
    assert used(plan) == {"jar0", "jar1"}
    assert plan.more is None


def test_who_says_how_many_steps_has_as_many() -> None:
    assert len(planned(shop((300_000, STEP - 100)), Wishes(at_most=2)).actions) == 2


def test_where_all_can_be_paid_the_smallest_step_is_taken() -> None:
    plan = planned(shop((NEED - STEP + 100, STEP)))
    assert used(plan) == {"jar0", "jar1"}
    assert not plan.missed


def test_a_payment_of_the_first_class_is_not_missed_for_fewer_steps() -> None:
    plan = planned(shop((300_000, STEP - 100), Priority.MUST))
    assert used(plan) == {"jar0", "jar1"}


def test_what_the_owner_pins_stays_however_little_it_pays() -> None:
    pin = Pin(ActionKind.RESERVE, "jar1", 40)
    assert used(planned(shop((300_000, STEP - 100)), Wishes(pins=(pin,)))) == {"jar0", "jar1"}


@pytest.mark.parametrize(("each_worth", "left_out"), [(2, 4), (3, 4), (5, 2), (7, 1)])
def test_beyond_eight_steps_more_are_left_out_up_to_a_sixteenth_of_the_need(
    each_worth: int, left_out: int
) -> None:
    """Six large reserves, and six small ones that are each worth so many steps."""
    small = each_worth * STEP - 10
    plan = planned(shop([100_000] * 6 + [small] * 6))
    assert len(plan.actions) == 12 - left_out
    assert unpaid(plan) == NEED - 600_000 - (6 - left_out) * small


def test_where_whole_steps_leave_more_than_is_bearable_half_as_many_are_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Steps are chosen by linear programs; what the plan without them really leaves decides."""
    asked: list[int] = []

    def not_at_first(*_: object) -> bool:
        asked.append(1)
        return len(asked) > 1

    monkeypatch.setattr(import_module("backstop.plan.drafting.draft"), "bearable", not_at_first)
    small = 2 * STEP - 10
    plan = planned(shop([100_000] * 6 + [small] * 6))
    assert len(plan.actions) == 12 - 4 // 2
    assert unpaid(plan) == NEED - 600_000 - 4 * small


def test_with_eight_steps_none_that_is_worth_it_is_left_out() -> None:
    assert len(planned(shop([100_000] * 6 + [STEP + 10] * 2)).actions) == 8


def test_what_another_depends_on_stays_with_it() -> None:
    book = shop((300_000,))
    small = Measure(
        id="small", name="Small", kind=MeasureKind.SELL_ASSET, amount=STEP // 2, lead_days=1
    )
    large = small.changed(id="large", name="Large", amount=200_000, depends_on=("small",))
    assert used(planned(book.put(small).put(large))) == {"jar0", "small", "large"}


def test_what_stays_unpaid_is_at_most_doubled_for_fewer_steps() -> None:
    """Where next to nothing would stay unpaid, the small steps that see to that are taken."""
    nearly_all = NEED - 2 * STEP + 300
    assert used(planned(shop((nearly_all, STEP - 100)))) == {"jar0", "jar1"}
    assert used(planned(shop((nearly_all, STEP // 2)))) == {"jar0"}


def test_the_next_best_of_a_plan_with_steps_left_out_has_no_more_steps() -> None:
    """Without the crane, the van and the saw together would bring nearly as much."""
    van = Measure(id="van", name="Van", kind=MeasureKind.SELL_ASSET, amount=150_000)
    crane = van.changed(id="crane", name="Crane", amount=300_100, excludes=("van", "saw"))
    book = shop((STEP - 100,)).put(van).put(van.changed(id="saw", name="Saw")).put(crane)
    answers = answer(book)
    plan = draft(answers.projection, answers.loss("line").outcome)
    assert used(plan) == {"crane"}
    assert plan.more is not None
    told = explain(answers.projection, plan).explanation
    assert told is not None
    assert [each.steps for each in told.next_best] == [1]
    assert sum(told.next_best[0].missed_more) == 150_100
