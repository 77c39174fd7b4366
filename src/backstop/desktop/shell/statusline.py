"""The line at the foot: where the book stands, in a few words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from backstop.desktop.look.theme import Space
from backstop.desktop.widgets.text import ElidedLabel, as_tip, plain_label
from backstop.telling.meanings import secure_meaning

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context

HEIGHT = 32


class StatusLine(QWidget):
    """Saved · as of · sources · N−1; what runs in the background stands at the right."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("status")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(HEIGHT)
        self._context = context
        self._facts = ElidedLabel("small")
        self._work = plain_label("small")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(Space.HUGE, 0, Space.HUGE, 0)
        layout.addWidget(self._facts, 1)
        layout.addWidget(self._work)

    @property
    def text(self) -> str:
        """What the line says about the book."""
        return self._facts.text()

    def refresh(self) -> None:
        """Say everything again: after an edit, with new answers, in another language."""
        context = self._context
        if context.session is None:
            self._facts.clear()
            self._work.clear()
            return
        parts = [self._saved(), *self._book_facts()]
        if context.answers is not None:
            parts.append(context.secure_count(context.answers))
        self._facts.setText(" · ".join(filter(None, parts)))
        waiting = context.answers is None or not context.answers.assessed
        say = context.words.say
        self._facts.setToolTip(as_tip(secure_meaning(context.words)))
        self._work.setText(say("Looking for ways out…") if waiting else "")

    def _saved(self) -> str:
        session, say = self._context.session, self._context.words.say
        assert session is not None
        if session.read_only:
            return say("Read only")
        if session.path is None:
            return say("Not in a file yet")
        return say("Saved") if session.is_saved else say("Saving…")

    def _book_facts(self) -> list[str]:
        book, words = self._context.book, self._context.words
        number = len(book.facilities) + len(book.accounts)
        return [
            words.say("as of {day}", day=book.as_of),
            words.count(number, "{n} source", "{n} sources"),
        ]
