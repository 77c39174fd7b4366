"""Tiny books written by hand as `book.json`, one rule each, with what is right reckoned on paper.

Day 0 is 1 January 2027; nothing bears interest. What is lost is named as its owner calls it.
"""

import json
from dataclasses import replace
from datetime import date, timedelta

from backstop.contingency import Contingency, Outcome, nothing_lost, outcomes
from backstop.contingency.gone import projection_of_now
from backstop.domain import Book, LossMode
from backstop.plan import ActionKind, Plan, answer, draft
from backstop.services.losing import loss_named
from backstop.store import book_from_json

DAY_0 = date(2027, 1, 1)


def on(day: int) -> str:
    return (DAY_0 + timedelta(days=day)).isoformat()


def read(cash: int | dict[str, int], **lists: list[dict[str, object]]) -> Book:
    """A book of 105 days with so much cash in its accounts."""
    held = {"till": cash} if isinstance(cash, int) else cash
    accounts = [{"id": each, "name": each.title(), "balance": held[each]} for each in held]
    document = {
        "version": 5,
        "title": "by hand",
        "as_of": on(0),
        "horizon_days": 105,
        "accounts": accounts,
        **lists,
    }
    return book_from_json(json.dumps(document).encode())


def pays(name: str, amount: int, day: int, **fields: object) -> dict[str, object]:
    made = {"id": name, "name": name.title(), "direction": "payment", "amount": amount}
    return made | {"first_date": on(day), "priority": 1} | fields


def gets(name: str, amount: int, day: int, **fields: object) -> dict[str, object]:
    return pays(name, amount, day, direction="receipt", **fields)


def line(name: str, limit: int, **fields: object) -> dict[str, object]:
    terms = {"method": "bullet", "periods": 3, "lead_days": 0, "last_verified": on(0)}
    return {"id": name, "name": name.title(), "limit": limit, "committed": True} | terms | fields


def draws(of: str, amount: int, day: int) -> dict[str, object]:
    made = {"id": f"from-{of}", "name": f"From {of}", "facility": of, "amount": amount}
    return made | {"first_date": on(day), "periods": 3}


def under(book: Book, loss: Contingency) -> Outcome:
    [found] = outcomes(projection_of_now(book), [loss])
    return found


def planned(book: Book, loss: Contingency | None = None) -> Plan:
    outcome = under(book, loss or nothing_lost())
    plan = draft(outcome.projection, outcome)
    assert plan.proved
    return plan


def unpaid(plan: Plan) -> int:
    return sum(each.missed for each in plan.missed)


def maturing() -> Book:
    """2,000 in hand, and a loan of 10,000 that is due on day 30 and to be drawn again that day."""
    debt = {"id": "debt", "name": "Debt", "principal": 1_000_000, "next_due": on(30)}
    owed = debt | {"method": "bullet", "remaining_periods": 1}
    loan = line("loan", 1_000_000, contract_until=on(30), tranches=[owed])
    return read(200_000, facilities=[loan], planned_draws=[draws("loan", 1_000_000, 30)])


def test_a_loan_that_is_not_renewed_has_to_be_repaid_without_the_draw_that_was_to_do_it() -> None:
    """10,000 less 2,000 in hand: 8,000 on day 30."""
    loss = replace(loss_named(maturing(), "Loan", 0), mode=LossMode.NO_RENEWAL)
    outcome = under(maturing(), loss)
    assert (outcome.first_shortfall, outcome.largest_gap) == (30, 800_000)


def test_a_loan_that_is_renewed_with_less_is_short_of_the_difference_alone() -> None:
    """7,000 are lent again and 2,000 are in hand: 1,000 of 10,000 are missing."""
    loss = loss_named(maturing(), "loan", 0)
    outcome = under(maturing(), replace(loss, mode=LossMode.REDUCED_RENEWAL, cut_percent=30))
    assert (outcome.first_shortfall, outcome.largest_gap) == (30, 100_000)


def test_costs_that_the_owner_links_to_a_customer_stop_with_him() -> None:
    """500 in hand and wages of 3,000: 2,500 are missing, not 3,500."""
    flows = [
        gets("customer", 500_000, 20),
        pays("material", 100_000, 15, stops_with="customer"),
        pays("wages", 300_000, 25),
    ]
    book = read(50_000, cash_flows=flows)
    loss = loss_named(book, "Customer", 0)
    gone = replace(loss, mode=LossMode.RECEIPTS_CUT, cut_percent=100)
    assert under(book, gone).largest_gap == 250_000


def test_a_line_is_blamed_for_what_its_loss_adds_on_its_own_day() -> None:
    """1,000 of rent fail on day 10 anyway; without the draw of 2,000, wages fail on day 20."""
    book = read(
        0,
        facilities=[line("loan", 500_000)],
        planned_draws=[draws("loan", 200_000, 20)],
        cash_flows=[pays("rent", 100_000, 10), pays("wages", 200_000, 20)],
    )
    answers = answer(book)
    assert answers.anyway is not None
    assert (answers.base.first_shortfall, answers.base.largest_gap) == (10, 100_000)
    short = answers.loss("loan").outcome.shortfall
    assert short is not None
    assert (short.day, short.amount, short.most) == (20, 200_000, 200_000)


