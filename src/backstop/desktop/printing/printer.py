"""A PDF document onto a printer, page by page, as sharp as the printer is."""

from collections.abc import Callable
from errno import EIO
from os import strerror
from pathlib import Path

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from backstop.domain.errors import EnvironmentFault
from backstop.services.placing import appearing

SHARPEST_DPI = 600
"""Beyond this a page becomes a picture of hundreds of megabytes, and no eye sees more."""


def print_document(
    document: QPdfDocument, title: str, parent: QWidget, failed: Callable[[Exception], object]
) -> QPrintDialog:
    """Ask for a printer and print; returns the open dialog. `failed` is told what refuses it."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    dialog = QPrintDialog(printer, parent)
    dialog.setMinMax(1, max(document.pageCount(), 1))
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
    dialog.accepted.connect(lambda: print_out(document, printer, failed))
    dialog.finished.connect(dialog.deleteLater)
    QDialog.open(dialog)
    return dialog


def print_out(
    document: QPdfDocument, printer: QPrinter, failed: Callable[[Exception], object]
) -> None:
    """Onto paper, or into the file that was chosen instead, as every other file is written."""
    if not printer.outputFileName():
        draw_pages(document, printer)
        return
    try:
        with appearing(Path(printer.outputFileName()), "pdf") as fresh:
            printer.setOutputFileName(str(fresh))
            printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
            if not draw_pages(document, printer):
                raise OSError(EIO, strerror(EIO))
    except EnvironmentFault as fault:
        failed(fault)


def draw_pages(document: QPdfDocument, printer: QPrinter) -> int:
    """Draw the pages that the printer was asked for; returns how many."""
    pages = chosen_pages(document.pageCount(), printer.fromPage(), printer.toPage())
    painter = QPainter()
    if not painter.begin(printer):
        return 0
    for number, page in enumerate(pages):
        if number:
            printer.newPage()
        _draw_page(document, page, printer, painter)
    painter.end()
    return len(pages)


def chosen_pages(count: int, first: int, last: int) -> range:
    """Page numbers from 0 for a dialog's range, in which 0 and 0 mean all."""
    if first <= 0:
        return range(count)
    return range(min(first, count) - 1, min(max(last, first), count))


def _draw_page(document: QPdfDocument, page: int, printer: QPrinter, painter: QPainter) -> None:
    paper = printer.pageLayout().fullRectPixels(printer.resolution())
    points = document.pagePointSize(page)
    scale = min(paper.width() / points.width(), paper.height() / points.height())
    place = QSize(round(points.width() * scale), round(points.height() * scale))
    sharp = min(1.0, SHARPEST_DPI / printer.resolution())
    drawn = document.render(
        page, QSize(round(place.width() * sharp), round(place.height() * sharp))
    )
    painter.drawImage(QRect(0, 0, place.width(), place.height()), drawn)
