"""The whole book replaced by a `book.json`: offered, asked about, done in one step, taken back."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from backstop.desktop.shell.app import Program
from backstop.desktop.sources.page import SourcesPage
from backstop.domain import Account, Book
from backstop.services.backups import Reason, backups_of
from backstop.services.session import book_to_json
from desktop.editing import activate, click, open_page, press
from desktop.waiting import LONG, settle, shown

ENTRY = "Replace the book from JSON…"


@pytest.fixture
def other(book: Book) -> Book:
    """Another title, one line less, one account more, and another limit."""
    line = book.by_id["weilidai"].changed(limit=90_000_00)
    more = Account(id="safe", name="Safe", balance=500_00)
    return book.without("jiebei").put(line).put(more).changed(title="Noodle bar")


@pytest.fixture
def source(other: Book, tmp_path: Path) -> Path:
    path = tmp_path / "book.json"
    path.write_bytes(book_to_json(other))
    return path


def choose_in_menu(program: Program, qtbot: QtBot, text: str) -> None:
    """Open the File menu by the mouse and click an entry of it."""
    activate(qtbot, program)
    bar = program.window.menus.bar
    click(bar, bar.actionGeometry(bar.actions()[0]).center())
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    entry = next(each for each in menu.actions() if each.text() == text)
    click(menu, menu.actionGeometry(entry).center())


def give(program: Program, qtbot: QtBot, source: Path) -> None:
    """Choose the entry and answer the dialog for the file."""
    choose_in_menu(program, qtbot, ENTRY)
    dialog = shown(QFileDialog, qtbot)
    dialog.fileSelected.emit(str(source))
    dialog.reject()


def replace(box: QMessageBox) -> None:
    click(next(each for each in box.buttons() if each.text() == "Replace"))


def test_it_says_what_changes_and_one_step_takes_it_back(
    opened: Program, source: Path, qtbot: QtBot, book: Book, other: Book
) -> None:
    give(opened, qtbot, source)
    box = shown(QMessageBox, qtbot)
    assert box.text() == "Replace the whole book “Corner shop” by “Noodle bar” from book.json?"
    assert box.textFormat() is Qt.TextFormat.PlainText
    for said in ("Added: Safe.", "Removed: Jiebei", "Changed: Weilidai", "The settings of the"):
        assert said in box.informativeText()
    assert opened.context.book == book
    replace(box)
    qtbot.waitUntil(lambda: opened.context.book == other, timeout=LONG)
    settle(opened, qtbot)
    session = opened.context.session
    assert session is not None
    assert session.path is not None
    assert [each.reason for each in backups_of(session.path)] == [Reason.IMPORT]
    qtbot.waitUntil(lambda: session.is_saved, timeout=LONG)
    assert session.history()[-1].act == "import"
    assert "import “book.json”" in opened.window.actions_by_name["undo"].text()
    activate(qtbot, opened)
    press(opened.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert opened.context.book == book
    settle(opened, qtbot)


def test_every_page_shows_the_other_book(
    program: Program, source: Path, qtbot: QtBot, texts: Callable[[QWidget], list[str]]
) -> None:
    page = open_page(qtbot, program, 1, SourcesPage)
    page.table.choose("jiebei")
    assert not page.pane.isHidden()
    give(program, qtbot, source)
    replace(shown(QMessageBox, qtbot))
    qtbot.waitUntil(page.pane.isHidden, timeout=LONG)
    assert [row.id for row in page.table.rows.rows] == ["weilidai", "till", "safe"]
    for number in range(len(program.window.pages), 0, -1):
        program.window.show_section(number - 1)
        settle(program, qtbot)
        assert program.window.page is not None
        assert not any("Jiebei" in each for each in texts(program.window.page))
    assert program.window.windowTitle() == "Noodle bar – Backstop"


def test_a_record_that_is_of_another_kind_now_is_not_shown_in_its_old_form(
    program: Program, tmp_path: Path, qtbot: QtBot, book: Book
) -> None:
    account = Account(id="jiebei", name="Jiebei jar", balance=1_00)
    source = tmp_path / "book.json"
    source.write_bytes(book_to_json(book.without("jiebei").put(account)))
    page = open_page(qtbot, program, 1, SourcesPage)
    page.table.choose("jiebei")
    give(program, qtbot, source)
    replace(shown(QMessageBox, qtbot))
    qtbot.waitUntil(lambda: "Jiebei jar" in [r.record.name for r in page.table.rows.rows])
    assert page.pane.isHidden() or page.pane.title.text() == "Jiebei jar"
    settle(program, qtbot)


def test_an_unfinished_draw_on_a_line_that_is_gone_is_left(
    program: Program, source: Path, qtbot: QtBot
) -> None:
    page = open_page(qtbot, program, 1, SourcesPage)
    page.table.choose("jiebei")
    click(page.pane.facility.tranches.add)
    assert page.pane.title.text() == "New outstanding draw"
    give(program, qtbot, source)
    replace(shown(QMessageBox, qtbot))
    qtbot.waitUntil(page.pane.isHidden, timeout=LONG)
    settle(program, qtbot)


def test_whoever_thinks_better_of_it_keeps_the_book(
    program: Program, source: Path, qtbot: QtBot, book: Book
) -> None:
    give(program, qtbot, source)
    box = shown(QMessageBox, qtbot)
    press(box, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not box.isVisible())
    assert program.context.book is book
    assert program.context.session is not None
    assert not program.context.session.can_undo


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda data: data.replace(b'"limit": 9000000', b'"limit": -1'), "below zero"),
        (lambda data: data[:-40], "This is not JSON"),
        (lambda _: None, "book.json"),
    ],
    ids=["a bad value", "cut off", "gone"],
)
def test_a_file_that_does_not_hold_together_changes_nothing_and_is_said_why(
    program: Program,
    source: Path,
    qtbot: QtBot,
    book: Book,
    damage: Callable[[bytes], bytes | None],
    said: str,
) -> None:
    data = damage(source.read_bytes())
    source.unlink()
    if data is not None:
        source.write_bytes(data)
    give(program, qtbot, source)
    qtbot.waitUntil(program.window.banner.isVisible, timeout=LONG)
    assert said in program.window.banner.text
    assert program.context.book is book


def test_a_file_of_the_same_book_is_said_to_change_nothing(
    program: Program, source: Path, qtbot: QtBot, book: Book
) -> None:
    source.write_bytes(book_to_json(book))
    give(program, qtbot, source)
    qtbot.waitUntil(program.window.banner.isVisible, timeout=LONG)
    assert program.window.banner.text == (
        "“book.json” holds what is in this book already. Nothing changes."
    )


def test_it_is_asked_in_the_language_of_the_window(
    program: Program, source: Path, qtbot: QtBot
) -> None:
    program.context.set_language("zh_CN")
    choose_in_menu(program, qtbot, "从 JSON 替换账本…")
    dialog = shown(QFileDialog, qtbot)
    dialog.fileSelected.emit(str(source))
    dialog.reject()
    box = shown(QMessageBox, qtbot)
    assert box.text() == "用 book.json 中的“Noodle bar”替换整个账本“Corner shop”吗？"
    assert "删除：Jiebei" in box.informativeText()
    assert [each.text() for each in box.buttons() if "替换" in each.text()]
    press(box, Qt.Key.Key_Escape)


def test_what_is_open_for_reading_only_is_not_replaced(
    start: Callable[[Book | None], Program], path: Path, qtbot: QtBot
) -> None:
    program = start(None)
    assert not program.window.actions_by_name["import_json"].isEnabled()
    program.window.books.files.open_read_only(path)
    qtbot.waitUntil(lambda: program.context.session is not None, timeout=LONG)
    settle(program, qtbot)
    assert not program.window.actions_by_name["import_json"].isEnabled()
