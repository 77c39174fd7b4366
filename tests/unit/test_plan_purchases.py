"""Payments that go through a card or pay-later line: one, or each of those that repeat from a day
on, as one thing to arrange."""

from dataclasses import replace
from datetime import date

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
    Repeat,
)
from backstop.plan import NO_WISHES, ActionKind, Plan, Wishes, draft, pin_of
from backstop.plan.life.steps import action_of, steps_of
from backstop.plan.offers import Offer, meaning_of
from backstop.plan.offers.rules import offers_for
from backstop.plan.situation import Situation
from backstop.projection import project
from backstop.telling import Narrator, words_for
from backstop.telling.actions import action_text

DAY_0 = date(2027, 1, 1)
STOCK = 20_000_00
CARD = Facility(
    id="card",
    name="Card",
    limit=30_000_00,
    purchases_only=True,
    purchase_tags=("stock",),
    method=RepaymentMethod.STATEMENT_CYCLE,
    statement_day=25,
    due_day=15,
    last_verified=DAY_0,
)


def shop(card: Facility = CARD, *, partly: bool = True) -> Book:
    """Stock is paid on the 5th of each month from a line; the customers' money comes later."""
    gone = Facility(
        id="gone",
        name="Gone",
        limit=100_000_00,
        method=RepaymentMethod.BULLET,
        periods=6,
        last_verified=DAY_0,
    )
    stock = CashFlow(
        id="stock",
        name="Stock",
        direction=Direction.PAYMENT,
        amount=STOCK,
        first_date=date(2027, 1, 5),
        repeat=Repeat.MONTHS,
        count=3,
        priority=Priority.IMPORTANT,
        partly_payable=partly,
        tags=("stock",),
    )
    income = CashFlow(
        id="income",
        name="Income",
        direction=Direction.RECEIPT,
        amount=200_000_00,
        first_date=date(2027, 3, 10),
    )
    return Book(
        title="Shop",
        as_of=DAY_0,
        horizon_days=180,
        accounts=(Account(id="till", name="Till", balance=3 * STOCK - 30_000_00),),
        facilities=(gone, card),
        cash_flows=(stock, income),
        planned_draws=(
            PlannedDraw(
                id="draw", name="Draw", facility="gone", first_date=DAY_0, amount=30_000_00
            ),
        ),
    )


def situation_of(book: Book) -> Situation:
    [outcome] = outcomes(
        project(book), [Contingency(OfRecord("gone"), ContingencyKind.SINGLE, ("gone",))]
    )
    return Situation(outcome.projection, outcome, 0)


def planned(book: Book, wishes: Wishes = NO_WISHES) -> Plan:
    situation = situation_of(book)
    return draft(situation.projection, situation.outcome, wishes=wishes)


def bought(book: Book) -> dict[tuple[int, ...], Offer]:
    """What is on offer through the card, by its days."""
    offers = [each for each in offers_for(situation_of(book)) if each.action.source == "card"]
    return {each.action.days or (each.action.day,): each for each in offers}


def days(*of: tuple[int, int]) -> tuple[int, ...]:
    return tuple((date(2027, month, day) - DAY_0).days for month, day in of)


FEBRUARY, MARCH = days((2, 5)), days((3, 5))


def test_what_repeats_is_paid_through_the_line_from_a_day_on_as_one_step() -> None:
    plan = planned(shop())
    assert plan.proved
    assert not plan.missed
    [step] = plan.actions
    assert (step.kind, step.source, step.payment) == (ActionKind.PURCHASE, "card", "stock")
    assert step.days == FEBRUARY + MARCH
    assert step.day == step.days[0]
    assert step.amount == 30_000_00


def test_each_time_goes_by_an_equal_part_of_the_amount_and_has_its_own_bill() -> None:
    book = shop()
    action = bought(book)[FEBRUARY + MARCH].of(10_000_00)
    meaning = meaning_of(book, action)
    assert meaning.gained == ((FEBRUARY[0], 5_000_00), (MARCH[0], 5_000_00))
    assert meaning.owed == tuple((day, 5_000_00) for day in days((3, 15), (4, 15)))
    assert meaning.cost == 0


