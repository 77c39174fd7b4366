"""What is to be ready soon, and must not hold up what the owner waits for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from backstop.desktop.state.tasks import About

if TYPE_CHECKING:
    from backstop.desktop.state.tasks import Tasks

LATEST_MS = 3_000


class Afterwards(QObject):
    """Does it on a worker once the first answers are whole, or some seconds after a book was
    opened. `done()` each time when there is nothing left of it, on the main thread."""

    done = Signal()

    def __init__(self, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._waiting: list[Callable[[], None]] = []
        self._latest = QTimer(self)
        self._latest.setSingleShot(True)
        self._latest.setInterval(LATEST_MS)
        self._latest.timeout.connect(self.begin)

    def add(self, work: Callable[[], None]) -> None:
        """Do this, once."""
        self._waiting.append(work)

    def begin_soon(self) -> None:
        """A book is open: its answers come first."""
        self._latest.start()

    def begin(self) -> None:
        """Nobody waits any more."""
        self._latest.stop()
        waiting, self._waiting = self._waiting, []

        def work(_: object) -> None:
            for each in waiting:
                each()

        if not waiting:
            self.done.emit()
        elif not self._tasks.closed:
            self._tasks.start(work, lambda _: self.done.emit(), about=About.NOTHING)
