"""The life of a plan on the Plan page, with real clicks: accept, begin, tick off, practise, end."""

import gc
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QDialogButtonBox, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from backstop.desktop.overview.page import OverviewPage
from backstop.desktop.plan.change_step_dialog import HappenedDialog
from backstop.desktop.plan.page import PlanPage
from backstop.desktop.shell.app import Program
from backstop.desktop.shell.rail_entries import number_of
from backstop.domain import AcceptedPlan, Book, PlanStage
from backstop.services.accepting import activate, tick, today_in
from backstop.services.clock import today
from desktop.waiting import settle, settled_page


@pytest.fixture
def page(program: Program, qtbot: QtBot) -> PlanPage:
    program.context.show_page("plan", "jiebei")
    return settled_page(program, qtbot, "plan", PlanPage)


@pytest.fixture
def click(program: Program, qtbot: QtBot) -> Callable[[QPushButton | QToolButton], None]:
    """Clicks, and waits until all answers are fresh."""

    def run(button: QPushButton | QToolButton) -> None:
        assert button.isVisible()
        assert button.isEnabled()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        settle(program, qtbot)

    return run


@pytest.fixture
def click_tick(program: Program, qtbot: QtBot, page: PlanPage) -> Callable[[], None]:
    def run() -> None:
        box = page.accepted.view.steps.findChild(QCheckBox)
        assert box is not None
        QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(8, box.height() // 2))
        settle(program, qtbot)

    return run


Click = Callable[[QPushButton | QToolButton], None]


def kept(book: Book, plan: str = "plan-jiebei") -> AcceptedPlan:
    record = book.by_id[plan]
    assert isinstance(record, AcceptedPlan)
    return record


def test_accepting_keeps_the_plan_and_undo_forgets_it(
    program: Program, page: PlanPage, click: Click, qtbot: QtBot
) -> None:
    assert not page._kept_card.isVisible()
    click(page.accept)
    assert kept(program.context.book).stage is PlanStage.ACCEPTED
    assert page._kept_card.isVisible()
    assert page.accepted.view.standing.text().startswith("Accepted on ")
    program.context.undo()
    settle(program, qtbot)
    assert not page._kept_card.isVisible()


def test_it_goes_stale_with_the_book_on_the_page_and_in_the_overview(
    program: Program, page: PlanPage, click: Click, qtbot: QtBot
) -> None:
    from backstop.services.commands import put_record

    click(page.accept)
    till = program.context.book.accounts[0]
    program.context.apply(
        put_record(program.context.book, till.changed(balance=till.balance - 100))
    )
    settle(program, qtbot)
    assert "changed since" in page.accepted.view.standing.text()
    program.window.show_section(number_of("overview"))
    overview = program.window.pages["overview"]
    assert isinstance(overview, OverviewPage)
    settle(program, qtbot)
    found = [each.check for each in overview.warnings._found]
    assert "stale_plan" in found


def test_what_has_happened_is_ticked_off_step_by_step(
    program: Program,
    page: PlanPage,
    click: Click,
    click_tick: Callable[[], None],
    texts: Callable[..., list[str]],
) -> None:
    click(page.accept)
    click(page.accepted.view.happened)
    assert kept(program.context.book).stage is PlanStage.ACTIVE
    click_tick()
    [step] = kept(program.context.book).steps
    assert step.done_on is not None
    assert step.actual == step.amount
    assert page.accepted.view.progress.text().startswith("Ticked: 1 of 1.")
    click_tick()
    assert kept(program.context.book).steps[0].done_on is None


def test_the_rest_drafted_anew_and_accepted_goes_on_with_what_is_ticked_off(
    program: Program, page: PlanPage, click: Click, click_tick: Callable[[], None], qtbot: QtBot
) -> None:
    click(page.accept)
    click(page.accepted.view.happened)
    click_tick()
    click(page.accepted.view.again)
    settle(program, qtbot)
    click(page.accept)
    settle(program, qtbot)
    book = program.context.book
    assert kept(book).stage is PlanStage.ENDED
    newest = book.accepted_plans[-1]
    assert (newest.stage, newest.activated_on) == (PlanStage.ACTIVE, kept(book).activated_on)
    assert "Being carried out since" in page.accepted.view.standing.text()
    assert page.accepted.view.progress.text().startswith("Ticked: 1 of ")
    assert "Ended on" in page.accepted.view.history.text()


def test_the_keyboard_stays_on_the_step_that_is_ticked_off(
    program: Program, page: PlanPage, click: Click, qtbot: QtBot
) -> None:
    """Every tick shows the steps anew: whoever goes on by Tab goes on from there."""
    click(page.accept)
    click(page.accepted.view.happened)
    shown = page.accepted.view.steps.findChild(QCheckBox)
    assert shown is not None
    shown.setFocus()
    QTest.keyClick(shown, Qt.Key.Key_Space)
    settle(program, qtbot)
    focused = program.window.focusWidget()
    assert isinstance(focused, QCheckBox)
    assert focused is page.accepted.view.steps.findChild(QCheckBox)
    assert focused.isChecked()


def test_the_keyboard_goes_on_to_the_first_step_when_it_has_happened(
    program: Program, page: PlanPage, click: Click, qtbot: QtBot
) -> None:
    """The button that was pressed is gone: the next one along must not be pressed instead."""
    click(page.accept)
    page.accepted.view.happened.setFocus()
    QTest.keyClick(page.accepted.view.happened, Qt.Key.Key_Space)
    settle(program, qtbot)
    assert program.window.focusWidget() is page.accepted.view.steps.findChild(QCheckBox)


def test_tab_goes_through_the_steps_and_on_to_their_buttons(
    program: Program, page: PlanPage, click: Click, click_tick: Callable[[], None]
) -> None:
    """However often the steps are shown anew."""
    click(page.accept)
    click(page.accepted.view.happened)
    click_tick()
    view = page.accepted.view
    tick, more = view.steps.findChild(QCheckBox), view.steps.findChild(QToolButton)
    assert tick is not None
    tick.setFocus()
    order = []
    for _ in range(3):
        QTest.keyClick(program.window.focusWidget(), Qt.Key.Key_Tab)
        order.append(program.window.focusWidget())
    assert order == [more, view.again, view.end]


@pytest.mark.parametrize("which", ["accept", "drill"])
def test_the_keyboard_stays_where_a_plan_was_accepted_or_a_drill_begun(
    program: Program, page: PlanPage, qtbot: QtBot, which: str
) -> None:
    pressed = page.accept if which == "accept" else page.drill
    pressed.setFocus()
    QTest.keyClick(pressed, Qt.Key.Key_Space)
    settle(program, qtbot)
    assert program.window.focusWidget() is pressed


def test_the_keyboard_returns_to_the_plan_when_what_was_kept_is_over(
    program: Program, page: PlanPage, click: Click, qtbot: QtBot
) -> None:
    click(page.accept)
    page.accepted.view.end.setFocus()
    QTest.keyClick(page.accepted.view.end, Qt.Key.Key_Space)
    settle(program, qtbot)
    assert program.window.focusWidget() is page.accept


def ask_what_happened(page: PlanPage) -> HappenedDialog:
    more = page.accepted.view.steps.findChild(QToolButton)
    assert more is not None
    QTest.mouseClick(more, Qt.MouseButton.LeftButton)
    dialog = page.findChild(HappenedDialog)
    assert dialog is not None
    return dialog


def test_what_happened_begins_with_today_and_again_with_what_was_said_before(
    program: Program, page: PlanPage, click: Click, qtbot: QtBot, texts: Callable[..., list[str]]
) -> None:
    click(page.accept)
    click(page.accepted.view.happened)
    book = program.context.book
    step = kept(book).steps[0]
    box = page.accepted.view.steps.findChild(QCheckBox)
    assert box is not None
    dialog = ask_what_happened(page)
    assert dialog.day.text() == today_in(book, today()).isoformat()
    assert box.accessibleName() in texts(dialog)
    dialog.reject()
    later = step.day + timedelta(days=3)
    program.context.apply(tick(book, "plan-jiebei", 1, later, 100_00))
    settle(program, qtbot)
    dialog = ask_what_happened(page)
    assert (dialog.amount.text(), dialog.day.text()) == ("100.00", later.isoformat())


def test_what_is_typed_first_is_the_amount_then_the_day(page: PlanPage, click: Click) -> None:
    click(page.accept)
    click(page.accepted.view.happened)
    dialog = ask_what_happened(page)
    assert dialog.focusWidget() is dialog.amount
    assert dialog.amount.selectedText() == dialog.amount.text()
    QTest.keyClick(dialog.amount, Qt.Key.Key_Tab)
    assert dialog.focusWidget() is dialog.day
    QTest.keyClick(dialog.day, Qt.Key.Key_Tab)
    assert dialog.focusWidget() is dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)


