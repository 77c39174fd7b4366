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
    """Says what follows from a form; while that is not valid, what followed from what was kept: of
    a due day 45, nothing follows from the 4."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.text = plain_label("muted", wrap=True)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, Space.TINY, 0, 0)
        self.column.setSpacing(Space.SMALL)
        self.column.addWidget(self.text)
        self._last: tuple[Values, Record | None] | None = None
        self._kept: tuple[Values, Record | None] | None = None
        self.hide()

    def follow(self, form: RecordForm) -> None:
        """Keep up with what is typed into a form."""
        form.begun.connect(self._begin)
        form.previewed.connect(self._show)
        form.settled.connect(lambda: self._settle(form))

    def _begin(self) -> None:
        self._last = self._kept = None
        self.hide()

    def _settle(self, form: RecordForm) -> None:
        if form.draft is not None and form.draft.is_settled:
            self._kept = self._last

    def _show(self, values: Values, record: Record | None) -> None:
        said = self.said(values, record)
        if said:
            self._last = values, record
            self._kept = self._kept or self._last
        elif record is None and self._kept is not None:
            said = self.said(*self._kept)  # in the language of now
        if said:
            self.text.setText(said)
            self.show()
        elif record is not None:
            self.hide()

    def said(self, values: Values, record: Record | None) -> str:
        """What follows, in words; empty while nothing does."""
        raise NotImplementedError
