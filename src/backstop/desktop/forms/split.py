"""A table with its detail pane at the right, which takes room only while it is wanted."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from backstop.desktop.forms.pane import NARROWEST, USUAL, DetailPane
from backstop.desktop.look.theme import Space

ROOM_FOR_TABLE = 406


class TableAndPane(QSplitter):
    """The pane keeps the width the owner gave it; until then it leaves the table its room."""

    def __init__(self, evidence: QWidget, pane: DetailPane) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._pane, self._given = pane, 0
        self.addWidget(evidence)
        self.addWidget(pane)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(Space.LARGE)
        self.setStretchFactor(0, 1)
        self.setStretchFactor(1, 0)
        self.splitterMoved.connect(self._remember)
        pane.hide()

    def show_pane(self) -> None:
        """Show the details beside the table, or in its place where that is narrow."""
        if self._pane.isHidden():
            self._pane.show()
            self._share()

    def hide_pane(self) -> None:
        """Show the table alone."""
        self._pane.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Share the new width, unless the owner has chosen the shares."""
        super().resizeEvent(event)
        if not self._pane.isHidden() and not self._given:
            self._share()

    def _share(self) -> None:
        room = self.width() - self.handleWidth()
        pane = self._given or max(NARROWEST, min(USUAL, room - ROOM_FOR_TABLE))
        self.setSizes([max(1, room - pane), pane])

    def _remember(self) -> None:
        self._given = self._pane.width()
