"""A debt paid off with another line: replayed exactly, priced with its fee, only where it helps."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from backstop.contingency import Contingency, ContingencyKind, Outcome, outcomes
from backstop.contingency.identity import OfRecord
from backstop.domain import (
    Account,
    AccountRole,
    Book,
    CashFlow,
    Direction,
    Facility,
    LossMode,
    PlannedDraw,
    RepaymentMethod,
    Repeat,
    Tranche,
)
from backstop.plan import ActionKind, Plan, draft
from backstop.plan.effects import cash_moves
from backstop.plan.life.steps import action_of, steps_of
from backstop.plan.offers.refinance import refinances
from backstop.plan.situation import Situation
from backstop.projection import project
from backstop.projection.schedules import tranche_schedule
from naive import naive_lows

DAY_0 = date(2027, 1, 1)


def dear_debt(fee: str = "1", rate: str = "30") -> Tranche:
    """Ten instalments of some 1,100 a month."""
    return Tranche(
        id="dear",
        name="dear",
        principal=1_000_000,
        next_due=date(2027, 1, 20),
        remaining_periods=10,
        rate_percent=Decimal(rate),
        early_fee_percent=Decimal(fee),
    )


def shop(debt: Tranche, mode: LossMode = LossMode.NO_NEW_DRAWS) -> Book:
    """A draw of 8,000 was planned on the line that goes; a cheap line for two years is left."""
    gone = Facility(id="gone", name="gone", limit=5_000_000, callable=True, default_mode=mode)
    owed = Facility(id="owed", name="owed", limit=1_000_000, tranches=(debt,), lead_days=None)
    cheap = Facility(
        id="cheap",
        name="cheap",
        limit=1_500_000,
        periods=24,
        rate_percent=Decimal(6),
        method=RepaymentMethod.ANNUITY,
        draw_step=10_000,
        draw_fee_percent=Decimal("0.5"),
        last_verified=DAY_0,
    )
    income = CashFlow(
        id="sales",
        name="sales",
        direction=Direction.RECEIPT,
        amount=60_000,
        first_date=date(2027, 1, 15),
        repeat=Repeat.MONTHS,
    )
    return Book(
        title="shop",
        as_of=DAY_0,
        accounts=(Account(id="till", name="till", balance=150_000),),
        facilities=(gone, owed, cheap),
        cash_flows=(income,),
        planned_draws=(
            PlannedDraw(
                id="plan", name="plan", facility="gone", amount=900_000, first_date=date(2027, 1, 9)
            ),
        ),
    )


def losing(book: Book, line: str = "gone") -> Outcome:
    [found] = outcomes(
        project(book), [Contingency(OfRecord(line), ContingencyKind.SINGLE, (line,))]
    )
    return found


def planned(book: Book) -> Plan:
    outcome = losing(book)
    plan = draft(outcome.projection, outcome)
    assert plan.proved
    return plan


def test_a_dear_debt_is_paid_off_with_a_cheap_line() -> None:
    plan = planned(shop(dear_debt()))
    assert not plan.missed
    [action] = plan.actions
    assert (action.kind, action.source, action.payment) == (ActionKind.REFINANCE, "cheap", "dear")
    assert action.payment_name == "owed"
    assert action.cost < 0


def test_cash_after_it_is_that_of_a_book_in_which_both_are_recorded() -> None:
    book = shop(dear_debt())
    plan = planned(book)
    [action] = plan.actions
    on = DAY_0 + timedelta(days=action.day)
    debt = dear_debt().changed(early_on=on, early_amount=1_000_000)
    owed = book.by_id["owed"]
    assert isinstance(owed, Facility)
    done = book.put(owed.changed(tranches=(debt,))).put(
        PlannedDraw(
            id="drawn",
            name="drawn",
            facility="cheap",
            amount=action.amount,
            periods=action.periods,
            first_date=on,
        )
    )
    assert plan.after.low.tolist() == naive_lows(done, plan.contingency)


def test_the_lenders_fee_and_interest_to_the_day_are_in_what_is_paid() -> None:
    book = shop(dear_debt(fee="5"))
    situation = Situation(project(book), losing(book), 0)
    offer = next(refinances(situation))
    on = DAY_0 + timedelta(days=offer.action.day)
    with_fee, without = (
        tranche_schedule(dear_debt(fee).changed(early_on=on, early_amount=1_000_000))[-1]
        for fee in ("5", "0")
    )
    assert with_fee.total - without.total == round(with_fee.principal * 0.05)
    net = offer.action.amount - round(offer.action.amount * 0.005)
    short = -int(situation.outcome.low[offer.action.day])
    assert with_fee.total + short <= net < with_fee.total + short + 10_000


@pytest.mark.parametrize("debt", [dear_debt(fee="60"), dear_debt(rate="1", fee="8")])
def test_it_is_not_done_where_the_draw_alone_is_cheaper(debt: Tranche) -> None:
    kinds = {each.kind for each in planned(shop(debt)).actions}
    assert kinds == {ActionKind.DRAW}


def test_a_debt_that_is_called_or_paid_off_anyway_is_left_alone() -> None:
    early = dear_debt().changed(early_on=date(2027, 3, 1), early_amount=500_000)
    for book, line in ((shop(early), "gone"), (shop(dear_debt(), LossMode.CALL), "owed")):
        outcome = losing(book, line)
        called = Contingency(OfRecord(line), ContingencyKind.SINGLE, (line,), mode=LossMode.CALL)
        if line == "owed":
            [outcome] = outcomes(project(book), [called])
        assert not list(refinances(Situation(outcome.projection, outcome, 0)))


def test_a_line_with_a_permitted_use_pays_off_no_other_debt() -> None:
    book = shop(dear_debt())
    cheap = book.by_id["cheap"]
    assert isinstance(cheap, Facility)
    plan = planned(book.put(cheap.changed(permitted_use="stock")))
    assert {each.kind for each in plan.actions} == {ActionKind.DRAW}


def test_savings_alone_are_no_reason_for_a_step() -> None:
    """Only the minimum is touched, and money lies in a reserve that costs nothing."""
    book = shop(dear_debt())
    till = Account(id="till", name="till", balance=550_000)
    kept = Account(id="kept", name="kept", balance=900_000, role=AccountRole.RESERVE)
    plan = planned(book.changed(accounts=(till, kept), minimum_cash=10_000))
    assert {each.kind for each in plan.actions} == {ActionKind.RESERVE}


def test_an_instalment_that_is_spared_cannot_be_missed_as_well() -> None:
    """Two lines too small for all: what is missed and what is spared never exceed what is due."""
    book = shop(dear_debt()).changed(accounts=(Account(id="till", name="till", balance=0),))
    cheap = book.by_id["cheap"]
    assert isinstance(cheap, Facility)
    book = book.put(cheap.changed(limit=1_050_000, lead_days=30))
    outcome = losing(book)
    plan = draft(outcome.projection, outcome)
    assert plan.proved
    assert all(each.missed <= each.obligation.amount for each in plan.missed)
    assert plan.after.low.min() >= 0


def test_as_a_step_of_an_accepted_plan_it_is_the_same_until_the_debt_is_gone() -> None:
    book = shop(dear_debt())
    plan = planned(book)
    [action] = plan.actions
    [step] = steps_of(book, plan)
    again = action_of(book, step)
    assert again is not None
    assert again.payment_name == action.payment_name
    assert cash_moves(book, again) == cash_moves(book, action)
    owed = book.by_id["owed"]
    assert isinstance(owed, Facility)
    paid = book.put(owed.changed(tranches=()))
    assert cash_moves(paid, again)[0] == (action.day, action.amount * 995 // 1000)
