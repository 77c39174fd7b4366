"""Books in and out of the window, without a dialog of the system in the way."""

import sys
import threading
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from backstop.desktop.books.details_dialog import BookFactsDialog
from backstop.desktop.books.new_book_dialog import NewBookDialog
from backstop.desktop.books.passphrases import Passphrases
from backstop.desktop.forms.choose_file import file_name
from backstop.desktop.plan.plan_paper import PlanPaper
from backstop.desktop.shell.app import Program
from backstop.domain import Book, message
from backstop.services import clock
from backstop.services.commands import put_record
from backstop.services.session import BookSession, book_from_json, book_to_json, read_book
from backstop.store import BookFile
from desktop.editing import pick, sentence_below
from desktop.waiting import LONG, settle, shown, wait_for_session

Start = Callable[[Book | None], Program]


def answer_dialog(path: Path, qtbot: QtBot) -> None:
    """Type a path into the open file dialog and accept it."""
    dialog = shown(QFileDialog, qtbot)
    dialog.fileSelected.emit(str(path))
    dialog.reject()


def test_a_sample_opens_and_gets_a_file_behind_the_scenes(start: Start, qtbot: QtBot) -> None:
    program = start(None)
    program.window.books.files.open_sample("household")
    wait_for_session(program, qtbot)
    session = program.context.session
    assert session is not None
    qtbot.waitUntil(lambda: session.path is not None and session.is_saved, timeout=LONG)
    assert "Saved" in program.window.status.text


def test_an_edit_is_shown_as_not_yet_saved_until_it_is(
    start: Start, qtbot: QtBot, book: Book, own_folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = own_folders / "shop.backstop"
    BookSession.create(path, book).close()
    program = start(None)
    context, status = program.context, program.window.status
    context.open_session(BookSession.open(path))
    qtbot.waitUntil(lambda: "backstop.store.writing" in sys.modules, timeout=LONG)
    held, through = threading.Event(), BookFile.save

    def slow(self: BookFile, *arguments: Any) -> None:
        assert held.wait(60)
        through(self, *arguments)

    monkeypatch.setattr(BookFile, "save", slow)
    context.apply(put_record(context.book, context.book.accounts[0].changed(balance=77)))
    assert status.text.startswith("Saving…")
    qtbot.wait(200)
    assert status.text.startswith("Saving…")
    assert read_book(path).accounts[0].balance != 77
    held.set()
    qtbot.waitUntil(lambda: status.text.startswith("Saved"), timeout=LONG)
    assert read_book(path).accounts[0].balance == 77
    wait_for_session(program, qtbot)


def test_an_edit_is_on_disk_without_being_saved(
    start: Start, qtbot: QtBot, book: Book, own_folders: Path
) -> None:
    program, path = start(book), own_folders / "shop.backstop"
    program.window.books.files._save_as(program.context.session, path)  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: program.window.status.text.startswith("Saved"), timeout=LONG)
    context = program.context
    context.apply(put_record(context.book, context.book.accounts[0].changed(balance=77)))
    session = context.session
    assert session is not None
    qtbot.waitUntil(lambda: session.is_saved, timeout=LONG)
    program.window.close()
    assert read_book(path).accounts[0].balance == 77


def test_no_output_of_the_window_takes_the_place_of_a_book(
    program: Program, qtbot: QtBot, own_folders: Path
) -> None:
    """Whatever the system's file dialog allowed: books, by any name, stay as they are."""
    context, files = program.context, program.window.books.files
    session = context.session
    assert session is not None
    other = session.book.changed(title="Old")
    path, text = own_folders / "old.backstop", own_folders / "book.json"
    BookSession.create(path, other).close()
    text.write_bytes(book_to_json(other))
    paper, sheet = PlanPaper(context, program.window), Passphrases(context, program.window)
    for place in (path, text):
        before = place.read_bytes()
        for write in (
            partial(files._save_as, session),
            partial(files._create, other),
            partial(files._export, session, other),
            partial(paper._write, b"%PDF-1.7", "pdf"),
            partial(paper._write, b"PK", "xlsx"),
            partial(sheet._write_sheet, b"%PDF-1.7"),
        ):
            program.window.banner.dismiss()
            write(place)
            qtbot.waitUntil(program.window.banner.isVisible, timeout=LONG)
            assert program.window.banner.text == "That is a book. Choose another name."
            assert place.read_bytes() == before
    assert session.path is None


