"""One field on the screen: its label, its control, and the sentence when it is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from backstop.desktop.forms.fields import FormField
from backstop.desktop.forms.hints import HINTS
from backstop.desktop.look.theme import Space
from backstop.desktop.widgets.text import plain_label

if TYPE_CHECKING:
    from backstop.desktop.forms.draft import RecordDraft
    from backstop.domain import BadInput, Book
    from backstop.telling import Words


class Cell(QWidget):
    """The label is the control's buddy; the sentence is its accessible description.

    `problem` is laid out by the section: it takes the whole width.
    """

    def __init__(self, field: FormField, parent: QWidget) -> None:
        super().__init__(parent)
        self.field = field
        self.control = field.control()
        self.label = plain_label("small", wrap=True)
        self.label.setBuddy(self.control.target)
        if not field.labelled:
            self.label.hide()
        self._hint = HINTS.get(field.own_name)
        self.hint = plain_label("small", wrap=True)
        if self._hint is None:
            self.hint.hide()
        self.problem = plain_label("danger", wrap=True)
        self.problem.setParent(parent)
        self.problem.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.TINY)
        column.addStretch(1)  # labels of two lines keep the controls of a row on one height
        column.addWidget(self.label)
        column.addWidget(self.control)
        column.addWidget(self.hint)
        self.control.target.setObjectName(field.name)
        self._names = "", ""

    @property
    def stops(self) -> list[QWidget]:
        """What Tab goes to in it, in its order; what pops up is a window of its own."""
        inside = (each for each in self.control.findChildren(QWidget) if not _pops_up(each, self))
        return [each for each in inside if each.focusPolicy() & Qt.FocusPolicy.TabFocus]

    def speak(self, words: Words, book: Book) -> None:
        """Say label, help and control in these words."""
        usual, own = words.field(self.field.own_name), self.field.label
        self._names = usual, words.say(own) if own else usual
        self._name(self._names[bool(own)])
        if self._hint is not None:
            self.hint.setText(words.tell(self._hint))
            self.control.target.setAccessibleDescription(self.hint.text())
        self.control.speak(words, book)

    def follow(self, draft: RecordDraft) -> None:
        """Be called what the field is called in a record like this one."""
        self._name(self._names[self.field.called(draft)])

    def _name(self, label: str) -> None:
        self.label.setText(label)
        self.control.target.setAccessibleName(label)

    def show_fault(self, fault: BadInput | None, words: Words) -> None:
        """Say why the contents are refused, or that they no longer are."""
        said = words.tell(fault.message) if fault is not None else ""
        self.problem.setText(f"■ {said}" if said else "")
        self.problem.setVisible(bool(said))
        self.control.target.setAccessibleDescription(said or self.hint.text())
        self.control.set_wrong(bool(said))


def _pops_up(part: QWidget, cell: QWidget) -> bool:
    return part.window() is not cell.window()
