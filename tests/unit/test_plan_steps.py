"""Amounts in whole steps of who gives the money."""

from datetime import timedelta
from decimal import Decimal

import numpy as np
import pytest

from backstop.domain import (
    Account,
    Book,
    CashFlow,
    Direction,
    Facility,
    PlannedDraw,
    RepaymentMethod,
)
from backstop.plan import Column, FundingModel, Limit, Missable, answer, draft, optimise
from backstop.projection import draw_schedule
from unit.test_report_book import DAY_0

DUE = DAY_0 + timedelta(days=10)
NEED = 155_000
CHEAP = Facility(
    id="cheap",
    name="Cheap",
    limit=200_000,
    rate_percent=Decimal(12),
    method=RepaymentMethod.BULLET,
    periods=1,
    draw_step=100_000,
    lead_days=0,
    last_verified=DAY_0,
)
DEARER = CHEAP.changed(
    id="dearer", name="Dearer", rate_percent=Decimal("14.4"), draw_step=10_000, limit=60_000
)


def owed(line: Facility, amount: int) -> int:
    return sum(each.total for each in draw_schedule(line, amount, DUE, 1))


def book(income: int) -> Book:
    """NEED is due on day 10 and comes from a line; `income` is there before draws are paid back."""
    gone = Facility(id="gone", name="Gone", limit=NEED, last_verified=DAY_0)
    bill = CashFlow(
        id="bill", name="Bill", first_date=DUE, direction=Direction.PAYMENT, amount=NEED
    )
    return Book(
        title="Steps",
        as_of=DAY_0,
        horizon_days=90,
        accounts=(Account(id="till", name="Till", balance=0),),
        facilities=(gone, CHEAP, DEARER),
        cash_flows=(
            bill,
            bill.changed(
                id="income",
                name="Income",
                first_date=DUE + timedelta(days=20),
                direction=Direction.RECEIPT,
                amount=income,
            ),
        ),
        planned_draws=(
            PlannedDraw(id="draw", name="Draw", facility="gone", first_date=DUE, amount=NEED),
        ),
    )


def test_where_rounding_up_is_too_dear_other_whole_steps_that_pay_all_are_found() -> None:
    enough = owed(CHEAP, 100_000) + owed(DEARER, 60_000) - (160_000 - NEED)
    assert owed(CHEAP, NEED) < enough < owed(CHEAP, 200_000) - (200_000 - NEED)
    answers = answer(book(enough))
    plan = draft(answers.projection, answers.loss("gone").outcome)
    assert plan.proved
    assert not plan.missed
    assert all(each.amount % 10_000 == 0 for each in plan.actions)


@pytest.mark.parametrize(("stepped", "expected"), [(False, 1_550.0), (True, 2_000.0)])
def test_the_core_takes_whole_steps_only_where_asked(stepped: bool, expected: float) -> None:
    column = Column("line", ((0, 1.0),), 3_000.0, cost=0.1, step=1_000.0)
    model = FundingModel(np.array([-1_550]), (column,))
    assert optimise(model, stepped=stepped).amounts == pytest.approx((expected,))


@pytest.mark.parametrize(
    ("need", "taken"), [(150, 200), (2_300, 2_300), (2_301, 2_340), (2_340, 2_340)]
)
def test_once_all_whole_steps_are_taken_the_rest_up_to_the_most_can_be_too(
    need: int, taken: int
) -> None:
    column = Column("line", ((0, 1.0),), 2_340.0, cost=0.1, step=100.0)
    model = FundingModel(np.array([-need]), (column,))
    assert optimise(model, stepped=True).amounts == pytest.approx((taken,))


def test_room_for_rounding_is_left_for_what_is_taken_alone() -> None:
    """Of a limit of 1,000 each unit uses two; 20 are left for each column that is taken."""
    columns = tuple(Column(name, ((0, 1.0),), 300.0, fixed_cost=1.0) for name in "abc")
    limit = Limit((0, 1, 2), 1_000.0, weights=(2.0, 2.0, 2.0), rounding=20.0)
    for need, missed in ((300, 0), (480, 0), (500, 20)):
        model = FundingModel(np.array([-need]), columns, (limit,), (Missable(0, 1e3, 1),))
        assert optimise(model).missed[0] == pytest.approx(missed, abs=1)
