"""Python's cycle collector, kept on the main thread while there is background work.

Left to itself it runs on whichever thread happens to allocate. Widgets that it finds there are
destroyed off the main thread, which Qt does not survive.

A search takes as long as there is much to look through, and the window stands still: with a large
book a fifth of a second. So what is new is looked through often, and then set aside (`gc.freeze`);
all of it is only searched when nobody waits, or when another book has made much of it useless.
Until then only what was set aside and then tied itself into a knot is kept for nothing: a dialog or
two. Everything else goes as soon as nobody knows it, set aside or not.
"""

import gc

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

EVERY_MS = 100
LOOKS = 5
"""What has lived through so many looks is set aside."""


class Garbage(QObject):
    """Looks for what is new and useless every now and then; until `end()`."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._looks = 0
        self._much_is_useless = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(EVERY_MS)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.applicationStateChanged.connect(self._turned_away)

    def look(self) -> None:
        """Search what is new, if it is much; now and then what lived on for a while."""
        if self._much_is_useless:
            self.search_all()
        if gc.get_count()[0] <= gc.get_threshold()[0]:
            return
        self._looks += 1
        if self._looks < LOOKS:
            gc.collect(0)
        else:
            gc.collect(1)
            gc.freeze()
            self._looks = 0

    def set_aside(self) -> None:
        """What there is now stays for good, as modules do."""
        gc.freeze()

    def search_all_soon(self) -> None:
        """A book was closed: what showed it is of no use any more."""
        self._much_is_useless = True

    def search_all(self) -> None:
        """Search everything."""
        self._much_is_useless = False
        gc.unfreeze()
        gc.collect()
        gc.freeze()

    def end(self) -> None:
        """No other thread works any more: let Python decide again."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()

    def _turned_away(self, state: Qt.ApplicationState) -> None:
        """The owner looks at another program."""
        if state is not Qt.ApplicationState.ApplicationActive and self._timer.isActive():
            self.search_all()
