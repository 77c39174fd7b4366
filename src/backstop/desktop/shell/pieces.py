"""Long work of the window itself, done in pieces while nobody waits for it."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer

BETWEEN_MS = 20
"""Between two pieces the window takes what was typed and paints; and workers go on."""
ASIDE_MS = 300
"""For so long nothing is made once somebody wants something: that has its own work to do."""


class Pieces(QObject):
    """Each step of what is begun is one piece; beginning anything else ends it."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rest: Iterator[None] = iter(())
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._go_on)

    @property
    def is_under_way(self) -> bool:
        """Whether pieces are still to come."""
        return self._timer.isActive()

    def begin(self, work: Iterator[None]) -> None:
        """Do this from now on."""
        self._rest = work
        self._timer.start(BETWEEN_MS)

    def step_aside(self) -> None:
        """Somebody wants something: what is left waits a little longer."""
        if self.is_under_way:
            self._timer.start(ASIDE_MS)

    def forget(self) -> None:
        """What it was for is gone."""
        self._rest = iter(())
        self._timer.stop()

    def _go_on(self) -> None:
        try:
            next(self._rest)
            self._timer.start(BETWEEN_MS)
        except StopIteration:
            self._timer.stop()
