"""A month of each sample settled by real clicks: as planned, and with what a month brings."""

import time
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from backstop.desktop.cash_flow.page import CashFlowPage
from backstop.desktop.shell.app import Program
from backstop.domain import Book
from backstop.services.samples import load_sample, sample_names, samples_in
from backstop.services.session import BookSession
from backstop.services.settling_items import DueItem
from backstop.settling import ExpectedKind, advance
from desktop.editing import activate
from desktop.hands import Hands
from desktop.waiting import LONG

Start = Callable[[Book | None], Program]
Clock = Callable[[date], None]


def opened(start: Start, qtbot: QtBot, book: Book) -> Program:
    """The program on this book, as soon as it knows what was due; cures may come later."""
    program = start(None)
    program.context.open_session(BookSession(book))
    qtbot.waitUntil(lambda: program.context.settling is not None, timeout=LONG)
    activate(qtbot, program)
    return program


@pytest.mark.parametrize("name", sample_names())
def test_a_month_with_a_late_customer_and_a_dearer_bill(
    start: Start, qtbot: QtBot, clock_at: Clock, name: str
) -> None:
    book = load_sample(name)
    today = book.as_of + timedelta(days=30)
    clock_at(today)
    program = opened(start, qtbot, book)
    program.context.set_language("zh_CN" if name in samples_in("zh_CN") else "en")
    began = time.monotonic()
    hands = Hands(program.window)
    hands.click(program.window.age.open)
    page = program.window.page
    assert isinstance(page, CashFlowPage)
    view = page.since
    late, dearer = _first(program, ExpectedKind.RECEIPT), _first(program, ExpectedKind.PAYMENT)
    hands.click_row(view.table, _row(view.table, late))
    hands.press(Qt.Key.Key_3)
    hands.click_row(view.table, _row(view.table, dearer))
    hands.press(Qt.Key.Key_2)
    hands.type("4321")
    hands.press(Qt.Key.Key_Return)
    for _ in range(3):
        hands.click(view.onward)
    qtbot.waitUntil(lambda: program.context.answers is not None, timeout=LONG)
    took = time.monotonic() - began
    print(f"{name:16} {len(view.table.rows.rows):3} rows {hands.inputs:2} inputs {took:5.1f} s")
    assert hands.inputs <= 14
    assert program.context.book.as_of == today
    came = program.context.session.ledger() if program.context.session else ()
    assert next(each.actual_day for each in came if each.record == late.due.record) is None
    assert 4_321_00 in [each.actual for each in came if each.record == dearer.due.record]
    program.context.undo()
    assert program.context.book == book


@pytest.mark.parametrize("name", sample_names())
def test_a_month_as_planned_takes_four_clicks(
    start: Start, qtbot: QtBot, clock_at: Clock, name: str
) -> None:
    book = load_sample(name)
    today = book.as_of + timedelta(days=30)
    clock_at(today)
    program = opened(start, qtbot, book)
    hands = Hands(program.window)
    hands.click(program.window.age.open)
    page = program.window.page
    assert isinstance(page, CashFlowPage)
    for _ in range(3):
        hands.click(page.since.onward)
    assert hands.inputs == 4
    assert program.context.book == advance(book, today)


def _first(program: Program, kind: ExpectedKind) -> DueItem:
    work = program.context.settling
    assert work is not None
    found = [each for each in work.past if each.due.kind is kind]
    payments = [each for each in work.past if each.due.kind is ExpectedKind.PAYMENT]
    return found[0] if found else payments[-1]  # in a season without receipts


def _row(table: object, item: DueItem) -> int:
    model = table.model()  # type: ignore[attr-defined]
    rows = (table.sorted_rows.row_at(model.index(n, 0)) for n in range(model.rowCount()))  # type: ignore[attr-defined]
    return [each.id for each in rows].index(item.id)
