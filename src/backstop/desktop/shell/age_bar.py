"""A quiet line on every page of a book that is not as of today: how old it is, and the way on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from backstop.desktop.look.theme import Space
from backstop.desktop.widgets.text import as_typed, button, plain_label
from backstop.services import clock

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context


class AgeBar(QFrame):
    """`wanted()` when the owner wants to say what happened since."""

    wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.setProperty("role", "notice")
        self.text = plain_label(wrap=True)
        self.open = button()
        self.open.clicked.connect(self.wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.LARGE, Space.TINY, Space.SMALL, Space.TINY)
        row.addWidget(self.text, 1)
        row.addWidget(self.open)
        self.hide()

    def refresh(self) -> None:
        """Say how the book stands to today; nothing where it is as of today."""
        said = self._said()
        self.text.setText(said)
        self.setAccessibleName(said)
        self.open.setText(as_typed(self._context.words.say("What happened since?")))
        self.open.setVisible(self._context.settling is not None)
        self.setVisible(bool(said))

    def _said(self) -> str:
        context, words = self._context, self._context.words
        age = 0 if context.session is None else clock.age_of(context.book)
        if age == 0:
            return ""
        day = context.book.as_of
        if age < 0:
            return words.say(
                "This book describes {day}, which is still to come. Check the clock of this "
                "computer, or the as-of date in the details of the book.",
                day=day,
            )
        work = context.settling
        if work is None:
            return words.say("This book describes {day}.", day=day)
        if not work.is_last:
            return words.say(
                "This book describes {day}. It is brought to today month by month.", day=day
            )
        if not work.past:
            return words.say("This book describes {day}. Nothing was due since.", day=day)
        return words.count(
            len(work.past),
            "This book describes {day}. One thing was due since.",
            "This book describes {day}. {n} things were due since.",
            day=day,
        )
