"""Backups, history and passphrase in the window, and what it does by itself."""

from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog
from pytestqt.qtbot import QtBot

from backstop.desktop.app import Program
from backstop.desktop.charts.curves import Role
from backstop.desktop.dialogs.backups import BackupsDialog
from backstop.desktop.dialogs.fixes import FixesDialog
from backstop.desktop.dialogs.history import HistoryDialog
from backstop.desktop.dialogs.passphrase import PassphraseDialog, UnlockDialog
from backstop.desktop.dialogs.recovery import RecoveryDialog
from backstop.domain import Book, message
from backstop.services import passphrase as guard
from backstop.services import patience
from backstop.services.backups import Reason, backups_of
from backstop.services.commands import put_record
from backstop.services.idle import IdleClock
from backstop.services.session import BookSession, read_book
from backstop.services.settings import load_settings

Start = Callable[[Book | None], Program]
LONG = 20_000
SOON = 20
SECRET = "a long passphrase"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """No waits, no keyring of this machine, and a quick derivation of keys."""
    monkeypatch.setattr(patience, "sleep", lambda _: None)
    monkeypatch.setattr("backstop.store.key.ITERATIONS", 1000)
    monkeypatch.setattr(guard, "remembered_key", lambda _: None)
    monkeypatch.setattr(guard, "forget_key", lambda _: None)


@pytest.fixture
def path(own_folders: Path, book: Book) -> Path:
    path = own_folders / "shop.backstop"
    BookSession.create(path, book).close()
    return path


@pytest.fixture
def opened(start: Start, path: Path, qtbot: QtBot) -> Program:
    """The program with the book in its file."""
    program = start(None)
    program.files.open_path(path)
    settle(program, qtbot)
    return program


def settle(program: Program, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: program.context.session is not None, timeout=LONG)
    qtbot.waitUntil(lambda: not program.context.tasks.busy, timeout=LONG)


def shown(kind: type[Any], qtbot: QtBot) -> Any:
    """The open dialog of this kind, once it is there."""
    found: list[QDialog] = []

    def is_open() -> bool:
        found[:] = [
            each
            for each in QApplication.topLevelWidgets()
            if isinstance(each, kind) and each.isVisible()
        ]
        return bool(found)

    qtbot.waitUntil(is_open, timeout=LONG)
    return found[0]


def change_limit(program: Program, limit: int) -> None:
    context = program.context
    context.apply(put_record(context.book, context.book.facilities[0].changed(limit=limit)))


def test_a_book_is_backed_up_after_it_was_opened(opened: Program, path: Path, qtbot: QtBot) -> None:
    opened.keeper.look()
    qtbot.waitUntil(lambda: len(backups_of(path)) == 1, timeout=LONG)
    qtbot.waitUntil(lambda: not opened.context.tasks.busy, timeout=LONG)
    opened.keeper.look()
    assert len(backups_of(path)) == 1


def test_a_backup_is_compared_and_restored_beside_the_book(
    opened: Program, path: Path, qtbot: QtBot, book: Book
) -> None:
    session = opened.context.session
    assert session is not None
    session.back_up(Reason.OPEN)
    change_limit(opened, 1_00)
    settle(opened, qtbot)
    opened.window.actions_by_name["backups"].trigger()
    dialog: BackupsDialog = shown(BackupsDialog, qtbot)
    dialog.view.choose(backups_of(path)[0].path)
    qtbot.waitUntil(lambda: "Changed since: Jiebei." in dialog.details.text(), timeout=LONG)
    dialog.restore.click()
    qtbot.waitUntil(lambda: opened.context.session is not session, timeout=LONG)
    settle(opened, qtbot)
    assert opened.context.book == book
    assert opened.context.session is not None
    assert opened.context.session.path != path
    assert read_book(path).facilities[0].limit == 1_00


def test_a_backup_can_be_looked_at_and_not_changed(
    opened: Program, path: Path, qtbot: QtBot
) -> None:
    session = opened.context.session
    assert session is not None
    session.back_up(Reason.OPEN)
    opened.window.actions_by_name["backups"].trigger()
    dialog: BackupsDialog = shown(BackupsDialog, qtbot)
    dialog.view.choose(backups_of(path)[0].path)
    settle(opened, qtbot)
    dialog.look.click()
    qtbot.waitUntil(lambda: opened.context.session is not session, timeout=LONG)
    settle(opened, qtbot)
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
    program.files.open_path(path)
    dialog: BackupsDialog = shown(BackupsDialog, qtbot)
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
    program.files.open_path(path)
    dialog: BackupsDialog = shown(BackupsDialog, qtbot)
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
    program.files.open_path(path)
    dialog: BackupsDialog = shown(BackupsDialog, qtbot)
    assert dialog.view.current() == backup
    dialog.reject()
    qtbot.waitUntil(lambda: not program.context.tasks.busy, timeout=LONG)


