"""A section of a form: a small heading, and its fields in two columns as far as they matter."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QToolButton, QVBoxLayout, QWidget

from backstop.desktop.forms.cells import Cell
from backstop.desktop.forms.draft import RecordDraft
from backstop.desktop.forms.fields import FormSection
from backstop.desktop.look.theme import Space
from backstop.desktop.widgets.text import as_typed, plain_label, tool_button

if TYPE_CHECKING:
    from backstop.domain import Book
    from backstop.telling import Words


class SectionGrid(QWidget):
    """`footer` stands below the fields: what follows from them, in words.

    A section of rare fields is folded: its heading is a button that opens it (`toggled()`).
    """

    toggled = Signal()

    def __init__(self, section: FormSection, footer: QWidget | None) -> None:
        super().__init__()
        self.section = section
        self.inside = QWidget()
        self.cells = [Cell(field, self.inside) for field in section.fields]
        self._shown: list[Cell] | None = None
        self._title = ""
        self._heading = plain_label("strong")
        self.head = _fold_button()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(Space.MEDIUM)
        self._grid.setVerticalSpacing(Space.MEDIUM)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        inside = QVBoxLayout(self.inside)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(Space.SMALL)
        inside.addLayout(self._grid)
        if footer is not None:
            inside.addWidget(footer)
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.SMALL)
        column.addWidget(self._heading)
        column.addWidget(self.head, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.inside)
        self._heading.setVisible(not self.section.more)
        self.head.setVisible(self.section.more)
        self.inside.setVisible(not self.section.more)
        self.head.toggled.connect(self._fold)

    @property
    def is_open(self) -> bool:
        """Whether the fields are unfolded."""
        return not self.section.more or self.head.isChecked()

    def open(self) -> None:
        """Unfold the section."""
        self.head.setChecked(True)

    def _fold(self) -> None:
        self.inside.setVisible(self.is_open)
        self._name_head()
        self.toggled.emit()

    def arrange(self, draft: RecordDraft, faulty: Container[str]) -> None:
        """Show the fields that matter for this draft, and those that something is wrong with."""
        for cell in self.cells:
            cell.follow(draft)
        shown = [cell for cell in self.cells if cell.field.when(draft) or cell.field.name in faulty]
        self.setVisible(bool(shown))
        if shown == self._shown:
            return
        self._shown = shown
        for cell in self.cells:
            self._grid.removeWidget(cell)
            self._grid.removeWidget(cell.problem)
            cell.setVisible(cell in shown)
            cell.problem.setVisible(cell in shown and bool(cell.problem.text()))
        row = 0
        for cells in _in_rows(shown):
            for column, cell in enumerate(cells):
                self._grid.addWidget(cell, row, column, 1, 2 if cell.field.wide else 1)
                self._grid.addWidget(cell.problem, row + 1 + column, 0, 1, 2)
            row += 3

    def speak(self, words: Words, book: Book) -> None:
        """Say its texts in these words, and those of its cells."""
        self._title = words.say(self.section.title)
        self._heading.setText(self._title)
        self._name_head()
        for cell in self.cells:
            cell.speak(words, book)

    def _name_head(self) -> None:
        mark = "▾" if self.head.isChecked() else "▸"
        self.head.setText(as_typed(f"{mark}  {self._title}"))
        self.head.setAccessibleName(self._title)


def _fold_button() -> QToolButton:
    made = tool_button()
    made.setProperty("role", "fold")
    made.setCheckable(True)
    return made


def _in_rows(cells: list[Cell]) -> Iterator[list[Cell]]:
    """Wide cells alone, the others two by two."""
    row: list[Cell] = []
    for cell in cells:
        if row and (cell.field.wide or len(row) == 2):
            yield row
            row = []
        row.append(cell)
        if cell.field.wide:
            yield row
            row = []
    if row:
        yield row
