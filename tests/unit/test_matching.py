"""Rows of statements on what was due. Each test is named after what goes wrong elsewhere."""

import time
from datetime import date, timedelta

import pytest
from msgspec import structs

from backstop.domain import (
    Account,
    Book,
    CashFlow,
    Direction,
    Facility,
    KeptRow,
    KeptStatement,
    RepaymentMethod,
    Repeat,
    Statements,
    Teller,
    Tranche,
)
from backstop.domain.statements import edited
from backstop.services.learning import learnt_from, learnt_rules, unlearnt
from backstop.services.matching import filled, laid, matching, noted, rows_for
from backstop.services.settling import InWork, begin_settling, settled_change
from backstop.settling import AS_PLANNED, Happened

START, UNTIL = date(2026, 3, 2), date(2026, 4, 6)


def flow(name: str, amount: int, first: date, *, receipt: bool = False, **rule: object) -> CashFlow:
    direction = Direction.RECEIPT if receipt else Direction.PAYMENT
    return structs.replace(
        CashFlow(
            id=name.lower().replace(" ", "-"),
            name=name,
            direction=direction,
            amount=amount,
            first_date=first,
        ),
        **rule,
    )


def weekly(name: str, amount: int) -> CashFlow:
    return flow(name, amount, START, repeat=Repeat.WEEKS)


def work_on(*flows: CashFlow) -> InWork:
    book = Book(
        title="Shop",
        as_of=START,
        accounts=(Account(id="bank", name="Bank", balance=100_000_00),),
        cash_flows=flows,
    )
    return begin_settling(book, UNTIL)


def row(number: int, day: date, amount: int, name: str, *, incoming: bool = False) -> KeptRow:
    return KeptRow(
        digest=f"row-{number}", statement="file", line=number, day=day, amount=amount,
        direction="in" if incoming else "out", nature="income" if incoming else "spending",
        standing="done", counterparty=name,
    )  # fmt: skip


def kept(*rows: KeptRow) -> Statements:
    file = KeptStatement(
        key="file", name="bank.csv", layout="table", read_on=UNTIL,
        first_day=START, last_day=UNTIL + timedelta(days=10),
    )  # fmt: skip
    return Statements((file,), rows)


def pairs(work: InWork, statements: Statements) -> dict[date, date]:
    """The day of each thing that was due, and that of its row."""
    return {each.item.day: each.row.day for each in matching(work, statements).found}


def test_weekly_equal_payments_go_to_the_nearest_week_and_never_to_one_twice() -> None:
    work = work_on(weekly("Cleaner", 80_00))
    days = [date(2026, 3, 3), date(2026, 3, 10), date(2026, 3, 17), date(2026, 3, 31)]
    found = pairs(work, kept(*(row(n, day, 80_00, "Cleaner") for n, day in enumerate(days))))
    assert found == {
        date(2026, 3, 2): date(2026, 3, 3),
        date(2026, 3, 9): date(2026, 3, 10),
        date(2026, 3, 16): date(2026, 3, 17),
        date(2026, 3, 30): date(2026, 3, 31),
    }


def test_what_came_as_planned_is_said_so_and_what_came_otherwise_with_amount_and_day() -> None:
    work = work_on(flow("Rent", 900_00, date(2026, 3, 5)), flow("Power", 350_00, date(2026, 3, 20)))
    statements = kept(
        row(1, date(2026, 3, 5), 900_00, "Rent Ltd"), row(2, date(2026, 3, 23), 402_00, "Power")
    )
    answered = filled(work, matching(work, statements))
    said = {each.due.name: answered.answer_to(each) for each in answered.past}
    assert said == {"Rent": AS_PLANNED, "Power": Happened(402_00, date(2026, 3, 23))}


def test_the_whole_is_matched_and_not_row_by_row() -> None:
    """The first row alone would take the nearer thing, and leave none for the second."""
    work = work_on(
        flow("A", 500_00, date(2026, 3, 10), receipt=True),
        flow("B", 500_00, date(2026, 3, 13), receipt=True),
    )
    statements = kept(
        row(1, date(2026, 3, 12), 500_00, "x1", incoming=True),
        row(2, date(2026, 3, 16), 500_00, "x2", incoming=True),
    )
    assert pairs(work, statements) == {
        date(2026, 3, 10): date(2026, 3, 12),
        date(2026, 3, 13): date(2026, 3, 16),
    }


