"""Waiting for what the program does by itself: work in the background, dialogs that open."""

from typing import TypeVar

from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from backstop.desktop.shell.app import Program
from backstop.desktop.shell.rail_entries import number_of
from backstop.desktop.widgets.page import Page

AnyDialog = TypeVar("AnyDialog", bound=QDialog)
AnyPage = TypeVar("AnyPage", bound=Page)

LONG = 60_000
"""Milliseconds after which a wait has failed; long enough for a machine that is busy otherwise."""


def settle(program: Program, qtbot: QtBot) -> None:
    """Wait until nothing runs in the background."""
    qtbot.waitUntil(lambda: not program.context.tasks.busy, timeout=LONG)


def wait_for_session(program: Program, qtbot: QtBot) -> None:
    """Wait until a book is open, and until what that began is done."""
    qtbot.waitUntil(lambda: program.context.session is not None, timeout=LONG)
    settle(program, qtbot)


def settled_page(program: Program, qtbot: QtBot, key: str, kind: type[AnyPage]) -> AnyPage:
    """Show a page, and wait until it has its answers."""
    program.window.show_section(number_of(key))
    settle(program, qtbot)
    page = program.window.pages[key]
    assert isinstance(page, kind)
    return page


def shown(kind: type[AnyDialog], qtbot: QtBot) -> AnyDialog:
    """The open dialog of this kind, once it is there."""
    found: list[AnyDialog] = []

    def is_open() -> bool:
        windows = QApplication.topLevelWidgets()
        found[:] = [each for each in windows if isinstance(each, kind) and each.isVisible()]
        return bool(found)

    qtbot.waitUntil(is_open, timeout=LONG)
    return found[0]
