"""The recovery sheet on screen: to be printed, or saved where only its owner looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Signal
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from backstop.desktop.look.theme import Space
from backstop.desktop.printing.printer import print_document
from backstop.desktop.widgets.dialog_lifetimes import outlives_book
from backstop.desktop.widgets.room import fit_to_screen
from backstop.desktop.widgets.text import as_typed, button

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context

SIZE = (620, 760)


class RecoveryDialog(QDialog):
    """Shows the sheet; prints it, or emits `export_wanted`."""

    export_wanted = Signal()

    def __init__(self, context: Context, pdf: bytes, parent: QWidget) -> None:
        super().__init__(parent)
        outlives_book(self)
        self._context = context
        say = context.words.say
        self.setWindowTitle(say("Recovery sheet"))
        self.document = QPdfDocument(self)
        self._buffer = QBuffer(self)
        self._buffer.setData(QByteArray(pdf))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document.load(self._buffer)
        view = QPdfView(self)
        view.setDocument(self.document)
        view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        view.setAccessibleName(say("Recovery sheet"))
        self.close_it, self.export, self.print = button(), button(), button("primary")
        row = QHBoxLayout()
        row.setSpacing(Space.SMALL)
        row.addStretch(1)
        for made, text, wanted in (
            (self.close_it, "Close", self.reject),
            (self.export, "Export PDF…", self.export_wanted.emit),
            (self.print, "Print…", self._print),
        ):
            made.setText(as_typed(say(text)))
            made.clicked.connect(wanted)
            row.addWidget(made)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.LARGE, Space.LARGE, Space.LARGE, Space.LARGE)
        layout.setSpacing(Space.MEDIUM)
        layout.addWidget(view, 1)
        layout.addLayout(row)
        self.print.setDefault(True)
        fit_to_screen(self, *SIZE)
        self.finished.connect(self.deleteLater)

    def _print(self) -> None:
        print_document(self.document, self.windowTitle(), self, self._context.tell_error)
