"""No dialog is larger than the screen, and what it asks for can be reached."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QScreen
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QScrollArea, QTreeView
from pytestqt.qtbot import QtBot

from backstop.desktop.forms.choose_file import choose_place
from backstop.desktop.guide.dialog import GuideDialog
from backstop.desktop.shell.app import Program
from backstop.desktop.statements.dialogs import ColumnsDialog
from backstop.desktop.statements.page import StatementsPage
from backstop.desktop.tables.look import ROW_HEIGHT
from backstop.desktop.widgets.room import Yielding
from backstop.domain import Book
from desktop.conftest import Start
from desktop.waiting import LONG, settle, settled_page, shown

SMALL = QSize(640, 360)
"""A usual screen at scale 2, in our pixels."""
NO_DIALOG = {"quit", "undo", "redo", "lock", "lists", "since"}


@pytest.fixture
def small(start: Start, book: Book, monkeypatch: pytest.MonkeyPatch) -> Program:
    monkeypatch.setattr(QScreen, "availableSize", lambda _: SMALL)
    return start(book)


def open_dialogs() -> list[QDialog]:
    windows = QApplication.topLevelWidgets()
    return [each for each in windows if isinstance(each, QDialog) and each.isVisible()]


def buttons_in_sight(dialog: QDialog) -> bool:
    """Whether every button is in the dialog, unless it is in what scrolls."""
    shown = [each for each in dialog.findChildren(QPushButton) if each.isVisible()]
    held = dialog.findChildren(QScrollArea)
    fixed = [each for each in shown if not any(area.isAncestorOf(each) for area in held)]
    corners = [each.mapTo(dialog, QPoint(each.width() - 1, each.height() - 1)) for each in fixed]
    return all(dialog.rect().contains(corner) for corner in corners)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_no_dialog_is_larger_than_the_screen(language: str, small: Program, qtbot: QtBot) -> None:
    small.context.set_language(language)
    settle(small, qtbot)
    seen = set()
    for command in small.window.actions_by_name:
        action = small.window.actions_by_name[command.key]
        if command.key in NO_DIALOG or command.key.startswith("go_") or not action.isEnabled():
            continue
        action.trigger()
        settle(small, qtbot)
        for dialog in open_dialogs():
            seen.add(type(dialog).__name__)
            assert dialog.size().boundedTo(SMALL) == dialog.size(), command.key
            assert buttons_in_sight(dialog), command.key
            dialog.reject()
    assert len(seen) >= 8, seen


def test_the_columns_of_a_statement_are_asked_for_on_a_small_screen(
    small: Program, qtbot: QtBot, tmp_path: Path
) -> None:
    page = settled_page(small, qtbot, "statements", StatementsPage)
    file = tmp_path / "card.csv"
    file.write_text("Date,Details,Amount,Other\n2026-03-14,Shop,-5.00,7.00\n", encoding="utf-8")
    page.reader.read(file)
    qtbot.waitUntil(lambda: bool(page.looked and page.looked.preview), timeout=LONG)
    page.columns.click()
    dialog = shown(ColumnsDialog, qtbot)
    assert dialog.size().boundedTo(SMALL) == dialog.size()
    assert buttons_in_sight(dialog)
    area = dialog.findChild(Yielding)
    assert area is not None
    assert area.isAncestorOf(dialog.seen)
    assert dialog.seen.height() >= dialog.seen.minimumHeight()
    dialog.reject()


def test_a_small_guide_gives_its_room_to_what_is_asked(small: Program, qtbot: QtBot) -> None:
    small.window.actions_by_name["guide"].trigger()
    dialog = shown(GuideDialog, qtbot)
    qtbot.waitUntil(lambda: dialog.pages.height() >= 3 * ROW_HEIGHT, timeout=LONG)
    assert not dialog.verdict.isVisible()
    dialog.resize(640, 600)
    assert dialog.verdict.isVisible()
    dialog.reject()


def test_files_are_listed_in_the_owners_words(
    program: Program, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The system here is English; its own words would be “Folder” and a day cut off."""
    books = tmp_path / "books"
    (books / "a").mkdir(parents=True)
    (books / "b.pdf").write_bytes(b"%PDF")
    monkeypatch.setenv("BACKSTOP_BOOKS_DIR", str(books))
    program.context.set_language("zh_CN")
    dialog = choose_place(program.window, program.context, "pdf", "Plan", lambda _: None)
    tree = dialog.findChild(QTreeView)
    assert tree is not None
    files = tree.model()
    written = datetime.fromtimestamp((books / "b.pdf").stat().st_mtime, UTC)
    day = f"{written.year}年{written.month}月{written.day}日"

    def told(column: int) -> list[str]:
        root = tree.rootIndex()
        return [files.index(row, column, root).data() for row in range(files.rowCount(root))]

    qtbot.waitUntil(lambda: sorted(told(0)) == ["a", "b.pdf"], timeout=LONG)
    assert sorted(told(2)) == ["PDF", "文件夹"]
    assert [each.split(" ")[0] for each in told(3)] == [day, day]
    dialog.reject()
