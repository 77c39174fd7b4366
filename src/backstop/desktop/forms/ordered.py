"""The control of several records in an order that counts: added, moved and taken out by keys."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QMenu, QVBoxLayout, QWidget

from backstop.desktop.forms.control import Control
from backstop.desktop.forms.offered import Choices
from backstop.desktop.look.theme import Space
from backstop.desktop.tables.look import QuietCells
from backstop.desktop.widgets.text import as_typed, button

if TYPE_CHECKING:
    from backstop.domain import Book
    from backstop.telling import Words

ROW, MOST_ROWS = 28, 4


class OrderedList(QListWidget):
    """Alt with Up or Down moves the current row, Delete takes it out; both ask `owner`."""

    def __init__(self, owner: OrderedControl) -> None:
        super().__init__()
        self._owner = owner
        self.setItemDelegate(QuietCells(self))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Delete takes the entry out; Alt with up or down moves it."""
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Delete:
            self._owner.take_out()
        elif alt and steps is not None:
            self._owner.move_by(steps)
        else:
            super().keyPressEvent(event)


class OrderedControl(Control):
    """Ids of records, in an order; `choices` are those that may be added, with their names."""

    def __init__(self, choices: Choices) -> None:
        super().__init__()
        self._choices = choices
        self._names: dict[str, str] = {}
        self._value: tuple[str, ...] = ()
        self.list = OrderedList(self)
        self.add = button()
        self.menu = QMenu(self.add)
        self.add.setMenu(self.menu)
        self.earlier, self.later, self.out = button(), button(), button()
        self.earlier.clicked.connect(lambda: self.move_by(-1))
        self.later.clicked.connect(lambda: self.move_by(1))
        self.out.clicked.connect(self.take_out)
        self.list.currentRowChanged.connect(lambda _: self._offer())
        self.row.addLayout(self._column())

    def _column(self) -> QVBoxLayout:
        below = QHBoxLayout()
        below.setSpacing(Space.TINY)
        below.addWidget(self.add)
        below.addStretch(1)
        for each in (self.earlier, self.later, self.out):
            below.addWidget(each)
        column = QVBoxLayout()
        column.setSpacing(Space.TINY)
        column.addWidget(self.list)
        column.addLayout(below)
        return column

    @property
    def target(self) -> QWidget:
        return self.list

    def value(self) -> tuple[str, ...]:
        return self._value

    def show_value(self, value: Any) -> None:
        if tuple(value) != self._value:  # else the current row stays where it is
            self._set(tuple(value), 0)

    def speak(self, words: Words, book: Book) -> None:
        self._names = dict(self._choices(book))
        self.add.setText(as_typed(words.say("Add a line…")))
        for made, sign, said in (
            (self.earlier, "↑", words.say("Earlier (Alt+Up)")),
            (self.later, "↓", words.say("Later (Alt+Down)")),
            (self.out, "✕", words.say("Take out (Delete)")),
        ):
            made.setText(sign)
            made.setToolTip(said)
            made.setAccessibleName(said)
        self._set(self._value, self.list.currentRow())

    # changes

    def move_by(self, step: int) -> None:
        """Move the current one by so many places, as far as there are any."""
        number = self.list.currentRow()
        there = number + step
        if number < 0 or not 0 <= there < len(self._value):
            return
        order = list(self._value)
        order.insert(there, order.pop(number))
        self._set(tuple(order), there)
        self.left.emit()

    def take_out(self) -> None:
        """Take the current one out."""
        number = self.list.currentRow()
        if number >= 0:
            self._set(self._value[:number] + self._value[number + 1 :], number)
            self.left.emit()

    def _add(self, chosen: str) -> None:
        self._set((*self._value, chosen), len(self._value))
        self.left.emit()

    def _set(self, value: tuple[str, ...], current: int) -> None:
        self._value = value
        self.list.clear()
        for number, each in enumerate(value, start=1):
            self.list.addItem(f"{number}.  {self._names.get(each, each)}")
            self.list.item(number - 1).setSizeHint(QSize(0, ROW))
        self.list.setFixedHeight(ROW * min(max(len(value), 1), MOST_ROWS) + 10)
        self.list.setCurrentRow(min(current, len(value) - 1))
        self.menu.clear()
        for each, name in self._names.items():
            if each not in value:
                self.menu.addAction(as_typed(name), partial(self._add, each))
        self._offer()

    def _offer(self) -> None:
        number, last = self.list.currentRow(), len(self._value) - 1
        self.earlier.setEnabled(number > 0)
        self.later.setEnabled(0 <= number < last)
        self.out.setEnabled(number >= 0)
        self.add.setEnabled(not self.menu.isEmpty())
