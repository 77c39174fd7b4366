"""A few words side by side, one of them chosen: all, receipts, payments."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout

from backstop.desktop.look.theme import CORNER
from backstop.desktop.widgets.text import as_typed, button

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context


class Segments(QFrame):
    """`chosen(value)` when another one is chosen. `choices` are values with their English keys; one
    may be called by a text of its own, or not be offered for now."""

    chosen = Signal(object)

    def __init__(self, context: Context, title: str, choices: Sequence[tuple[Any, str]]) -> None:
        super().__init__()
        self._context, self._title, self._choices = context, title, choices
        self.value: Any = choices[0][0]
        self._called: dict[object, str] = {}
        self._group = QButtonGroup(self)
        self.setObjectName("segments")
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(2)
        for number in range(len(choices)):
            made = button("segment")
            made.setCheckable(True)
            self._group.addButton(made, number)
            row.addWidget(made)
        self._group.button(0).setChecked(True)
        self._group.idClicked.connect(self._choose)
        context.theme_changed.connect(self.restyle)
        self.restyle()

    def choose(self, value: object) -> None:
        """Choose as if clicked."""
        number = [each for each, _ in self._choices].index(value)
        self._group.button(number).click()

    def show_chosen(self, value: object) -> None:
        """Choose without telling: what is shown has already changed."""
        number = [each for each, _ in self._choices].index(value)
        self.value = self._choices[number][0]
        self._group.button(number).setChecked(True)

    def offer(self, value: object, offered: bool, text: str = "") -> None:
        """Let this be chosen or not; `text`, in the owner's language, is what it is called."""
        number = [each for each, _ in self._choices].index(value)
        self._called[value] = text
        self._group.button(number).setVisible(offered)
        self.speak()
        if not offered and self.value == value:
            self.choose(self._choices[0][0])

    def _choose(self, number: int) -> None:
        if self.value != self._choices[number][0]:
            self.value = self._choices[number][0]
            self.chosen.emit(self.value)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Left and right choose the next segment, in a circle."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if steps is None:
            super().keyPressEvent(event)
            return
        offered = [n for n in range(len(self._choices)) if not self._group.button(n).isHidden()]
        place = offered.index(self._group.checkedId()) + steps
        number = offered[place % len(offered)]
        self._group.button(number).setFocus()
        self._group.button(number).click()

    def speak(self) -> None:
        say = self._context.words.say
        self.setAccessibleName(say(self._title))
        for number, (value, text) in enumerate(self._choices):
            called = self._called.get(value) or say(text)
            self._group.button(number).setText(as_typed(called))

    def restyle(self) -> None:
        theme = self._context.theme
        self.setStyleSheet(f"""
            QFrame#segments {{ background: {theme.surface}; border: 1px solid {theme.line};
                border-radius: {CORNER}px; }}
            QPushButton {{ background: transparent; border: 1px solid transparent;
                border-radius: {CORNER - 2}px; padding: 3px 10px; min-height: 18px;
                color: {theme.muted}; }}
            QPushButton:hover {{ background: {theme.hover}; }}
            QPushButton:focus {{ border: 1px solid {theme.accent}; }}
            QPushButton:checked {{ background: {theme.highlight}; color: {theme.text}; }}
        """)
