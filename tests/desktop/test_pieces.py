"""What is long is done in pieces while nobody waits: what an owner does between two of them."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from backstop.desktop.cash_flow.page import CashFlowPage
from backstop.desktop.forms.cells import Cell
from backstop.desktop.shell.app import Program
from backstop.desktop.shell.pieces import Pieces
from backstop.desktop.shell.rail_entries import RAIL_ENTRIES, number_of
from backstop.desktop.sources.page import SourcesPage
from backstop.desktop.stress.page import StressPage
from backstop.domain import Book, Direction
from backstop.services.session import BookSession
from desktop.waiting import LONG, settle

Start = Callable[[Book | None], Program]


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch, start: Start, book: Book) -> Program:
    """The window with a book that counts as large, whose other pages are still to come."""
    monkeypatch.setattr("backstop.desktop.state.aside.AT_ONCE", 3)
    monkeypatch.setattr("backstop.desktop.shell.pieces.BETWEEN_MS", 5)
    return start(book)


def wait_for_some(program: Program, qtbot: QtBot) -> None:
    """Wait until the first pieces are there, and not the last."""
    window = program.window
    qtbot.waitUntil(lambda: "cash_flow" in window.pages, timeout=LONG)
    assert window._ahead.is_under_way


def wait_for_all(program: Program, qtbot: QtBot) -> None:
    window = program.window
    qtbot.waitUntil(lambda: window.shelf.is_whole and not window._ahead.is_under_way, timeout=LONG)


def test_each_piece_has_a_turn_of_its_own(qtbot: QtBot, qapp: QApplication) -> None:
    done: list[int] = []

    def work() -> Iterator[None]:
        for number in range(3):
            done.append(number)
            yield

    pieces = Pieces(qapp)
    pieces.begin(work())
    assert not done
    seen: list[int] = []
    while pieces.is_under_way:
        qapp.processEvents()
        seen.append(len(done))
    assert sorted(set(seen)) == [0, 1, 2, 3]


def test_what_somebody_wants_goes_before_the_next_piece(
    qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("backstop.desktop.shell.pieces.BETWEEN_MS", 1)
    done: list[None] = []

    def work() -> Iterator[None]:
        for _ in range(3):
            done.append(None)
            yield

    pieces = Pieces(qapp)
    pieces.begin(work())
    pieces.step_aside()
    qtbot.wait(50)
    assert not done
    qtbot.waitUntil(lambda: len(done) == 3, timeout=LONG)


def test_pages_of_a_large_book_are_made_before_they_are_wanted(
    large: Program, qtbot: QtBot
) -> None:
    """Each is filled when it is first seen; until then it is as if it were not there."""
    window = large.window
    focused = window.focusWidget()
    wait_for_all(large, qtbot)
    assert (window.page, window.focusWidget()) == (window.pages["overview"], focused)
    sources, flows = window.pages["sources"], window.pages["cash_flow"]
    assert isinstance(sources, SourcesPage)
    assert isinstance(flows, CashFlowPage)
    forms = sources.pane.facility.form, flows.pane.view_of(Direction.PAYMENT).form
    for form in forms:
        assert form.findChildren(Cell)
        assert form.draft is None
    assert sources.evidence is None
    for entry in RAIL_ENTRIES[1:-1]:
        page = window.pages[entry.key]
        window.show_section(number_of(entry.key))
        settle(large, qtbot)
        assert window.page is page
        qtbot.waitUntil(lambda page=page: bool(page.answer), timeout=LONG)  # type: ignore[misc]


def test_nothing_is_made_ahead_of_a_small_book(program: Program, qtbot: QtBot) -> None:
    settle(program, qtbot)
    assert not program.window._ahead.is_under_way
    assert set(program.window.pages) == {"overview"}


def test_a_page_that_is_wanted_sooner_is_there_at_once_and_keeps_the_keyboard(
    large: Program, qtbot: QtBot
) -> None:
    """What is typed while the rest is made comes into the field that it was typed into."""
    window = large.window
    large.context.show_page("sources", "jiebei")
    page = window.page
    assert isinstance(page, SourcesPage)
    qtbot.waitUntil(lambda: page.pane.facility.form.draft is not None, timeout=LONG)
    page.pane.facility.form.focus_first("limit")
    target = page.pane.facility.form.cell("limit").control.target
    typed = ""
    for key in "61000":
        QTest.keyClicks(target, key)
        typed += key
        qtbot.wait(25)
        assert page.pane.facility.form.cell("limit").control.typed_text() == typed
    wait_for_all(large, qtbot)
    assert window.page is page
    assert window.focusWidget() is target
    QTest.keyClick(target, Qt.Key.Key_Return)
    assert large.context.book.facilities[0].limit == 61_000_00


def test_another_book_ends_what_was_made_for_the_one_before(
    large: Program, qtbot: QtBot, book: Book
) -> None:
    wait_for_some(large, qtbot)
    before = dict(large.window.pages)
    large.context.open_session(BookSession(book.changed(title="Other")))
    assert not large.window._ahead.is_under_way
    settle(large, qtbot)
    wait_for_all(large, qtbot)
    assert not set(large.window.pages.values()) & set(before.values())


def test_closing_the_window_ends_it(large: Program, qtbot: QtBot) -> None:
    wait_for_some(large, qtbot)
    large.window.let_go()
    made = set(large.window.pages)
    qtbot.wait(60)
    assert set(large.window.pages) == made
    assert not large.window._ahead.is_under_way


def test_another_language_meanwhile_is_spoken_by_all_of_them(large: Program, qtbot: QtBot) -> None:
    wait_for_some(large, qtbot)
    large.context.set_language("zh_CN")
    wait_for_all(large, qtbot)
    large.context.show_page("sources", "jiebei")
    page = large.window.page
    assert isinstance(page, SourcesPage)
    settle(large, qtbot)
    assert page.accessibleName() == "资金来源"
    qtbot.waitUntil(lambda: page.pane.facility.form.draft is not None, timeout=LONG)
    assert page.pane.facility.form.cell("limit").label.text() == "授信额度"


def test_another_record_chosen_while_a_form_is_made_is_shown_whole(
    program: Program, qtbot: QtBot
) -> None:
    program.window.show_section(number_of("sources"))
    page = program.window.page
    assert isinstance(page, SourcesPage)
    for chosen in ("weilidai", "jiebei"):
        page.table.choose(chosen)
    form = page.pane.facility.form
    assert form._rest.isActive()
    draft = form.draft
    assert draft is not None
    assert draft.id == "jiebei"
    qtbot.waitUntil(lambda: not form._rest.isActive(), timeout=LONG)
    for cell in form.findChildren(Cell):
        assert cell.control.value() == draft[cell.field.name], cell.field.name


@pytest.fixture
def stress(large: Program, qtbot: QtBot) -> StressPage:
    large.window.show_section(number_of("stress"))
    page = large.window.page
    assert isinstance(page, StressPage)
    return page


def test_the_loss_of_a_large_book_is_shown_one_turn_after_its_table(
    stress: StressPage, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: stress.losses.rows.rowCount() > 1, timeout=LONG)
    other = stress.losses.rows.rows[1]
    stress.tables.choose(other.contingency.id)
    said = stress.answer
    assert said
    qtbot.waitUntil(lambda: not stress._soon.isActive(), timeout=LONG)
    assert stress.answer == said
    assert stress.tables.current is not None
    assert stress.tables.current.contingency == other.contingency


def test_a_book_closed_before_its_loss_is_shown_is_not_told_of(
    stress: StressPage, large: Program, qtbot: QtBot
) -> None:
    qtbot.waitUntil(stress._soon.isActive, timeout=LONG)
    large.context.open_session(None)
    qtbot.wait(10)
    assert large.window.page is None
