"""Backups in the window: made by themselves, compared, restored, offered for a damaged book."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from backstop.desktop.books.backups_dialog import BackupsDialog
from backstop.desktop.books.fixes_dialog import FixesDialog
from backstop.desktop.books.passphrase_dialog import UnlockDialog
from backstop.desktop.shell.app import Program
from backstop.domain import Book
from backstop.services.backups import Reason, backups_of
from backstop.services.commands import put_record
from backstop.services.session import BookSession, read_book
from desktop.filed import SECRET, change_limit, lock
from desktop.waiting import LONG, settle, shown, wait_for_session

Start = Callable[[Book | None], Program]

pytestmark = pytest.mark.usefixtures("quick")


def test_a_book_is_backed_up_after_it_was_opened(opened: Program, path: Path, qtbot: QtBot) -> None:
    opened.window.books.keeper.look()
    qtbot.waitUntil(lambda: len(backups_of(path)) == 1, timeout=LONG)
    settle(opened, qtbot)
    opened.window.books.keeper.look()
    assert len(backups_of(path)) == 1


def test_a_backup_is_compared_and_restored_beside_the_book(
    opened: Program, path: Path, qtbot: QtBot, book: Book
) -> None:
    session = opened.context.session
    assert session is not None
    session.back_up(Reason.OPEN)
    change_limit(opened, 1_00)
    wait_for_session(opened, qtbot)
    opened.window.actions_by_name["backups"].trigger()
    dialog = shown(BackupsDialog, qtbot)
    dialog.view.choose(backups_of(path)[0].path)
    qtbot.waitUntil(lambda: "Changed since: Jiebei." in dialog.details.text(), timeout=LONG)
    dialog.restore.click()
    qtbot.waitUntil(lambda: opened.context.session is not session, timeout=LONG)
    wait_for_session(opened, qtbot)
    assert opened.context.book == book
    assert opened.context.session is not None
    assert opened.context.session.path != path
    assert read_book(path).facilities[0].limit == 1_00


def test_without_a_backup_it_is_said_when_there_will_be_one(program: Program, qtbot: QtBot) -> None:
    dialog = BackupsDialog(program.context, program.window, ())
    qtbot.addWidget(dialog)
    dialog.show()
    assert "One is made when a book is opened" in dialog.details.text()
    assert not dialog.view.isVisible()
    assert not dialog.restore.isVisible()


def test_a_backup_can_be_looked_at_and_not_changed(
    opened: Program, path: Path, qtbot: QtBot
) -> None:
    session = opened.context.session
    assert session is not None
    session.back_up(Reason.OPEN)
    opened.window.actions_by_name["backups"].trigger()
    dialog = shown(BackupsDialog, qtbot)
    dialog.view.choose(backups_of(path)[0].path)
    wait_for_session(opened, qtbot)
    dialog.look.click()
    qtbot.waitUntil(lambda: opened.context.session is not session, timeout=LONG)
    wait_for_session(opened, qtbot)
    assert opened.context.session is not None
    assert opened.context.session.read_only
    assert "This is a backup" in opened.window.banner.text


def test_a_damaged_book_is_told_and_its_backups_are_offered(
    start: Start, path: Path, qtbot: QtBot
) -> None:
    with BookSession.open(path) as session:
        session.back_up(Reason.OPEN)
    path.write_bytes(path.read_bytes()[:-4096])
    before = path.read_bytes()
    program = start(None)
    program.window.books.files.open_path(path)
    dialog = shown(BackupsDialog, qtbot)
    assert "is cut short" in dialog.about.text()
    assert "is cut short" in program.window.banner.text
    dialog.view.choose(backups_of(path)[0].path)
    qtbot.waitUntil(lambda: "Corner shop" in dialog.details.text(), timeout=LONG)
    assert dialog.repair.isVisible()
    dialog.reject()
    assert path.read_bytes() == before


def test_the_newest_good_backup_of_a_damaged_book_is_chosen_at_once(
    start: Start, path: Path, qtbot: QtBot
) -> None:
    with BookSession.open(path) as session:
        good = session.back_up(Reason.OPEN)
        session.apply(put_record(session.book, session.book.facilities[0].changed(limit=1)))
        newer = session.back_up(Reason.EDIT)
    assert good is not None
    assert newer is not None
    for each in (path, newer.path):
        each.write_bytes(each.read_bytes()[:-4096])
    program = start(None)
    program.window.books.files.open_path(path)
    dialog = shown(BackupsDialog, qtbot)
    assert dialog.view.current() == good
    qtbot.waitUntil(lambda: "Corner shop" in dialog.details.text(), timeout=LONG)
    dialog.reject()


@pytest.mark.parametrize("content", [b"", b"\0" * 8192, b"a shopping list", None])
def test_a_book_that_is_none_any_more_is_offered_its_backups(
    start: Start, path: Path, qtbot: QtBot, content: bytes | None
) -> None:
    with BookSession.open(path) as session:
        backup = session.back_up(Reason.OPEN)
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    program = start(None)
    program.window.books.files.open_path(path)
    dialog = shown(BackupsDialog, qtbot)
    assert dialog.view.current() == backup
    dialog.reject()
    settle(program, qtbot)


def test_a_file_that_never_was_a_book_is_only_named(start: Start, path: Path, qtbot: QtBot) -> None:
    other = path.with_name("list.backstop")
    other.write_bytes(b"a shopping list")
    program = start(None)
    program.window.books.files.open_path(other)
    qtbot.waitUntil(lambda: "is not a book file" in program.window.banner.text, timeout=LONG)
    settle(program, qtbot)
    assert not [each for each in QApplication.topLevelWidgets() if isinstance(each, BackupsDialog)]


def test_a_damaged_book_is_repaired_into_a_new_file_and_each_fix_shown(
    start: Start, path: Path, qtbot: QtBot, book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = path.with_name("mended.backstop")
    choosing = "backstop.desktop.books.vault.choose_place"
    monkeypatch.setattr(choosing, lambda *given: given[-1](target))
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * 4096 + whole[8192:])
    before = path.read_bytes()
    program = start(None)
    program.window.books.files.open_path(path)
    dialog = shown(BackupsDialog, qtbot)
    assert dialog.view.rows.rowCount() == 0
    dialog.repair.click()
    fixes = shown(FixesDialog, qtbot)
    assert fixes.list.toPlainText().count("• ") == 4
    fixes.accept()
    wait_for_session(program, qtbot)
    assert program.context.session is not None
    assert program.context.session.path == target
    assert program.context.book.facilities == book.facilities
    assert path.read_bytes() == before


def test_a_damaged_locked_book_is_offered_its_locked_backup(
    start: Start, path: Path, qtbot: QtBot
) -> None:
    lock(path)
    with BookSession.open(path, passphrase=SECRET) as session:
        session.apply(put_record(session.book, session.book.facilities[0].changed(limit=1)))
        backup = session.back_up(Reason.EDIT)
    path.write_bytes(path.read_bytes()[:-4096] + b"\xff" * 4096)
    program = start(None)
    program.window.books.files.open_path(path)
    asking = shown(UnlockDialog, qtbot)
    asking.passphrase.setText(SECRET)
    asking.open_it.click()
    dialog = shown(BackupsDialog, qtbot)
    assert dialog.view.current() == backup
    qtbot.waitUntil(lambda: "Corner shop" in dialog.details.text(), timeout=LONG)
    dialog.restore.click()
    wait_for_session(program, qtbot)
    assert program.context.book.facilities[0].limit == 1
