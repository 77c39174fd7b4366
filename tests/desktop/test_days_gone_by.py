"""The window on a book that is not as of today, and on lines that nobody has looked at."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from backstop.desktop.overview.page import OverviewPage
from backstop.desktop.plan.page import PlanPage
from backstop.desktop.shell.app import Program
from backstop.desktop.shell.rail_entries import number_of
from backstop.desktop.sources.page import SourcesPage
from backstop.desktop.stress.page import StressPage
from backstop.desktop.widgets.page import Page
from backstop.domain import Book, Facility
from desktop.waiting import settle

Start = Callable[[Book | None], Program]


def shown(program: Program, qtbot: QtBot, key: str) -> object:
    program.window.show_section(number_of(key))
    settle(program, qtbot)
    return program.window.pages[key]


@pytest.mark.parametrize("code", ["en", "zh_CN"])
def test_each_verdict_says_how_old_the_book_is(
    start: Start, book: Book, qtbot: QtBot, clock_at: Callable[[date], None], code: str
) -> None:
    clock_at(book.as_of + timedelta(days=9))
    program = start(book)
    program.context.set_language(code)
    said = {"en": "as of 5 Jan 2026, 9 days ago", "zh_CN": "截至2026年1月5日，已过 9 天"}[code]
    for key in ("overview", "sources", "cash_flow", "projection", "stress", "plan"):
        page = shown(program, qtbot, key)
        assert said in page._detail.text()  # type: ignore[attr-defined]
    plan = program.window.pages["plan"]
    assert isinstance(plan, PlanPage)
    assert plan.draft is not None
    assert all(each.start_day >= 9 for each in plan.draft.plan.actions)
    overview = program.window.pages["overview"]
    assert isinstance(overview, OverviewPage)
    assert all(each.day >= 9 for each in overview.due.rows.rows)


@pytest.mark.parametrize("code", ["en", "zh_CN"])
def test_a_book_that_is_over_gets_no_verdict_on_any_page(
    start: Start, book: Book, qtbot: QtBot, clock_at: Callable[[date], None], code: str
) -> None:
    clock_at(book.as_of + timedelta(days=book.horizon_days + 1))
    program = start(book)
    program.context.set_language(code)
    none = program.context.words.say("This book is over: there is no verdict.")
    for key in ("overview", "projection", "stress", "plan"):
        page = shown(program, qtbot, key)
        assert isinstance(page, Page)
        assert page.answer == none, key
        assert page._detail.text().count("2026") == 2, "as of when, and until when"
    overview, stress = program.window.pages["overview"], program.window.pages["stress"]
    assert isinstance(overview, OverviewPage)
    assert isinstance(stress, StressPage)
    assert not overview.lights.rows.rows
    assert overview.see_plan.isHidden()
    assert not stress.tables.losses.rows.rows
    assert "N−1" not in program.window.status.text
    assert not program.window.status.text.endswith("·")
    assert overview.drafting.isHidden()
    plan = program.window.pages["plan"]
    assert isinstance(plan, PlanPage)
    assert plan.draft is not None
    assert program.context.words.tell(plan.draft.plan.remains) == none


def untried(book: Book) -> Book:
    for each in book.facilities:
        book = book.put(each.changed(last_verified=None))
    return book


@pytest.mark.parametrize("key", ["overview", "plan"])
def test_one_click_says_that_all_lines_were_looked_at(
    start: Start, book: Book, qtbot: QtBot, key: str
) -> None:
    program = start(untried(book))
    page = shown(program, qtbot, key)
    assert isinstance(page, OverviewPage | PlanPage)
    assert "Jiebei and Weilidai" in page.uncounted.said.text()
    QTest.mouseClick(page.uncounted.looked, Qt.MouseButton.LeftButton)
    settle(program, qtbot)
    assert page.uncounted.isHidden()
    assert {each.last_verified for each in program.context.book.facilities} == {book.as_of}
    program.context.undo()
    settle(program, qtbot)
    assert program.context.book == untried(book)
    assert not page.uncounted.isHidden()


def test_a_line_that_nobody_looked_at_is_asked_about(
    start: Start, book: Book, qtbot: QtBot
) -> None:
    program = start(untried(book))
    page = shown(program, qtbot, "sources")
    assert isinstance(page, SourcesPage)
    asked = page.pane.facility.looked_at
    page.show_record("jiebei")
    QTest.mouseClick(asked.no, Qt.MouseButton.LeftButton)
    assert asked.isHidden()
    page.show_record("weilidai")
    assert not asked.isHidden()
    QTest.mouseClick(asked.yes, Qt.MouseButton.LeftButton)
    settle(program, qtbot)
    line = program.context.book.by_id["weilidai"]
    assert isinstance(line, Facility)
    assert line.last_verified == book.as_of
    assert asked.isHidden()
