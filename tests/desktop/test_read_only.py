"""A book that is only read: nothing that would change it can be pressed, on any page."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from backstop.desktop.app import Program
from backstop.desktop.dialogs.book_facts import BookFactsDialog
from backstop.desktop.pages.plan import PlanPage
from backstop.desktop.pages.stress import StressPage
from backstop.desktop.sections import number_of
from backstop.domain import Book, SavedContingency
from backstop.services.session import BookSession
from unit.test_report_book import shop

LONG = 15_000
Start = Callable[[Book | None], Program]


@pytest.fixture
def program(start: Start, monkeypatch: pytest.MonkeyPatch) -> Program:
    """A shop that keeps one loss by name, open for reading only."""
    monkeypatch.setattr(BookSession, "read_only", property(lambda _: True))
    book = shop()
    line = book.facilities[0].id
    return start(book.put(SavedContingency(id="kept", name="Kept", targets=(line,))))


def test_stress_keeps_renames_and_removes_nothing(program: Program, qtbot: QtBot) -> None:
    program.window.show_section(number_of("stress"))
    page = program.window.pages["stress"]
    assert isinstance(page, StressPage)
    qtbot.waitUntil(lambda: page.losses.current() is not None, timeout=LONG)
    assert not page.loss_actions.save.isEnabled()
    assert not page.loss_actions.rename.isEnabled()
    assert not page.loss_actions.remove.isEnabled()
    page.loss_actions.remove_loss()
    assert "kept" in program.context.book.by_id


def test_plans_are_neither_accepted_nor_practised(program: Program, qtbot: QtBot) -> None:
    program.window.show_section(number_of("plan"))
    page = program.window.pages["plan"]
    assert isinstance(page, PlanPage)
    qtbot.waitUntil(lambda: page.draft is not None, timeout=LONG)
    qtbot.waitUntil(page.print.isEnabled, timeout=LONG)
    assert not page.accept.isEnabled()
    assert not page.drill.isEnabled()
    assert not page.keeping.view.isEnabled()


def test_the_details_of_the_book_do_not_open(program: Program) -> None:
    program.window.actions_by_name["facts"].trigger()
    assert not program.window.findChildren(BookFactsDialog)
