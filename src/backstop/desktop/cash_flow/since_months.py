"""A book that is long behind, brought to today as planned: month by month, with what is done."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from backstop.desktop.look.theme import Space
from backstop.desktop.widgets.text import as_typed, button, plain_label
from backstop.services.settling import month_by_month
from backstop.settling import months_between

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context
    from backstop.desktop.state.tasks import Cancelled, Task
    from backstop.services.commands import Change
    from backstop.services.settling import InWork


class MonthByMonth(QWidget):
    """Shown while there are months on the way; `brought(work, change)` when the last one is done.
    Nothing is changed before that."""

    brought = Signal(object, object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._work: InWork | None = None
        self._task: Task | None = None
        self._done = self._of = 0
        self.said = plain_label("muted")
        self.all, self.stop = button(), button("quiet")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.SMALL)
        for each in (self.all, self.said, self.stop):
            row.addWidget(each)
        self.all.clicked.connect(self.begin)
        self.stop.clicked.connect(self.end)
        self.hide()

    def show_work(self, work: InWork | None) -> None:
        """Offer it for a book that is long behind; what runs for an older state of it ends."""
        if work is None or self._work is None or work.book is not self._work.book:
            self.end()
        self._work = work
        self.setVisible(work is not None and not work.is_last)
        self._speak()

    def begin(self) -> None:
        """Bring the book on in the background."""
        work = self._work
        if work is None or not self._context.may_edit:
            return
        self._done, self._of = 0, len(months_between(work.book, work.last))
        self._next(work, month_by_month(work.book, work.last), None)

    def _next(self, work: InWork, changes: Iterator[Change], so_far: Change | None) -> None:
        def month(cancelled: Cancelled) -> Change | None:
            return next(changes, None)

        def done(change: Change | None) -> None:
            self._task = None
            if change is None and so_far is not None:
                self.brought.emit(work, so_far)
                return
            self._done += 1
            self._next(work, changes, change)

        self._task = self._context.tasks.start(month, done)
        self._speak()

    def end(self) -> None:
        """Stop; nothing has changed."""
        if self._task is not None:
            self._task.cancel()
        self._task = None
        self._speak()

    def _speak(self) -> None:
        words, runs = self._context.words, self._task is not None
        last = words.day(self._work.last) if self._work is not None else ""
        self.all.setText(as_typed(words.say("All as planned up to {day}", day=last)))
        self.stop.setText(as_typed(words.say("Stop")))
        self.said.setText(words.say("{n} of {of} months…", n=self._done, of=self._of))
        self.all.setVisible(not runs)
        self.said.setVisible(runs)
        self.stop.setVisible(runs)
