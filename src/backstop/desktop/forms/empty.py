"""What stands in the place of an empty table: what to do next, with the buttons there."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from backstop.desktop.look.theme import Space
from backstop.desktop.widgets.text import as_typed, button, plain_label
from backstop.telling import Words

WIDTH = 460


class EmptyState(QWidget):
    """A title, a sentence and buttons, the first of them the one to press."""

    def __init__(self, title: str, text: str, buttons: tuple[str, ...]) -> None:
        super().__init__()
        self._title, self._text, self._names = title, text, buttons
        self.title = plain_label("section")
        self.text = plain_label("muted", wrap=True)
        self.buttons = [button("primary" if not number else "") for number in range(len(buttons))]
        row = QHBoxLayout()
        row.setSpacing(Space.SMALL)
        for each in self.buttons:
            row.addWidget(each)
        row.addStretch(1)
        middle = QWidget()
        middle.setMaximumWidth(WIDTH)
        column = QVBoxLayout(middle)
        column.setSpacing(Space.MEDIUM)
        column.addWidget(self.title)
        column.addWidget(self.text)
        column.addLayout(row)
        outer = QHBoxLayout(self)
        outer.addStretch(1)
        outer.addWidget(middle, WIDTH, Qt.AlignmentFlag.AlignVCenter)
        outer.addStretch(1)

    def speak(self, words: Words) -> None:
        """Say its texts in these words."""
        self.title.setText(words.say(self._title))
        self.text.setText(words.say(self._text))
        for each, name in zip(self.buttons, self._names, strict=True):
            each.setText(as_typed(words.say(name)))
