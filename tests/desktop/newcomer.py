"""A newcomer whose hands are counted: real keys and clicks, each with the time it takes."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QWidget

from desktop.editing import click, compose, press, write

KEY_SECONDS, CLICK_SECONDS = 0.2, 1.2


class Newcomer:
    """Types into whatever has the keyboard. What no key makes comes from an input method, at two
    keys a sign."""

    def __init__(self) -> None:
        self.keys = self.clicks = 0

    @property
    def seconds(self) -> float:
        """The time of all keys and clicks so far."""
        return self.keys * KEY_SECONDS + self.clicks * CLICK_SECONDS

    def click(self, widget: QWidget) -> None:
        assert widget.isVisible()
        assert widget.isEnabled()
        click(widget)
        self.clicks += 1

    def type(self, text: str) -> None:
        place = self.place
        assert isinstance(place, QLineEdit)
        if text.isascii():
            write(place, text)
            self.keys += len(text)
        else:
            compose(place, "", text)
            self.keys += 2 * len(text)

    def press(self, key: Qt.Key, times: int = 1) -> None:
        for _ in range(times):
            press(self.place, key)
            self.keys += 1

    def choose(self, text: str) -> None:
        """Walk down a list by keys to the entry with this text."""
        combo = self.place
        assert isinstance(combo, QComboBox)
        wanted = combo.findText(text)
        assert wanted >= 0, [combo.itemText(n) for n in range(combo.count())]
        while combo.currentIndex() != wanted:
            before = combo.currentIndex()
            self.press(Qt.Key.Key_Down if before < wanted else Qt.Key.Key_Up)
            assert combo.currentIndex() != before
        QTest.qWait(0)

    def fill(self, *fields: str) -> None:
        """Fill one row, field by field; an empty text leaves a field as it is."""
        for text in fields:
            place = self.place
            if isinstance(place, QComboBox):
                if text:
                    self.choose(text)
            elif isinstance(place, QLineEdit):
                self.type(text)
            elif text:
                self.press(Qt.Key.Key_Space)
            self.press(Qt.Key.Key_Tab)

    @property
    def place(self) -> QWidget:
        """What has the keyboard."""
        found = QApplication.focusWidget()
        assert found is not None
        return found
