"""One row of the guided start: a record, or an empty one that becomes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLineEdit

from backstop.desktop.forms.control import LineControl
from backstop.desktop.widgets.text import plain_label, tool_button
from backstop.domain import BadInput, message
from backstop.services.commands import put_record, remove_record

if TYPE_CHECKING:
    from backstop.desktop.guide.asked import Asked, Kind
    from backstop.desktop.state.context import Context
    from backstop.domain import Record


class EntryRow(QObject):
    """Its controls stand in a grid that the table lays out before it calls `show_record`: what has
    no place yet would be a window of its own. `begun()`: something is said in it;
    `cleared()`: it is gone."""

    begun = Signal()
    cleared = Signal()

    def __init__(self, context: Context, kind: Kind, record: Record | None) -> None:
        super().__init__()
        self._context, self._kind = context, kind
        self.record_id = record.id if record is not None else ""
        self.controls = {each.name: each.control() for each in kind.columns}
        self.problem = plain_label("danger", wrap=True)
        self.remark = plain_label("small", wrap=True)
        self.remove = tool_button()
        self.remove.setText("✕")
        place = self.remove.sizePolicy()
        place.setRetainSizeWhenHidden(True)
        self.remove.setSizePolicy(place)
        for each in kind.columns:
            self._connect(each)
        self.remove.clicked.connect(self._remove)
        self.begun.connect(self._offer_removal)

    def _connect(self, asked: Asked) -> None:
        control = self.controls[asked.name]
        control.typed.connect(self.begun)
        control.left.connect(lambda: self._left(asked.name))
        control.escaped.connect(self.show_record)
        if isinstance(control.target, QLineEdit):
            control.target.returnPressed.connect(control.target.focusNextChild)

    @property
    def record(self) -> Record | None:
        """The record of the book that it speaks of."""
        return self._context.book.by_id.get(self.record_id)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said in it."""
        return not self.record_id and not any(self._said(each) for each in self._kind.columns)

    def speak(self) -> None:
        """Use the words of the context, and name every control."""
        words, book = self._context.words, self._context.book
        for asked in self._kind.columns:
            control = self.controls[asked.name]
            control.speak(words, book)
            control.target.setAccessibleName(words.say(asked.label))
        self.remove.setAccessibleName(words.say("Take this line away"))
        self.remove.setToolTip(words.say("Take this line away"))

    def show_record(self) -> None:
        """Show the record as the book has it, or an empty row."""
        self.speak()
        record = self.record
        values = self._kind.told(record) if record else self._kind.beginning(self._context)
        fixed = self._kind.fixed(record) if record else frozenset()
        for name, control in self.controls.items():
            control.show_value(values[name])
            control.set_read_only(name in fixed)
        if record is not None and "product" in self.controls:
            self._show_kind(record)
        self.remark.setText(self._kind.remark(self._context, record) if record else "")
        self.remark.setVisible(bool(self.remark.text()))
        self._offer_removal()
        self._say(None)

    def _show_kind(self, record: Record) -> None:
        combo = self.controls["product"].target
        kind = self._context.words.label(record.kind)  # type: ignore[attr-defined]
        combo.setPlaceholderText(kind[:1].upper() + kind[1:])  # type: ignore[attr-defined]

    def _offer_removal(self) -> None:
        """What stands in the wrong place can be taken away before it is complete."""
        self.remove.setVisible(not self.is_empty)

    def _left(self, name: str) -> None:
        self._kind.follow(self._context, name, self.controls)
        self.begun.emit()
        self.keep()

    def keep(self, *, complains: bool = False) -> bool:
        """Put what stands in it into the book; whether nothing is left to be said. What is not
        complete waits, until somebody wants to go on and `complains`."""
        if self.is_empty:
            self._say(None)
            return True
        missing = [each for each in self._kind.columns if each.needed and not self._said(each)]
        if missing and not self.record_id:
            self._say(self._lacking(missing) if complains else None)
            return False
        try:
            values = {name: control.value() for name, control in self.controls.items()}
            record = self._kind.make(self._context, values, self.record)
        except BadInput as bad:
            self._say(bad)
            return False
        if record != self.record and not self._context.apply(
            put_record(self._context.book, record)
        ):
            return False
        self.record_id = record.id
        self.show_record()
        return True

    def _said(self, asked: Asked) -> bool:
        control = self.controls[asked.name]
        if isinstance(control, LineControl):
            usual = control.written(self._kind.beginning(self._context)[asked.name])
            return control.typed_text().strip() not in ("", usual)
        value: Any = control.value()
        return bool(value) and value != self._kind.beginning(self._context)[asked.name]

    def _lacking(self, missing: list[Asked]) -> BadInput:
        words = self._context.words
        names = words.listing([words.say(each.label) for each in missing])
        return BadInput(message("Still missing: {fields}.", fields=names))

    def _say(self, bad: BadInput | None) -> None:
        said = self._context.words.tell(bad.message) if bad else ""
        self.problem.setText(f"■ {said}" if said else "")
        self.problem.setVisible(bool(said))

    def _remove(self) -> None:
        if self.record_id in self._context.book.by_id:
            self._context.apply(remove_record(self._context.book, self.record_id))
        self.cleared.emit()