def test_a_file_that_never_was_a_book_is_only_named(start: Start, path: Path, qtbot: QtBot) -> None:
    other = path.with_name("list.backstop")
    other.write_bytes(b"a shopping list")
    program = start(None)
    program.files.open_path(other)
    qtbot.waitUntil(lambda: "is not a book file" in program.window.banner.text, timeout=LONG)
    qtbot.waitUntil(lambda: not program.context.tasks.busy, timeout=LONG)
    assert not [each for each in QApplication.topLevelWidgets() if isinstance(each, BackupsDialog)]


def test_a_damaged_book_is_repaired_into_a_new_file_and_each_fix_shown(
    start: Start, path: Path, qtbot: QtBot, book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = path.with_name("mended.backstop")
    monkeypatch.setattr("backstop.desktop.vault.choose_place", lambda *given: given[-1](target))
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * 4096 + whole[8192:])
    before = path.read_bytes()
    program = start(None)
    program.files.open_path(path)
    dialog: BackupsDialog = shown(BackupsDialog, qtbot)
    assert dialog.view.rows.rowCount() == 0
    dialog.repair.click()
    fixes: FixesDialog = shown(FixesDialog, qtbot)
    assert fixes.list.toPlainText().count("• ") == 3
    fixes.accept()
    settle(program, qtbot)
    assert program.context.session is not None
    assert program.context.session.path == target
    assert program.context.book.facilities == book.facilities
    assert path.read_bytes() == before


def test_a_damaged_locked_book_is_offered_its_locked_backup(
    start: Start, path: Path, qtbot: QtBot
) -> None:
    locked(path)
    with BookSession.open(path, passphrase=SECRET) as session:
        session.apply(put_record(session.book, session.book.facilities[0].changed(limit=1)))
        backup = session.back_up(Reason.EDIT)
    path.write_bytes(path.read_bytes()[:-4096] + b"\xff" * 4096)
    program = start(None)
    program.files.open_path(path)
    asking: UnlockDialog = shown(UnlockDialog, qtbot)
    asking.passphrase.setText(SECRET)
    asking.open_it.click()
    dialog: BackupsDialog = shown(BackupsDialog, qtbot)
    assert dialog.view.current() == backup
    qtbot.waitUntil(lambda: "Corner shop" in dialog.details.text(), timeout=LONG)
    dialog.restore.click()
    settle(program, qtbot)
    assert program.context.book.facilities[0].limit == 1


def test_a_locked_book_that_is_in_use_can_be_looked_at(
    start: Start, path: Path, qtbot: QtBot, book: Book
) -> None:
    locked(path)
    with BookSession.open(path, passphrase=SECRET) as holder:
        program = start(None)
        program.files.open_read_only(path, holder.key)
        settle(program, qtbot)
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
    locked(locked_path)
    context.open_session(BookSession.open(locked_path, passphrase=SECRET))
    program.files._export(context.book, path.with_name("out.json"))
    qtbot.waitUntil(lambda: "is locked, but “out.json” is not" in banner.text, timeout=LONG)
    assert context.session is not None
    program.files._save_as(context.session, path.with_name("copy.backstop"))
    qtbot.waitUntil(lambda: banner.text == "Written to copy.backstop.", timeout=LONG)
    settle(program, qtbot)


def test_a_book_that_cannot_be_changed_says_so_until_another_is_open(
    start: Start, path: Path, qtbot: QtBot, book: Book
) -> None:
    program = start(None)
    program.files.open_read_only(path)
    settle(program, qtbot)
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


def test_the_history_tells_what_changed_and_finds_it(opened: Program, qtbot: QtBot) -> None:
    change_limit(opened, 70_000_00)
    opened.context.undo()
    settle(opened, qtbot)
    opened.window.actions_by_name["history"].trigger()
    dialog: HistoryDialog = shown(HistoryDialog, qtbot)
    assert list(dialog.view.rows.texts(1)) == ["undone", "edited"]
    assert "¥60,000.00 → ¥70,000.00" in list(dialog.view.rows.texts(2))[1]
    assert dialog.limits.line.count() == 1
    qtbot.waitUntil(lambda: dialog.limits.chart.canvas is not None, timeout=LONG)
    assert dialog.limits.chart.canvas is not None
    assert dialog.limits.chart.canvas.data_of(Role.BASE)[-1] == 60_000_00
    assert "¥60,000.00 to ¥60,000.00" in dialog.limits.chart.accessibleDescription()
    dialog.search.setText("nowhere")
    assert dialog.view.rows.rowCount() == 0
    dialog.search.setText("jieb")
    assert dialog.view.rows.rowCount() == 2
    dialog.accept()


