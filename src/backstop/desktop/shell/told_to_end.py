"""The system ends the program, or the session: what is being typed is in the file before that.

Nobody is asked anything then: what cannot be read as it stands is lost, as it is when the power
goes.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSocketNotifier

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from backstop.desktop.shell.window import Window

ENDS = ("SIGTERM", "SIGHUP", "SIGINT")
"""A shutdown or `kill`; a terminal that is closed; Ctrl+C in it."""


class ToldToEnd(QObject):
    """Heeds the end of the session from the beginning, and signals once it is asked to."""

    def __init__(self, app: QApplication, window: Window) -> None:
        super().__init__(window)
        self._app, self._window = app, window
        app.commitDataRequest.connect(self.keep)

    def heed_signals(self) -> None:
        """End in order at a signal, from now on; one that is ignored stays so."""
        if sys.platform == "win32":  # which sends none, but ends the session
            return
        reader, writer = os.pipe()
        for end in (reader, writer):
            os.set_blocking(end, False)
        signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
        for number in (getattr(signal, name) for name in ENDS):
            if signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, _leave_it_to_the_pipe)
        self._told = QSocketNotifier(reader, QSocketNotifier.Type.Read, self)
        self._told.activated.connect(self._end)

    def keep(self) -> None:
        """Have the file hold the book with what is being typed; the window stays."""
        self._window.leaving.take_typed()
        self._window.context.save_now()

    def _end(self) -> None:
        self._told.setEnabled(False)
        self._window.leaving.take_typed()
        self._window.let_go()
        self._app.exit()


def _leave_it_to_the_pipe(*_: object) -> None:
    """Qt runs no Python while it waits; what Python writes into the pipe wakes it."""
