"""What the ledger asks for in the window: differences explained, and amounts planned as they
usually come."""

from collections.abc import Callable
from datetime import date, timedelta

from pytestqt.qtbot import QtBot

from backstop.desktop.cash_flow.ledger_view import OPEN
from backstop.desktop.cash_flow.page import CashFlowPage
from backstop.desktop.cash_flow.since_other_dialog import OtherDialog
from backstop.desktop.shell.app import Program
from backstop.desktop.shell.rail_entries import number_of
from backstop.desktop.widgets.record_places import LEDGER
from backstop.domain import Account, Book, message
from backstop.services.commands import Change
from backstop.services.settling import begin_settling, settled_change
from backstop.settling import ExtraKind
from desktop.hands import Hands
from desktop.waiting import settle, shown
from unit.test_usual_amounts import CAME, electricity, ledger

BOTH = {"en": ["A payment", "A repayment"], "zh_CN": ["一笔支出", "一笔还款"]}
DAY = date(2026, 1, 5)
TODAY = DAY + timedelta(days=30)
SHOP = Book(
    title="Shop",
    as_of=DAY,
    accounts=(Account(id="till", name="Till", balance=1_000_00),),
)


def test_a_difference_is_explained_in_part_and_one_undo_brings_it_back(
    start: Callable[[Book | None], Program], qtbot: QtBot, clock_at: Callable[[date], None]
) -> None:
    clock_at(TODAY)
    program = start(SHOP)
    context, hands = program.context, Hands(program.window)
    work = begin_settling(context.book, TODAY)
    computed = work.result.accounts[0]
    context.apply(settled_change(work.with_balance(computed.account, computed.computed - 5_000)))
    settle(program, qtbot)
    program.window.show_section(number_of("cash_flow"))
    page = program.window.page
    assert isinstance(page, CashFlowPage)
    page.views.choose(LEDGER)
    view = page.ledger
    view.parts.choose(OPEN)

    def left() -> list[int]:
        rows = view.open.sorted_rows
        return [rows.row_at(view.open.model().index(n, 0)).actual for n in range(rows.rowCount())]

    qtbot.waitUntil(lambda: left() == [-5_000])
    for code, paid_or_repaid in BOTH.items():
        context.set_language(code)
        view.open.selectRow(0)
        hands.click(view.explain)
        dialog = shown(OtherDialog, qtbot)
        assert isinstance(dialog, OtherDialog)
        kinds = range(dialog.kind.count())
        assert [dialog.kind.itemData(n) for n in kinds] == [ExtraKind.PAYMENT, ExtraKind.REPAYMENT]
        assert [dialog.kind.itemText(n) for n in kinds] == paid_or_repaid
        dialog.name.show_value("Fee")
        dialog.amount.show_value(1_200)
        dialog.take()
        qtbot.waitUntil(lambda: left() == [-3_800])
        context.undo()
        qtbot.waitUntil(lambda: left() == [-5_000])


ADVICE = {
    "en": "You plan ¥350 for “Electricity”; the last six were ¥402 on average. Change it?",
    "zh_CN": "“Electricity”计划 ¥350，最近六次平均为 ¥402。要改吗？",
}


def test_what_usually_comes_is_planned_by_one_click(
    start: Callable[[Book | None], Program], qtbot: QtBot, clock_at: Callable[[date], None]
) -> None:
    book = electricity()
    clock_at(book.as_of)
    program = start(book)
    context, hands = program.context, Hands(program.window)
    context.apply(Change(book, book, message("told"), settled=tuple(ledger(*CAME))))
    program.window.show_section(number_of("cash_flow"))
    page = program.window.page
    assert isinstance(page, CashFlowPage)
    page.views.choose(LEDGER)
    view = page.ledger
    qtbot.waitUntil(view.advice.isVisible)
    for code, said in ADVICE.items():
        context.set_language(code)
        assert view.advice.text() == said
    hands.click(view.take_over)
    assert context.book.cash_flows[0].amount == 402_00
    qtbot.waitUntil(view.advice.isHidden)
    context.undo()
    qtbot.waitUntil(view.advice.isVisible)