def test_another_amount_without_a_name_is_no_match() -> None:
    work = work_on(flow("Rent", 900_00, date(2026, 3, 5)))
    found = matching(work, kept(row(1, date(2026, 3, 5), 870_00, "Somebody")))
    assert found.found == ()
    assert [each.due.name for each in found.missing] == ["Rent"]
    assert [each.digest for each in found.loose] == ["row-1"]


def test_money_that_comes_in_is_never_a_payment() -> None:
    work = work_on(flow("Rent", 900_00, date(2026, 3, 5)))
    back = row(1, date(2026, 3, 5), 900_00, "Rent", incoming=True)
    assert matching(work, kept(back)).found == ()


def test_one_payment_told_by_wallet_and_bank_settles_one_thing() -> None:
    work = work_on(weekly("Cleaner", 80_00))
    one = structs.replace(row(1, START, 80_00, "Cleaner"), pair="row-2")
    other = structs.replace(
        row(2, START + timedelta(days=1), 80_00, "Cleaner"), pair="row-1", statement="wallet"
    )
    statements = kept(one, other)
    wallet = structs.replace(statements.files[0], key="wallet", layout="alipay")
    assert len(pairs(work, Statements((*statements.files, wallet), statements.rows))) == 1


def test_a_settled_row_is_never_laid_on_another_thing_and_its_name_is_learnt() -> None:
    work = work_on(flow("Rent", 900_00, date(2026, 3, 5)))
    statements = kept(row(1, date(2026, 3, 5), 900_00, "Harbour Estates"))
    answered = filled(work, matching(work, statements))
    change = noted(settled_change(answered), answered, statements)
    after = edited(statements, change.statements)
    assert [each.matched for each in after.rows] == ["rent@2026-03-05"]
    assert matching(work, after).found == ()
    assert learnt_from(after) == {"harbour estates": "rent"}


def test_a_learnt_name_finds_a_bill_of_another_amount() -> None:
    work = work_on(flow("Rent", 900_00, date(2026, 3, 20)))
    before = structs.replace(
        row(1, date(2026, 2, 5), 900_00, "Harbour Estates"), matched="rent@2026-02-05"
    )
    now = row(2, date(2026, 3, 21), 950_00, "Harbour Estates")
    assert pairs(work, kept(before, now)) == {date(2026, 3, 20): date(2026, 3, 21)}


def test_an_answer_given_by_hand_leaves_the_row_free() -> None:
    work = work_on(flow("Rent", 900_00, date(2026, 3, 5)))
    statements = kept(row(1, date(2026, 3, 5), 900_00, "Rent"))
    answered = filled(work, matching(work, statements)).answered(
        [work.past[0].id], Happened(100_00, date(2026, 3, 6))
    )
    change = noted(settled_change(answered), answered, statements)
    assert edited(statements, change.statements) == statements


def test_a_purchase_through_a_line_that_cost_more_is_another_amount() -> None:
    """It went unmatched, and so counted as planned."""
    line = Facility(
        id="huabei", name="Huabei", limit=5_000_00, purchases_only=True, lead_days=0,
        method=RepaymentMethod.STATEMENT_CYCLE, statement_day=1, due_day=10,
    )  # fmt: skip
    shopping = flow("Online", 300_00, date(2026, 3, 10), through="huabei")
    book = work_on().book
    work = begin_settling(book.put(line).put(shopping), UNTIL)
    bought = structs.replace(row(1, date(2026, 3, 10), 310_00, "Online"), source="花呗")
    answered = filled(work, matching(work, kept(bought)))
    said = {each.due.record: answered.answer_to(each) for each in answered.past}
    assert said["online"] == Happened(310_00, date(2026, 3, 10))


