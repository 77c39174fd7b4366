"""The rows of one page of the guided start, and always an empty one below them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from backstop.desktop.guide.row import EntryRow
from backstop.desktop.look.theme import Space
from backstop.desktop.widgets.focus import tab_through
from backstop.desktop.widgets.text import plain_label

if TYPE_CHECKING:
    from backstop.desktop.guide.asked import Kind
    from backstop.desktop.state.context import Context
    from backstop.domain import Record

LINES_OF_A_ROW = 3
"""Of the grid: the controls, what is wrong, what to know."""


class EntryTable(QWidget):
    """One row for each record of a kind; a row that is begun is followed by an empty one."""

    def __init__(self, context: Context, kind: Kind) -> None:
        super().__init__()
        self._context, self._kind = context, kind
        self.rows: list[EntryRow] = []
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Space.SMALL)
        self._grid.setVerticalSpacing(Space.TINY)
        self._heads = [plain_label("small", wrap=True) for _ in kind.columns]
        for number, (head, asked) in enumerate(zip(self._heads, kind.columns, strict=True)):
            self._grid.addWidget(head, 0, number, Qt.AlignmentFlag.AlignBottom)
            self._grid.setColumnStretch(number, asked.share)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._grid)

    def show_book(self) -> None:
        """Show the records that the book has, and an empty row."""
        for head, asked in zip(self._heads, self._kind.columns, strict=True):
            head.setText(self._context.words.say(asked.label))
        while self.rows:
            self._drop(self.rows[-1])
        for record in self._kind.known(self._context):
            self._add(record)
        self._add(None)

    def focus_first(self) -> None:
        """Let the owner type into the first row that is still empty."""
        empty = next((each for each in self.rows if each.is_empty), self.rows[0])
        first = empty.controls[self._kind.columns[0].name]
        first.target.setFocus(Qt.FocusReason.TabFocusReason)

    def settle(self) -> bool:
        """Take what is still being typed; whether every row is complete or empty."""
        complete = [each.keep(complains=True) for each in list(self.rows)]
        return all(complete)

    def _add(self, record: Record | None) -> None:
        row = EntryRow(self._context, self._kind, record)
        self.rows.append(row)
        line = 1 + LINES_OF_A_ROW * (self._grid.rowCount() // LINES_OF_A_ROW)
        for number, control in enumerate(row.controls.values()):
            self._grid.addWidget(control, line, number)
            control.show()  # not only once Qt gets to it: the next key may be on its way
        count = len(row.controls)
        self._grid.addWidget(row.remove, line, count)
        self._grid.addWidget(row.problem, line + 1, 0, 1, count)
        self._grid.addWidget(row.remark, line + 2, 0, 1, count)
        row.show_record()
        row.begun.connect(self._go_on)
        row.cleared.connect(lambda: self._cleared(row))
        self._order_keys()

    def _go_on(self) -> None:
        """Have an empty row ready before the keyboard leaves the last one."""
        if not any(each.is_empty for each in self.rows):
            self._add(None)

    def _cleared(self, row: EntryRow) -> None:
        self._drop(row)
        self._go_on()
        self.focus_first()

    def _drop(self, row: EntryRow) -> None:
        self.rows.remove(row)
        for each in (*row.controls.values(), row.remove, row.problem, row.remark):
            self._grid.removeWidget(each)
            each.hide()
            each.deleteLater()
        row.deleteLater()

    def _order_keys(self) -> None:
        """Tab goes along a row, then to the next; crosses come last."""
        tab_through(control.target for row in self.rows for control in row.controls.values())
