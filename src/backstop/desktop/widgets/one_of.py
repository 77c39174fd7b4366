"""One of several widgets at a time, which alone says how much room is needed: Qt's own stack is as
large as the largest of all."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget


class OneOf(QWidget):
    """Shows the first until another is wanted."""

    def __init__(self, *held: QWidget) -> None:
        super().__init__()
        self._held = held
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for each in held:
            column.addWidget(each)
        self.show_only(held[0])

    def show_only(self, wanted: QWidget) -> None:
        """Show this one; the others go first, so that there is never room needed for two."""
        for each in self._held:
            if each is not wanted:
                each.hide()
        wanted.show()


class Places(QStackedWidget):
    """Qt's own stack, which knows where the keyboard was, with the room that the shown one needs:
    for what fills its place anyway."""

    def hasHeightForWidth(self) -> bool:  # noqa: N802
        """No: the heights of all would count."""
        return False

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """What the shown one needs."""
        shown = self.currentWidget()
        return shown.minimumSizeHint() if shown is not None else QSize(0, 0)

    def sizeHint(self) -> QSize:  # noqa: N802
        """What the shown one would like."""
        shown = self.currentWidget()
        return shown.sizeHint() if shown is not None else QSize(0, 0)
