"""What the window does by itself: backups during work, and the lock when nobody is there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from backstop.desktop.state.tasks import About, Cancelled
from backstop.services.idle import IdleClock

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context

SOON, OFTEN = 4_000, 20_000
TOUCHES = {
    QEvent.Type.KeyPress,
    QEvent.Type.InputMethod,  # an input method keeps the keys to itself while it composes
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
}


class Keeper(QObject):
    """Looks at the open book now and then. `locked(path)` is called after it locked itself."""

    def __init__(
        self, context: Context, locked: Callable[[Path], None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._locked = context, locked
        self._minutes = 0
        self._clock = IdleClock(0)
        self._watching = False
        self._backing_up = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)

    def begin(self) -> None:
        """Another book is open, or none."""
        self._backing_up = False
        session = self._context.session
        self._minutes = self._context.settings.lock_minutes
        self._clock = IdleClock(self._minutes)
        self._watch(session is not None and session.is_locked and self._minutes > 0)
        if session is None:
            self._timer.stop()
        else:
            self._timer.start(SOON)

    def look(self) -> None:
        """Lock the book if nobody is there; else back it up if that is due."""
        self._timer.start(OFTEN)
        session = self._context.session
        if session is None or self._context.tasks.closed:
            return
        if self._minutes != self._context.settings.lock_minutes:
            self.begin()
        self._watch(session.is_locked and self._minutes > 0)
        if session.is_locked and self._clock.is_due:
            self.lock()
        elif session.backup_is_due and not self._backing_up:
            self._back_up()

    def lock(self) -> None:
        """Save and close the book, and let go of all that was in it. What is being typed comes
        along; what cannot be read does not: a lock for when nobody is there cannot ask."""
        session = self._context.session
        if session is None or session.path is None or not session.is_locked:
            return
        path = session.path
        self._context.open_session(None)
        session.forget()
        self._locked(path)

    def _back_up(self) -> None:
        session = self._context.session
        assert session is not None
        self._backing_up = True

        def write(cancelled: Cancelled) -> None:
            session.back_up()

        def done(_: None) -> None:
            self._backing_up = False
            if remark := session.take_remark():
                self._context.tell(remark)

        def failed(error: Exception) -> None:
            self._backing_up = False
            self._context.tell_error(error)

        self._context.tasks.start(write, done, failed, about=About.BOOK)

    def _watch(self, watching: bool) -> None:
        """Every event of the program passes the filter, so it is there only while it is needed."""
        app = QApplication.instance()
        if app is None or watching == self._watching:
            return
        self._watching = watching
        if watching:
            app.installEventFilter(self)
        else:
            app.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Whatever the owner does puts off the lock."""
        if event.type() in TOUCHES:
            self._clock.touch()
        return False
