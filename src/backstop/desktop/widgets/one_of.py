"""One of several widgets at a time, which alone says how much room is needed."""

from PySide6.QtWidgets import QVBoxLayout, QWidget


class OneOf(QWidget):
    """Qt's own stack is as tall as the tallest of all that it holds."""

    def __init__(self, *held: QWidget) -> None:
        super().__init__()
        self._held = held
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for each in held:
            column.addWidget(each)
        self.show_only(held[0])

    def show_only(self, wanted: QWidget) -> None:
        """Show this one."""
        for each in self._held:
            each.setVisible(each is wanted)
