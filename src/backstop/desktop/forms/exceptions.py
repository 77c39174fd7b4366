"""The dates of a rule that are left out or moved, each with a way back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from backstop.desktop.forms.control import Control
from backstop.desktop.look.theme import Space
from backstop.desktop.widgets.text import as_typed, button, plain_label
from backstop.telling import words_for

if TYPE_CHECKING:
    from backstop.domain import Book, Moved
    from backstop.telling import Words


class ExceptionsControl(Control):
    """Each exception on a line of its own, with a button that takes it back."""

    def __init__(self) -> None:
        super().__init__()
        self._value: tuple[Any, ...] = ()
        self._words = words_for()
        self.place = QWidget()
        self.place.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._lines = QVBoxLayout(self.place)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(0)
        self.row.addWidget(self.place, 1)
        self.buttons: list[QPushButton] = []

    @property
    def target(self) -> QWidget:
        return self.place

    def value(self) -> tuple[Any, ...]:
        return self._value

    def show_value(self, value: Any) -> None:
        if tuple(value) != self._value or len(self.buttons) != len(value):
            self._value = tuple(value)
            self._fill()

    def speak(self, words: Words, book: Book) -> None:
        self._words = words
        self._fill()

    def said(self, each: Any) -> str:
        """One exception, in words."""
        raise NotImplementedError

    def _fill(self) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.buttons = []
        for each in self._value:
            self._lines.addWidget(self._line(each))
        if self.buttons:
            self.place.setFocusProxy(self.buttons[0])

    def _line(self, each: Any) -> QWidget:
        line, back = QWidget(), button("quiet")
        back.setText(as_typed(self._words.say("Take back")))
        back.setAccessibleName(f"{self._words.say('Take back')}: {self.said(each)}")
        back.clicked.connect(lambda: self._take_back(each))
        self.buttons.append(back)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.SMALL)
        row.addWidget(plain_label(text=self.said(each), wrap=True), 1)
        row.addWidget(back)
        return line

    def _take_back(self, gone: Any) -> None:
        self._value = tuple(each for each in self._value if each != gone)
        self.left.emit()


class SkippedControl(ExceptionsControl):
    """Dates of the rule on which nothing happens."""

    def said(self, each: date) -> str:
        return self._words.day(each)


class MovedControl(ExceptionsControl):
    """Dates of the rule that fall on another day."""

    def said(self, each: Moved) -> str:
        return self._words.say("{day} → {to}", day=each.rule_date, to=each.to)
