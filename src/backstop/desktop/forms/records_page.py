"""What the pages that edit the book share: table and pane, removal with a way back, freshness."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from backstop.desktop.forms.empty import EmptyState
from backstop.desktop.forms.pane import DetailPane
from backstop.desktop.forms.split import TableAndPane
from backstop.desktop.forms.undo_bar import UndoBar
from backstop.desktop.look.theme import Space
from backstop.desktop.widgets.page import Page
from backstop.services import clock
from backstop.telling import Narrator
from backstop.telling.age import age_sentence

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context
    from backstop.domain import Message
    from backstop.plan import Answers


class RecordsPage(Page):
    """Evidence at the left, the detail pane at the right while something is chosen.

    The page shows the book as it is, without waiting for answers: `show_book` is called soon after
    each change while the page is visible, and when it is next shown otherwise. It waits for the
    event loop, so that a click that leaves a field still meets the rows where the eye saw them.
    """

    def __init__(self, context: Context, evidence: QWidget, pane: DetailPane) -> None:
        super().__init__(context)
        self.pane = pane
        self.undo_bar = UndoBar(context)
        self._stale = True
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._show_now)
        self.split = TableAndPane(card_around(evidence), pane)
        self.places = QStackedWidget()
        self.places.addWidget(self.split)
        self.body.addWidget(self.undo_bar)
        self.body.addWidget(self.places, 1)
        context.book_changed.connect(self._book_changed)
        context.session_changed.connect(self._session_changed)

    def add_empty(self, empty: EmptyState) -> None:
        """What stands in the place of the table while there is nothing to show."""
        self.empty = empty
        self.places.addWidget(empty)

    @property
    def is_editable(self) -> bool:
        """Whether the open book may be changed."""
        return self.context.may_edit

    # freshness

    def show_book(self) -> None:
        """Show the book as it is now."""
        raise NotImplementedError

    def aged(self, detail: str) -> str:
        """What the page adds to its answer, and how old a book is that is not as of today."""
        book, words = self.context.book, self.context.words
        return words.joined([detail, age_sentence(clock.age_of(book), Narrator(book, words))])

    def _book_changed(self, change: object) -> None:
        self.undo_bar.dismiss()
        self._stale = True
        if self.isVisible():
            self._soon.start()

    def _session_changed(self) -> None:
        self.pane.forget()
        self.split.hide_pane()

    def _show_now(self) -> None:
        if self._stale and self.context.session is not None:
            self._stale = False
            self.show_book()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        super().showEvent(event)
        self._show_now()

    def refresh(self, answers: Answers) -> None:
        self._stale = True
        self._show_now()

    def show_working(self, working: bool) -> None:
        """The page shows the book itself, as it is; what else it says waits in its own place."""

    def retranslate(self) -> None:
        super().retranslate()
        self.empty.speak(self.context.words)
        self.pane.speak()
        self._stale = True
        if self.isVisible():
            self._show_now()

    # removal

    def offer_undo(self, said: Message) -> None:
        """Say what was removed, and offer the way back."""
        self.undo_bar.offer(said)


def card_around(inside: QWidget) -> QFrame:
    """A card that holds this and says nothing of its own."""
    card = QFrame()
    card.setProperty("role", "card")
    column = QVBoxLayout(card)
    column.setContentsMargins(Space.SMALL, Space.SMALL, Space.SMALL, Space.SMALL)
    column.addWidget(inside)
    return card


def below_segments(evidence: QWidget, left: QWidget, right: QWidget | None = None) -> QWidget:
    """The evidence under a line with what chooses of it, and how it is shown."""
    tools = Apart(left, right)
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(Space.SMALL)
    column.addWidget(tools)
    column.addWidget(evidence, 1)
    return whole


class Apart(QWidget):
    """Two parts at both ends of a line; one below the other where there is no room for that."""

    def __init__(self, left: QWidget, right: QWidget | None) -> None:
        super().__init__()
        self._parts = [left] if right is None else [left, right]
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(Space.SMALL, Space.TINY, Space.SMALL, Space.TINY)
        self._row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._row.addWidget(left, 0, Qt.AlignmentFlag.AlignLeft)
        self._row.addStretch(1)
        if right is not None:
            self._row.addWidget(right, 0, Qt.AlignmentFlag.AlignLeft)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """The wider of the two is enough."""
        widest = max(each.minimumSizeHint().width() for each in self._parts)
        return QSize(widest + 2 * Space.SMALL, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Turn the line where it gets too narrow, or wide enough again."""
        super().resizeEvent(event)
        wanted = sum(each.sizeHint().width() for each in self._parts) + 3 * Space.SMALL
        down, right = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._row.setDirection(down if wanted > event.size().width() else right)
