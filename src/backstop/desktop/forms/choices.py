"""Controls that choose: one of a kind, yes or no, one of the book's records, or several of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QCheckBox, QListWidget, QListWidgetItem, QWidget

from backstop.desktop.forms.control import CalmCombo, Control
from backstop.desktop.forms.offered import Choices
from backstop.desktop.widgets.text import as_typed
from backstop.domain import Book

if TYPE_CHECKING:
    from backstop.telling import Words

MOST_SHOWN_MEMBERS = 8


class ChoiceControl(Control):
    """One of several values, each with its words."""

    def __init__(self) -> None:
        super().__init__()
        self.combo = CalmCombo()
        self.row.addWidget(self.combo, 1)
        self._value: Any = None
        self._values: list[Any] = []
        self.combo.activated.connect(self._choose)

    @property
    def target(self) -> QWidget:
        return self.combo

    def value(self) -> Any:
        return self._value

    def show_value(self, value: Any) -> None:
        self._value = value
        self.combo.setCurrentIndex(self._values.index(value) if value in self._values else -1)

    def offer(self, choices: Iterable[tuple[Any, str]]) -> None:
        """Let the owner choose among these values, shown by these words."""
        offered = list(choices)
        texts = [self.combo.itemText(i) for i in range(self.combo.count())]
        if [text for _, text in offered] != texts:
            self.combo.clear()
            self.combo.addItems([text for _, text in offered])
        self._values = [value for value, _ in offered]
        self.show_value(self._value)

    def _choose(self, number: int) -> None:
        if self._values[number] != self._value:
            self._value = self._values[number]
            self.left.emit()


class EnumControl(ChoiceControl):
    """One of a closed list, or of some of it, by its labels or by words of this field's own."""

    def __init__(self, kind: Iterable[Enum], words: Mapping[Any, str] | None = None) -> None:
        super().__init__()
        self._kinds, self._own = tuple(kind), words or {}

    def speak(self, words: Words, book: Book) -> None:
        self.offer([(each, self._said(each, words)) for each in self._kinds])

    def _said(self, each: Enum, words: Words) -> str:
        return words.say(self._own[each]) if each in self._own else words.label(each)


class RecordControl(ChoiceControl):
    """One of the book's records by its id; `none` are the words for no record at all."""

    def __init__(self, choices: Choices, none: str = "") -> None:
        super().__init__()
        self._choices, self._none = choices, none

    def speak(self, words: Words, book: Book) -> None:
        none = [("", words.say(self._none))] if self._none else []
        self.offer([*none, *self._choices(book)])


class TickControl(Control):
    """Yes or no."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.box = QCheckBox()
        self.row.addWidget(self.box, 1)
        self.box.clicked.connect(self.left)

    @property
    def target(self) -> QWidget:
        return self.box

    def value(self) -> bool:
        return self.box.isChecked()

    def show_value(self, value: Any) -> None:
        self.box.setChecked(bool(value))

    def speak(self, words: Words, book: Book) -> None:
        self.box.setText(as_typed(words.field(self._name)))


class ChecksControl(Control):
    """Several of the book's records, ticked in a list; never the one that is edited."""

    def __init__(self, choices: Choices) -> None:
        super().__init__()
        self._choices, self._own = choices, ""
        self.list = QListWidget()
        self.row.addWidget(self.list)
        self._value: tuple[str, ...] = ()
        self.list.itemChanged.connect(self._ticked)
        self.list.setProperty("role", "ticks")

    @property
    def target(self) -> QWidget:
        return self.list

    def value(self) -> tuple[str, ...]:
        return self._value

    def show_value(self, value: Any) -> None:
        self._value = tuple(value)
        self.list.blockSignals(True)
        for item in self._items():
            ticked = item.data(Qt.ItemDataRole.UserRole) in self._value
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        self.list.blockSignals(False)
        self.list.viewport().update()

    def belong_to(self, record_id: str) -> None:
        self._own = record_id

    def speak(self, words: Words, book: Book) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        for record_id, name in self._choices(book):
            if record_id == self._own:
                continue
            item = QListWidgetItem(name, self.list)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable)
            item.setData(Qt.ItemDataRole.UserRole, record_id)
            item.setSizeHint(QSize(0, 28))
        self.list.blockSignals(False)
        shown = min(max(self.list.count(), 2), MOST_SHOWN_MEMBERS)
        self.list.setFixedHeight(28 * shown + 10)
        self.show_value(self._value)

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(number) for number in range(self.list.count())]

    def _ticked(self) -> None:
        self._value = tuple(
            item.data(Qt.ItemDataRole.UserRole)
            for item in self._items()
            if item.checkState() is Qt.CheckState.Checked
        )
        self.left.emit()
