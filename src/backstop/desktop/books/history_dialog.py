"""The change history of the book, the newest first, with a box to find one record in it, and the
course of each limit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from backstop.desktop.books.limit_history_dialog import LimitsView
from backstop.desktop.forms.selecting_line import SelectingLine
from backstop.desktop.look.theme import Space
from backstop.desktop.tables import RowsView, TableColumn
from backstop.desktop.widgets.room import fit_to_screen
from backstop.desktop.widgets.text import as_typed, button, plain_label
from backstop.services.history import HistoryLine, LimitCourse
from backstop.telling import Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from backstop.desktop.state.context import Context

SIZE = (820, 680)
Numbered = tuple[int, HistoryLine]


def _when(row: Numbered, words: Words) -> str:
    local = row[1].at.astimezone()
    return f"{words.day(local.date())} {local:%H:%M}"


def _act(row: Numbered, words: Words) -> str:
    return words.tell(row[1].act)


def _said(row: Numbered, words: Words) -> str:
    return words.tell(row[1].said)


COLUMNS = (
    TableColumn[Numbered]("When", _when, lambda row: row[1].at),
    TableColumn[Numbered]("What", _act, lambda row: str(row[1].act)),
    TableColumn[Numbered]("Change", _said, lambda row: str(row[1].said), tip=_said, stretch=True),
)


class HistoryDialog(QDialog):
    """What changed, when, and from what to what."""

    def __init__(
        self,
        context: Context,
        parent: QWidget,
        lines: Sequence[HistoryLine],
        courses: Sequence[LimitCourse],
    ) -> None:
        super().__init__(parent)
        self._words, self._lines = context.words, list(enumerate(lines))
        say = context.words.say
        self.setWindowTitle(say("History of changes"))
        self.search = SelectingLine()
        self.search.setClearButtonEnabled(True)
        self.search.setPlaceholderText(say("Find a name or a word"))
        self.search.setAccessibleName(say("Find a name or a word"))
        self.search.textChanged.connect(self._show)
        self.view = RowsView(context, COLUMNS, lambda row: row[0], self)
        self.view.setAccessibleName(say("History of changes"))
        self.limits = LimitsView(context, context.book.currency, courses)
        self.remark = plain_label("muted", wrap=True)
        close = button("primary")
        close.setText(as_typed(say("Close")))
        close.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addWidget(self.remark, 1)
        row.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.LARGE, Space.LARGE, Space.LARGE, Space.LARGE)
        layout.setSpacing(Space.MEDIUM)
        layout.addWidget(self.search)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.limits)
        layout.addLayout(row)
        fit_to_screen(self, *SIZE)
        self.finished.connect(self.deleteLater)
        self._show("")
        self.search.setVisible(bool(lines))
        self.view.setVisible(bool(lines))
        if not lines:
            fit_to_screen(self, SIZE[0] // 2, self.sizeHint().height())

    def _show(self, wanted: str) -> None:
        word = wanted.casefold()
        shown = [row for row in self._lines if word in self._words.tell(row[1].said).casefold()]
        self.view.set_rows(shown)
        self.remark.setText(self._remark(bool(shown)))

    def _remark(self, found: bool) -> str:
        if not self._lines:
            return self._words.say("Nothing has been changed yet.")
        if not found:
            return self._words.say("No change holds that word.")
        return self._words.say("Only this file holds its history; no export does.")
