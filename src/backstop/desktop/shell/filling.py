"""A page is shown first, and filled one turn of the event loop later where that takes long."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


class Filling(QObject):
    """`fill()` is called one turn later than it was asked for, and then what waits for it."""

    def __init__(self, fill: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._fill = fill
        self._waiting: list[Callable[[], None]] = []
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self.finish)

    def ask(self) -> None:
        """Fill the page in sight, soon."""
        self._soon.start()

    def then(self, step: Callable[[], None]) -> None:
        """Do this once the page in sight is filled: at once, if it is."""
        if self._soon.isActive():
            self._waiting.append(step)
        else:
            step()

    def finish(self) -> None:
        """Fill it now, if that is still to be done."""
        self._soon.stop()
        self._fill()
        waiting, self._waiting = self._waiting, []
        for each in waiting:
            each()

    def forget(self) -> None:
        """Its page goes away."""
        self._soon.stop()
        self._waiting.clear()
