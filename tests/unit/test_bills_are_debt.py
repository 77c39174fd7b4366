"""A card's bill is reported debt, whatever was bought; the purchase behind it is not, while it can
still be left: a lender reports what is late, not what was bought."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from backstop.contingency import (
    classes_due,
    is_own_bill,
    nothing_lost,
    outcomes,
    single_closures,
)
from backstop.domain import (
    Account,
    Book,
    CashFlow,
    Direction,
    Facility,
    LinkGroup,
    LossMode,
    PlannedDraw,
    Priority,
    RepaymentMethod,
    Tranche,
)
from backstop.plan import ActionKind, Plan, draft
from backstop.projection import FlowKind, project
from backstop.telling import Narrator, words_for
from backstop.telling.actions import action_text
from backstop.telling.overdue import still_counted_on
from backstop.telling.phrases import obligation_title

DAY_0 = date(2027, 1, 1)
BUY_DAY, BILL_DAY = 10, 45  # bought on 11 January, in the bill of 15 February


def card(**fields: object) -> Facility:
    made = Facility(
        id="card",
        name="Card",
        lender="Bank",
        limit=50_000_00,
        purchases_only=True,
        purchase_tags=("fun",),
        method=RepaymentMethod.STATEMENT_CYCLE,
        statement_day=25,
        due_day=15,
        last_verified=DAY_0,
    )
    return made.changed(**fields)


def trip(**fields: object) -> CashFlow:
    made = CashFlow(
        id="trip",
        name="Trip",
        direction=Direction.PAYMENT,
        amount=1_000_00,
        first_date=DAY_0 + timedelta(days=BUY_DAY),
        through="card",
        priority=Priority.CAN_GO,
    )
    return made.changed(**fields)


def wages(amount: int = 500_00) -> CashFlow:
    return CashFlow(
        id="wages",
        name="Wages",
        direction=Direction.PAYMENT,
        amount=amount,
        first_date=DAY_0 + timedelta(days=BILL_DAY),
        priority=Priority.IMPORTANT,
    )


def income(day: int) -> CashFlow:
    return CashFlow(
        id="income",
        name="Income",
        direction=Direction.RECEIPT,
        amount=1_000_00,
        first_date=DAY_0 + timedelta(days=day),
    )


def book(cash: int, *flows: CashFlow, facilities: tuple[Facility, ...] = (card(),)) -> Book:
    return Book(
        title="Home",
        as_of=DAY_0,
        horizon_days=120,
        accounts=(Account(id="till", name="Till", balance=cash),),
        facilities=facilities,
        cash_flows=flows,
    )


def plan_of(book: Book, loss_day: int = 0) -> Plan:
    projection = project(book)
    [outcome] = outcomes(projection, [nothing_lost(loss_day)])
    return draft(projection, outcome)


def test_if_nothing_is_done_the_bill_of_something_that_can_go_is_missed_as_debt() -> None:
    [outcome] = outcomes(project(book(600_00, trip())), [nothing_lost()])
    [missed] = outcome.bounced
    assert (missed.obligation.kind, missed.priority) == (FlowKind.BILL, Priority.MUST)
    assert not missed.obligation.partly_payable


def test_a_purchase_that_its_line_no_longer_pays_is_due_in_its_own_class() -> None:
    made = book(600_00, trip())
    projection, [loss] = project(made), single_closures(made)
    assert classes_due(projection)[BILL_DAY] == Priority.MUST
    under = classes_due(projection, loss)
    assert (under[BUY_DAY], under[BILL_DAY]) == (Priority.CAN_GO, 0)


def test_a_plan_leaves_what_can_go_while_it_is_not_bought_and_pays_more_important_things() -> None:
    plan = plan_of(book(600_00, trip(), wages()))
    [missed] = plan.missed
    assert (missed.obligation.record, missed.priority) == ("trip", Priority.CAN_GO)
    assert (missed.obligation.bought, missed.day, missed.missed) == (BUY_DAY, BILL_DAY, 900_00)
    assert plan.begins == BUY_DAY


def test_what_was_bought_before_the_loss_is_debt_and_goes_before_what_is_less_important() -> None:
    plan = plan_of(book(1_200_00, trip(), wages()), loss_day=BUY_DAY + 1)
    [missed] = plan.missed
    assert (missed.obligation.record, missed.missed) == ("wages", 300_00)


def test_a_purchase_that_can_be_cut_is_left_on_the_day_it_would_be_made() -> None:
    made = book(600_00, trip(cuttable_percent=100))
    plan = plan_of(made)
    [step] = plan.actions
    assert not plan.missed
    assert (step.kind, step.days, step.day) == (ActionKind.CUT, (BUY_DAY,), BUY_DAY)
    said = action_text(step, Narrator(made, words_for("en")))
    assert said == "Do without Trip (¥1,000)"


def test_a_purchase_that_can_wait_is_made_later_and_so_is_its_bill() -> None:
    made = book(600_00, trip(deferrable_days=30), income(60))
    plan = plan_of(made)
    [step] = plan.actions
    assert (step.kind, step.day) == (ActionKind.DEFER, BUY_DAY)
    assert [(each.day, each.amount) for each in step.repayments] == [(73, 1_000_00)]  # 15 March
    assert not plan.missed
    said = action_text(step, Narrator(made, words_for("en")))
    assert said == "Buy Trip (¥1,000, through Card) only on 10 February"


def coming_back(day: int, amount: int) -> CashFlow:
    """What a shop gives back to the card: its bills are then reckoned whole."""
    return income(day).changed(id="back", name="Back", amount=amount, through="card")


def test_what_comes_back_to_a_card_keeps_no_other_purchase_from_being_left() -> None:
    """Of the bill on 15 February 900 of the trip are left, as without the 50 that come back."""
    other = trip(id="book", name="Book", amount=50_00, first_date=DAY_0 + timedelta(days=1))
    plan = plan_of(book(600_00, other, trip(), wages(), coming_back(3, 50_00)))
    [missed] = plan.missed
    assert (missed.obligation.record, missed.priority) == ("trip", Priority.CAN_GO)
    assert (missed.obligation.bought, missed.missed) == (BUY_DAY, 900_00)


def test_a_purchase_by_a_card_with_a_credit_is_cut_or_made_later_all_the_same() -> None:
    owed_back = card(credit_balance=50_00)
    first = trip(id="book", name="Book", amount=50_00, first_date=DAY_0 + timedelta(days=1))
    cut = plan_of(book(600_00, first, trip(cuttable_percent=100), facilities=(owed_back,)))
    assert [(each.kind, each.day) for each in cut.actions] == [(ActionKind.CUT, BUY_DAY)]
    assert not cut.missed
    later = trip(deferrable_days=30)
    put_off = plan_of(book(600_00, first, later, income(60), facilities=(owed_back,)))
    assert [(each.kind, each.day) for each in put_off.actions] == [(ActionKind.DEFER, BUY_DAY)]
    assert not put_off.missed


def test_a_purchase_of_which_a_credit_pays_a_part_stays_debt() -> None:
    """What it would leave of the credit would pay others: its bill is no bill of its own."""
    plan = plan_of(book(600_00, trip(), facilities=(card(credit_balance=50_00),)))
    [missed] = plan.missed
    assert (missed.obligation.bought, missed.priority) == (None, Priority.MUST)
    assert missed.missed == 350_00


def test_a_purchase_to_be_left_is_called_by_what_would_be_bought() -> None:
    made = book(600_00, trip(), wages())
    [missed] = plan_of(made).missed
    title = obligation_title(missed.obligation, Narrator(made, words_for("en")))
    assert title == "Trip, not bought by Card on 11 Jan"


def owing(**fields: object) -> Facility:
    """A loan of which 1,000 is due on 16 January."""
    debt = Tranche(
        id="debt",
        name="Debt",
        principal=1_000_00,
        method=RepaymentMethod.BULLET,
        remaining_periods=1,
        next_due=date(2027, 1, 16),
    )
    made = Facility(
        id="loan", name="Loan", lender="Bank", limit=1_000_00, revolving=False, tranches=(debt,)
    )
    return made.changed(last_verified=DAY_0, **fields)


def other(**fields: object) -> Facility:
    """A line of the same bank on which money comes too late for that."""
    made = Facility(
        id="other",
        name="Other",
        lender="Bank",
        limit=2_000_00,
        lead_days=20,
        last_verified=DAY_0,
        method=RepaymentMethod.BULLET,
        periods=6,
    )
    return made.changed(**fields)


def overdue_then(second: Facility, *, groups: tuple[LinkGroup, ...] = ()) -> Plan:
    """1,000 is due to a bank on 16 January, with nothing to pay it; 500 of wages in February."""
    made = book(0, wages(), income(100), facilities=(owing(), second))
    for group in groups:
        made = made.put(group)
    return plan_of(made)


def test_after_an_overdue_payment_other_lines_of_that_lender_are_not_counted_on() -> None:
    plan = overdue_then(other())
    assert not plan.actions
    assert {each.obligation.record for each in plan.missed} == {"loan", "wages"}
    [note] = plan.notes
    assert "Other" in str(note)


def test_a_line_of_another_lender_still_counts_after_an_overdue_payment() -> None:
    plan = overdue_then(other(lender="Another bank"))
    assert [each.source for each in plan.actions] == ["other"]


def test_lines_of_the_same_group_go_with_an_overdue_payment_too() -> None:
    group = LinkGroup(id="group", name="Group", members=("loan", "other"))
    plan = overdue_then(other(lender="Another bank"), groups=(group,))
    assert not plan.actions


def test_a_line_that_thaws_is_not_counted_on_after_an_overdue_payment_to_its_lender() -> None:
    """Frozen for ten days it is open on 16 January, but its money comes too late for that."""
    made = book(0, wages(), income(100), facilities=(owing(), other()))
    projection = project(made)
    loss = next(each for each in single_closures(made) if each.id == "other")
    [outcome] = outcomes(projection, [replace(loss, mode=LossMode.FREEZE, duration_days=10)])
    plan = draft(projection, outcome)
    assert not plan.actions
    assert {each.obligation.record for each in plan.missed} == {"loan", "wages"}


def test_what_the_book_meant_to_draw_from_that_lender_does_not_come_after_an_overdue_payment() -> (
    None
):
    meant = PlannedDraw(
        id="meant",
        name="Meant",
        facility="other",
        amount=500_00,
        first_date=DAY_0 + timedelta(days=40),
    )
    plan = plan_of(book(0, wages(), facilities=(owing(), other())).put(meant).put(income(100)))
    assert {each.obligation.record for each in plan.missed} == {"loan", "wages"}


def test_figures_with_nothing_done_say_that_they_count_on_lines_all_the_same() -> None:
    made = book(0, wages(), facilities=(owing(), other()))
    [outcome] = outcomes(project(made), [nothing_lost()])
    narrator = Narrator(made, words_for("en"))
    assert "lenders usually close theirs" in still_counted_on(outcome, narrator)
    [fine] = outcomes(project(book(600_00)), [nothing_lost()])
    assert still_counted_on(fine, narrator) == ""


def test_what_is_left_at_an_instalment_line_spares_every_instalment() -> None:
    """Three instalments of 300 with no interest: what is not bought has none of them."""
    later = card(
        method=RepaymentMethod.EQUAL_PRINCIPAL, statement_day=None, due_day=None, periods=3
    )
    plan = plan_of(
        book(0, trip(amount=900_00, cuttable_percent=100), facilities=(later,)), loss_day=0
    )
    [step] = plan.actions
    assert step.kind is ActionKind.CUT
    assert not plan.missed


@pytest.mark.parametrize("seed", range(12))
def test_what_is_not_bought_takes_just_its_own_bill_away(seed: int) -> None:
    """Against the book without that purchase, whatever comes back to the card and when."""
    chance = Random(seed)
    bought = [
        trip(id=f"bought-{n}", amount=chance.randrange(1_00, 90_00), first_date=_some_day(chance))
        for n in range(6)
    ]
    back = [
        coming_back(chance.randrange(60), chance.randrange(1_00, 60_00)).changed(id=f"back-{n}")
        for n in range(2)
    ]
    owed_back = card(credit_balance=chance.choice((0, 30_00)))
    made = book(900_00, *bought, *back, facilities=(owed_back,))
    whole = project(made)
    rows = [n for n in range(len(whole.flows)) if whole.flows.amount[n]]
    alone = [n for n in rows if is_own_bill(whole, n)]
    assert alone
    for row in alone:
        record = whole.flows.descriptions[whole.flows.series[row]].record
        without = project(made.without(record))
        less = whole.payments - without.payments
        assert less.sum() == less[whole.flows.day[row]] == whole.flows.amount[row]


def _some_day(chance: Random) -> date:
    return DAY_0 + timedelta(days=chance.randrange(60))
