"""A sentence with fields in it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from backstop.desktop.forms.control import Control
from backstop.desktop.forms.lines import WholeControl
from backstop.desktop.look.theme import Space
from backstop.desktop.widgets.text import plain_label
from backstop.domain import BadInput, message

PERCENT, DAYS = 100, 3650
"""The largest values of a share and of a time."""
GAP = "\0"


class Blanks(QWidget):
    """A few words with fields in them; the language decides what stands around each."""

    def __init__(self, controls: Sequence[Control]) -> None:
        super().__init__()
        self._labels = [plain_label("muted") for _ in range(len(controls) + 1)]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.TINY + 2)
        row.addWidget(self._labels[0])
        for control, label in zip(controls, self._labels[1:], strict=True):
            row.addWidget(control)
            row.addWidget(label)

    def say(self, pattern: str) -> None:
        """Take up words in which `GAP` stands for each field."""
        for label, text in zip(self._labels, pattern.split(GAP), strict=True):
            label.setText(text.strip())
            label.setVisible(bool(text.strip()))


def number_in(control: WholeControl, most: int, least: int = 0) -> int | None:
    """What stands in a field; raises `BadInput`, and marks the field."""
    try:
        number: int | None = control.value()
        if number is not None and not least <= number <= most:
            said = "Type a whole number from {least} to {most}."
            raise BadInput(message(said, least=least, most=most))
    except BadInput:
        control.set_wrong(True)
        raise
    return number
