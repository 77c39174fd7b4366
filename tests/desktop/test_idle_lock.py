"""An unattended book locks itself, and nothing of it stays to be seen."""

from collections.abc import Callable
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QWidget
from pytestqt.qtbot import QtBot

from backstop.desktop.books.history_dialog import HistoryDialog
from backstop.desktop.books.passphrase_dialog import PassphraseDialog, UnlockDialog
from backstop.desktop.shell.app import Program
from backstop.desktop.state.tasks import About
from backstop.domain import message
from backstop.services.idle import IdleClock
from backstop.services.settings import load_settings
from desktop.editing import click, compose, press
from desktop.filed import SECRET, change_limit
from desktop.waiting import LONG, settle, shown, wait_for_session

SOON = 20


def choose(combo: QComboBox, text: str) -> None:
    combo.setCurrentText(text)
    combo.activated.emit(combo.currentIndex())


def clock_of(program: Program) -> list[float]:
    """The clock that counts ten minutes without a touch, in seconds, for the test to turn."""
    now = [0.0]
    program.window.books.keeper._clock = IdleClock(10, lambda: now[0])
    return now


def test_the_minutes_to_the_lock_are_set_in_the_window_and_followed_at_once(
    unlocked: Program, qtbot: QtBot
) -> None:
    unlocked.window.actions_by_name["passphrase"].trigger()
    dialog = shown(PassphraseDialog, qtbot)
    assert dialog.minutes.currentText() == "10 minutes"
    choose(dialog.minutes, "Never")
    unlocked.window.books.keeper.look()
    assert not unlocked.window.books.keeper._clock.is_due
    assert not unlocked.window.books.keeper._watching
    choose(dialog.minutes, "one minute")
    unlocked.window.books.keeper.look()
    assert unlocked.window.books.keeper._minutes == 1
    assert unlocked.window.books.keeper._watching
    dialog.reject()
    assert load_settings().lock_minutes == 1
    settle(unlocked, qtbot)


def test_an_unattended_book_locks_itself_and_leaves_nothing_on_the_pages(
    unlocked: Program, qtbot: QtBot
) -> None:
    session = unlocked.context.session
    assert session is not None
    change_limit(unlocked, 9_00)
    now = clock_of(unlocked)
    unlocked.window.books.keeper.look()
    assert unlocked.context.session is session
    now[0] = 600
    unlocked.window.books.keeper.look()
    assert unlocked.context.session is None
    assert unlocked.context.answers is None
    assert unlocked.window.pages == {}
    assert list(session.book.records()) == []
    dialog = shown(UnlockDialog, qtbot)
    dialog.passphrase.setText(SECRET)
    dialog.open_it.click()
    wait_for_session(unlocked, qtbot)
    assert unlocked.context.book.facilities[0].limit == 9_00


TOUCHES: dict[str, Callable[[QWidget], None]] = {
    "key": lambda window: press(window, Qt.Key.Key_Shift),
    "click": click,
    "move": QTest.mouseMove,
    "composing": lambda window: compose(window, "ni"),
}


@pytest.mark.parametrize("touch", TOUCHES)
def test_each_touch_of_keyboard_or_mouse_puts_the_lock_off(
    unlocked: Program, qtbot: QtBot, touch: str
) -> None:
    now = clock_of(unlocked)
    now[0] = 599
    TOUCHES[touch](unlocked.window)
    now[0] = 1198
    unlocked.window.books.keeper.look()
    assert unlocked.context.session is not None
    now[0] = 1199
    unlocked.window.books.keeper.look()
    assert unlocked.context.session is None
    shown(UnlockDialog, qtbot).reject()


def test_a_book_without_a_passphrase_never_locks_itself(opened: Program) -> None:
    clock_of(opened)[0] = 1e9
    opened.window.books.keeper.look()
    assert opened.context.session is not None


def test_what_was_begun_for_a_locked_book_shows_nothing_later(
    unlocked: Program, qtbot: QtBot
) -> None:
    heard: list[object] = []
    go = Event()
    unlocked.context.tasks.start(lambda _: go.wait(SOON), heard.append)
    unlocked.context.tasks.start(lambda _: go.wait(SOON), heard.append, about=About.NOTHING)
    unlocked.window.books.keeper.lock()
    go.set()
    settle(unlocked, qtbot)
    assert len(heard) == 1
    shown(UnlockDialog, qtbot).reject()


def test_a_book_that_locks_itself_closes_what_is_open_and_what_was_said(
    unlocked: Program, qtbot: QtBot
) -> None:
    change_limit(unlocked, 9_00)
    settle(unlocked, qtbot)
    unlocked.window.actions_by_name["history"].trigger()
    history = shown(HistoryDialog, qtbot)
    settle(unlocked, qtbot)
    gone: list[bool] = []
    history.destroyed.connect(lambda: gone.append(True))
    unlocked.context.tell(message("Something about Jiebei."))
    unlocked.window.books.keeper.lock()
    dialog = shown(UnlockDialog, qtbot)
    qtbot.waitUntil(lambda: bool(gone), timeout=LONG)
    assert not unlocked.window.banner.isVisible()
    assert "Jiebei" not in unlocked.window.banner.text
    dialog.reject()
