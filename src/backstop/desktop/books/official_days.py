"""The control of official days: the years that the owner supplied, and loading another one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from backstop.desktop.forms.exceptions import ExceptionsControl
from backstop.desktop.look.theme import Space
from backstop.desktop.widgets.text import as_typed, button
from backstop.domain import BadInput, EnvironmentFault
from backstop.services.listed_days import added_years
from backstop.services.official_days import years_in_file

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from backstop.domain import Book, CalendarYear
    from backstop.telling import Words


class YearsControl(ExceptionsControl):
    """One line a year. The days of a list that is loaded are added to those there."""

    def __init__(self) -> None:
        super().__init__()
        self._fault: BadInput | None = None
        self._country = ""
        self.load = button()
        self.load.clicked.connect(self._choose_file)
        self.row.setSpacing(Space.SMALL)
        self.row.setDirection(self.row.Direction.TopToBottom)
        self.row.addWidget(self.load, 0, Qt.AlignmentFlag.AlignLeft)

    @property
    def target(self) -> QWidget:
        return self.load

    def value(self) -> tuple[Any, ...]:
        if self._fault is not None:
            raise self._fault
        return super().value()

    def show_value(self, value: Any) -> None:
        self._fault = None
        super().show_value(value)

    def speak(self, words: Words, book: Book) -> None:
        super().speak(words, book)
        self._country = book.country
        self.load.setText(as_typed(words.say("Load from a file…")))
        self.load.setToolTip(
            words.say("One day a line, such as “2027-02-11 closed” or “2027-02-07 working”.")
        )

    def said(self, each: CalendarYear) -> str:
        return self._words.say(
            "{year}: {closed} closed, {working} worked at a weekend",
            year=str(each.year),
            closed=len(each.closed),
            working=len(each.working),
        )

    def _choose_file(self) -> None:
        dialog = QFileDialog(self.window())
        dialog.setNameFilters(["*.txt *.csv *.json", "*"])
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda chosen: self.take_file(Path(chosen)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def take_file(self, path: Path) -> None:
        """Add the years that a file tells of."""
        try:
            years = years_in_file(path, self._country)
        except EnvironmentFault as fault:
            self._fault = BadInput(fault.message)
        else:
            self._value, self._fault = added_years(self._value, years), None
            self._fill()
        self.left.emit()
