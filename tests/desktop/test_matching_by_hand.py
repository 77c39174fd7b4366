"""What was due laid on rows of statements: by hand, changed and taken back; and a whole month."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from backstop.desktop.cash_flow.page import CashFlowPage
from backstop.desktop.cash_flow.since_matching import MatchDialog
from backstop.desktop.shell.app import Program
from backstop.domain import Account, Book, CashFlow, Direction, KeptRow, Repeat, Teller
from backstop.services.statements import look_at, take_in
from backstop.settling import AS_PLANNED
from desktop.editing import activate
from desktop.hands import CONTROL, Hands
from desktop.waiting import LONG, settle, shown

DAY = date(2026, 1, 5)
TODAY = DAY + timedelta(days=30)
RENT, STALL = "rent@2026-01-08", "stall@2026-01-20"
FILE = "日期,摘要,收入,支出,对方户名\n2026-01-09,,,910.00,某人\n2026-01-22,,,80.00,他人\n"


def stall_book() -> Book:
    """A rent and a stall, neither called as in the statement."""
    return Book(
        title="Stall",
        as_of=DAY,
        minimum_cash=0,
        currency="CNY",
        accounts=(Account(id="till", name="Till", balance=20_000_00),),
        cash_flows=(
            flow("rent", 900_00, date(2026, 1, 8)),
            flow("stall", 300_00, date(2026, 1, 20)),
        ),
    )


def flow(id_: str, amount: int, first: date, repeat: Repeat = Repeat.ONCE) -> CashFlow:
    return CashFlow(id=id_, name=id_.title(), direction=Direction.PAYMENT, amount=amount,
                    first_date=first, repeat=repeat)  # fmt: skip


@pytest.fixture
def program(
    start: Callable[[Book | None], Program], qtbot: QtBot, clock_at: Callable[[date], None]
) -> Program:
    """The program on a book of a month ago that keeps a statement."""
    clock_at(TODAY)
    program = start(stall_book())
    session = program.context.session
    assert session is not None
    preview = look_at(FILE.encode(), "bank.csv", session.book, session.statements())
    program.context.apply(take_in(session.book, preview, TODAY))
    settle(program, qtbot)
    activate(qtbot, program)
    return program


def matched(program: Program) -> dict[str, KeptRow]:
    work = program.context.settling
    assert work is not None
    return dict(work.rows)


def test_a_match_is_made_changed_and_undone_by_keys_alone(program: Program, qtbot: QtBot) -> None:
    hands = Hands(program.window)
    hands.click(program.window.age.open)
    page = program.window.page
    assert isinstance(page, CashFlowPage)
    view = page.since
    view.table.choose(RENT)
    view.table.setFocus()
    hands.press(Qt.Key.Key_M, CONTROL)
    dialog = shown(MatchDialog, qtbot)
    hands.press(Qt.Key.Key_Return)  # the likeliest stands first
    qtbot.waitUntil(lambda: set(matched(program)) == {RENT}, timeout=LONG)
    assert matched(program)[RENT].amount == 910_00
    activate(qtbot, program)  # no window manager does it here
    view.take_focus()
    assert "某人" in view.pane.told_by.text()
    hands.press(Qt.Key.Key_M, CONTROL)
    dialog = shown(MatchDialog, qtbot)
    assert [each.amount for each in dialog.table.rows.rows] == [80_00]
    hands.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: matched(program)[RENT].amount == 80_00, timeout=LONG)
    activate(qtbot, program)
    view.take_focus()
    hands.press(Qt.Key.Key_Delete)
    assert matched(program) == {}
    work = program.context.settling
    assert work is not None
    assert work.answer_to(work.past[0]) == AS_PLANNED
    assert view.pane.told_by.isHidden()


def test_what_was_matched_by_hand_is_learnt_and_kept_as_the_word_of_a_statement(
    program: Program, qtbot: QtBot
) -> None:
    hands = Hands(program.window)
    hands.click(program.window.age.open)
    page = program.window.page
    assert isinstance(page, CashFlowPage)
    view = page.since
    view.table.choose(RENT)
    view.pane.match.click()
    shown(MatchDialog, qtbot).buttons.accepted.emit()
    qtbot.waitUntil(lambda: set(matched(program)) == {RENT}, timeout=LONG)
    for _ in range(3):
        view.go_on()
    settle(program, qtbot)
    session = program.context.session
    assert session is not None
    rows = {each.record: each for each in session.ledger()}
    assert (rows["rent"].actual, rows["rent"].said_by) == (910_00, Teller.STATEMENT)
    assert rows["stall"].said_by is Teller.PLAN
    assert [each.matched for each in session.statements().rows if each.matched] == [RENT]