def test_a_dialog_that_nobody_holds_still_takes_what_was_entered(
    program: Program, page: PlanPage, click: Click, qtbot: QtBot
) -> None:
    click(page.accept)
    click(page.accepted.view.happened)
    more = page.accepted.view.steps.findChild(QToolButton)
    assert more is not None
    QTest.mouseClick(more, Qt.MouseButton.LeftButton)
    del more
    gc.collect()
    QTest.mouseClick(ask_ok(page), Qt.MouseButton.LeftButton)
    settle(program, qtbot)
    assert kept(program.context.book).steps[0].done_on is not None


def ask_ok(page: PlanPage) -> QPushButton:
    buttons = page.findChild(QDialogButtonBox)
    assert buttons is not None
    return buttons.button(buttons.StandardButton.Ok)


def test_what_really_came_stands_beside_what_was_planned(
    program: Program, page: PlanPage, click: Click, qtbot: QtBot, texts: Callable[..., list[str]]
) -> None:
    click(page.accept)
    book = program.context.book
    program.context.apply(activate(book, "plan-jiebei", book.as_of))
    settle(program, qtbot)
    dialog = ask_what_happened(page)
    planned = kept(program.context.book).steps[0]
    dialog.amount.setText("100")
    dialog.day.setText("2026-01-20")
    buttons = dialog.findChild(QDialogButtonBox)
    assert buttons is not None
    QTest.mouseClick(buttons.button(buttons.StandardButton.Ok), Qt.MouseButton.LeftButton)
    settle(program, qtbot)
    step = kept(program.context.book).steps[0]
    assert (step.actual, step.done_on) == (100_00, date(2026, 1, 20))
    late = (date(2026, 1, 20) - planned.day).days
    shown = " ".join(texts(page.accepted.view.steps))
    assert f"{late} day" in shown
    assert "stays unpaid" in page.accepted.view.remains.text()
    click(page.accepted.view.again)
    settle(program, qtbot)
    assert "Done already." in texts(page.steps)
    assert "kept as you want it" not in texts(page.steps)
    assert page.draft is not None
    still_to_do = [each for each in page.draft.plan.actions if not each.done]
    menus = page.steps.findChildren(QToolButton)
    assert len(menus) == len(still_to_do) == len(page.draft.plan.actions) - 1


