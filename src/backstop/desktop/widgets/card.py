"""A framed part of a page: a title, an optional remark, and what it holds or why it is empty."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from backstop.desktop.look.theme import Space
from backstop.desktop.widgets.text import plain_label


class _OnePlace(QStackedLayout):
    """Keeps room for all that it holds, as tall as that is at the width there is: Qt would add what
    wrapped texts take in a narrow place."""

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        """The height of the tallest."""
        held = (self.itemAt(number) for number in range(self.count()))
        widgets = [item.widget() for item in held if item is not None]
        return max((_height_of(each, width) for each in widgets if each is not None), default=0)


class Card(QFrame):
    """Holds one widget. `say_empty` puts a sentence in its place."""

    def __init__(self, held: QWidget) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._title = plain_label("section")
        self._remark = plain_label("small")
        self._empty = plain_label("muted", wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.head = QHBoxLayout()
        self.head.setSpacing(Space.SMALL)
        self.head.addWidget(self._title)
        self.head.addStretch(1)
        self.head.addWidget(self._remark)
        place = QWidget()
        self._inside = _OnePlace(place)
        self._inside.addWidget(held)
        self._inside.addWidget(self._empty)
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(Space.LARGE, Space.MEDIUM, Space.LARGE, Space.MEDIUM)
        self.rows.setSpacing(Space.SMALL)
        self.rows.addLayout(self.head)
        self.rows.addWidget(place, 1)

    def set_title(self, title: str, remark: str = "") -> None:
        """Name the card; `remark` stands at its right."""
        self._title.setText(title)
        self._remark.setText(remark)

    def say_empty(self, sentence: str) -> None:
        """Show this sentence instead of the contents; an empty one shows them again."""
        self._empty.setText(sentence)
        self._inside.setCurrentIndex(1 if sentence else 0)

    def show_held(self, shown: bool) -> None:
        """Show the contents, or leave the place blank while there is nothing to say either."""
        self._empty.setText("")
        self._inside.setCurrentIndex(0 if shown else 1)


def _height_of(widget: QWidget, width: int) -> int:
    if widget.hasHeightForWidth():
        return widget.heightForWidth(width)
    return max(widget.minimumHeight(), widget.minimumSizeHint().height())
