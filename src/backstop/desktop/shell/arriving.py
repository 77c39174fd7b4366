"""What comes from outside while the window is open: a further start, a file from the desktop."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication, QWidget

from backstop.desktop.shell.running import ACTIVATION, Asked

if TYPE_CHECKING:
    from backstop.desktop.books.files import Files
    from backstop.desktop.state.context import Context

A_WHILE = 300


class Application(QApplication):
    """Qt's application; macOS tells it, and nobody else, which file was opened or dropped.
    `file_asked(path)`; one that comes before anybody listens waits in `early`."""

    file_asked = Signal(object)

    def __init__(self, arguments: list[str]) -> None:
        super().__init__(arguments)
        self.early: Path | None = None

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QFileOpenEvent) and event.file():
            self.early = Path(event.file())
            self.file_asked.emit(self.early)
            return True
        return super().event(event)


class Arrivals(QObject):
    """Brings the window to the front and opens what was asked for, once no dialog is open."""

    def __init__(self, context: Context, files: Callable[[], Files], window: QWidget) -> None:
        super().__init__(window)
        self._context, self._files, self._window = context, files, window

    def take(self, asked: Asked) -> None:
        """Do as a further start asks."""
        self._come_forward(asked.token)
        self._speak(asked)
        if asked.path:
            self.open(Path(asked.path))
        elif asked.sample:
            self._files().leave_for_sample(asked.sample)

    def _speak(self, asked: Asked) -> None:
        if QApplication.activeModalWidget() is not None:
            QTimer.singleShot(A_WHILE, self, partial(self._speak, asked))
        else:
            self._context.speak_as_asked(asked.language, whole_lists=asked.whole_lists)

    def open(self, path: Path) -> None:
        """Open a file, unless it is open already; a dialog about another book goes first."""
        if QApplication.activeModalWidget() is not None:
            QTimer.singleShot(A_WHILE, self, partial(self.open, path))
        elif not self._is_open(path):
            self._files().leave_for(path)

    def _is_open(self, path: Path) -> bool:
        session = self._context.session
        return session is not None and session.path is not None and _are_same(session.path, path)

    def _come_forward(self, token: str) -> None:
        if token:
            os.environ[ACTIVATION] = token
        state = self._window.windowState()
        self._window.setWindowState(state & ~Qt.WindowState.WindowMinimized)
        self._window.raise_()
        self._window.activateWindow()


def _are_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False