@pytest.mark.parametrize(("width", "below"), [(1240, False), (640, True)])
def test_in_a_narrow_window_a_day_stands_below_its_amount(
    program: Program,
    page: PlanPage,
    click: Click,
    texts: Callable[..., list[str]],
    width: int,
    below: bool,
) -> None:
    click(page.accept)
    click(page.accepted.view.happened)
    program.window.resize(width, 800)
    view = page.accepted.view
    assert any("\n" in each for each in texts(view.steps)) is below
    assert view.steps.minimumSizeHint().width() <= view.width()


def test_a_drill_is_said_to_be_practice_and_ends_as_history(
    program: Program,
    page: PlanPage,
    click: Click,
    click_tick: Callable[[], None],
    texts: Callable[..., list[str]],
) -> None:
    click(page.drill)
    assert "practice" in page.accepted.view.standing.text()
    click_tick()
    click(page.accepted.view.end)
    assert kept(program.context.book, "drill-jiebei").stage is PlanStage.ENDED
    assert "Drill, ended on" in page.accepted.view.history.text()
    assert "Ticked: 1 of 1." in page.accepted.view.history.text()
    assert "Plans that are over" in texts(page._kept_card)
    assert not page.accepted.view.end.isVisible()


def test_the_plan_page_speaks_chinese_about_it(
    program: Program, page: PlanPage, click: Click, qtbot: QtBot
) -> None:
    click(page.accept)
    program.context.set_language("zh_CN")
    assert page.accepted.view.standing.text().endswith("采纳。")
    assert page.accept.text() == "采纳这份预案"


def test_plans_for_all_are_ready_after_a_while_and_can_be_stopped(
    program: Program, qtbot: QtBot
) -> None:
    program.window.show_section(number_of("overview"))
    overview = program.window.pages["overview"]
    assert isinstance(overview, OverviewPage)
    settle(program, qtbot)
    assert overview.drafting.said.text() == "3 plans are ready."
    plans = program.context.all_plans
    plans.ask(program.context.answers)
    assert plans.running
    QTest.mouseClick(overview.drafting.stop, Qt.MouseButton.LeftButton)
    assert not plans.running
    assert overview.drafting.said.text() == "Drafting the plans was stopped."
