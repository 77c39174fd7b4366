"""A passphrase in the window: set, asked for, taken away, and what leaves a locked book."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from backstop.desktop.books.backups_dialog import BackupsDialog
from backstop.desktop.books.passphrase_dialog import PassphraseDialog, UnlockDialog
from backstop.desktop.books.recovery_dialog import RecoveryDialog
from backstop.desktop.shell.app import Program
from backstop.domain import Book
from backstop.services.session import BookSession, read_book
from desktop.filed import SECRET, change_limit, lock
from desktop.waiting import LONG, settle, shown, wait_for_session

Start = Callable[[Book | None], Program]

pytestmark = pytest.mark.usefixtures("quick")


def test_a_locked_book_that_is_in_use_can_be_looked_at(
    start: Start, path: Path, qtbot: QtBot, book: Book
) -> None:
    lock(path)
    with BookSession.open(path, passphrase=SECRET) as holder:
        program = start(None)
        program.window.books.files.open_read_only(path, holder.key)
        wait_for_session(program, qtbot)
        assert program.context.book == book


def test_what_is_exported_from_a_locked_book_is_told_to_be_open(
    start: Start, path: Path, qtbot: QtBot
) -> None:
    program = start(None)
    context, banner = program.context, program.window.banner
    context.open_session(BookSession.open(path))
    context.tell_written(path.with_name("out.json"))
    assert banner.text == "Written to out.json."
    locked_path = path.with_name("locked.backstop")
    BookSession.create(locked_path, context.book).close()
    lock(locked_path)
    context.open_session(BookSession.open(locked_path, passphrase=SECRET))
    assert context.session is not None
    program.window.books.files._export(context.session, context.book, path.with_name("out.json"))
    qtbot.waitUntil(lambda: "is locked, but “out.json” is not" in banner.text, timeout=LONG)
    assert context.session is not None
    program.window.books.files._save_as(context.session, path.with_name("copy.backstop"))
    qtbot.waitUntil(lambda: banner.text == "Written to copy.backstop.", timeout=LONG)
    wait_for_session(program, qtbot)


def test_a_passphrase_is_set_and_its_recovery_sheet_shown(
    opened: Program, path: Path, qtbot: QtBot
) -> None:
    opened.window.actions_by_name["passphrase"].trigger()
    dialog = shown(PassphraseDialog, qtbot)
    dialog.new.setText(SECRET)
    dialog.again.setText("something else")
    dialog.set_it.click()
    assert "differ" in dialog.problem.text()
    dialog.again.setText(SECRET)
    dialog.set_it.click()
    sheet = shown(RecoveryDialog, qtbot)
    assert sheet.document.pageCount() == 1
    sheet.reject()
    assert read_book(path, SECRET)
    assert "Without the passphrase" not in opened.window.banner.text
    change_limit(opened, 5_00)
    wait_for_session(opened, qtbot)
    assert read_book(path, SECRET).facilities[0].limit == 5_00


def test_what_can_still_be_read_after_locking_is_said(
    opened: Program, path: Path, qtbot: QtBot
) -> None:
    copy = path.with_name(f"{path.stem} copy.backstop")
    copy.write_bytes(path.read_bytes())
    opened.window.actions_by_name["passphrase"].trigger()
    dialog = shown(PassphraseDialog, qtbot)
    dialog.new.setText(SECRET)
    dialog.again.setText(SECRET)
    dialog.set_it.click()
    shown(RecoveryDialog, qtbot).reject()
    assert "Without the passphrase these can still be read" in opened.window.banner.text
    assert str(copy) in opened.window.banner.text
    wait_for_session(opened, qtbot)


def test_a_locked_book_asks_until_the_passphrase_is_right(
    start: Start, path: Path, qtbot: QtBot, book: Book
) -> None:
    lock(path)
    program = start(None)
    program.window.books.files.open_path(path)
    dialog = shown(UnlockDialog, qtbot)
    dialog.passphrase.setText("wrong one")
    dialog.open_it.click()
    qtbot.waitUntil(lambda: "does not open" in dialog.problem.text(), timeout=LONG)
    dialog.passphrase.setText(SECRET)
    dialog.open_it.click()
    wait_for_session(program, qtbot)
    assert program.context.book == book


def test_a_passphrase_is_removed_by_who_knows_it(
    unlocked: Program, path: Path, qtbot: QtBot, book: Book
) -> None:
    unlocked.window.actions_by_name["passphrase"].trigger()
    dialog = shown(PassphraseDialog, qtbot)
    dialog.current.setText("a wrong guess")
    dialog.remove.click()
    qtbot.waitUntil(lambda: "does not open" in dialog.problem.text(), timeout=LONG)
    dialog.current.setText(SECRET)
    dialog.remove.click()
    qtbot.waitUntil(lambda: "no passphrase" in unlocked.window.banner.text, timeout=LONG)
    assert read_book(path) == book


def test_locking_tells_how_far_its_backups_are(opened: Program, path: Path, qtbot: QtBot) -> None:
    session = opened.context.session
    assert session is not None
    for limit in (1_00, 2_00):
        change_limit(opened, limit)
        wait_for_session(opened, qtbot)
        session.back_up()
    opened.window.actions_by_name["passphrase"].trigger()
    dialog = shown(PassphraseDialog, qtbot)
    told: list[str] = []
    dialog.progress.valueChanged.connect(lambda _: told.append(dialog.step.text()))
    dialog.new.setText(SECRET)
    dialog.again.setText(SECRET)
    dialog.set_it.click()
    dialog.reject()
    assert dialog.isVisible()  # what has begun is ended first
    sheet = shown(RecoveryDialog, qtbot)
    assert "Backups: 1 of 2" in told
    sheet.reject()


@pytest.mark.parametrize(
    ("name", "kind", "language", "title"),
    [
        ("backups", BackupsDialog, "en", "Backups"),
        ("backups", BackupsDialog, "zh_CN", "备份"),
        ("passphrase", PassphraseDialog, "en", "Passphrase"),
        ("passphrase", PassphraseDialog, "zh_CN", "密码"),
    ],
)
def test_the_dialogs_speak_the_owners_language(
    opened: Program, qtbot: QtBot, name: str, kind: type[QDialog], language: str, title: str
) -> None:
    opened.context.set_language(language)
    opened.window.actions_by_name[name].trigger()
    dialog = shown(kind, qtbot)
    assert dialog.windowTitle() == title
    dialog.reject()
    settle(opened, qtbot)
