"""What is being typed is kept, whatever takes the view away; what cannot be read is asked about."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMessageBox
from pytestqt.qtbot import QtBot

from backstop.desktop.books.passphrase_dialog import UnlockDialog
from backstop.desktop.cash_flow.page import CashFlowPage
from backstop.desktop.forms.form import RecordForm
from backstop.desktop.forms.pane import DetailPane
from backstop.desktop.shell.app import Program
from backstop.desktop.stress.page import StressPage
from backstop.domain import Book, CashFlow, Direction
from backstop.services.commands import remove_record
from backstop.services.session import BookSession
from desktop.editing import click, line_of, open_page, press, write
from desktop.filed import SECRET
from desktop.waiting import LONG, settle, shown

CTRL = Qt.KeyboardModifier.ControlModifier
TYPED = 4321_00


def form_of(program: Program, qtbot: QtBot) -> RecordForm:
    page = open_page(qtbot, program, 2, CashFlowPage)
    page.table.choose("wages")
    return page.pane.view_of(Direction.PAYMENT).form


def typing(program: Program, qtbot: QtBot, text: str = "4321", field: str = "amount") -> QLineEdit:
    """The owner is in the middle of a field of a payment."""
    line = line_of(form_of(program, qtbot), field)
    click(line)
    write(line, text)
    assert line.text() == text
    return line


def amount_in(path: Path, passphrase: str = "") -> int:
    with BookSession.open(path, passphrase=passphrase) as session:
        return amount_of(session.book)


def amount_of(book: Book) -> int:
    wages = book.by_id["wages"]
    assert isinstance(wages, CashFlow)
    return wages.amount


def answer(program: Program, role: QMessageBox.ButtonRole) -> None:
    box = program.window.leaving.question
    assert box is not None
    button = next(each for each in box.buttons() if box.buttonRole(each) is role)
    click(button)


def discard(program: Program) -> None:
    answer(program, QMessageBox.ButtonRole.DestructiveRole)


def stay(program: Program) -> None:
    answer(program, QMessageBox.ButtonRole.RejectRole)


# the window goes


@pytest.mark.parametrize("by_keys", [True, False], ids=["ctrl_q", "close"])
def test_what_is_typed_is_in_the_file_when_the_window_is_closed(
    opened: Program, path: Path, qtbot: QtBot, by_keys: bool
) -> None:
    line = typing(opened, qtbot)
    if by_keys:
        press(line, Qt.Key.Key_Q, CTRL)
    else:
        opened.window.close()
    assert not opened.window.isVisible()
    assert amount_in(path) == TYPED


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_what_cannot_be_read_is_asked_about_before_closing(
    opened: Program, path: Path, qtbot: QtBot, language: str
) -> None:
    opened.context.set_language(language)
    line = typing(opened, qtbot, "1,,2")
    press(line, Qt.Key.Key_Q, CTRL)
    box = opened.window.leaving.question
    assert box is not None
    assert "“1,,2”" in box.informativeText()
    assert opened.context.words.field("amount") in box.informativeText()
    QTest.keyClick(box, Qt.Key.Key_Escape)
    assert opened.window.isVisible()
    assert line.text() == "1,,2"
    press(line, Qt.Key.Key_Q, CTRL)
    stay(opened)
    assert opened.window.isVisible()
    opened.window.close()
    discard(opened)
    assert not opened.window.isVisible()
    assert amount_in(path) == 30_000_00


def test_a_refused_field_that_was_left_long_ago_is_asked_about_too(
    opened: Program, qtbot: QtBot
) -> None:
    line = typing(opened, qtbot, "soon", "first_date")
    press(line, Qt.Key.Key_Return)
    opened.window.show_section(0)
    opened.window.close()
    box = opened.window.leaving.question
    assert box is not None
    assert "“soon”" in box.informativeText()
    discard(opened)


def test_a_new_record_that_is_not_in_the_book_yet_is_asked_about(
    opened: Program, qtbot: QtBot
) -> None:
    page = open_page(qtbot, opened, 2, CashFlowPage)
    page.begin(Direction.PAYMENT)
    opened.window.leaving.may_go(lambda: None)
    assert opened.window.leaving.question is None, "nothing was typed"
    line = line_of(page.pane.view_of(Direction.PAYMENT).form, "name")
    click(line)
    write(line, "Rent")
    press(line, Qt.Key.Key_Q, CTRL)
    box = opened.window.leaving.question
    assert box is not None
    assert "“Rent”" in box.informativeText()
    discard(opened)
    assert not opened.window.isVisible()


def test_what_was_typed_about_a_record_that_is_gone_keeps_nobody(
    opened: Program, qtbot: QtBot
) -> None:
    press(typing(opened, qtbot, "1,,2"), Qt.Key.Key_Return)
    opened.context.apply(remove_record(opened.context.book, "wages"))
    opened.window.close()
    assert not opened.window.isVisible()


# another view in the same window

KEYS: dict[str, tuple[Qt.Key, Qt.KeyboardModifier]] = {
    "page": (Qt.Key.Key_1, CTRL),
    "details": (Qt.Key.Key_I, CTRL),
    "new": (Qt.Key.Key_N, CTRL),
    "save_as": (Qt.Key.Key_S, CTRL | Qt.KeyboardModifier.ShiftModifier),
    "history": (Qt.Key.Key_H, CTRL),
    "print": (Qt.Key.Key_P, CTRL),
    "open": (Qt.Key.Key_O, CTRL),
}


@pytest.mark.parametrize("way", KEYS)
def test_keys_that_go_elsewhere_take_along_what_is_typed(
    opened: Program, path: Path, qtbot: QtBot, way: str
) -> None:
    line = typing(opened, qtbot)
    press(line, *KEYS[way])
    assert amount_of(opened.context.book) == TYPED
    settle(opened, qtbot)


LEAVE: dict[str, Callable[[Program], object]] = {
    "language": lambda p: p.context.set_language("zh_CN"),
    "theme": lambda p: p.context.set_theme("dark"),
    "another_record": lambda p: p.context.show_page("cash_flow", "sales"),
    "rail": lambda p: p.window.show_section(0),
    "close_pane": lambda p: click(_pane(p).close_button),
}


def _pane(program: Program) -> DetailPane:
    page = program.window.page
    assert isinstance(page, CashFlowPage)
    return page.pane


@pytest.mark.parametrize("way", LEAVE)
def test_every_other_way_takes_along_what_is_typed(
    program: Program, qtbot: QtBot, way: str
) -> None:
    line = typing(program, qtbot)
    LEAVE[way](program)
    settle(program, qtbot)
    if way == "theme":  # nothing goes away: it goes on being typed
        assert line.text() == "4321"
        press(line, Qt.Key.Key_Return)
    assert amount_of(program.context.book) == TYPED


def test_undo_takes_back_what_is_being_typed(program: Program, qtbot: QtBot) -> None:
    line = typing(program, qtbot)
    program.context.undo()
    assert amount_of(program.context.book) == 30_000_00
    qtbot.waitUntil(lambda: line.text() == "30,000")
    program.context.redo()
    assert amount_of(program.context.book) == TYPED


# another book


def another(own_folders: Path, book: Book) -> Path:
    path = own_folders / "other.backstop"
    BookSession.create(path, book).close()
    return path


def test_another_book_finds_what_was_typed_in_the_file_of_the_first(
    opened: Program, path: Path, own_folders: Path, book: Book, qtbot: QtBot
) -> None:
    other, before = another(own_folders, book), opened.context.session
    typing(opened, qtbot)
    opened.window.books.files.open_path(other)
    qtbot.waitUntil(lambda: opened.context.session is not before, timeout=LONG)
    settle(opened, qtbot)
    assert amount_in(path) == TYPED
    assert amount_of(opened.context.book) == 30_000_00


def test_what_was_refused_in_one_book_does_not_reach_another(
    opened: Program, own_folders: Path, book: Book, qtbot: QtBot
) -> None:
    other, before = another(own_folders, book), opened.context.session
    typing(opened, qtbot, "1,,2")
    opened.window.books.files.open_path(other)
    qtbot.waitUntil(lambda: opened.context.session is not before, timeout=LONG)
    settle(opened, qtbot)
    assert opened.context.session is not None
    assert not opened.context.session.can_undo
    assert opened.context.book == book


@pytest.mark.parametrize("name", ["new", "open", "import_json"])
def test_leaving_for_another_book_asks_about_what_cannot_be_read(
    opened: Program, qtbot: QtBot, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    desk = opened.window.books
    monkeypatch.setattr(desk.files, "ask_new", lambda: asked.append("new"))
    monkeypatch.setattr(desk.files, "ask_open", lambda: asked.append("open"))
    monkeypatch.setattr(desk.replacing, "ask", lambda: asked.append("import_json"))
    typing(opened, qtbot, "1,,2")
    opened.window.actions_by_name[name].trigger()
    stay(opened)
    assert not asked
    opened.window.actions_by_name[name].trigger()
    discard(opened)
    assert asked == [name]


def test_a_sample_waits_for_the_answer(opened: Program, qtbot: QtBot) -> None:
    before = opened.context.session
    typing(opened, qtbot, "1,,2")
    samples = opened.window.menus.samples
    samples.aboutToShow.emit()
    samples.actions()[0].trigger()
    stay(opened)
    settle(opened, qtbot)
    assert opened.context.session is before
    samples.actions()[0].trigger()
    discard(opened)
    qtbot.waitUntil(lambda: opened.context.session is not before, timeout=LONG)


# the lock


@pytest.mark.parametrize("idle", [False, True])
def test_a_lock_keeps_what_is_typed(
    unlocked: Program, path: Path, qtbot: QtBot, idle: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = typing(unlocked, qtbot)
    if idle:
        monkeypatch.setattr(type(unlocked.window.books.keeper._clock), "is_due", True)
        unlocked.window.books.keeper.look()
    else:
        press(line, Qt.Key.Key_L, CTRL)
    assert unlocked.context.session is None
    shown(UnlockDialog, qtbot).reject()
    assert amount_in(path, SECRET) == TYPED


def test_lock_now_asks_about_what_cannot_be_read(unlocked: Program, qtbot: QtBot) -> None:
    press(typing(unlocked, qtbot, "1,,2"), Qt.Key.Key_L, CTRL)
    assert unlocked.context.session is not None
    discard(unlocked)
    assert unlocked.context.session is None
    shown(UnlockDialog, qtbot).reject()


# figures of a question, which are in no book


def test_what_is_typed_into_a_question_outlasts_fresh_answers(
    program: Program, qtbot: QtBot
) -> None:
    page = open_page(qtbot, program, 4, StressPage)
    settle(program, qtbot)
    fields = [each for each in page.findChildren(QLineEdit) if each.isVisible()]
    assert fields
    for line in fields:
        click(line)
        write(line, "7")
        assert program.context.answers is not None
        page.refresh(program.context.answers)
        assert line.text() == "7", line.accessibleName()
        press(line, Qt.Key.Key_Escape)
