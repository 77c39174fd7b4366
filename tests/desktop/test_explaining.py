"""Differences that nobody has explained: listed in the window, and explained there."""

from collections.abc import Callable
from datetime import date, timedelta

from pytestqt.qtbot import QtBot

from backstop.desktop.cash_flow.ledger_view import OPEN
from backstop.desktop.cash_flow.page import CashFlowPage
from backstop.desktop.cash_flow.since_other_dialog import OtherDialog
from backstop.desktop.shell.app import Program
from backstop.desktop.shell.rail_entries import number_of
from backstop.desktop.widgets.record_places import LEDGER
from backstop.domain import Account, Book
from backstop.services.settling import begin_settling, settled_change
from backstop.settling import ExtraKind
from desktop.hands import Hands
from desktop.waiting import settle, shown

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
