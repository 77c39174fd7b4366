"""The settling that is being worked on: found anew with each state of the book, what was said kept.

Comes through the gate, as part of the engine.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from backstop.desktop.state.aside import Aside
from backstop.services import clock
from backstop.services.settling import InWork, begin_settling, next_stop

if TYPE_CHECKING:
    from backstop.desktop.state.tasks import Cancelled, Tasks
    from backstop.domain import Book


class SettlingDesk:
    """Holds `work`; None while the book is as of today or later, or until it is found. `changed()`
    is called whenever it is another one."""

    def __init__(self, tasks: Tasks, changed: Callable[[], None]) -> None:
        self._changed = changed
        self._finding: Aside[InWork] = Aside(tasks, self._take)
        self.work: InWork | None = None
        self._said: InWork | None = None

    def ask(self, book: Book) -> None:
        """Find what was due in this book, in the background."""
        today = clock.today_of(book)
        if today <= book.as_of:
            self._finding.drop()
            self._put(None)
            return

        def find(cancelled: Cancelled) -> InWork:
            return begin_settling(book, next_stop(book, today), today)

        self._finding.ask((book, today), find)

    def put(self, work: InWork) -> None:
        """Take another state of the work, after an answer."""
        self._said = work
        self._put(work)

    def forget(self) -> None:
        """Another book is opened, or none."""
        self._finding.drop()
        self._said = None
        self._put(None)

    def _put(self, work: InWork | None) -> None:
        if work is not self.work:
            self.work = work
            self._changed()

    def _take(self, found: InWork) -> None:
        """What was said before holds on, also of a settling that was undone."""
        said = self._said
        goes_on = said is not None and said.book.as_of == found.book.as_of
        self.put(found.going_on_from(said) if said is not None and goes_on else found)
