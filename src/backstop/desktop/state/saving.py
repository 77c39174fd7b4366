"""Writes the book after each change, on a worker: an edit never waits for the disk."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from backstop.desktop.state.tasks import About, Cancelled, Tasks
from backstop.domain.errors import Fault

if TYPE_CHECKING:
    from backstop.services.session import BookSession


class Saving:
    """One write at a time; edits made during one are written by the next."""

    def __init__(
        self, tasks: Tasks, saved: Callable[[], None], failed: Callable[[Exception], None]
    ) -> None:
        self._tasks, self._saved, self._failed = tasks, saved, failed
        self._running = False
        self._again = False

    def ask(self, session: BookSession) -> None:
        """Write what is not on disk yet, soon."""
        if session.path is None or session.read_only:
            return
        if self._running:
            self._again = True
            return
        self._running = True

        def write(cancelled: Cancelled) -> None:
            session.save()

        def done(_: None) -> None:
            self._running = False
            if self._again:
                self._again = False
                self.ask(session)
            else:
                self._saved()

        def failed(error: Exception) -> None:
            self._running = self._again = False
            self._failed(error)

        self._tasks.start(write, done, failed, about=About.BOOK)

    def write(self, session: BookSession) -> None:
        """Write what is not on disk yet, at once; a failure is told."""
        try:
            session.save()
        except Fault as fault:
            self._failed(fault)

    def settle(self, session: BookSession) -> None:
        """Write what is left and let go of the file, before another book or the end."""
        self._running = self._again = False
        try:
            session.close()
        except Fault as fault:
            session.abandon()
            self._failed(fault)
