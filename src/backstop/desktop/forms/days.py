"""The control of a day: typed in the ways of all languages, or picked from a calendar."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QKeySequence, QPalette
from PySide6.QtWidgets import QLineEdit

from backstop.desktop.forms.control import LineControl
from backstop.desktop.forms.picker import pick_day
from backstop.desktop.look.icons import icon
from backstop.desktop.widgets.keys import PICK_DAY
from backstop.domain import BadInput
from backstop.services.day_reading import read_day
from backstop.telling import words_for

if TYPE_CHECKING:
    from backstop.domain import Book
    from backstop.domain.fields import Field
    from backstop.telling import Words


class DayControl(LineControl):
    """A day, typed or picked (F4); an optional one can be cleared, by a cross of its own unless the
    field is `narrow`."""

    def __init__(self, *, optional: bool = False, blank: str = "", narrow: bool = False) -> None:
        super().__init__()
        self._optional, self._blank, self._narrow = optional, blank, narrow
        self._words = words_for()
        self.clear = QAction(self)
        self.pick = QAction(self)
        self.pick.setShortcuts([QKeySequence(PICK_DAY), QKeySequence("Alt+Down")])
        self.pick.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        for each in (self.clear, self.pick):
            self.line.addAction(each, QLineEdit.ActionPosition.TrailingPosition)
        self.clear.setVisible(False)
        self.clear.triggered.connect(lambda: self._choose(""))
        self.pick.triggered.connect(self.open_calendar)
        self.line.textChanged.connect(self._offer_clear)
        self._draw()

    def describe(self, field: Field) -> None:
        self._optional = field.optional

    def read(self, text: str) -> date | None:
        if self._optional and not text.strip():
            return None
        return read_day(text)

    def written(self, value: Any) -> str:
        """The shortest way in which the language writes days."""
        if value is None:
            return ""
        return self._words.language.narrow_day(value)

    def speak(self, words: Words, book: Book) -> None:
        self._words = words
        if self._blank:
            self.line.setPlaceholderText(words.say(self._blank))
        self.clear.setToolTip(words.say("Clear the date"))
        self.pick.setToolTip(words.say("Pick a date (F4)"))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Draw the icons in the colours of the new theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "pick"):
            self._draw()

    def _draw(self) -> None:
        colour = self.palette().color(QPalette.ColorRole.PlaceholderText).name()
        self.clear.setIcon(icon("close", colour))
        self.pick.setIcon(icon("calendar", colour))

    def _offer_clear(self, text: str) -> None:
        self.clear.setVisible(self._optional and bool(text) and not self._narrow)

    def open_calendar(self) -> None:
        """Let the owner pick a day."""
        below = self.line.mapToGlobal(self.line.rect().bottomLeft())
        pick_day(self, below, self._shown(), self._words.language.code, self._picked)

    def _shown(self) -> date | None:
        try:
            return read_day(self.line.text())
        except BadInput:
            return None  # the picker opens on today

    def _picked(self, day: date) -> None:
        self._choose(self.written(day))

    def _choose(self, text: str) -> None:
        self.line.setText(text)
        self.typed.emit()
        self.line.setFocus()
        if self.line.is_touched:
            self.left.emit()