def test_what_a_statement_says_is_kept_as_its_word_and_not_as_that_of_a_hand() -> None:
    work = work_on(
        flow("Rent", 900_00, date(2026, 3, 5)),
        flow("Power", 350_00, date(2026, 3, 20)),
        flow("Water", 50_00, date(2026, 3, 21)),
        flow("Gas", 60_00, date(2026, 3, 22)),
    )
    statements = kept(
        row(1, date(2026, 3, 5), 900_00, "Rent"), row(2, date(2026, 3, 23), 402_00, "Power")
    )
    answered = filled(work, matching(work, statements))
    gas = next(each.id for each in answered.past if each.due.name == "Gas")
    change = settled_change(answered.answered([gas], Happened(70_00)))
    assert {each.name: each.said_by for each in change.settled} == {
        "Rent": Teller.STATEMENT,
        "Power": Teller.STATEMENT,
        "Water": Teller.PLAN,
        "Gas": Teller.HAND,
    }


def test_a_match_is_made_changed_and_undone_by_hand() -> None:
    work = work_on(flow("Rent", 900_00, date(2026, 3, 5)), flow("Stall", 80_00, date(2026, 3, 6)))
    one, two = row(1, date(2026, 3, 6), 640_00, "X"), row(2, date(2026, 3, 25), 80_00, "Y")
    statements = kept(one, two)
    rent, stall = work.past
    assert rows_for(work, statements, stall) == [two, one]
    made = laid(work, rent, two)
    assert made.answer_to(rent) == Happened(80_00, date(2026, 3, 25))
    assert rows_for(made, statements, stall) == [one]
    changed = laid(made, rent, one)
    assert changed.rows[rent.id] == one
    taken_over = laid(changed, stall, one)
    assert set(taken_over.rows) == {stall.id}
    assert taken_over.answer_to(rent) == AS_PLANNED
    undone = taken_over.answered([stall.id], None)
    assert dict(undone.rows) == {}
    assert not undone.says_something


def test_what_was_said_by_hand_is_left_when_statements_fill_in_the_rest() -> None:
    work = work_on(flow("Rent", 900_00, date(2026, 3, 5)), flow("Stall", 80_00, date(2026, 3, 6)))
    rent, stall = work.past
    work = work.answered([rent.id], Happened(1_00))
    by_name = kept(row(1, date(2026, 3, 5), 900_00, "Rent"), row(2, date(2026, 3, 6), 80_00, "Z"))
    answered = filled(work, matching(work, by_name))
    assert answered.answer_to(rent) == Happened(1_00)
    assert set(answered.rows) == {stall.id}


def test_a_learnt_name_is_shown_and_can_be_let_go_while_what_was_settled_stays() -> None:
    before = structs.replace(
        row(1, date(2026, 2, 5), 900_00, "Harbour Estates 12"), matched="rent@2026-02-05"
    )
    book, statements = work_on(flow("Rent", 900_00, date(2026, 3, 20))).book, kept(before)
    [rule] = learnt_rules(book, statements)
    assert (rule.printed, rule.called, rule.count) == ("Harbour Estates 12", "Rent", 1)
    after = edited(statements, unlearnt(book, statements, rule).statements)
    assert learnt_from(after) == {}
    assert [each.matched for each in after.rows] == ["rent@2026-02-05"]


def test_an_instalment_is_learnt_by_its_draw() -> None:
    """The record of an instalment is its line; what it is one of is a draw."""
    owed = Tranche(id="draw-1", name="Draw 1", principal=1_000_00, next_due=date(2026, 3, 10),
                   remaining_periods=2)  # fmt: skip
    line = Facility(id="line", name="Line", limit=5_000_00, tranches=(owed,))
    work = begin_settling(work_on().book.put(line), UNTIL)
    [due] = [each for each in work.past if each.due.tranche == "draw-1"]
    before = structs.replace(
        row(1, date(2026, 2, 10), due.due.planned, "Quick Bank"), matched="draw-1@2026-02-10"
    )
    now = row(2, due.day + timedelta(days=9), due.due.planned, "Quick Bank")
    assert pairs(work, kept(before, now)) == {due.day: now.day}
    assert [each.called for each in learnt_rules(work.book, kept(before))] == ["Draw 1"]


@pytest.mark.slow
def test_a_hundred_thousand_rows_are_matched_in_a_moment() -> None:
    work = work_on(*(weekly(f"Shop {number}", 10_00 + number) for number in range(60)))
    rows = [
        row(n, START + timedelta(days=n % 35), 1_00 + n * 7 % 90_00, f"Somebody {n % 900}")
        for n in range(100_000)
    ]
    start = time.process_time()
    matching(work, kept(*rows))
    assert time.process_time() - start < 2
