"""The pages of answers: Overview, Projection, Stress, Plan."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from backstop.desktop.charts.chart import CashChart
from backstop.desktop.charts.curves import Role
from backstop.desktop.plan.page import PlanPage
from backstop.desktop.projection.page import ProjectionPage
from backstop.desktop.shell.app import Program
from backstop.desktop.shell.rail_entries import number_of
from backstop.desktop.stress.page import StressPage
from backstop.domain import Book
from backstop.services.session import BookSession
from backstop.work import current_work
from desktop.editing import click_row
from desktop.waiting import LONG, settle


@pytest.fixture
def page(program: Program, qtbot: QtBot) -> Callable[[str], object]:
    """Shows a page and waits until nothing runs in the background."""

    def show(key: str) -> object:
        program.window.show_section(number_of(key))
        settle(program, qtbot)
        return program.window.pages[key]

    return show


def drawn(chart: CashChart, role: Role) -> list[int]:
    assert chart.canvas is not None
    return [int(each) for each in chart.canvas.data_of(role)]


def test_clicking_a_loss_draws_it_against_the_base(
    program: Program, page: Callable[[str], object], qtbot: QtBot
) -> None:
    stress = page("stress")
    assert isinstance(stress, StressPage)
    answers = program.context.answers
    assert answers is not None
    for row, loss in enumerate(answers.losses):
        click_row(stress.losses, row)
        assert drawn(stress.chart, Role.LOSS) == loss.outcome.low.tolist()
        assert drawn(stress.chart, Role.BASE) == answers.base.low.tolist()
        assert loss.name in stress.answer
        shown = sum(each.missed for each in stress.bounced.rows.rows)
        assert shown == loss.outcome.largest_gap


def test_groups_can_be_left_out_of_the_ranking(
    program: Program, page: Callable[[str], object], qtbot: QtBot
) -> None:
    stress = page("stress")
    assert isinstance(stress, StressPage)
    assert stress.losses.rows.rows[0].name == "Both platforms"
    stress.bar.what.setFocus()
    QTest.keyClick(stress.bar.what, Qt.Key.Key_Home)
    assert {each.name for each in stress.losses.rows.rows} == {"Jiebei", "Weilidai"}


def test_a_later_day_of_loss_is_answered_aside(
    program: Program, page: Callable[[str], object], qtbot: QtBot
) -> None:
    stress = page("stress")
    assert isinstance(stress, StressPage)
    stress.losses.choose("jiebei")
    assert "cannot be paid" in stress.answer
    type_day(stress, "20 Jan 2026")  # after the draw of 12 January
    qtbot.waitUntil(lambda: "on 20 January" in stress.answer, timeout=LONG)
    assert "nothing is missed" in stress.answer
    settle(program, qtbot)
    assert program.context.loss_day == 15


def type_day(stress: StressPage, day: str) -> None:
    line = stress.closes_on.target
    line.selectAll()  # type: ignore[attr-defined]
    QTest.keyClick(line, Qt.Key.Key_Delete)
    QTest.keyClicks(line, day)
    QTest.keyClick(line, Qt.Key.Key_Return)


@pytest.mark.parametrize("day", ["31 Dec 2025", "1 Jan 2199", "tomorrow", ""])
def test_a_day_of_loss_that_cannot_be_is_refused_in_a_sentence(
    page: Callable[[str], object], program: Program, day: str
) -> None:
    stress = page("stress")
    assert isinstance(stress, StressPage)
    type_day(stress, day)
    assert program.window.banner.isVisible()
    assert stress.closes_on.target.property("wrong")
    assert program.context.loss_day is None
    QTest.keyClick(stress.closes_on.target, Qt.Key.Key_Escape)
    assert not stress.closes_on.target.property("wrong")
    assert stress.closes_on.value() == program.context.book.as_of


def test_clicking_a_day_lists_what_moves_on_it(
    page: Callable[[str], object], program: Program, qtbot: QtBot
) -> None:
    projection = page("projection")
    assert isinstance(projection, ProjectionPage)
    qtbot.waitUntil(lambda: projection.chart.canvas is not None, timeout=LONG)
    canvas, overlay = projection.chart.canvas, projection.chart.overlay
    assert canvas is not None
    assert overlay is not None
    where = canvas.pixel_of(10, 0).toPoint()
    QTest.mouseClick(overlay, Qt.MouseButton.LeftButton, pos=where)
    assert [(row.name, row.amount) for row in projection.flows.rows.rows] == [("Wages", -30_000_00)]


def test_own_cash_and_headroom_are_separate_curves(page: Callable[[str], object]) -> None:
    projection = page("projection")
    assert isinstance(projection, ProjectionPage)
    room, cash = drawn(projection.chart, Role.HEADROOM), drawn(projection.chart, Role.BASE)
    assert room[0] == 140_000_00
    assert room[20] == 115_000_00
    assert cash[0] == 20_000_00


def test_the_chart_is_read_zoomed_and_panned_by_keys(
    page: Callable[[str], object], qtbot: QtBot
) -> None:
    projection = page("projection")
    assert isinstance(projection, ProjectionPage)
    canvas, overlay = projection.chart.canvas, projection.chart.overlay
    assert canvas is not None
    assert overlay is not None
    whole = (canvas.first, canvas.last)
    overlay.point(10)
    assert "15 Jan 2026" in projection.chart.readout
    QTest.keyClick(overlay, Qt.Key.Key_Plus)
    assert canvas.last - canvas.first < whole[1] - whole[0]
    before = canvas.first
    QTest.keyClick(overlay, Qt.Key.Key_PageDown)
    assert canvas.first > before
    QTest.keyClick(overlay, Qt.Key.Key_0)
    assert (canvas.first, canvas.last) == whole
    overlay.point(10)
    QTest.keyClick(overlay, Qt.Key.Key_Right)
    assert overlay.day == 11


def test_comparing_adds_the_curve_of_the_loss(
    page: Callable[[str], object], program: Program
) -> None:
    projection = page("projection")
    assert isinstance(projection, ProjectionPage)
    projection.compare.setCurrentIndex(projection.compare.findData("jiebei"))
    answers = program.context.answers
    assert answers is not None
    assert np.array_equal(drawn(projection.chart, Role.LOSS), answers.loss("jiebei").outcome.low)


def test_a_plan_is_drafted_with_proof_steps_and_curves(
    page: Callable[[str], object], program: Program, qtbot: QtBot
) -> None:
    program.context.show_page("plan", "jiebei")
    plan = page("plan")
    assert isinstance(plan, PlanPage)
    assert plan.draft is not None
    assert plan.draft.loss.contingency.id == "jiebei"
    assert "proved" in plan.proof.text()
    assert plan.draft.plan.actions
    assert drawn(plan.chart, Role.PLAN) == plan.draft.plan.after.low.tolist()
    assert drawn(plan.chart, Role.LOSS) == plan.draft.plan.before.low.tolist()
    assert plan.print.isEnabled()


def test_drafting_is_cancelled_at_once_and_nothing_comes_late(
    page: Callable[[str], object],
    program: Program,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plan = page("plan")
    assert isinstance(plan, PlanPage)
    begun: list[bool] = []
    asked: list[bool] = []

    def endless(*asked_for: Any) -> None:
        begun.append(True)
        while not current_work().stopped:
            pass
        asked.append(True)

    monkeypatch.setattr("backstop.desktop.plan.drafting.draft_for", endless)
    plan.show_record("weilidai")
    assert plan.progress.isVisible()
    assert plan.stop.isVisible()
    qtbot.waitUntil(lambda: bool(begun), timeout=LONG)
    QTest.mouseClick(plan.stop, Qt.MouseButton.LeftButton)
    assert not plan.progress.isVisible()
    assert plan.answer == "Drafting was cancelled."
    assert not plan.print.isEnabled()
    qtbot.waitUntil(lambda: bool(asked) and not program.context.tasks.busy, timeout=LONG)
    assert plan.answer == "Drafting was cancelled."
    monkeypatch.undo()
    QTest.mouseClick(plan.stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(plan.print.isEnabled, timeout=LONG)


def test_an_empty_book_says_what_to_do_next(
    start: Callable[[Book | None], Program], qtbot: QtBot, book: Book
) -> None:
    bare = book.changed(facilities=(), planned_draws=(), link_groups=())
    program = start(bare.without("wages"))
    for key in ("overview", "projection", "stress", "plan"):
        program.window.show_section(number_of(key))
        settle(program, qtbot)
    assert "No credit line" in program.window.pages["plan"].answer
    program.context.open_session(BookSession(bare))
    program.window.show_section(number_of("plan"))
    settle(program, qtbot)
    assert program.window.pages["plan"].answer.startswith("As things stand, nothing")


def test_curves_that_look_the_same_are_not_drawn_again(
    program: Program, page: Callable[[str], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    projection = page("projection")
    assert isinstance(projection, ProjectionPage)
    chart = projection.chart
    assert chart.picture is not None
    assert chart.canvas is not None
    drawn_again: list[None] = []
    monkeypatch.setattr(chart.canvas, "draw_soon", lambda: drawn_again.append(None))
    first, *others = chart.picture.curves
    chart.show_picture(replace(chart.picture, curves=(replace(first), *others)))
    assert not drawn_again
    higher = replace(first, values=first.values + 1)
    chart.show_picture(replace(chart.picture, curves=(higher, *others)))
    assert drawn_again
    assert drawn(chart, first.role) == higher.values.tolist()
