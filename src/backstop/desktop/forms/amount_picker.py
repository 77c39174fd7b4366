"""The field for an amount that opens below a day."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget, QWidgetAction

from backstop.desktop.forms.lines import AmountControl
from backstop.desktop.look.theme import Space
from backstop.desktop.widgets.text import plain_label
from backstop.domain import BadInput, Book
from backstop.telling import Words

WIDTH = 140


class AmountPicker(QWidget):
    """A label and an amount; Return takes it."""

    def __init__(
        self, label: str, minor: int, words: Words, book: Book, picked: Callable[[int], None]
    ) -> None:
        super().__init__()
        self._picked = picked
        self.control = AmountControl()
        self.control.speak(words, book)
        self.control.show_value(minor)
        self.control.line.setAccessibleName(label)
        self.control.line.setFixedWidth(WIDTH)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.SMALL, Space.SMALL, Space.SMALL, Space.SMALL)
        row.addWidget(plain_label("small", label))
        row.addWidget(self.control)
        self.control.line.returnPressed.connect(self.take)

    def take(self) -> None:
        """Tell the amount, or mark it as one that cannot be read."""
        try:
            amount = self.control.value()
        except BadInput:
            self.control.set_wrong(True)
        else:
            self._picked(amount)


def pick_amount(
    parent: QWidget,
    at: QPoint,
    label: str,
    minor: int,
    words: Words,
    book: Book,
    picked: Callable[[int], None],
) -> AmountPicker:
    """Open a field at a point of the screen; `picked` is told the amount, in minor units."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def taken(amount: int) -> None:
        menu.close()
        picked(amount)

    picker = AmountPicker(label, minor, words, book, taken)
    action = QWidgetAction(menu)
    action.setDefaultWidget(picker)
    menu.addAction(action)
    menu.popup(at)
    picker.control.line.setFocus()
    picker.control.line.selectAll()
    return picker
