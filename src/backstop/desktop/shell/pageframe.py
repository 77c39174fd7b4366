"""The frame that a page stands in: it scrolls where the window is too small."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea

from backstop.desktop.widgets.page import Page


class PageFrame(QScrollArea):
    """Tells its page how wide it may be."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page.setObjectName("page")
        self.setWidget(page)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Tell the page its new width."""
        self._page.fit(event.size().width())
        super().resizeEvent(event)
