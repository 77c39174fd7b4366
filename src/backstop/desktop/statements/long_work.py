"""How far a long file has come, and a button to stop it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from backstop.desktop.look.theme import Space
from backstop.desktop.state.tasks import About, Cancelled, Failed, Task, is_under_way
from backstop.desktop.widgets.text import as_typed, button, plain_label
from backstop.work import PERCENT

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context
    from backstop.domain import Message

T = TypeVar("T")
Stage = Callable[[int], "Message"]
"""What is done at so many percent of the whole."""
SHOWN_AFTER_MS = 250
STOP = "Esc"


class LongWork(QWidget):
    """One piece of work at a time: a new one ends the one before. Hidden while there is none, or
    one that is over at once.

    `changed()`: work has begun, has ended or was stopped.
    """

    changed = Signal()

    def __init__(self, context: Context, within: QWidget) -> None:
        super().__init__()
        self._context = context
        self._task: Task | None = None
        self._stage: Stage | None = None
        self._stopped: Callable[[], None] | None = None
        self.said, self.bar, self.stop = plain_label("muted"), QProgressBar(), button()
        self.bar.setRange(0, PERCENT)
        self.bar.setTextVisible(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.MEDIUM)
        row.addWidget(self.said)
        row.addWidget(self.bar, 1)
        row.addWidget(self.stop)
        self.stop.clicked.connect(self.give_up)
        self._key = QShortcut(QKeySequence(STOP), within)
        self._key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._key.activated.connect(self.give_up)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SHOWN_AFTER_MS)
        self._soon.timeout.connect(self.show)
        self._end()

    @property
    def running(self) -> bool:
        """Whether its result is still to come."""
        return is_under_way(self._task)

    def start(
        self,
        work: Callable[[Cancelled], T],
        done: Callable[[T], None],
        failed: Failed,
        stage: Stage,
        stopped: Callable[[], None],
    ) -> None:
        """Do this in the background; one of the three is called in the end, unless other work is
        started meanwhile."""
        if self._task is not None:
            self._task.cancel()
        self._stage, self._stopped = stage, stopped

        def come(result: T) -> None:
            self._end()
            done(result)

        def fail(error: Exception) -> None:
            self._end()
            failed(error)

        self._task = self._context.tasks.start(
            work, come, fail, about=About.BOOK, shown_in=self, told=self._tell
        )
        self._key.setEnabled(True)
        self._soon.start()
        self._tell(0, PERCENT)
        self.changed.emit()

    def give_up(self) -> None:
        """Stop it: nothing of it is heard any more."""
        task, stopped = self._task, self._stopped
        if task is not None and self.running:
            task.cancel()
            self._end()
            if stopped is not None:
                stopped()

    def _end(self) -> None:
        self._task = None
        self._soon.stop()
        self._key.setEnabled(False)
        self.hide()
        self.changed.emit()

    def _tell(self, done: int, of: int) -> None:
        percent = PERCENT * done // max(of, 1)
        if self._stage is not None:
            self.said.setText(self._context.words.tell(self._stage(percent)))
        self.bar.setValue(percent)

    def speak(self) -> None:
        """Say it in the words of the context."""
        words = self._context.words
        self.stop.setText(as_typed(words.say("Stop")))
        self.bar.setAccessibleName(words.say("How far it is read"))
        self._tell(self.bar.value(), PERCENT)
