"""The owner's hand on the Plan page: pin, forbid, change, at most so many, all of it taken back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from backstop.desktop.overview.page import OverviewPage
from backstop.desktop.plan.change_step_dialog import ChangeStepDialog
from backstop.desktop.plan.page import PlanPage
from backstop.desktop.plan.wishes import WishBar
from backstop.desktop.shell.app import Program
from backstop.desktop.shell.rail_entries import number_of
from backstop.domain import CashFlow, Direction, Priority
from backstop.plan import Plan, Wishes
from backstop.services.commands import put_record
from backstop.telling import words_for
from desktop.waiting import LONG, settle, settled_page


@pytest.fixture
def page(program: Program, qtbot: QtBot) -> PlanPage:
    program.context.show_page("plan", "jiebei")
    return settled_page(program, qtbot, "plan", PlanPage)


@pytest.fixture
def settled(page: PlanPage, program: Program, qtbot: QtBot) -> Callable[[], Plan]:
    """Waits for the plan that is being drafted, and until its steps stand in place of the last."""

    def wait() -> Plan:
        settle(program, qtbot)
        QApplication.sendPostedEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert page.draft is not None
        return page.draft.plan

    return wait


def choose(page: PlanPage, entry: int) -> None:
    """An entry of the first step's menu."""
    more = page.steps.findChild(QToolButton)
    assert more is not None
    menu = more.menu()
    assert menu is not None
    menu.actions()[entry].trigger()


def test_a_kept_step_is_marked_and_can_be_let_go(
    page: PlanPage, settled: Callable[[], Plan], texts: Callable[[QWidget], list[str]]
) -> None:
    choose(page, 0)
    plan = settled()
    assert [each.pinned for each in plan.actions] == [True]
    assert "kept as you want it" in texts(page.steps)
    choose(page, 0)
    assert not any(each.pinned for each in settled().actions)


def test_the_keyboard_stays_on_the_step_that_is_kept(
    page: PlanPage, settled: Callable[[], Plan], program: Program
) -> None:
    more = page.steps.findChild(QToolButton)
    assert more is not None
    more.setFocus()
    choose(page, 0)
    assert settled().actions[0].pinned
    focused = program.window.focusWidget()
    assert focused is page.steps.findChild(QToolButton)
    assert focused is not more


def test_who_thinks_better_of_a_change_is_still_on_the_step(
    page: PlanPage, program: Program
) -> None:
    more = page.steps.findChild(QToolButton)
    assert more is not None
    more.setFocus()
    choose(page, 1)
    dialog = page.findChild(ChangeStepDialog)
    assert dialog is not None
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert program.window.focusWidget() is more


def test_a_source_never_to_be_used_leaves_the_plan_and_is_named(
    page: PlanPage, settled: Callable[[], Plan]
) -> None:
    choose(page, 3)
    assert not settled().actions
    assert page.wishes.said.text() == "Not used: Weilidai."
    assert page._compare_card.isVisible()
    QTest.mouseClick(page.wishes.reset, Qt.MouseButton.LeftButton)
    assert settled().actions
    assert not page._compare_card.isVisible()
    assert not page.wishes.reset.isVisible()


def test_the_number_of_steps_can_be_limited(
    page: PlanPage, settled: Callable[[], Plan], program: Program
) -> None:
    context = program.context
    half = context.book.facilities[1].changed(limit=8_000_00)
    context.apply(put_record(context.book, half))
    context.apply(put_record(context.book, half.changed(id="other", name="Other")))
    assert len(settled().actions) == 2
    box = page.wishes.at_most
    box.setFocus()
    QTest.keyClicks(box, "at most one")
    assert len(settled().actions) == 1
    assert page.wishes.wishes == Wishes(at_most=1)


def test_a_plan_without_a_step_has_no_heads_of_columns(
    page: PlanPage, settled: Callable[[], Plan], texts: Callable[[QWidget], list[str]]
) -> None:
    book, plan = page.context.book, settled()
    assert {"Amount", "Cost"} <= set(texts(page.steps))
    page.steps.show_plan(book, replace(plan, actions=()), page.context.words)
    assert not {"Amount", "Cost"} & set(texts(page.steps))


def test_every_step_that_helps_can_be_asked_for(
    page: PlanPage, settled: Callable[[], Plan]
) -> None:
    QTest.keyClicks(page.wishes.at_most, "every")
    settled()
    assert page.wishes.wishes == Wishes(every_step=True)
    assert page.wishes.at_most.currentText() == "every step that helps"
    QTest.mouseClick(page.wishes.reset, Qt.MouseButton.LeftButton)
    settled()
    assert page.wishes.at_most.currentText() == "the steps that are worth it"


def test_a_step_takes_another_amount_and_day(page: PlanPage, settled: Callable[[], Plan]) -> None:
    choose(page, 1)
    dialog = page.findChild(ChangeStepDialog)
    assert dialog is not None
    dialog.amount.setText("31,000")
    dialog.day.setText("2026-01-13")
    button = dialog.findChild(QDialogButtonBox)
    assert button is not None
    QTest.mouseClick(button.button(button.StandardButton.Ok), Qt.MouseButton.LeftButton)
    [pinned] = [each for each in settled().actions if each.pinned]
    assert (pinned.amount, pinned.day) == (31_000_00, 8)


def test_an_amount_that_is_none_is_refused_in_the_dialog(
    page: PlanPage, settled: Callable[[], Plan]
) -> None:
    choose(page, 1)
    dialog = page.findChild(ChangeStepDialog)
    assert dialog is not None
    dialog.amount.setText("much")
    dialog.buttons.accepted.emit()
    assert dialog.problem.isVisible()
    dialog.reject()


def test_what_cannot_be_granted_is_said(page: PlanPage, settled: Callable[[], Plan]) -> None:
    page.wishes.pin(settled().actions[0], amount=10**12)
    settled()
    assert "is possible" in page.wishes.unmet.text()
    assert page.wishes.unmet.isVisible()


def test_the_overview_says_what_to_do_beforehand(program: Program, qtbot: QtBot) -> None:
    program.window.show_section(number_of("overview"))
    overview = program.window.pages["overview"]
    assert isinstance(overview, OverviewPage)
    qtbot.waitUntil(lambda: "reserve" in overview.beforehand.text(), timeout=LONG)
    assert overview.beforehand.isVisible()


def test_what_the_owner_said_of_a_payment_stands_where_the_plan_misses_it(
    page: PlanPage, settled: Callable[[], Plan], program: Program
) -> None:
    context = program.context
    machine = CashFlow(
        id="machine",
        name="Machine",
        direction=Direction.PAYMENT,
        amount=500_000_00,
        first_date=date(2026, 2, 9),
        priority=Priority.CAN_GO,
        deferrable_days=365,
    )
    context.apply(put_record(context.book, machine))
    assert "machine" in {each.obligation.record for each in settled().missed}
    rows = range(page.remains.missed.model().rowCount())
    titles = [page.remains.missed.model().index(row, 1).data() for row in rows]
    assert "Machine · you said it can wait 365 days" in titles


def test_how_many_steps_may_be_is_read_whole_in_another_language(qtbot: QtBot) -> None:
    """The bar stands aside while the language changes."""
    bar = WishBar()
    qtbot.addWidget(bar)
    bar.resize(600, 120)
    for language in ("zh_CN", "en"):
        bar.retranslate(words_for(language))
        bar.show()
        QApplication.processEvents()
        text = bar.at_most.fontMetrics().horizontalAdvance(bar.at_most.currentText())
        assert bar.at_most.width() > text + bar.at_most.fontMetrics().height()
        bar.hide()
