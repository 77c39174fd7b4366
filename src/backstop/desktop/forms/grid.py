"""A section of a form: a small heading, and its fields in two columns as far as they matter."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QToolButton, QVBoxLayout, QWidget

from backstop.desktop.forms.cells import Cell
from backstop.desktop.forms.draft import RecordDraft
from backstop.desktop.forms.fields import FormField, FormSection
from backstop.desktop.look.theme import Space
from backstop.desktop.widgets.focus import tab_through
from backstop.desktop.widgets.text import as_typed, plain_label, tool_button

if TYPE_CHECKING:
    from backstop.domain import Book
    from backstop.telling import Words


class SectionGrid(QWidget):
    """`footer` stands below the fields: what follows from them, in words.

    A section of rare fields is folded: its heading is a button that opens it (`toggled()`). The
    cell of a field is made when it is first seen, or asked for, and given to `take_in`: of the many
    fields of a form few matter for one record.
    """

    toggled = Signal()

    def __init__(
        self, section: FormSection, footer: QWidget | None, take_in: Callable[[Cell], None]
    ) -> None:
        super().__init__()
        self.section, self._take_in = section, take_in
        self.inside = QWidget()
        self._made: dict[str, Cell] = {}
        self._wanted: Sequence[FormField] = ()
        self._shown: list[Cell] = []
        self.is_arranged = False
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
        self.hide()  # until it is arranged

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
    def made(self) -> list[Cell]:
        """The cells that were made so far, in the order of their fields."""
        return [self._made[each.name] for each in self.section.fields if each.name in self._made]

    def cell(self, name: str) -> Cell:
        """The cell of one of its fields, made now if nobody needed it before."""
        if name not in self._made:
            self._make(next(each for each in self.section.fields if each.name == name))
            self._lay_cells()
        return self._made[name]

    def _make(self, field: FormField) -> Cell:
        cell = self._made[field.name] = Cell(field, self.inside)
        cell.hide()
        self._take_in(cell)
        return cell

    @property
    def is_open(self) -> bool:
        """Whether the fields are unfolded."""
        return not self.section.more or self.head.isChecked()

    def open(self) -> None:
        """Unfold the section."""
        self.head.setChecked(True)

    def _fold(self) -> None:
        self._lay_cells()
        self.inside.setVisible(self.is_open)
        self._name_head()
        self.toggled.emit()

    def prepare(self, draft: RecordDraft, most: int) -> bool:
        """Make so many of the cells that `arrange` will show; whether none is missing then."""
        missing = [
            each
            for each in (self.section.fields if self.is_open else ())
            if each.name not in self._made and each.when(draft)
        ]
        for each in missing[:most]:
            self._make(each)
        return len(missing) <= most

    def arrange(self, draft: RecordDraft, faulty: Container[str]) -> None:
        """Show the fields that matter for this draft, and those that something is wrong with."""
        self.is_arranged = True
        for cell in self.made:
            cell.follow(draft)
        self._wanted = [
            each for each in self.section.fields if each.when(draft) or each.name in faulty
        ]
        self.setVisible(bool(self._wanted))
        self._lay_cells()

    def _lay_cells(self) -> None:
        """Lay out what is wanted; while the section is folded, only what was made already."""
        wanted = [each for each in self._wanted if self.is_open or each.name in self._made]
        shown = [self._made.get(each.name) or self._make(each) for each in wanted]
        if shown == self._shown:
            return
        self._shown = shown
        for cell in self.made:
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
        tab_through((self.head, *(stop for cell in shown for stop in cell.stops)))

    def speak(self, words: Words, book: Book) -> None:
        """Say its texts in these words, and those of its cells."""
        self._title = words.say(self.section.title)
        self._heading.setText(self._title)
        self._name_head()
        for cell in self.made:
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