@pytest.mark.parametrize("name", ["<b>x</b> & $x_{$", "_y && {0}", "=1+1"])
def test_the_course_of_a_limit_shows_a_name_as_typed(
    opened: Program, qtbot: QtBot, name: str
) -> None:
    context = opened.context
    line = context.book.facilities[0]
    context.apply(put_record(context.book, line.changed(name=name, limit=1_00)))
    settle(opened, qtbot)
    opened.window.actions_by_name["history"].trigger()
    dialog: HistoryDialog = shown(HistoryDialog, qtbot)
    assert dialog.limits.line.itemText(0) == name
    qtbot.waitUntil(lambda: dialog.limits.chart.canvas is not None, timeout=LONG)
    assert name in dialog.limits.chart.accessibleDescription()
    dialog.limits.grab()
    dialog.accept()


def test_without_a_changed_limit_the_history_says_so(opened: Program, qtbot: QtBot) -> None:
    opened.window.actions_by_name["history"].trigger()
    dialog: HistoryDialog = shown(HistoryDialog, qtbot)
    assert dialog.limits.empty.text() == "No limit has changed yet."
    assert dialog.limits.empty.isVisible()
    assert not dialog.limits.chart.isVisible()
    dialog.accept()


def test_a_passphrase_is_set_and_its_recovery_sheet_shown(
    opened: Program, path: Path, qtbot: QtBot
) -> None:
    opened.window.actions_by_name["passphrase"].trigger()
    dialog: PassphraseDialog = shown(PassphraseDialog, qtbot)
    dialog.new.setText(SECRET)
    dialog.again.setText("something else")
    dialog.set_it.click()
    assert "differ" in dialog.problem.text()
    dialog.again.setText(SECRET)
    dialog.set_it.click()
    sheet: RecoveryDialog = shown(RecoveryDialog, qtbot)
    assert sheet.document.pageCount() == 1
    sheet.reject()
    assert read_book(path, SECRET)
    change_limit(opened, 5_00)
    settle(opened, qtbot)
    assert read_book(path, SECRET).facilities[0].limit == 5_00


def locked(path: Path) -> None:
    with BookSession.open(path) as session:
        guard.set_passphrase(session, SECRET)


def test_a_locked_book_asks_until_the_passphrase_is_right(
    start: Start, path: Path, qtbot: QtBot, book: Book
) -> None:
    locked(path)
    program = start(None)
    program.files.open_path(path)
    dialog: UnlockDialog = shown(UnlockDialog, qtbot)
    dialog.passphrase.setText("wrong one")
    dialog.open_it.click()
    qtbot.waitUntil(lambda: "does not open" in dialog.problem.text(), timeout=LONG)
    dialog.passphrase.setText(SECRET)
    dialog.open_it.click()
    settle(program, qtbot)
    assert program.context.book == book


def test_a_passphrase_is_removed_by_who_knows_it(
    start: Start, path: Path, qtbot: QtBot, book: Book
) -> None:
    locked(path)
    program = start(None)
    program.context.open_session(BookSession.open(path, passphrase=SECRET))
    settle(program, qtbot)
    program.window.actions_by_name["passphrase"].trigger()
    dialog: PassphraseDialog = shown(PassphraseDialog, qtbot)
    dialog.current.setText("a wrong guess")
    dialog.remove.click()
    qtbot.waitUntil(lambda: "does not open" in dialog.problem.text(), timeout=LONG)
    dialog.current.setText(SECRET)
    dialog.remove.click()
    qtbot.waitUntil(lambda: "no passphrase" in program.window.banner.text, timeout=LONG)
    assert read_book(path) == book


def test_locking_tells_how_far_its_backups_are(opened: Program, path: Path, qtbot: QtBot) -> None:
    session = opened.context.session
    assert session is not None
    for limit in (1_00, 2_00):
        change_limit(opened, limit)
        settle(opened, qtbot)
        session.back_up()
    opened.window.actions_by_name["passphrase"].trigger()
    dialog: PassphraseDialog = shown(PassphraseDialog, qtbot)
    told: list[str] = []
    dialog.progress.valueChanged.connect(lambda _: told.append(dialog.step.text()))
    dialog.new.setText(SECRET)
    dialog.again.setText(SECRET)
    dialog.set_it.click()
    dialog.reject()
    assert dialog.isVisible()  # what has begun is ended first
    sheet: RecoveryDialog = shown(RecoveryDialog, qtbot)
    assert "Backups: 1 of 2" in told
    sheet.reject()