def test_of_the_lines_room_only_what_is_bought_by_then_is_taken() -> None:
    """In March 30,000 are taken, in February half of that: it fits where all at once would not."""
    offer = bought(shop())[FEBRUARY + MARCH]
    taken = {claim.on: used for claim, used in offer.uses(shop(), 30_000_00) if claim.on}
    assert taken == {FEBRUARY[0]: 15_000_00, MARCH[0]: 30_000_00}


def test_runs_end_with_the_last_payment_of_the_need() -> None:
    january = days((1, 5))
    assert set(bought(shop(CARD.changed(limit=90_000_00)))) == {
        january,
        FEBRUARY,
        MARCH,
        FEBRUARY + MARCH,
        january + FEBRUARY + MARCH,
    }


def test_what_may_not_be_paid_in_part_goes_through_the_line_whole_each_time_or_not_at_all() -> None:
    narrow, wide = shop(partly=False), shop(CARD.changed(limit=2 * STOCK), partly=False)
    assert FEBRUARY + MARCH not in bought(narrow)
    offer = bought(wide)[FEBRUARY + MARCH]
    assert (offer.least, offer.most) == (2 * STOCK, 2 * STOCK)


@pytest.mark.parametrize("least", [0, 8_000_00, 16_000_00])
def test_the_lines_minimum_holds_for_each_time(least: int) -> None:
    offers = bought(shop(CARD.changed(minimum_draw=least)))
    run = offers.get(FEBRUARY + MARCH)
    assert run is None if least > 15_000_00 else run is not None and run.least == 2 * max(1, least)


def test_one_payment_is_not_rearranged_twice() -> None:
    offers = bought(shop())
    assert set(offers[FEBRUARY].payments) < set(offers[FEBRUARY + MARCH].payments)


def test_a_run_is_told_as_one_sentence() -> None:
    book = shop()
    action = bought(book)[FEBRUARY + MARCH].of(10_000_00)
    english, chinese = (
        action_text(action, Narrator(book, words_for(each))) for each in ("en", "zh_CN")
    )
    assert english == "Pay Stock (¥5,000 each time, 2 times, to 5 March) through Card"
    assert chinese == "用Card支付Stock（每次 ¥5,000，共 2 次，到3月5日为止）"


def test_a_pin_tells_a_run_from_a_single_purchase_of_the_same_day() -> None:
    offers = bought(shop())
    single, run = offers[FEBRUARY].action, offers[FEBRUARY + MARCH].action
    assert pin_of(run).means(run)
    assert not pin_of(run).means(single)
    assert not pin_of(single).means(run)
    assert replace(pin_of(run), times=0).means(single), "nothing said is any"


def test_a_pinned_run_is_kept() -> None:
    wished = replace(pin_of(bought(shop())[FEBRUARY + MARCH].action), amount=12_000_00)
    plan = planned(shop(), Wishes(pins=(wished,)))
    assert plan.proved
    assert (FEBRUARY + MARCH, 12_000_00) in {(each.days, each.amount) for each in plan.actions}


def test_an_accepted_run_is_read_back_payment_by_payment() -> None:
    book = shop()
    again = [action_of(book, each) for each in steps_of(book, planned(book))]
    assert [each.days for each in again if each] == [FEBRUARY, MARCH]
    gained = [cash for each in again if each for cash in meaning_of(book, each).gained]
    assert gained == list(meaning_of(book, planned(book).actions[0]).gained)


def test_a_card_that_is_lost_too_pays_nothing() -> None:
    loss = Contingency(OfRecord("both"), ContingencyKind.GROUP, ("gone", "card"))
    [outcome] = outcomes(project(shop()), [loss])
    offers = offers_for(Situation(outcome.projection, outcome, 0))
    assert not [each for each in offers if each.action.source == "card"]
