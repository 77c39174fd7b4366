"""What was settled: kept beside the book, undone with it, written behind it, and added up."""

import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from backstop.domain import Account, BadInput, Book, CashFlow, Direction, Settled, Teller, message
from backstop.services.commands import Change
from backstop.services.ledger import MonthTotal, by_item, by_month
from backstop.services.repair import repair_into
from backstop.services.session import (
    BookSession,
    DamagedLedger,
    book_from_json,
    book_to_json,
    ledger_from_json,
    read_ledger,
)
from backstop.store.layout import LEDGER_TABLE
from backstop.store.reading import check

DAY = date(2026, 11, 21)


@pytest.fixture
def book() -> Book:
    return Book(
        title="Shop",
        as_of=DAY,
        accounts=(Account(id="till", name="Till", balance=1_000_00),),
        cash_flows=(
            CashFlow(
                id="rent",
                name="Rent",
                direction=Direction.PAYMENT,
                amount=500_00,
                first_date=DAY + timedelta(days=3),
            ),
        ),
    )


def row(record: str = "rent", **fields: object) -> Settled:
    values = {
        "record": record,
        "name": record.title(),
        "kind": "payment",
        "rule_date": DAY,
        "planned_day": DAY,
        "planned": 500_00,
        "actual_day": DAY,
        "actual": 500_00,
        "said_by": Teller.HAND,
    }
    return Settled(**(values | fields))  # type: ignore[arg-type]


def moved(book: Book, days: int, *rows: Settled) -> Change:
    later = book.changed(as_of=book.as_of + timedelta(days=days))
    return Change(book, later, message("bring the book to {day}", day=later.as_of), settled=rows)


def said(ledger: tuple[Settled, ...]) -> list[str]:
    return [each.record for each in ledger]


def test_book_and_ledger_are_saved_as_one_and_undone_as_one(tmp_path: Path, book: Book) -> None:
    path = tmp_path / "shop.backstop"
    with BookSession.create(path, book) as session:
        session.apply(moved(session.book, 9, row(), row("wages")))
        session.apply(moved(session.book, 1, row("rent", rule_date=DAY + timedelta(days=9))))
        assert said(session.ledger()) == said(read_ledger(path)) == ["rent", "wages", "rent"]
        assert [each.change for each in read_ledger(path)] == [1, 1, 2]
        session.undo()
        assert said(read_ledger(path)) == ["rent", "wages"]
        session.undo()
        assert read_ledger(path) == session.ledger() == ()
        assert session.book == book
        session.redo()
        assert said(read_ledger(path)) == ["rent", "wages"]
        check(path)


def test_a_settling_undone_before_it_was_saved_leaves_no_row(tmp_path: Path, book: Book) -> None:
    path = tmp_path / "shop.backstop"
    with BookSession.create(path, book) as session:
        session.apply(moved(session.book, 9, row()))
        session.saves_later = True
        session.apply(moved(session.book, 1, row("wages")))
        assert said(session.ledger()) == ["rent", "wages"]
        session.undo()
        session.undo()
        assert session.ledger() == ()
        assert said(read_ledger(path)) == ["rent"], "nothing is saved yet"
        session.save()
        assert read_ledger(path) == ()


def test_of_two_equal_rows_undo_takes_one(tmp_path: Path, book: Book) -> None:
    path = tmp_path / "shop.backstop"
    with BookSession.create(path, book) as session:
        session.apply(moved(session.book, 1, row()))
        session.apply(moved(session.book, 1, row()))
        session.undo()
        assert [each.change for each in read_ledger(path)] == [1]


def test_a_damaged_ledger_is_named_and_the_book_still_opens(tmp_path: Path, book: Book) -> None:
    path = tmp_path / "shop.backstop"
    with BookSession.create(path, book) as session:
        session.apply(moved(session.book, 9, row()))
        after = session.book
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"UPDATE [{LEDGER_TABLE}] SET actual = 1")
        connection.commit()
    with BookSession.open(path) as session:
        assert session.book == after
        with pytest.raises(DamagedLedger, match="planned and actual is damaged"):
            session.ledger()


