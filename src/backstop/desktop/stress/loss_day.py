"""The field for the day of a loss: inside the projection, or refused where it is typed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal

from backstop.desktop.forms.days import DayControl
from backstop.domain import BadInput, message

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context

WIDTH = 146


class LossDay(DayControl):
    """`chosen(day)` when it is left with a day that can be, or empty where that may be; what cannot
    be is said, and stays to be mended. Escape brings back what was shown."""

    chosen = Signal(object)

    def __init__(self, context: Context, *, optional: bool = False, blank: str = "") -> None:
        super().__init__(optional=optional, blank=blank)
        self._context = context
        self._given: date | None = None
        self.setFixedWidth(WIDTH)
        self.left.connect(self._tell)
        self.escaped.connect(lambda: self.show_value(self._given))

    def show_value(self, value: Any) -> None:
        super().show_value(value)
        self._given = value
        self.set_wrong(False)

    def read(self, text: str) -> date | None:
        day, first = super().read(text), self._context.book.as_of
        last = first + timedelta(days=self._context.book.horizon_days)
        if day is not None and not first <= day <= last:
            raise BadInput(message("Choose a day from {first} to {last}.", first=first, last=last))
        return day

    def _tell(self) -> None:
        try:
            day = self.value()
        except BadInput as bad:
            self.set_wrong(True)
            self._context.tell_error(bad)
            return
        self.show_value(day)
        self.chosen.emit(day)
