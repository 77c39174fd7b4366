"""The palette: type a few letters to find a command, a page, or a record of the book."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QDialog, QHeaderView, QTreeWidget, QTreeWidgetItem, QVBoxLayout

from backstop.desktop.forms.selecting_line import SelectingLine
from backstop.desktop.look.theme import Space
from backstop.desktop.shell.rail_entries import RAIL_ENTRIES, number_of
from backstop.desktop.widgets.command import Command
from backstop.desktop.widgets.record_places import place_of_record
from backstop.desktop.widgets.room import fit_to_screen
from backstop.domain import AcceptedPlan

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from backstop.desktop.state.context import Context

SIZE = (560, 420)
MOST_SHOWN = 60
"""More rows than that nobody reads: another letter is quicker."""
ITSELF = "find"
"""The command that opened the palette."""
WALKING = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


@dataclass(frozen=True)
class Entry:
    """One thing to find: its name, what stands beside it (keys, or the page of a record), what
    happens when it is chosen, and further words by which it is found."""

    name: str
    beside: str
    choose: Callable[[], object]
    words: str = ""

    def rank(self, typed: str) -> int | None:
        """How well it fits what was typed, 0 best; None where a typed word is missing."""
        name = self.name.casefold()
        parts = typed.casefold().split()
        if not all(part in name or part in self.words.casefold() for part in parts):
            return None
        if not parts or name.startswith(parts[0]):
            return 0
        return 1 if parts[0] in name else 2


class Palette(QDialog):
    """A line to type into, and below it what fits. Return or a click chooses and closes."""

    def __init__(self, context: Context, parent: QWidget, entries: Sequence[Entry]) -> None:
        super().__init__(parent)
        self._entries = entries
        self._muted = QColor(context.theme.muted)
        self._nothing = context.words.say("Nothing in this program or book is called that.")
        hint = context.words.say("Find a command, a page, or a record")
        self.setWindowTitle(hint)
        self.line = SelectingLine()
        self.line.setPlaceholderText(hint)
        self.line.setAccessibleName(hint)
        self.line.textChanged.connect(self._show)
        self.line.installEventFilter(self)
        self.list = self._made_list(hint)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.MEDIUM, Space.MEDIUM, Space.MEDIUM, Space.MEDIUM)
        layout.setSpacing(Space.SMALL)
        layout.addWidget(self.line)
        layout.addWidget(self.list, 1)
        fit_to_screen(self, *SIZE)
        self.finished.connect(self.deleteLater)
        self.list.ensurePolished()  # rows are as high as the style wants from the first one on
        self._show("")

    def _made_list(self, name: str) -> QTreeWidget:
        made = QTreeWidget()
        made.setColumnCount(2)
        made.setHeaderHidden(True)
        made.setRootIsDecorated(False)
        made.setUniformRowHeights(True)
        made.setAccessibleName(name)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # who types walks with the arrow keys
        made.header().setStretchLastSection(False)
        made.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        made.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        made.itemClicked.connect(self._choose)
        return made

    @property
    def shown(self) -> list[str]:
        """The names in the list, from above."""
        found = (self.list.topLevelItem(i) for i in range(self.list.topLevelItemCount()))
        return [item.text(0) for item in found if item is not None]

    def _show(self, typed: str) -> None:
        ranked = [(entry.rank(typed), entry) for entry in self._entries]
        fitting = sorted((r, n) for n, (r, _) in enumerate(ranked) if r is not None)
        self.list.clear()
        for _, number in fitting[:MOST_SHOWN]:
            self._add(self._entries[number], number)
        first = self.list.topLevelItem(0)
        if first is not None:
            self.list.setCurrentItem(first)
        else:
            item = QTreeWidgetItem(self.list, [self._nothing])
            item.setFirstColumnSpanned(True)
            item.setDisabled(True)

    def _add(self, entry: Entry, number: int) -> None:
        item = QTreeWidgetItem(self.list, [entry.name, entry.beside])
        item.setData(0, Qt.ItemDataRole.UserRole, number)
        item.setForeground(1, self._muted)

    def _choose(self, item: QTreeWidgetItem | None) -> None:
        number = item.data(0, Qt.ItemDataRole.UserRole) if item is not None else None
        if number is not None:
            self.accept()
            self._entries[number].choose()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Arrow keys walk along the list while the keyboard stays in the line."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in WALKING:
                self.list.event(event)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._choose(self.list.currentItem())
                return True
        return super().eventFilter(watched, event)


def entries_for(
    context: Context, commands: Iterable[Command], give: Callable[[Command], None]
) -> list[Entry]:
    """What can be found now: commands that can be given, then the records of the open book."""
    found = [
        Entry(
            command.name(context).rstrip("…"),
            command.shown_keys,
            partial(give, command),
            command.text,  # who knows the English name finds it in every language
        )
        for command in commands
        if command.needs(context) and command.key != ITSELF
    ]
    return found + list(_records(context))


def _records(context: Context) -> Iterator[Entry]:
    if context.session is None:
        return
    for record in context.book.by_id.values():
        if not isinstance(record, AcceptedPlan):
            key, shown = place_of_record(record)
            page = context.words.say(RAIL_ENTRIES[number_of(key)].title)
            yield Entry(record.name, page, partial(context.show_page, key, shown))
