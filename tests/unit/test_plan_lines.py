"""What a line gives a plan: headroom that comes back, and cash from a card."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from backstop.contingency import Contingency, ContingencyKind, outcomes
from backstop.contingency.identity import OfRecord
from backstop.domain import (
    Account,
    Book,
    CashFlow,
    Direction,
    Facility,
    PlannedDraw,
    Priority,
    RepaymentMethod,
)
from backstop.plan import ActionKind, Plan, draft
from backstop.projection import project
from naive import naive_lows

DAY_0 = date(2027, 1, 1)
GONE = Facility(id="gone", name="gone", limit=1_000_000, last_verified=DAY_0)
LINE = Facility(
    id="line",
    name="line",
    limit=500_000,
    method=RepaymentMethod.BULLET,
    periods=1,
    rate_percent=Decimal(12),
    last_verified=DAY_0,
)
CARD = Facility(
    id="card",
    name="card",
    limit=500_000,
    purchases_only=True,
    method=RepaymentMethod.STATEMENT_CYCLE,
    statement_day=5,
    due_day=25,
    cash_advance_limit=300_000,
    cash_advance_fee_percent=Decimal(1),
    cash_advance_rate_percent=Decimal(18),
    draw_step=10_000,
    last_verified=DAY_0,
)


def flow(name: str, direction: Direction, day: int, amount: int) -> CashFlow:
    return CashFlow(
        id=name,
        name=name,
        direction=direction,
        amount=amount,
        first_date=DAY_0 + timedelta(days=day),
        priority=Priority.MUST,
    )


def book_with(line: Facility, *flows: CashFlow) -> Book:
    return Book(
        title="x",
        as_of=DAY_0,
        horizon_days=200,
        accounts=(Account(id="till", name="till", balance=10_000),),
        facilities=(GONE, line),
        cash_flows=flows,
    )


def planned(book: Book) -> Plan:
    loss = Contingency(OfRecord("gone"), ContingencyKind.SINGLE, ("gone",))
    [outcome] = outcomes(project(book), [loss])
    plan = draft(outcome.projection, outcome)
    assert plan.proved
    return plan


def twice(line: Facility) -> Plan:
    """4,000 too little for a month, two times."""
    paid, received = Direction.PAYMENT, Direction.RECEIPT
    return planned(
        book_with(
            line,
            flow("first", paid, 10, 410_000),
            flow("sales", received, 30, 410_000),
            flow("second", paid, 60, 415_000),
            flow("more", received, 80, 450_000),
        )
    )


def test_what_was_repaid_can_be_drawn_again() -> None:
    plan = twice(LINE)
    assert not plan.missed
    amounts = [each.amount for each in plan.actions]
    assert len(amounts) == 2
    assert max(amounts) <= LINE.limit < sum(amounts)


@pytest.mark.parametrize(
    "line", [LINE.changed(revolving=False), LINE.changed(repaid_share_percent=20)]
)
def test_headroom_comes_back_only_in_its_share(line: Facility) -> None:
    plan = twice(line)
    returned = LINE.limit * line.repaid_share_percent // 100 if line.revolving else 0
    assert plan.missed
    assert sum(each.amount for each in plan.actions) <= LINE.limit + returned


def test_a_card_lends_cash_as_far_as_its_limit_for_that_reaches() -> None:
    paid, received = Direction.PAYMENT, Direction.RECEIPT
    flows = (flow("wages", paid, 10, 210_000), flow("sales", received, 20, 900_000))
    book = book_with(CARD, *flows)
    plan = planned(book)
    [action] = plan.actions
    assert (action.kind, action.source, action.amount) == (ActionKind.DRAW, "card", 200_000)
    [repaid] = action.repayments
    assert repaid.amount == 202_000 + round(200_000 * 0.18 * (repaid.day - 10) / 365)
    drawn = PlannedDraw(
        id="drawn",
        name="drawn",
        facility="card",
        amount=action.amount,
        first_date=DAY_0 + timedelta(days=action.day),
    )
    assert plan.after.low.tolist() == naive_lows(book.put(drawn), plan.contingency)
    more = planned(book_with(CARD, flow("wages", paid, 10, 400_000), flows[1]))
    assert sum(each.amount for each in more.actions) == 300_000
    assert more.missed
    none = planned(book_with(CARD.changed(cash_advance_limit=0), *flows))
    assert not none.actions
