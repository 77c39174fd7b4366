"""What the pages that edit the book share: table and pane, removal with a way back, freshness."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QLayout,
    QVBoxLayout,
    QWidget,
)

from backstop.desktop.forms.empty import EmptyState
from backstop.desktop.forms.pane import DetailPane
from backstop.desktop.forms.split import TableAndPane
from backstop.desktop.forms.undo_bar import UndoBar
from backstop.desktop.look.theme import Space
from backstop.desktop.state.aside import Aside, is_soon_read
from backstop.desktop.state.tasks import Cancelled
from backstop.desktop.widgets.one_of import Places
from backstop.desktop.widgets.page import Page
from backstop.services import clock
from backstop.telling import Narrator
from backstop.telling.age import age_sentence

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context
    from backstop.domain import Message
    from backstop.plan import Answers

Evidence = TypeVar("Evidence")


class RecordsPage(Page, Generic[Evidence]):
    """Evidence at the left, the detail pane at the right while something is chosen.

    The page shows the book as it is, without waiting for answers: soon after each change while the
    page is visible, and when it is next shown otherwise. It waits for the event loop, so that a
    click that leaves a field still meets the rows where the eye saw them. `look()` gives what reads
    the evidence from the book as it is now: on a worker, where the book is large.
    """

    def __init__(self, context: Context, table: QWidget, pane: DetailPane) -> None:
        super().__init__(context)
        self.pane = pane
        self.undo_bar = UndoBar(context)
        self.evidence: Evidence | None = None
        self._looking: Aside[Evidence] = Aside(context.tasks, self._found)
        self._when_shown: list[Callable[[], object]] = []
        self._stale = True
        self._seen: tuple[object, ...] = ()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._show_now)
        self.split = TableAndPane(card_around(table), pane)
        self.places = Places()
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

    def look(self) -> Callable[[Cancelled], Evidence]:
        """What reads all that is to be shown; it may be called on a worker."""
        raise NotImplementedError

    def show_evidence(self, found: Evidence) -> None:
        """Show what was found; `evidence` is that from now on."""
        raise NotImplementedError

    def show_book(self) -> None:
        """Show the book as it is now, soon."""
        self._stale = True
        self._show_now()

    def when_shown(self, then: Callable[[], object]) -> None:
        """Call this once the book is shown as it is now: at once, unless it is still looked at."""
        self._when_shown.append(then)
        self._show_now()

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
        self.evidence = None
        self._looking.drop()
        self._when_shown.clear()
        self.pane.forget()
        self.split.hide_pane()

    def _show_now(self) -> None:
        if self.context.session is None:
            return
        if self._stale:
            self._stale = False
            self._seen = self._to_be_seen()
            small = is_soon_read(self.context.book)
            self._looking.ask(self._seen, self.look(), at_once=small)
        elif not self._looking.is_under_way:
            self._shown()

    def _to_be_seen(self) -> tuple[object, ...]:
        context = self.context
        return context.book, context.latest_answers, context.words, clock.today()

    def _found(self, found: Evidence) -> None:
        self.evidence = found
        self.show_evidence(found)
        self._shown()

    def _shown(self) -> None:
        waiting, self._when_shown = self._when_shown, []
        for each in waiting:
            each()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        super().showEvent(event)
        self._show_now()

    def refresh(self, answers: Answers) -> None:
        self._stale = self._stale or self._seen != self._to_be_seen()
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
