"""What follows from a form's fields, said below them while they are typed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from backstop.desktop.forms.form import RecordForm
from backstop.desktop.look.theme import Space
from backstop.desktop.widgets.text import plain_label
from backstop.domain import Record

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context

Values = Mapping[str, Any]


class FollowUp(QWidget):
    """Says what follows from a form; while that is not valid, what it said last."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.text = plain_label("muted", wrap=True)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, Space.TINY, 0, 0)
        self.column.setSpacing(Space.SMALL)
        self.column.addWidget(self.text)
        self._last: tuple[Values, Record | None] | None = None
        self.hide()

    def follow(self, form: RecordForm) -> None:
        """Keep up with what is typed into a form."""
        form.begun.connect(self._begin)
        form.previewed.connect(self._show)

    def _begin(self) -> None:
        self._last = None
        self.hide()

    def _show(self, values: Values, record: Record | None) -> None:
        said = self.said(values, record)
        if said:
            self._last = values, record
        elif record is None and self._last is not None:
            said = self.said(*self._last)  # in the language of now
        if said:
            self.text.setText(said)
            self.show()
        elif record is not None:
            self.hide()

    def said(self, values: Values, record: Record | None) -> str:
        """What follows, in words; empty while nothing does."""
        raise NotImplementedError
