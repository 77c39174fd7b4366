"""What was due laid on rows of statements: by hand, changed and taken back; and a whole month."""

import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from backstop.desktop.cash_flow.page import CashFlowPage
from backstop.desktop.cash_flow.since_matching import MatchDialog
from backstop.desktop.shell.app import Program
from backstop.desktop.shell.rail_entries import number_of
from backstop.desktop.statements.page import StatementsPage
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


WECHAT = "交易时间,交易类型,交易对方,商品,收/支,金额(元),支付方式,当前状态,交易单号,商户单号,备注\n"


def wechat_month() -> str:
    """Rent and twenty sales as planned or nearly so, and a lunch on each day."""
    rows = [("2026-01-08", "房东", "支出", 900_00)]
    rows += [(f"2026-01-{day:02}", "客户", "收入", 200_00 + day) for day in range(10, 30)]
    rows += [(f"2026-01-{day:02}", "面馆", "支出", 15_00 + day * 10) for day in range(6, 32)]
    return WECHAT + "".join(
        f"{day} 12:00:00,商户消费,{who},货款,{way},¥{amount / 100:.2f},零钱,支付成功,{at},{at},/\n"
        for at, (day, who, way, amount) in enumerate(sorted(rows))
    )


@pytest.mark.slow
def test_from_a_wechat_file_to_a_settled_month_it_takes_nine_inputs(
    start: Callable[[Book | None], Program],
    qtbot: QtBot,
    clock_at: Callable[[date], None],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    clock_at(TODAY)
    sales = CashFlow(id="sales", name="Sales", counterparty="客户", direction=Direction.RECEIPT,
                     amount=200_00, first_date=date(2026, 1, 10), repeat=Repeat.DAYS, every=1,
                     until=date(2026, 1, 29))  # fmt: skip
    rent = flow("rent", 900_00, date(2026, 1, 8)).changed(counterparty="房东")
    program = start(stall_book().changed(cash_flows=(rent, sales)))
    settle(program, qtbot)
    activate(qtbot, program)
    file = tmp_path / "微信支付账单.csv"
    file.write_text(wechat_month(), encoding="utf-8")
    hands, window, began = Hands(window=program.window), program.window, time.process_time()
    window.show_section(number_of("statements"))
    page = window.page
    assert isinstance(page, StatementsPage)
    hands.inputs += 4  # the rail, “Open a statement…”, the file, “Open”
    page.reader.read(file)
    qtbot.waitUntil(lambda: page.looked is not None and bool(page.looked.shown), timeout=LONG)
    qtbot.waitUntil(page.take.isEnabled, timeout=LONG)
    hands.click(page.take)
    qtbot.waitUntil(page.fill.isVisible, timeout=LONG)
    hands.click(page.fill)
    qtbot.waitUntil(lambda: len(matched(program)) == 21, timeout=LONG)
    cash_flow = window.page
    assert isinstance(cash_flow, CashFlowPage)
    for _ in range(3):
        hands.click(cash_flow.since.onward)
    settle(program, qtbot)
    assert program.context.book.as_of == TODAY
    session = program.context.session
    assert session is not None
    by_statement = [e for e in session.ledger() if e.said_by is Teller.STATEMENT]
    assert len(by_statement) == 21
    assert hands.inputs == 9
    with capsys.disabled():
        print(f"\n{hands.inputs} inputs, {time.process_time() - began:.1f} s of the program")
