"""Single dates of a rule, left out or moved in the list of the next ones."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from backstop.desktop.cash_flow.page import CashFlowPage
from backstop.desktop.cash_flow.pane import FlowView
from backstop.desktop.cash_flow.rows import flow_rows
from backstop.desktop.forms.amount_picker import AmountPicker
from backstop.desktop.forms.exceptions import ExceptionsControl
from backstop.desktop.forms.picker import DayPicker
from backstop.desktop.shell.app import Program
from backstop.domain import (
    Book,
    CashFlow,
    LaterAmount,
    Moved,
    OtherAmount,
    Repeat,
    StillOpen,
)
from backstop.projection import upcoming
from desktop.editing import click, open_page, press, sentence_below, trigger, type_into

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


def test_one_date_gets_another_amount_typed_below_it(view: FlowView, qtbot: QtBot) -> None:
    trigger(view.rule.menu_of(1), "Another amount…")
    picker = open_picker()
    assert picker.control.line.selectedText() == picker.control.line.text() != ""
    picker.control.line.setText("much")
    press(picker.control.line, Qt.Key.Key_Return)
    assert picker.control.line.property("wrong") is True
    picker.control.line.setText("95.50")
    press(picker.control.line, Qt.Key.Key_Return)
    assert wages(view).amounts == (OtherAmount(rule_date=date(2026, 2, 15), amount=95_50),)
    qtbot.waitUntil(lambda: shown(view)[1] == "15 Feb 2026: ¥95.50")
    assert shown(view)[2] == "15 Mar 2026"
    assert view.form.cell("amounts").control.value() == wages(view).amounts


def test_from_one_date_on_it_is_another_amount(view: FlowView, qtbot: QtBot) -> None:
    first, second, *_ = upcoming(wages(view), FIRST, 3, "")
    view.rule.set_later_amount(second, 7_000)
    view.rule.set_later_amount(first, 5_000)
    assert wages(view).later_amounts == (LaterAmount(from_day=FIRST, amount=5_000),)
    qtbot.waitUntil(lambda: shown(view)[1] == "15 Feb 2026: ¥50")


def test_what_is_taken_as_paid_is_said_and_opened_with_a_click(
    view: FlowView, qtbot: QtBot
) -> None:
    view.form.enter("first_date", date(2025, 9, 15))
    past = view.rule.past
    qtbot.waitUntil(lambda: not past.stated.isHidden())
    assert past.stated.text() == (
        "Taken as paid, because it lies before 5 Jan 2026. Click one that is still open."
    )
    assert [each.text() for each in past.buttons if not each.isHidden()] == ["15 Dec 2025"]
    amount = wages(view).amount
    click(past.buttons[0])
    still = StillOpen(rule_date=date(2025, 12, 15), left=amount)
    assert wages(view).open == (still,)
    qtbot.waitUntil(past.stated.isHidden)
    assert not view.form.cell("open").isHidden()
    rows = flow_rows(view.context.book)
    row = next(each for each in rows if each.id == "wages")
    assert (row.overdue, row.next_date) == (True, date(2025, 12, 15))


def test_an_open_date_is_moved_or_left_out_as_any_other(view: FlowView) -> None:
    still = StillOpen(rule_date=FIRST, left=300)
    view.rule.mark_open(still)
    first = upcoming(wages(view), FIRST, 1, "")[0]
    view.rule.move_to(first, date(2026, 1, 20))
    assert wages(view).open == (StillOpen(rule_date=FIRST, left=300, expected=date(2026, 1, 20)),)
    assert wages(view).moved == ()
    view.rule.set_amount(first, 200)
    assert [each.left for each in wages(view).open] == [200]
    view.rule.skip(first)
    assert (wages(view).open, wages(view).skipped) == ((), (FIRST,))


def test_exceptions_go_along_with_another_day_and_are_named_where_they_cannot(
    view: FlowView, qtbot: QtBot
) -> None:
    trigger(view.rule.menu_of(1), "Leave this one out")
    view.form.enter("first_date", date(2026, 1, 20))
    assert wages(view).skipped == (date(2026, 2, 20),)
    assert view.rule.past.strays.isHidden()
    view.form.enter("repeat", Repeat.WEEKS)
    assert wages(view).skipped == (date(2026, 2, 20),)
    qtbot.waitUntil(lambda: not view.rule.past.strays.isHidden())
    assert "20 Feb 2026" in view.rule.past.strays.text()


def open_picker() -> AmountPicker:
    popup = QApplication.activePopupWidget()
    assert popup is not None
    picker = popup.findChild(AmountPicker)
    assert isinstance(picker, AmountPicker)
    return picker


def test_what_was_said_last_is_said_in_the_language_of_now(view: FlowView) -> None:
    type_into(view.form, "second_day", "15")
    assert sentence_below(view.form, "second_day")
    assert view.rule.text.text().startswith("Every month")
    view.context.set_language("zh_CN")
    assert sentence_below(view.form, "second_day")
    assert view.rule.text.text().startswith("每月")
