"""Brings matplotlib in on a worker thread, once, after the window has been painted."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal

from backstop.desktop.state.gate import CHARTS, brought_in
from backstop.desktop.state.tasks import About, Cancelled, Tasks


class ChartLibrary(QObject):
    """`ready` is emitted once, on the main thread; before that `loaded` is False."""

    ready = Signal()

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._asked = False
        self.loaded = False

    def want(self) -> None:
        """Start loading, if nobody did yet."""
        if not self._asked:
            self._asked = True
            self._tasks.start(_load, self._done, about=About.NOTHING)

    def make_drawing(self) -> Any:
        """A new `Drawing`, which draws one chart; only to be asked for once `loaded`."""
        return brought_in(CHARTS).Drawing()

    def _done(self, _: object) -> None:
        self.loaded = True
        self.ready.emit()


def _load(cancelled: Cancelled) -> None:
    brought_in(CHARTS).prepare()
