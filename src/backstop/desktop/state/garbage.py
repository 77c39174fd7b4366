"""Python's cycle collector, kept on the main thread while there is background work.

Left to itself it runs on whichever thread happens to allocate. Widgets that it finds there are
destroyed off the main thread, which Qt does not survive.
"""

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 300


class Garbage(QObject):
    """Collects now and then, as often as Python itself would; until `end()`."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(EVERY_MS)

    def look(self) -> None:
        """Collect the oldest generation whose time has come."""
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > gc.get_threshold()[generation]:
                gc.collect(generation)
                return

    def end(self) -> None:
        """No other thread works any more: let Python decide again."""
        self._timer.stop()
        gc.enable()
