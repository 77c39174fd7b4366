"""The history of a book in the window: what changed, and the course of each limit."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from backstop.desktop.books.history_dialog import HistoryDialog
from backstop.desktop.charts.curves import Role
from backstop.desktop.shell.app import Program
from backstop.domain import Book
from backstop.services.commands import put_record
from desktop.filed import change_limit
from desktop.waiting import LONG, shown, wait_for_session

Start = Callable[[Book | None], Program]


def test_the_history_tells_what_changed_and_finds_it(opened: Program, qtbot: QtBot) -> None:
    change_limit(opened, 70_000_00)
    opened.context.undo()
    wait_for_session(opened, qtbot)
    opened.window.actions_by_name["history"].trigger()
    dialog = shown(HistoryDialog, qtbot)
    assert list(dialog.view.rows.texts(1)) == ["undone", "edited"]
    assert "¥60,000.00 → ¥70,000.00" in list(dialog.view.rows.texts(2))[1]
    assert dialog.limits.line.count() == 1
    qtbot.waitUntil(lambda: dialog.limits.chart.canvas is not None, timeout=LONG)
    assert dialog.limits.chart.canvas is not None
    assert dialog.limits.chart.canvas.data_of(Role.BASE)[-1] == 60_000_00
    assert "¥60,000.00 to ¥60,000.00" in dialog.limits.chart.accessibleDescription()
    dialog.search.setText("nowhere")
    assert dialog.view.rows.rowCount() == 0
    assert dialog.remark.text() == "No change holds that word."
    dialog.search.setText("jieb")
    assert dialog.view.rows.rowCount() == 2
    dialog.accept()


@pytest.mark.parametrize("name", ["<b>x</b> & $x_{$", "_y && {0}", "=1+1"])
def test_the_course_of_a_limit_shows_a_name_as_typed(
    opened: Program, qtbot: QtBot, name: str
) -> None:
    context = opened.context
    line = context.book.facilities[0]
    context.apply(put_record(context.book, line.changed(name=name, limit=1_00)))
    wait_for_session(opened, qtbot)
    opened.window.actions_by_name["history"].trigger()
    dialog = shown(HistoryDialog, qtbot)
    assert dialog.limits.line.itemText(0) == name
    qtbot.waitUntil(lambda: dialog.limits.chart.canvas is not None, timeout=LONG)
    assert name in dialog.limits.chart.accessibleDescription()
    dialog.limits.grab()
    dialog.accept()


def test_without_a_changed_limit_the_history_says_so(opened: Program, qtbot: QtBot) -> None:
    opened.window.actions_by_name["history"].trigger()
    dialog = shown(HistoryDialog, qtbot)
    assert dialog.limits.empty.text() == "No limit has changed yet."
    assert dialog.limits.empty.isVisible()
    assert dialog.remark.text() == "Nothing has been changed yet."
    assert not dialog.view.isVisible()
    assert not dialog.limits.chart.isVisible()
    dialog.accept()
