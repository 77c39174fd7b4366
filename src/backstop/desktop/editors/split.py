"""A table with its detail pane at the right, which takes room only while it is wanted."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

from backstop.desktop.editors.pane import USUAL, DetailPane
from backstop.desktop.theme import Space


class TableAndPane(QSplitter):
    """The pane keeps the width the owner gave it."""

    def __init__(self, evidence: QWidget, pane: DetailPane) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._pane, self._width = pane, USUAL
        self.addWidget(evidence)
        self.addWidget(pane)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(Space.LARGE)
        self.setStretchFactor(0, 1)
        self.setStretchFactor(1, 0)
        self.splitterMoved.connect(self._remember)
        pane.hide()

    def show_pane(self) -> None:
        if self._pane.isHidden():
            self._pane.show()
            self.setSizes([max(1, self.width() - self._width), self._width])

    def hide_pane(self) -> None:
        self._pane.hide()

    def _remember(self) -> None:
        self._width = self._pane.width()
