"""Nothing is cured by pushing it past the horizon, and what is missed is missed sensibly."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from backstop.contingency import (
    Bounced,
    Contingency,
    ContingencyKind,
    Obligation,
    all_closures,
    outcomes,
)
from backstop.contingency.identity import OfRecord
from backstop.domain import (
    Account,
    Book,
    CashFlow,
    Direction,
    Facility,
    LossMode,
    Priority,
    RepaymentMethod,
    Repeat,
    Tranche,
)
from backstop.plan import Plan, draft
from backstop.plan.drafting.attempts import _laid
from backstop.plan.situation import QUARTER, QUARTERS, Situation
from backstop.projection import FlowKind, project
from backstop.telling import Narrator, words_for
from backstop.telling.actions import cautions
from backstop.telling.remaining import unpaid_rows

DAY_0 = date(2027, 1, 1)
HORIZON = 100


def a_book(periods: int, *, receipt: int = 0, method: RepaymentMethod) -> Book:
    """A payment of 10,000 on day 50, nothing to pay it with, and one line."""
    line = Facility(
        id="line",
        name="line",
        limit=2_000_000,
        method=method,
        periods=periods,
        last_verified=DAY_0,
        rate_percent=Decimal(0),
    )
    wages = CashFlow(
        id="wages",
        name="wages",
        direction=Direction.PAYMENT,
        amount=1_000_000,
        first_date=DAY_0 + timedelta(days=50),
        priority=Priority.MUST,
        partly_payable=True,
    )
    flows = [wages]
    if receipt:
        first = DAY_0 + timedelta(days=60)
        flows.append(
            CashFlow(
                id="sales",
                name="sales",
                direction=Direction.RECEIPT,
                amount=receipt,
                first_date=first,
                repeat=Repeat.DAYS,
                every=10,
            )
        )
    other = Facility(id="other", name="other", limit=1_000_000)
    return Book(
        title="x",
        as_of=DAY_0,
        horizon_days=HORIZON,
        accounts=(Account(id="till", name="till", balance=0),),
        facilities=(line, other),
        cash_flows=tuple(flows),
    )


def planned(book: Book) -> Plan:
    projection = project(book)
    outcome = outcomes(projection, all_closures(book))[1]
    plan = draft(projection, outcome)
    assert plan.proved
    return plan


def due_afterwards(plan: Plan, quarters: int = 1) -> int:
    after = range(HORIZON + 1, HORIZON + 1 + quarters * QUARTER)
    return sum(r.amount for each in plan.actions for r in each.repayments if r.day in after)


@pytest.mark.parametrize("periods", [2, 3, 4])
def test_a_loan_due_just_after_the_horizon_is_no_cure_for_who_will_not_have_it(
    periods: int,
) -> None:
    plan = planned(a_book(periods, method=RepaymentMethod.BULLET))
    assert sum(each.missed for each in plan.missed) == 1_000_000
    assert not plan.actions


def test_what_can_be_carried_beyond_the_horizon_is_cash_left_and_average_earnings() -> None:
    book = a_book(3, receipt=150_000, method=RepaymentMethod.BULLET)
    plan = planned(book)
    projection = project(book)
    received, paid = 5 * 150_000, 1_000_000
    assert int(projection.receipts.sum()) == received
    missed = sum(each.missed for each in plan.missed)
    on_the_last_day = int(plan.after.low[-1])
    left_over = max(0, (received - paid) * QUARTER // (HORIZON + 1))
    assert missed
    for n in range(1, QUARTERS + 1):
        assert due_afterwards(plan, n) <= on_the_last_day + n * left_over


def test_a_book_that_earns_enough_may_borrow_past_the_horizon() -> None:
    plan = planned(a_book(3, receipt=400_000, method=RepaymentMethod.BULLET))
    assert not plan.missed
    assert due_afterwards(plan) == 1_000_000 == plan.new_debt


def test_what_an_average_quarter_leaves_over_is_there_for_debts_after_the_horizon() -> None:
    book = a_book(3, receipt=400_000, method=RepaymentMethod.BULLET)
    outcome = outcomes(project(book), all_closures(book))[1]
    free = Situation(project(book), outcome, 0)
    rent = CashFlow(
        id="later",
        name="later",
        direction=Direction.PAYMENT,
        amount=1,
        first_date=DAY_0 + timedelta(days=HORIZON + 5),
    )
    assert Situation(project(book.put(rent)), outcome, 0).low[-1] == free.low[-1]
    assert free.low[-4] - free.low[-5] == LEFT_OVER


LEFT_OVER = (5 * 400_000 - 1_000_000) * QUARTER // (HORIZON + 1)


@pytest.mark.parametrize("too_much", [0, 100_000])
def test_debts_of_the_book_itself_come_first_after_the_horizon(too_much: int) -> None:
    """On the last day 5,000 are left and the 10,000 borrowed for the wages are still to be paid
    back: an average quarter could do it, were it not for what the book owes already."""
    book = a_book(3, receipt=400_000, method=RepaymentMethod.BULLET)
    spare = 500_000 + LEFT_OVER - 1_000_000
    other = book.by_id["other"].changed(
        limit=2_000_000, tranches=(debt(1_100_000, 95), debt(spare + too_much, HORIZON + 20))
    )
    plan = planned(book.put(other))
    assert plan.after.low[-1] == 500_000
    assert sum(each.missed for each in plan.missed) == too_much


def debt(principal: int, day: int) -> Tranche:
    due = DAY_0 + timedelta(days=day)
    name = f"due-{day}"
    return Tranche(
        id=name, name=name, principal=principal, next_due=due, method=RepaymentMethod.BULLET
    )


def obligation(amount: int, *, in_part: bool = False, name: str = "x") -> Obligation:
    return Obligation(name, name, FlowKind.PAYMENT, Priority.CAN_GO, 50, amount, in_part)


@pytest.mark.parametrize(
    ("left", "expected"),
    [(40, {"partly": 40}), (100, {"whole": 100}), (120, {"whole": 100, "partly": 20}), (0, {})],
)
def test_what_is_missed_in_part_is_what_may_be_paid_in_part(
    left: int, expected: dict[str, int]
) -> None:
    payable = [obligation(100, name="whole"), obligation(60, in_part=True, name="partly")]
    found = _laid(left, payable)
    assert {each.obligation.name: each.missed for each in found} == expected


def test_a_part_payment_says_what_to_pay_now_and_what_stays_unpaid() -> None:
    book = a_book(3, receipt=150_000, method=RepaymentMethod.BULLET)
    plan = planned(book)
    [each] = plan.missed
    assert isinstance(each, Bounced)
    [said] = unpaid_rows(plan, Narrator(book, words_for("en")))
    left = f"{each.missed / 100:,.2f}".removesuffix(".00")
    assert f"pay ¥{(1_000_000 - each.missed) / 100:,.2f}".removesuffix(".00") in said
    assert f"¥{left} of ¥10,000 stays unpaid" in said
    assert "先付" in unpaid_rows(plan, Narrator(book, words_for("zh_CN")))[0]


def test_a_line_that_ends_before_the_need_is_drawn_on_its_last_day() -> None:
    book = a_book(1, receipt=400_000, method=RepaymentMethod.BULLET)
    line = book.by_id["line"]
    assert isinstance(line, Facility)
    ended = line.changed(usage_until=DAY_0 + timedelta(days=45), periods=2)
    [action] = planned(book.put(ended)).actions
    assert (action.source, action.day, action.amount) == ("line", 45, 1_000_000)


def test_what_a_line_that_is_not_renewed_would_have_given_is_drawn_before_it_ends() -> None:
    book = a_book(1, receipt=400_000, method=RepaymentMethod.BULLET)
    line = book.by_id["line"]
    assert isinstance(line, Facility)
    ends = DAY_0 + timedelta(days=40)
    book = book.put(line.changed(contract_until=ends, periods=2))
    loss = Contingency(
        OfRecord("line"), ContingencyKind.SINGLE, ("line",), mode=LossMode.NO_RENEWAL
    )
    [outcome] = outcomes(project(book), [loss])
    plan = draft(outcome.projection, outcome)
    assert [(each.day, each.amount) for each in plan.actions] == [(39, 1_000_000)]
    assert not plan.missed


def test_a_draw_after_the_end_of_a_contract_asks_for_the_renewal() -> None:
    book = a_book(1, receipt=400_000, method=RepaymentMethod.BULLET)
    line = book.by_id["line"]
    assert isinstance(line, Facility)
    book = book.put(line.changed(contract_until=DAY_0 + timedelta(days=40), committed=True))
    action, again = planned(book).actions
    assert (action.day, again.day) == (50, 78), "what the draw makes due is borrowed again"
    said = "Its contract ends on 10 Feb 2027: ask for the renewal before."
    assert cautions(action, Narrator(book, words_for("en"))) == said
    assert "续期" in cautions(action, Narrator(book, words_for("zh_CN")))
