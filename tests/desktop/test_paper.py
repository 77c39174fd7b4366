"""The preview and the printer show the pages of the same document."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, Qt
from PySide6.QtGui import QPageSize, QPainter, QPdfWriter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from backstop.desktop.plan.drafting import draft_for
from backstop.desktop.plan.page import PlanPage
from backstop.desktop.plan.plan_paper import PlanPaper
from backstop.desktop.printing.preview import PreviewDialog
from backstop.desktop.printing.printer import chosen_pages, draw_pages, print_out
from backstop.desktop.shell.app import Program
from backstop.desktop.shell.rail_entries import number_of
from backstop.domain import Book
from backstop.plan import NO_WISHES, Answers, answer, searched
from backstop.services.plans import Shelf
from backstop.services.session import BookSession
from desktop.conftest import Start
from desktop.waiting import settled_page, shown

LONG = 20_000


@pytest.fixture
def pdf() -> bytes:
    """Three A4 pages."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    painter = QPainter(writer)
    for page in range(3):
        if page:
            writer.newPage()
        painter.fillRect(0, 0, 2000, 2000, Qt.GlobalColor.black)
    painter.end()
    return bytes(data.data())


def opened(pdf: bytes) -> tuple[QPdfDocument, QBuffer]:
    document, buffer = QPdfDocument(), QBuffer()
    buffer.setData(QByteArray(pdf))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    return document, buffer


def test_the_printer_gets_every_page(pdf: bytes, tmp_path: Path, qtbot: QtBot) -> None:
    document, _buffer = opened(pdf)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    printer.setResolution(100)
    printer.setFullPage(True)
    assert draw_pages(document, printer) == 3
    printed = QPdfDocument()
    printed.load(str(tmp_path / "out.pdf"))
    assert printed.pageCount() == 3
    size = printed.pagePointSize(0).toSize()
    image = printed.render(0, size)
    assert image.pixelColor(QPoint(40, 40)).lightness() < 60


def test_what_is_printed_into_a_file_never_takes_the_place_of_a_book(
    pdf: bytes, book: Book, tmp_path: Path, qtbot: QtBot
) -> None:
    document, _buffer = opened(pdf)
    path = tmp_path / "b.backstop"
    BookSession.create(path, book).close()
    before, refused = path.read_bytes(), list[Exception]()
    for name in (path, tmp_path / "out.pdf"):
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(name))
        printer.setResolution(100)
        print_out(document, printer, refused.append)
    assert [str(each) for each in refused] == ["That is a book. Choose another name."]
    assert path.read_bytes() == before
    assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF")
    assert {each.name for each in tmp_path.iterdir() if each.is_file()} >= {path.name, "out.pdf"}
    assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize(
    ("first", "last", "pages"),
    [(0, 0, [0, 1, 2]), (2, 3, [1, 2]), (2, 2, [1]), (3, 9, [2]), (9, 9, [2])],
)
def test_a_range_of_pages_stays_inside_the_document(
    first: int, last: int, pages: list[int]
) -> None:
    assert list(chosen_pages(3, first, last)) == pages


def test_the_preview_shows_all_pages_and_zooms(program: Program, pdf: bytes, qtbot: QtBot) -> None:
    dialog = PreviewDialog(program.context, pdf, "Jiebei", program.window)
    dialog.open()
    assert dialog.document.pageCount() == 3
    dialog._zoom(1.25)
    before = dialog.view.zoomFactor()
    dialog._zoom(1.25)
    assert dialog.view.zoomFactor() == pytest.approx(before * 1.25)
    dialog.reject()


def test_a_drafted_plan_is_previewed(program: Program, qtbot: QtBot) -> None:
    program.window.show_section(number_of("plan"))
    page = program.window.pages["plan"]
    assert isinstance(page, PlanPage)
    qtbot.waitUntil(page.print.isEnabled, timeout=LONG)
    program.window.actions_by_name["print"].trigger()
    shown: list[PreviewDialog] = []

    def is_open() -> bool:
        shown[:] = page.findChildren(PreviewDialog)
        return bool(shown)

    qtbot.waitUntil(is_open, timeout=LONG)
    assert shown[0].document.pageCount() >= 2
    assert shown[0].windowTitle() == f"Plan for losing {page.draft.loss.name}"  # type: ignore[union-attr]
    shown[0].reject()


def test_a_plan_without_a_loss_is_not_called_the_loss_of_every_line(
    start: Start, book: Book, qtbot: QtBot
) -> None:
    """Short with every line open: “Plan for losing every line open” says the opposite."""
    wages = book.by_id["wages"]
    program = start(book.put(wages.changed(amount=60_000_00)))
    page = settled_page(program, qtbot, "plan", PlanPage)
    qtbot.waitUntil(page.print.isEnabled, timeout=LONG)
    program.window.actions_by_name["print"].trigger()
    dialog = shown(PreviewDialog, qtbot)
    assert dialog.windowTitle() == "Plan though no line is lost"
    dialog.reject()


def test_all_plans_are_previewed_in_one_booklet(program: Program, qtbot: QtBot) -> None:
    """A front page, and two facing pages for each loss."""
    answers = program.context.answers
    assert answers is not None
    program.window.actions_by_name["print_all"].trigger()
    dialog = shown(PreviewDialog, qtbot)
    assert isinstance(dialog, PreviewDialog)
    assert dialog.document.pageCount() == 1 + 2 * len(searched(answers))
    assert dialog.windowTitle() == "All plans"
    dialog.reject()


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("export_xlsx", b"PK"),
        ("export_ics", b"BEGIN:VCALENDAR"),
        ("export_csv", b"\xef\xbb\xbfDay,"),
        ("ledger_csv", b"\xef\xbb\xbfPlanned for,"),
        ("ledger_xlsx", b"PK"),
    ],
)
def test_plan_and_projection_are_exported_as_tables(
    program: Program,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    name: str,
    begins: bytes,
) -> None:
    kinds: list[str] = []

    def choose(_: object, __: object, kind: str, ___: str, then: Callable[[Path], None]) -> None:
        kinds.append(kind)
        then(tmp_path / f"out.{kind}")

    for module in ("plan.plan_paper", "books.files"):
        monkeypatch.setattr(f"backstop.desktop.{module}.choose_place", choose)
    program.window.show_section(number_of("plan"))
    page = program.window.pages["plan"]
    assert isinstance(page, PlanPage)
    qtbot.waitUntil(page.print.isEnabled, timeout=LONG)
    program.window.actions_by_name[name].trigger()
    qtbot.waitUntil(lambda: "Written to out." in program.window.banner.text, timeout=LONG)
    assert (tmp_path / f"out.{kinds[0]}").read_bytes().startswith(begins)


def test_paper_waits_for_what_can_be_cured(
    program: Program, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A plan drafted before every loss was assessed is not printed with gaps in its tables."""
    quick = answer(program.context.book)
    loss = quick.losses[0]
    drafted = draft_for(quick, loss.contingency.id, 0, NO_WISHES, Shelf())
    program.context.take_answers(quick)
    printed: list[bool] = []

    def typeset(answers: Answers, *_: object) -> bytes:
        printed.append(answers.assessed)
        return b""

    monkeypatch.setattr("backstop.desktop.plan.plan_paper.plan_pdf", typeset)
    paper = PlanPaper(program.context, program.window)
    monkeypatch.setattr(paper, "_show", lambda *_: None)
    paper.preview(drafted)
    qtbot.waitUntil(lambda: bool(printed), timeout=LONG)
    assert printed == [True]
