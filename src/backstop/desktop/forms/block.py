"""A short list inside a detail pane: its heading, its rows, and the way to add one."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from backstop.desktop.look.theme import Space
from backstop.desktop.tables import RowsView, TableColumn
from backstop.desktop.widgets.text import as_typed, button, plain_label

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context


class FormBlock(QWidget):
    """`opened(row)` when a row is to be edited, `wanted()` when another one is to be added."""

    opened = Signal(object)
    wanted = Signal()

    def __init__(
        self,
        context: Context,
        title: str,
        add: str,
        columns: Sequence[TableColumn[Any]],
        key: Callable[[Any], Hashable],
    ) -> None:
        super().__init__()
        self._context, self._title, self._add = context, title, add
        self._heading = plain_label("strong")
        self.add = button("quiet")
        self.table = RowsView(context, columns, key)
        self.table.horizontalHeader().hide()
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = QHBoxLayout()
        head.addWidget(self._heading, 1)
        head.addWidget(self.add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.TINY)
        column.addLayout(head)
        column.addWidget(self.table)
        self.add.clicked.connect(self.wanted)
        self.table.fitted.connect(self._fit)
        self.table.clicked.connect(lambda _: self._open(self.table.current()))
        self.table.row_opened.connect(self._open)
        self.speak()

    def _open(self, row: object) -> None:
        if row is not None:
            self.opened.emit(row)

    def set_rows(self, rows: Iterable[Any]) -> None:
        """Show these rows."""
        shown = tuple(rows)
        self.table.set_rows(shown)
        self.table.setVisible(bool(shown))
        self.table.choose(None, tell=False)

    def _fit(self) -> None:
        """As tall as its rows: the pane scrolls."""
        self.table.setFixedHeight(self.table.height_of(self.table.row_heights) + 2)

    def set_read_only(self, read_only: bool) -> None:
        """Whether no row can be added."""
        self.add.setDisabled(read_only)

    def speak(self) -> None:
        """Say its texts in the words of the context."""
        words = self._context.words
        self._heading.setText(words.say(self._title))
        self.add.setText(as_typed(words.say(self._add)))
        self.table.setAccessibleName(words.say(self._title))