def test_not_the_bill_is_left_unpaid_but_the_purchase_behind_it_unbought() -> None:
    """1,000 in hand pay the rent; 800 of treats on day 5 would be billed when nothing is left."""
    book = read(
        100_000,
        facilities=[line("card", 500_000, purchases_only=True, periods=1)],
        cash_flows=[
            pays("treats", 80_000, 5, priority=3, through="card"),
            pays("rent", 100_000, 25),
        ],
    )
    plan = planned(book)
    [left] = plan.missed
    assert (left.obligation.record, left.obligation.bought, left.left_on) == ("treats", 5, 5)
    assert left.missed == 80_000


def test_household_money_pays_no_more_than_the_household_does() -> None:
    """Of 4,000 that are missing, 1,000 are for the household: as much may be drawn."""
    book = read(
        0,
        facilities=[line("home", 500_000, use="household")],
        cash_flows=[
            pays("wages", 300_000, 10, business=True, partly_payable=True),
            pays("food", 100_000, 12, priority=2, business=False),
            gets("sales", 1_000_000, 60, business=True),
        ],
    )
    plan = planned(book)
    assert sum(each.amount for each in plan.actions) == 100_000
    assert unpaid(plan) == 300_000
    allowed = planned(book.changed(household_pays_business=True))
    assert unpaid(allowed) == 0


def test_after_an_overdue_debt_no_line_of_that_lender_is_counted_on() -> None:
    """The bank's other line lends from day 14 on: too late for the debt of day 10, and then it
    lends nothing any more, so the rent of day 40 stays unpaid too."""

    def book(lender: str) -> Book:
        debt = {"id": "debt", "name": "Debt", "principal": 300_000, "next_due": on(10)}
        owed = debt | {"method": "bullet", "remaining_periods": 1}
        return read(
            0,
            facilities=[
                line("old", 300_000, lender="Bank", tranches=[owed], usage_until=on(0)),
                line("new", 500_000, lender=lender, lead_days=14),
            ],
            cash_flows=[pays("rent", 100_000, 40), gets("sales", 2_000_000, 100)],
        )

    assert unpaid(planned(book("Bank"))) == 400_000
    assert unpaid(planned(book("Other bank"))) == 300_000


def test_what_can_wait_until_money_comes_waits() -> None:
    """Due on day 10, it may wait ten days, and 1,000 come on day 15."""
    book = read(
        0,
        cash_flows=[
            pays("supplier", 100_000, 10, priority=2, deferrable_days=10),
            gets("sales", 100_000, 15),
        ],
    )
    plan = planned(book)
    [step] = plan.actions
    assert (step.kind, step.amount, plan.missed) == (ActionKind.DEFER, 100_000, ())


def test_money_in_an_account_that_is_frozen_for_some_days_is_back_after_them() -> None:
    """Of 5,000 in hand 3,000 are frozen from day 8 to day 13: 2,000 of the rent are missing."""
    book = read({"till": 200_000, "wallet": 300_000}, cash_flows=[pays("rent", 400_000, 10)])
    loss = replace(loss_named(book, "Wallet", 8), duration_days=5)
    outcome = under(book, loss)
    assert (outcome.first_shortfall, outcome.largest_gap) == (10, 200_000)
    assert [int(each) for each in outcome.low[[9, 10, 12, 13]]] == [
        200_000,
        -200_000,
        -200_000,
        100_000,
    ]


def test_a_line_that_is_really_gone_lends_nothing_in_any_figure() -> None:
    """The draw of day 20 is not made, whatever is asked; its loss takes nothing more."""
    book = read(
        0,
        facilities=[line("loan", 500_000, lost_since="2026-12-20")],
        planned_draws=[draws("loan", 200_000, 20)],
        cash_flows=[pays("wages", 200_000, 20)],
    )
    answers = answer(book)
    assert (answers.base.first_shortfall, answers.base.largest_gap) == (20, 200_000)
    loss = answers.loss("loan")
    assert loss.is_over
    assert not loss.outcome.adds


def test_two_dates_that_fall_on_one_day_are_left_together() -> None:
    """1,000 in hand, 1,000 of rent, and two times 300 on day 12, of which one is moved there."""
    second = {"rule_date": on(41), "to": on(12)}
    snacks = pays("snacks", 30_000, 10, priority=3, cuttable_percent=100)
    moved = [{"rule_date": on(10), "to": on(12)}, second]
    times = {"repeat": "months", "every": 1, "until": on(41), "moved": moved}
    book = read(100_000, cash_flows=[snacks | times, pays("rent", 100_000, 25)])
    plan = planned(book)
    [step] = plan.actions
    assert (step.kind, step.day, step.amount, plan.missed) == (ActionKind.CUT, 12, 60_000, ())


def test_two_purchases_of_one_day_are_left_together() -> None:
    """The same by a card: 600 would be billed a month later, when nothing is left."""
    moved = [{"rule_date": on(10), "to": on(12)}, {"rule_date": on(41), "to": on(12)}]
    snacks = pays("snacks", 30_000, 10, priority=3, cuttable_percent=100, through="card")
    times = {"repeat": "months", "every": 1, "until": on(41), "moved": moved}
    book = read(
        100_000,
        facilities=[line("card", 500_000, purchases_only=True, periods=1)],
        cash_flows=[snacks | times, pays("rent", 100_000, 25)],
    )
    plan = planned(book)
    [step] = plan.actions
    assert (step.kind, step.day, step.amount, plan.missed) == (ActionKind.CUT, 12, 60_000, ())
