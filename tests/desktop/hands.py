"""An owner's hands with a count: each click, each key and each value typed is one input."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from backstop.desktop.tables import RowsView
from desktop.editing import click, press, write

_PLAIN = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


class Hands:
    """Clicks on what is seen, and types into whatever has the keyboard; `inputs` counts."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self.inputs = 0

    def click(self, widget: QWidget) -> None:
        """Click a widget that is seen."""
        assert widget.isVisible()
        self.inputs += 1
        click(widget)

    def click_row(self, view: RowsView, row: int, *, and_others: bool = False) -> None:
        """Click a row; one that is out of sight is scrolled to first, which is an input too."""
        index = view.model().index(row, 1)
        if not view.viewport().rect().contains(view.visualRect(index)):
            self.inputs += 1
            view.scrollTo(index, RowsView.ScrollHint.PositionAtCenter)
        self.inputs += 1
        modifier = CONTROL if and_others else _PLAIN
        where = view.visualRect(index).center()
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, modifier, where)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = _PLAIN) -> None:
        """One key, or several at once, to whatever has the keyboard."""
        self.inputs += 1
        press(self._focused(), key, modifier)
        QApplication.processEvents()

    def type(self, text: str) -> None:
        """A whole value, key by key."""
        self.inputs += 1
        for letter in text:  # the first one may open a field that takes the others
            write(self._focused(), letter)

    def _focused(self) -> QWidget:
        found = QApplication.focusWidget()
        return found if found is not None else self._window
