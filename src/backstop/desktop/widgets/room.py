"""How large a dialog may be: at scale 2 a usual screen has 640 by 360 of our pixels."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from backstop.desktop.look.theme import Space

FRAME = QSize(Space.LARGE, 2 * Space.HUGE)
"""What the system puts around a window, and a little air."""


def room_for(dialog: QWidget) -> QSize:
    """The size that a dialog may have at most."""
    return dialog.screen().availableSize() - FRAME


def fit_to_screen(dialog: QWidget, width: int, height: int) -> None:
    """Give a dialog this size, or what the screen has room for."""
    dialog.resize(QSize(width, height).boundedTo(room_for(dialog)))


class Yielding(QScrollArea):
    """Is as large as what it holds, and scrolls where the screen has no room for that; `beside` is
    the height that the rest of the dialog takes."""

    def __init__(self, held: QWidget, beside: int) -> None:
        super().__init__()
        self._held, self._beside = held, beside
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        held.setObjectName("page")
        self.setWidget(held)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """All that it holds, as far as the screen has room."""
        bar = self.verticalScrollBar().sizeHint().width()
        wanted = self._held.minimumSizeHint() + QSize(bar, 0)
        return wanted.boundedTo(room_for(self) - QSize(2 * Space.WIDE, self._beside))

    def sizeHint(self) -> QSize:  # noqa: N802
        """The same: there is nothing to be gained from more."""
        return self.minimumSizeHint()
