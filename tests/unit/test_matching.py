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
    KeptRow,
    KeptStatement,
    Repeat,
    Statements,
)
from backstop.domain.statements import edited
from backstop.services.matching import filled, learnt_from, matching, noted
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


@pytest.mark.slow
def test_a_hundred_thousand_rows_are_matched_in_a_moment() -> None:
    work = work_on(*(weekly(f"Shop {number}", 10_00 + number) for number in range(60)))
    rows = [
        row(n, START + timedelta(days=n % 35), 1_00 + n * 7 % 90_00, f"Somebody {n % 900}")
        for n in range(100_000)
    ]
    start = time.process_time()
    matching(work, kept(*rows))
    assert time.process_time() - start < 4
