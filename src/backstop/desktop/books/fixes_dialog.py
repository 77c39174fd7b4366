"""What a repair had to do, fix by fix, to be read and copied."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from backstop.desktop.look.theme import Space
from backstop.desktop.widgets.dialog_lifetimes import outlives_book
from backstop.desktop.widgets.room import fit_to_screen
from backstop.desktop.widgets.text import as_typed, button, plain_label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from backstop.desktop.state.context import Context
    from backstop.domain.errors import Message

SIZE = (560, 380)


class FixesDialog(QDialog):
    """The list of fixes."""

    def __init__(
        self, context: Context, parent: QWidget, target: Path, fixes: Sequence[Message]
    ) -> None:
        super().__init__(parent)
        outlives_book(self)
        words = context.words
        self.setWindowTitle(words.say("Repair"))
        head = words.say("“{file}” was made of what could be read:", file=target.name)
        self.about = plain_label(wrap=True, text=head)
        self.list = QPlainTextEdit("\n".join(f"• {words.tell(fix)}" for fix in fixes))
        self.list.setReadOnly(True)
        self.list.setTabChangesFocus(True)
        self.list.setAccessibleName(head)
        close = button("primary")
        close.setText(as_typed(words.say("Close")))
        close.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.LARGE, Space.LARGE, Space.LARGE, Space.LARGE)
        layout.setSpacing(Space.MEDIUM)
        layout.addWidget(self.about)
        layout.addWidget(self.list, 1)
        layout.addLayout(row)
        fit_to_screen(self, *SIZE)
        self.finished.connect(self.deleteLater)
