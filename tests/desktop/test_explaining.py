"""Differences that nobody has explained: listed in the window, and explained there."""

import os
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from backstop.desktop.cash_flow.ledger_view import OPEN
from backstop.desktop.cash_flow.page import CashFlowPage
from backstop.desktop.cash_flow.since_other_dialog import OtherDialog
from backstop.desktop.shell.app import Program
from backstop.desktop.shell.rail_entries import number_of
from backstop.desktop.widgets.record_places import LEDGER
from backstop.domain import Book
from backstop.services.settling import begin_settling, settled_change
from backstop.settling import ExtraKind
from desktop.hands import Hands
from desktop.waiting import settle, shown
from unit.test_report_book import shop

TODAY = shop().as_of + timedelta(days=30)


@pytest.mark.parametrize("code", ["en", "zh_CN"])
def test_a_difference_is_explained_in_part_and_one_undo_brings_it_back(
    start: Callable[[Book | None], Program],
    qtbot: QtBot,
    clock_at: Callable[[date], None],
    code: str,
) -> None:
    clock_at(TODAY)
    program = start(shop())
    context, hands = program.context, Hands(program.window)
    context.set_language(code)
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
    qtbot.waitUntil(lambda: view.open.model().rowCount() == 1)
    view.open.selectRow(0)
    hands.click(view.explain)
    dialog = shown(OtherDialog, qtbot)
    assert isinstance(dialog, OtherDialog)
    assert [dialog.kind.itemData(n) for n in range(dialog.kind.count())] == [
        ExtraKind.PAYMENT,
        ExtraKind.REPAYMENT,
    ]
    if folder := os.environ.get("LOOK"):
        settle(program, qtbot)
        program.window.grab().save(str(Path(folder) / f"open-{code}.png"))
        dialog.grab().save(str(Path(folder) / f"explain-{code}.png"))
    dialog.name.show_value("Fee")
    dialog.amount.show_value(1_200)
    dialog.take()

    def left() -> list[int]:
        rows = view.open.sorted_rows
        return [rows.row_at(view.open.model().index(n, 0)).actual for n in range(rows.rowCount())]

    qtbot.waitUntil(lambda: left() == [-3_800])
    context.undo()
    qtbot.waitUntil(lambda: left() == [-5_000])
