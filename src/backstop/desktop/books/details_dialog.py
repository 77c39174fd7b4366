"""What the book says about itself: title, the day its figures stand for, minimum cash, review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from backstop.desktop.books.details_form import BOOK
from backstop.desktop.forms.control import Control
from backstop.desktop.forms.dialog import AskingDialog
from backstop.desktop.forms.draft import RecordDraft
from backstop.desktop.forms.form import RecordForm
from backstop.desktop.look.theme import Space
from backstop.desktop.widgets.room import room_for
from backstop.desktop.widgets.text import plain_label
from backstop.domain import BookFacts
from backstop.services.commands import change_facts

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context

SIZE = QSize(480, 640)
TOLD = {
    "Kept for a purpose": (
        "On its days each comes on top of the minimum: what is kept for one purpose does not serve "
        "another."
    ),
    "Standing draws": (
        "When cash would end a day below the minimum, these lines are drawn on in this order. "
        "Stress and Projection show what that leaves."
    ),
}
"""What is said below the sections with these titles."""


class BookFactsDialog(AskingDialog):
    """Changes the open book in one step that can be undone; each refusal stands at its field."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context, parent, "Book details")
        book = context.book
        values = {name: getattr(book, name) for name in BookFacts.__struct_fields__}
        self._draft = RecordDraft(BookFacts, values, self._is_valid)
        told = {
            title: plain_label("small", context.words.say(text), wrap=True)
            for title, text in TOLD.items()
        }
        self.form = RecordForm(context, BOOK, told)
        self.form.edit(self._draft)
        self.body.addWidget(_scrolled(self.form))
        self.form.setContentsMargins(0, 0, Space.LARGE, 0)
        room = room_for(self).boundedTo(parent.size() - QSize(0, Space.HUGE))
        self.resize(SIZE.boundedTo(room))
        self.form.focus_first()

    @property
    def controls(self) -> dict[str, Control]:
        """The control of each fact, by the name of its field."""
        return {cell.field.name: cell.control for cell in self.form.cells()}

    def _is_valid(self, facts: object) -> bool:
        """The draft keeps what the book would take; the book itself waits for OK."""
        change_facts(self._context.book, **_of(facts))
        return True

    def take(self) -> None:
        """Close with the details as they stand; a refused one is shown instead."""
        self.form.leave_all()
        if not self._draft.is_settled:
            self.form.focus_first(next(iter(self._draft.faults), ""))
            return
        change = change_facts(self._context.book, **self._draft.values)
        self.accept()
        if not change.changes_nothing:
            self._context.apply(change)


def _of(facts: object) -> dict[str, object]:
    return {name: getattr(facts, name) for name in BookFacts.__struct_fields__}


def _scrolled(inside: QWidget) -> QScrollArea:
    scroller = QScrollArea()
    inside.setObjectName("page")
    scroller.setWidget(inside)
    scroller.setWidgetResizable(True)
    scroller.setFrameShape(QFrame.Shape.NoFrame)
    scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return scroller