def test_a_copy_and_a_book_begun_with_a_ledger_have_it(tmp_path: Path, book: Book) -> None:
    copy, other = tmp_path / "copy.backstop", tmp_path / "other.backstop"
    session = BookSession(book, ledger=(row(), row("wages")))
    assert said(session.ledger()) == ["rent", "wages"]
    session.attach(other)
    session.apply(moved(session.book, 1, row("tax")))
    session.save()
    session.save_copy(copy)
    session.close()
    assert said(read_ledger(other)) == said(read_ledger(copy)) == ["rent", "wages", "tax"]


def test_the_json_of_a_book_has_its_ledger_behind_it(book: Book) -> None:
    ledger = (row(), row("wages", actual_day=None, actual=0, change=7))
    data = book_to_json(book, ledger)
    assert book_from_json(data) == book
    assert ledger_from_json(data) == ledger
    assert book_to_json(book_from_json(data), ledger_from_json(data)) == data
    assert ledger_from_json(book_to_json(book)) == ()


def test_a_row_that_cannot_be_is_refused_by_its_number(book: Book) -> None:
    data = book_to_json(book, (row(), row("wages"))).replace(b'"planned": 50000', b'"planned": -1')
    with pytest.raises(BadInput, match="Row 1 of the ledger"):
        book_from_json(data)


def test_a_month_adds_up_what_was_planned_and_what_came() -> None:
    december = DAY.replace(month=12)
    ledger = (
        row(actual=520_00),
        row("sales", kind="receipt", planned=900_00, actual=850_00),
        row("tiles", kind="purchase", planned=70_00, actual=70_00),
        row("till", kind="unexplained", planned=0, actual=-3_00, account="till"),
        row("wages", planned_day=december, rule_date=december, actual_day=None, actual=0),
    )
    assert by_month(ledger) == [
        MonthTotal(date(2026, 12, 1), 0, 0, 500_00, 0, 0),
        MonthTotal(date(2026, 11, 1), 900_00, 850_00, 500_00, 520_00, -3_00),
    ]
    assert [each.difference for each in by_month(ledger)] == [500_00, -73_00]


def test_what_was_awaited_and_then_came_late_in_two_parts_is_one_thing() -> None:
    ledger = (
        row("sales", kind="receipt", planned=900_00, actual_day=None, actual=0),
        row(
            "sales",
            kind="receipt",
            planned=900_00,
            planned_day=DAY + timedelta(days=9),
            actual_day=DAY + timedelta(days=8),
            actual=400_00,
        ),
        row(
            "sales",
            kind="receipt",
            planned=500_00,
            planned_day=DAY + timedelta(days=20),
            actual_day=DAY + timedelta(days=19),
            actual=500_00,
        ),
    )
    (item,) = by_item(ledger)
    assert (item.times, item.planned, item.actual, item.days_late) == (1, 900_00, 900_00, 19)
    (month,) = by_month(ledger)
    assert (month.planned_in, month.actual_in) == (900_00, 900_00)


def test_a_repair_brings_the_ledger_along(tmp_path: Path, book: Book) -> None:
    path, target = tmp_path / "shop.backstop", tmp_path / "mended.backstop"
    with BookSession.create(path, book) as session:
        session.apply(moved(session.book, 9, row(), row("wages")))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"UPDATE [{LEDGER_TABLE}] SET actual = 1 WHERE id = 2")
        connection.execute("UPDATE account SET balance = balance + 1")
        connection.commit()
    repaired = repair_into(path, target)
    assert [(each.record, each.actual) for each in read_ledger(target)] == [
        ("rent", 500_00),
        ("wages", 1),
    ]
    assert repaired.ledger == read_ledger(target)


def test_a_damaged_ledger_alone_is_mended_and_said(tmp_path: Path, book: Book) -> None:
    path, target = tmp_path / "shop.backstop", tmp_path / "mended.backstop"
    with BookSession.create(path, book) as session:
        session.apply(moved(session.book, 9, row(), row("wages")))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"UPDATE [{LEDGER_TABLE}] SET planned = -1 WHERE id = 2")
        connection.commit()
    repaired = repair_into(path, target)
    assert [each.text for each in repaired.fixes] == [
        "the seal of planned and actual was wrong: some row may have changed or be missing",
        "of planned and actual, {n} rows could not be read",
        "the history of changes stays behind in the damaged file",
    ]
    assert said(read_ledger(target)) == ["rent"]
