"""A book that is only read: nothing that would change it can be pressed, on any page."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from backstop.desktop.books.details_dialog import BookFactsDialog
from backstop.desktop.plan.page import PlanPage
from backstop.desktop.shell.app import Program
from backstop.desktop.stress.page import StressPage
from backstop.domain import Book, SavedContingency, message
from backstop.services.session import BookSession
from desktop.waiting import settle, settled_page, wait_for_session
from unit.test_report_book import shop

Start = Callable[[Book | None], Program]


@pytest.fixture
def program(start: Start, monkeypatch: pytest.MonkeyPatch) -> Program:
    """A shop that keeps one loss by name, open for reading only."""
    monkeypatch.setattr(BookSession, "read_only", property(lambda _: True))
    book = shop()
    line = book.facilities[0].id
    return start(book.put(SavedContingency(id="kept", name="Kept", targets=(line,))))


def test_stress_keeps_renames_and_removes_nothing(program: Program, qtbot: QtBot) -> None:
    page = settled_page(program, qtbot, "stress", StressPage)
    assert page.losses.current() is not None
    assert not page.loss_actions.save.isEnabled()
    assert not page.loss_actions.rename.isEnabled()
    assert not page.loss_actions.remove.isEnabled()
    page.loss_actions.remove_loss()
    assert "kept" in program.context.book.by_id


def test_plans_are_neither_accepted_nor_practised(program: Program, qtbot: QtBot) -> None:
    page = settled_page(program, qtbot, "plan", PlanPage)
    assert page.draft is not None
    assert page.print.isEnabled()
    assert not page.accept.isEnabled()
    assert not page.drill.isEnabled()
    assert not page.accepted.view.isEnabled()


def test_the_details_of_the_book_do_not_open(program: Program) -> None:
    program.window.actions_by_name["facts"].trigger()
    assert not program.window.findChildren(BookFactsDialog)


def test_a_book_that_cannot_be_changed_says_so_until_another_is_open(
    start: Start, path: Path, qtbot: QtBot, book: Book
) -> None:
    program = start(None)
    program.window.books.files.open_read_only(path)
    wait_for_session(program, qtbot)
    banner = program.window.banner
    assert "reading only" in banner.text
    assert not banner._close.isVisible()
    banner.dismiss()
    assert banner.isVisible()
    program.context.tell(message("Something else."))
    assert banner._close.isVisible()
    banner.dismiss()
    assert "reading only" in banner.text
    program.context.set_language("zh_CN")
    assert "只读" in banner.text
    program.context.open_session(BookSession(book))
    assert not banner.isVisible()
    settle(program, qtbot)
