"""What was just removed, and the way back: no question before, one sentence after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout

from backstop.desktop.look.icons import icon
from backstop.desktop.look.theme import Space
from backstop.desktop.widgets.text import as_typed, button, plain_label, tool_button

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context
    from backstop.domain import Message


class UndoBar(QFrame):
    """Shown after a removal until the book changes again or it is closed."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._said: Message | None = None
        self.setProperty("role", "notice")
        self.text = plain_label(wrap=True)
        self.undo = button("quiet")
        self.close_button = tool_button()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(Space.LARGE, Space.TINY, Space.SMALL, Space.TINY)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.undo)
        layout.addWidget(self.close_button)
        self.undo.clicked.connect(context.undo)
        self.close_button.clicked.connect(self.dismiss)
        context.theme_changed.connect(self.restyle)
        context.language_changed.connect(self.speak)
        self.restyle()
        self.hide()

    def offer(self, said: Message) -> None:
        """Say what was removed; call after the change was applied."""
        self._said = said
        self.speak()
        self.show()

    def dismiss(self) -> None:
        """Hide the offer."""
        self._said = None
        self.hide()

    def speak(self) -> None:
        words = self._context.words
        self.undo.setText(as_typed(words.say("Undo")))
        self.close_button.setToolTip(words.say("Close this message"))
        self.close_button.setAccessibleName(words.say("Close this message"))
        if self._said is not None:
            self.text.setText(words.tell(self._said))
            self.setAccessibleName(self.text.text())

    def restyle(self) -> None:
        self.close_button.setIcon(icon("close", self._context.theme.muted))
