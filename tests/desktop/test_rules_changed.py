"""Single dates of a rule, left out or moved in the list of the next ones."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from backstop.desktop.cash_flow.page import CashFlowPage
from backstop.desktop.cash_flow.pane import FlowView
from backstop.desktop.forms.exceptions import ExceptionsControl
from backstop.desktop.forms.picker import DayPicker
from backstop.desktop.shell.app import Program
from backstop.domain import Book, CashFlow, Moved, Repeat
from backstop.projection import upcoming
from desktop.editing import click, open_page, press, trigger

Start = Callable[[Book | None], Program]
FIRST = date(2026, 1, 15)


@pytest.fixture
def view(program: Program, qtbot: QtBot) -> FlowView:
    page = open_page(qtbot, program, 2, CashFlowPage)
    page.show_record("wages")
    assert isinstance(page.pane.view, FlowView)
    return page.pane.view


def wages(view: FlowView) -> CashFlow:
    found = view.context.book.by_id["wages"]
    assert isinstance(found, CashFlow)
    return found


def shown(view: FlowView) -> list[str]:
    return [each.text() for each in view.rule.dates if not each.isHidden()]


def exceptions(view: FlowView, field: str) -> ExceptionsControl:
    control = view.form.cell(field).control
    assert isinstance(control, ExceptionsControl)
    return control


def test_a_date_is_left_out_and_the_others_stay(view: FlowView, qtbot: QtBot) -> None:
    assert view.form.cell("skipped").isHidden()
    trigger(view.rule.menu_of(1), "Leave this one out")
    assert wages(view).skipped == (date(2026, 2, 15),)
    assert shown(view)[:3] == ["15 Jan 2026", "15 Mar 2026", "15 Apr 2026"]
    assert not view.form.cell("skipped").isHidden()
    (back,) = exceptions(view, "skipped").buttons
    assert back.accessibleName() == "Take back: 15 Feb 2026"
    click(back)
    assert wages(view).skipped == ()
    qtbot.waitUntil(lambda: shown(view)[1] == "15 Feb 2026")


def test_what_was_changed_is_undone_in_words(view: FlowView, qtbot: QtBot) -> None:
    trigger(view.rule.menu_of(1), "Leave this one out")
    session = view.context.session
    assert session is not None
    assert session.undo_message is not None
    assert view.context.words.tell(session.undo_message) == "change “Dates left out” in “Wages”"
    view.context.undo()
    qtbot.waitUntil(lambda: shown(view)[1] == "15 Feb 2026")
    assert wages(view).skipped == ()


def test_a_date_is_moved_in_a_calendar_opened_by_key(view: FlowView, qtbot: QtBot) -> None:
    button = view.rule.dates[0]
    assert button.focusPolicy() == Qt.FocusPolicy.TabFocus
    button.setFocus()
    press(button, Qt.Key.Key_Space)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    trigger(menu, "Move it to…")
    menu.close()
    popup = QApplication.activePopupWidget()
    assert popup is not None
    picker = popup.findChild(DayPicker)
    assert isinstance(picker, DayPicker)
    assert picker.selectedDate() == QDate(2026, 1, 15)
    picker.activated.emit(QDate(2026, 1, 19))
    assert wages(view).moved == (Moved(rule_date=FIRST, to=date(2026, 1, 19)),)
    assert shown(view)[:2] == ["19 Jan 2026", "15 Feb 2026"]
    assert exceptions(view, "moved").buttons[0].accessibleName() == (
        "Take back: 15 Jan 2026 → 19 Jan 2026"
    )
    view.rule.move_to(upcoming(wages(view), FIRST, 1, "")[0], FIRST)
    assert wages(view).moved == ()


def test_a_single_date_has_no_other_to_leave_out(view: FlowView) -> None:
    view.form.enter("repeat", Repeat.ONCE)
    assert view.rule.dates[0].focusPolicy() == Qt.FocusPolicy.NoFocus
    click(view.rule.dates[0])
    assert QApplication.activePopupWidget() is None


def test_the_changed_dates_speak_chinese(view: FlowView) -> None:
    trigger(view.rule.menu_of(1), "Leave this one out")
    view.context.set_language("zh_CN")
    assert exceptions(view, "skipped").buttons[0].accessibleName() == "撤回: 2026年2月15日"