def choose(combo: QComboBox, text: str) -> None:
    combo.setCurrentText(text)
    combo.activated.emit(combo.currentIndex())


def test_the_minutes_to_the_lock_are_set_in_the_window_and_followed_at_once(
    start: Start, path: Path, qtbot: QtBot
) -> None:
    locked(path)
    program = start(None)
    program.context.open_session(BookSession.open(path, passphrase=SECRET))
    settle(program, qtbot)
    program.window.actions_by_name["passphrase"].trigger()
    dialog: PassphraseDialog = shown(PassphraseDialog, qtbot)
    assert dialog.minutes.currentText() == "10 minutes"
    choose(dialog.minutes, "Never")
    program.keeper.look()
    assert not program.keeper._clock.is_due
    assert not program.keeper._watching
    choose(dialog.minutes, "one minute")
    program.keeper.look()
    assert program.keeper._minutes == 1
    assert program.keeper._watching
    dialog.reject()
    assert load_settings().lock_minutes == 1
    settle(program, qtbot)


def test_an_unattended_book_locks_itself_and_leaves_nothing_on_the_pages(
    start: Start, path: Path, qtbot: QtBot
) -> None:
    locked(path)
    program = start(None)
    session = BookSession.open(path, passphrase=SECRET)
    program.context.open_session(session)
    settle(program, qtbot)
    change_limit(program, 9_00)
    now = [0.0]
    program.keeper._clock = IdleClock(10, lambda: now[0])
    program.keeper.look()
    assert program.context.session is session
    now[0] = 600
    program.keeper.look()
    assert program.context.session is None
    assert program.context.answers is None
    assert program.window.pages == {}
    assert list(session.book.records()) == []
    dialog: UnlockDialog = shown(UnlockDialog, qtbot)
    dialog.passphrase.setText(SECRET)
    dialog.open_it.click()
    settle(program, qtbot)
    assert program.context.book.facilities[0].limit == 9_00


def test_what_was_begun_for_a_locked_book_shows_nothing_later(
    start: Start, path: Path, qtbot: QtBot
) -> None:
    locked(path)
    program = start(None)
    program.context.open_session(BookSession.open(path, passphrase=SECRET))
    settle(program, qtbot)
    heard: list[object] = []
    go = Event()
    program.context.tasks.start(lambda _: go.wait(SOON), heard.append)
    program.context.tasks.start(lambda _: go.wait(SOON), heard.append, lasting=True)
    program.keeper.lock()
    go.set()
    qtbot.waitUntil(lambda: not program.context.tasks.busy, timeout=LONG)
    assert len(heard) == 1
    shown(UnlockDialog, qtbot).reject()


def test_a_book_that_locks_itself_closes_what_is_open_and_what_was_said(
    start: Start, path: Path, qtbot: QtBot
) -> None:
    locked(path)
    program = start(None)
    program.context.open_session(BookSession.open(path, passphrase=SECRET))
    settle(program, qtbot)
    change_limit(program, 9_00)
    settle(program, qtbot)
    program.window.actions_by_name["history"].trigger()
    history: HistoryDialog = shown(HistoryDialog, qtbot)
    settle(program, qtbot)
    gone: list[bool] = []
    history.destroyed.connect(lambda: gone.append(True))
    program.context.tell(message("Something about Jiebei."))
    program.keeper.lock()
    dialog: UnlockDialog = shown(UnlockDialog, qtbot)
    qtbot.waitUntil(lambda: bool(gone), timeout=LONG)
    assert not program.window.banner.isVisible()
    assert "Jiebei" not in program.window.banner.text
    dialog.reject()


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_dialogs_speak_the_owners_language(
    opened: Program, qtbot: QtBot, language: str, texts: Callable[[Any], list[str]]
) -> None:
    opened.context.set_language(language)
    titles = {"en": ("Backups", "Passphrase"), "zh_CN": ("备份", "密码")}[language]
    for name, kind, title in zip(
        ("backups", "passphrase"), (BackupsDialog, PassphraseDialog), titles, strict=True
    ):
        opened.window.actions_by_name[name].trigger()
        dialog = shown(kind, qtbot)
        assert dialog.windowTitle() == title
        dialog.reject()
        qtbot.waitUntil(lambda: not opened.context.tasks.busy, timeout=LONG)
