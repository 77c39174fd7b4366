"""One line to type into: who comes to it types over what stands there, not before it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QMouseEvent
from PySide6.QtWidgets import QLineEdit, QWidget

_ASIDE = (
    Qt.FocusReason.ActiveWindowFocusReason,
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
)


class SelectingLine(QLineEdit):
    """All is selected when the keyboard comes to it, by whatever way; a second click places the
    caret. Who comes back from a menu or another window finds it as it was."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._is_left = True
        self._is_clicked = False
        self.returnPressed.connect(self.selectAll)

    def renew(self, text: str) -> None:
        """Show a text without a history. Under the keyboard another one is selected, to be typed
        over; in the same one caret and selection stay where they are."""
        is_other = text != self.text()
        if not is_other and not self.isUndoAvailable():
            return
        start, length, caret = self.selectionStart(), self.selectionLength(), self.cursorPosition()
        self.setText(text)
        if not self.hasFocus():
            self.setCursorPosition(0)
        elif is_other:
            self.selectAll()
        elif length:
            self.setSelection(start, length)
        else:
            self.setCursorPosition(caret)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Select all, unless the focus was away for a moment only."""
        super().focusInEvent(event)
        if self._is_left or event.reason() not in _ASIDE:
            self.selectAll()
            self._is_clicked = event.reason() is Qt.FocusReason.MouseFocusReason
        self._is_left = False

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Remember whether the focus is away for good."""
        super().focusOutEvent(event)
        self._is_left = event.reason() not in _ASIDE
        self._is_clicked = False

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """The click that brought the keyboard has put the caret somewhere meanwhile."""
        super().mouseReleaseEvent(event)
        if self._is_clicked and not self.hasSelectedText():
            self.selectAll()
        self._is_clicked = False