def test_export_writes_the_book_as_json(program: Program, qtbot: QtBot, own_folders: Path) -> None:
    target = own_folders / "out.json"
    program.window.actions_by_name["export_json"].trigger()
    answer_dialog(target, qtbot)
    qtbot.waitUntil(program.window.banner.isVisible, timeout=LONG)
    assert program.window.banner.text == "Written to out.json."
    assert book_from_json(target.read_bytes()) == program.context.book


def test_a_file_that_is_no_book_is_refused_in_a_sentence(
    start: Start, qtbot: QtBot, own_folders: Path
) -> None:
    path = own_folders / "letter.backstop"
    path.write_text("Dear reader", encoding="utf-8")
    program = start(None)
    program.window.books.files.open_path(path)
    qtbot.waitUntil(program.window.banner.isVisible, timeout=LONG)
    assert "is not a book file" in program.window.banner.text
    assert program.context.session is None


def test_a_new_book_is_checked_before_it_is_made(program: Program, qtbot: QtBot) -> None:
    dialog = NewBookDialog(program.context, program.window)
    made: list[Book] = []
    dialog.made.connect(made.append)
    dialog.open()
    dialog.title.setText("")
    QTest.keyClick(dialog.title, Qt.Key.Key_Return)
    assert not made
    assert dialog.problem.text() == "“Title”: this is empty. Type at least one character."
    dialog.title.setText("Noodle bar")
    QTest.keyClick(dialog.title, Qt.Key.Key_Return)
    assert (made[0].title, made[0].as_of) == ("Noodle bar", clock.today())


def test_the_currency_of_a_new_book_follows_its_country(program: Program) -> None:
    dialog = NewBookDialog(program.context, program.window)
    dialog.open()
    assert (dialog.country.currentText(), dialog.currency.currentText()) == (
        "United States",
        "US dollar (USD)",
    )
    pick(dialog.country, "GB")
    dialog.country.activated.emit(dialog.country.currentIndex())
    assert dialog.currency.currentText() == "British pound (GBP)"
    dialog.reject()


def test_the_language_of_a_new_book_is_spoken_at_once(program: Program) -> None:
    dialog = NewBookDialog(program.context, program.window)
    dialog.open()
    pick(dialog.language, "zh_CN")
    dialog.language.activated.emit(dialog.language.currentIndex())
    assert (dialog.country.currentText(), dialog.currency.currentText()) == (
        "中国",
        "人民币 (CNY)",
    )
    assert dialog.title.text() == "我的账本"
    dialog.reject()


def test_a_title_becomes_a_name_every_system_takes() -> None:
    assert file_name('a/b\\c: "d"?.') == "a-b-c- -d--"
    assert file_name("  ") == "Backstop"


def test_the_book_s_own_facts_are_changed_in_one_step(program: Program, qtbot: QtBot) -> None:
    program.window.actions_by_name["facts"].trigger()
    (dialog,) = program.window.findChildren(BookFactsDialog)
    dialog.controls["as_of"].retype("2026-01-07")
    dialog.controls["minimum_cash"].retype("-5")
    QTest.keyClick(dialog.controls["title"].target, Qt.Key.Key_Return)
    assert "Enter 0 or more." in sentence_below(dialog.form, "minimum_cash")
    assert program.context.book.minimum_cash == 1_000_00
    dialog.controls["minimum_cash"].retype("2,500")
    dialog.controls["next_review"].retype("1 Jun 2026")
    QTest.keyClick(dialog.controls["title"].target, Qt.Key.Key_Return)
    book = program.context.book
    assert (book.as_of.day, book.minimum_cash) == (7, 2_500_00)
    assert book.next_review == date(2026, 6, 1)
    program.context.undo()
    assert program.context.book.as_of.day == 5
    settle(program, qtbot)


def test_a_book_that_opens_takes_an_old_message_away(program: Program, book: Book) -> None:
    program.context.tell(message("Something about another file."))
    assert program.window.banner.isVisible()
    program.context.open_session(BookSession(book))
    assert not program.window.banner.isVisible()
