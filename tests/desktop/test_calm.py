"""A window that stays calm: nothing jumps or is in the way, or larger than the screen."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, QSize
from PySide6.QtGui import QScreen, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from backstop.desktop.forms.choose_file import choose_place
from backstop.desktop.overview.page import OverviewPage
from backstop.desktop.shell import banner
from backstop.desktop.shell.app import Program
from backstop.desktop.shell.rail_entries import number_of
from backstop.domain import Book
from backstop.services.commands import put_record
from desktop.waiting import LONG, settle, settled_page, wait_for_session

Start = Callable[[Book | None], Program]


def test_the_window_opens_no_larger_than_the_screen(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At scale 2 a usual screen has 640 by 360 of our pixels."""
    monkeypatch.setattr(QScreen, "availableSize", lambda _: QSize(640, 360))
    window = start(None).window
    assert (window.width(), window.height()) <= (640, 360)
    assert window.minimumHeight() <= 360


def test_the_wheel_over_the_chart_of_the_overview_scrolls_the_page(
    program: Program, qtbot: QtBot
) -> None:
    window = program.window
    window.resize(900, 500)
    overview = settled_page(program, qtbot, "overview", OverviewPage)
    qtbot.waitUntil(lambda: overview.chart.overlay is not None, timeout=LONG)
    bar = window._frames["overview"].verticalScrollBar()
    assert bar.maximum() > 0
    overlay = overview.chart.overlay
    assert overlay is not None
    handle = window.windowHandle()
    assert handle is not None
    where = overlay.mapTo(window, overlay.rect().center())
    QTest.wheelEvent(handle, QPointF(where), QPoint(0, -120))
    assert bar.value() > 0


def test_what_would_be_undone_is_said_as_typed(program: Program) -> None:
    wages = program.context.book.by_id["wages"]
    program.context.apply(put_record(program.context.book, wages.changed(name="<b>x</b> & co")))
    tip = QTextDocument()
    tip.setHtml(program.window.top._undo.toolTip())
    assert "“<b>x</b> & co”" in tip.toPlainText()


def test_what_was_written_can_be_opened_and_is_no_news_on_another_page(
    program: Program, own_folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(banner, "_open_by_system", opened.append)
    window, path = program.window, own_folders / "plan.pdf"
    program.context.tell_written(path)
    assert window.banner.isVisible()
    window.banner.open.click()
    window.banner.show_folder.click()
    assert opened == [path, own_folders]
    window.show_section(number_of("stress"))
    assert not window.banner.isVisible()


def test_what_is_no_file_has_nothing_to_open(program: Program) -> None:
    program.context.tell_error(ValueError("x"))
    assert not program.window.banner.open.isVisible()
    program.window.show_section(number_of("stress"))
    assert program.window.banner.isVisible()


def test_a_place_is_asked_for_in_the_owners_folder_not_in_ours(
    start: Start, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Copies of samples lie where no owner looks."""
    monkeypatch.setenv("BACKSTOP_BOOKS_DIR", str(tmp_path / "documents"))
    (tmp_path / "documents").mkdir()
    monkeypatch.setenv("BACKSTOP_DATA_DIR", str(tmp_path / "data"))
    program = start(None)
    program.window.books.files.open_sample("household-us")
    wait_for_session(program, qtbot)
    session = program.context.session
    assert session is not None
    qtbot.waitUntil(lambda: session.path is not None, timeout=LONG)
    settle(program, qtbot)
    dialog = choose_place(program.window, program.context, "pdf", "Plan", lambda _: None)
    assert isinstance(dialog, QFileDialog)
    assert Path(dialog.directory().path()) == tmp_path / "documents"
    dialog.reject()
