"""The pages of a document as they will be printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Signal
from PySide6.QtGui import QColor, QKeySequence, QPalette
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from backstop.desktop.look.theme import Space
from backstop.desktop.printing.printer import print_document
from backstop.desktop.widgets.dialog_lifetimes import ends_with_state
from backstop.desktop.widgets.room import fit_to_screen
from backstop.desktop.widgets.text import as_typed, button, plain_label

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context

SIZE = (860, 760)
ZOOM = 1.25


class PreviewDialog(QDialog):
    """Shows a PDF; prints it, or emits `export_wanted`."""

    export_wanted = Signal()

    def __init__(self, context: Context, pdf: bytes, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        ends_with_state(self, context)
        self._context = context
        self.document = QPdfDocument(self)
        self._buffer = QBuffer(self)
        self._buffer.setData(QByteArray(pdf))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document.load(self._buffer)
        self.view = QPdfView(self)
        self.view.setDocument(self.document)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        around = self.view.palette()
        around.setColor(QPalette.ColorRole.Dark, QColor(context.theme.line))
        self.view.setPalette(around)
        self.setWindowTitle(title)
        self._lay_out()
        fit_to_screen(self, *SIZE)
        self.finished.connect(self.deleteLater)

    def _lay_out(self) -> None:
        words = self._context.words
        say = words.say
        pages = words.count(self.document.pageCount(), "one page", "{n} pages")
        self.print, self.export, self.close_it = button("primary"), button(), button()
        nearer, farther = button(), button()
        for made, text, wanted in (
            (nearer, "Larger", lambda: self._zoom(ZOOM)),
            (farther, "Smaller", lambda: self._zoom(1 / ZOOM)),
            (self.export, "Export PDF…", self.export_wanted.emit),
            (self.close_it, "Close", self.reject),
            (self.print, "Print…", self._print),
        ):
            made.setText(as_typed(say(text)))
            made.clicked.connect(wanted)
        nearer.setShortcut(QKeySequence.StandardKey.ZoomIn)
        farther.setShortcut(QKeySequence.StandardKey.ZoomOut)
        self.print.setShortcut(QKeySequence.StandardKey.Print)
        self.view.setAccessibleName(say("Pages of the plan"))
        row = QHBoxLayout()
        row.setSpacing(Space.SMALL)
        row.addWidget(farther)
        row.addWidget(nearer)
        row.addWidget(plain_label("muted", pages))
        row.addStretch(1)
        for each in (self.close_it, self.export, self.print):
            row.addWidget(each)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.LARGE, Space.LARGE, Space.LARGE, Space.LARGE)
        layout.setSpacing(Space.MEDIUM)
        layout.addWidget(self.view, 1)
        layout.addLayout(row)
        self.print.setDefault(True)
        self.print.setFocus()

    def _zoom(self, factor: float) -> None:
        if self.view.zoomMode() is not QPdfView.ZoomMode.Custom:
            wide = self.document.pagePointSize(0).width() * self.logicalDpiX() / 72
            self.view.setZoomFactor(self.view.viewport().width() / max(wide, 1))
            self.view.setZoomMode(QPdfView.ZoomMode.Custom)
        self.view.setZoomFactor(self.view.zoomFactor() * factor)

    def _print(self) -> None:
        print_document(self.document, self.windowTitle(), self, self._context.tell_error)
