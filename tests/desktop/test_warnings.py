"""The warnings of the Overview: what the named checks find, and the way to the record."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from backstop.desktop.books.details_dialog import BookFactsDialog
from backstop.desktop.overview.page import OverviewPage
from backstop.desktop.shell.app import Program
from backstop.domain import Book
from backstop.services.commands import put_record

Start = Callable[[Book | None], Program]


def overview(program: Program) -> OverviewPage:
    page = program.window.pages["overview"]
    assert isinstance(page, OverviewPage)
    return page


@pytest.fixture
def doubtful(start: Start, book: Book) -> Program:
    """A line that nobody verified, and nothing else of that weight."""
    line = book.facilities[1].changed(last_verified=None)
    return start(book.changed(facilities=(book.facilities[0], line), next_review=None))


def test_the_gravest_warning_stands_on_the_overview_with_its_level(doubtful: Program) -> None:
    warnings = overview(doubtful).warnings
    assert warnings.isVisible()
    assert warnings.levels[0] == "▲ warning"
    assert any("Never verified" in each and "Weilidai" in each for each in warnings.sentences)


def test_one_is_shown_until_the_owner_asks_for_all(doubtful: Program) -> None:
    warnings = overview(doubtful).warnings
    assert len(warnings.sentences) > 1
    assert len(warnings.shown) == 1
    QTest.mouseClick(warnings.more, Qt.MouseButton.LeftButton)
    assert len(warnings.shown) == len(warnings.sentences)
    QTest.mouseClick(warnings.more, Qt.MouseButton.LeftButton)
    assert len(warnings.shown) == 1


def test_a_click_leads_to_the_record(doubtful: Program, qtbot: QtBot) -> None:
    warnings = overview(doubtful).warnings
    QTest.mouseClick(warnings.more, Qt.MouseButton.LeftButton)
    row = next(each for each in warnings.shown if "Never verified" in each.text)
    QTest.mouseClick(row, Qt.MouseButton.LeftButton, pos=row.rect().center())
    page = doubtful.window.page
    assert page is not None
    assert page.key == "sources"
    assert page.table.current().id == "weilidai"  # type: ignore[attr-defined]


def test_mending_the_record_takes_the_warning_away(
    doubtful: Program, qtbot: QtBot, assessed: Callable[[Program], None]
) -> None:
    context, warnings = doubtful.context, overview(doubtful).warnings
    line = context.book.facilities[1]
    context.apply(put_record(context.book, line.changed(last_verified=context.book.as_of)))
    qtbot.waitUntil(lambda: not any("Never verified" in each for each in warnings.sentences))
    assessed(doubtful)


def test_the_words_follow_the_language(doubtful: Program) -> None:
    doubtful.context.set_language("zh_CN")
    warnings = overview(doubtful).warnings
    assert warnings.levels[0] == "▲ 警告"


def test_a_remark_about_the_book_opens_its_details(doubtful: Program) -> None:
    warnings = overview(doubtful).warnings
    QTest.mouseClick(warnings.more, Qt.MouseButton.LeftButton)
    row = next(each for each in warnings.shown if "next review" in each.text)
    QTest.keyClick(row, Qt.Key.Key_Return)
    (dialog,) = doubtful.window.findChildren(BookFactsDialog)
    assert dialog.isVisible()
    dialog.reject()
