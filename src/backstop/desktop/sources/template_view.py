"""A template of the catalogue before it is added: each value with its date and how sure it is."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from backstop.desktop.look.theme import Space
from backstop.desktop.widgets.text import as_typed, button, plain_label
from backstop.services.catalogue import (
    AnyTemplate,
    MeasureTemplate,
    provenance_of,
    typical_values,
)

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context

_AMOUNTS = ("limit", "minimum_draw", "draw_step")


class TemplateView(QWidget):
    """`confirmed(template)` when the owner takes the values over; `dismissed()` when not."""

    confirmed = Signal(object)
    dismissed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._template: AnyTemplate | None = None
        self.note = plain_label(wrap=True)
        self.advice = plain_label("muted", wrap=True)
        self.values = QVBoxLayout()
        self.values.setSpacing(Space.MEDIUM)
        self.confirm, self.dismiss = button("primary"), button("quiet")
        buttons = QHBoxLayout()
        buttons.addWidget(self.confirm)
        buttons.addWidget(self.dismiss)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.LARGE)
        column.addWidget(self.note)
        column.addWidget(self.advice)
        column.addLayout(buttons)
        column.addLayout(self.values)
        column.addStretch(1)
        self.confirm.clicked.connect(lambda: self.confirmed.emit(self._template))
        self.dismiss.clicked.connect(self.dismissed)

    def show_template(self, template: AnyTemplate) -> None:
        """Show what a template fills in."""
        self._template = template
        words = self._context.words
        self.note.setText(words.say(template.note))
        self.advice.setText(
            words.say(
                "These are typical values, not a promise. What it would bring you, and of what, "
                "is yours to fill in."
            )
            if isinstance(template, MeasureTemplate)
            else words.say(
                "These are typical values, not a promise: check each against your own contract. "
                "The limit is yours to fill in."
            )
        )
        self.confirm.setText(as_typed(words.say("Add with these values")))
        self.dismiss.setText(as_typed(words.say("Cancel")))
        self._show_values(template)

    def _show_values(self, template: AnyTemplate) -> None:
        while (item := self.values.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        values = typical_values(template, self._context.words)
        for field, value in values.items():
            self.values.addWidget(self._value(template, field, value))

    def _value(self, template: AnyTemplate, field: str, value: object) -> QWidget:
        words = self._context.words
        row = QFrame()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        shown = plain_label("strong", self._shown(field, value), wrap=True)
        column.addWidget(plain_label("small", words.field(field)))
        column.addWidget(shown)
        column.addWidget(plain_label("small", provenance_of(template, field, words), wrap=True))
        row.setAccessibleName(f"{words.field(field)}: {shown.text()}")
        return row

    def _shown(self, field: str, value: object) -> str:
        words = self._context.words
        if field in _AMOUNTS and isinstance(value, int):
            return self._context.round_money(value)
        if isinstance(value, tuple):
            return words.listing([str(each) for each in value])
        if value is None:
            return words.say("not known")
        return words.day(value) if isinstance(value, date) else words.shown(value)
