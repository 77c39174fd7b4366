"""Lists in pages that scroll: rows stand whole, names are not cut, the wheel moves the page."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QLabel,
    QScrollBar,
    QToolTip,
    QWidget,
)
from pytestqt.qtbot import QtBot

from backstop.desktop.forms.beginning import Beginning
from backstop.desktop.guide.dialog import GuideDialog
from backstop.desktop.look.theme import Space
from backstop.desktop.overview.page import OverviewPage
from backstop.desktop.plan.page import PlanPage
from backstop.desktop.shell.app import Program
from backstop.desktop.shell.rail_entries import RAIL_ENTRIES, number_of
from backstop.desktop.sources.page import SourcesPage
from backstop.desktop.stress.page import StressPage
from backstop.desktop.tables import RowsView
from backstop.desktop.tables.heights import MOST_LINES
from backstop.desktop.tables.look import ROW_HEIGHT, TAKEN
from backstop.desktop.tables.view import NARROWEST_STRETCH
from backstop.desktop.tables.whole import MOST_ROWS, RowsInPage
from backstop.desktop.widgets.card import Card
from backstop.desktop.widgets.page import Page
from backstop.domain import Book, Tranche
from desktop.waiting import LONG, settle, settled_page, shown

Start = Callable[[Book | None], Program]
NAME = "A line with a name of many words, as its lender writes it in every one of its letters"
LINES = 14
FILLED = {"sources", "cash_flow"}
"""Pages that are one table, which fills them and scrolls itself: they do not scroll."""


@pytest.fixture
def long(start: Start, book: Book, qtbot: QtBot) -> Program:
    """A book with more lines than stand in a page at once."""
    line = book.by_id["weilidai"]
    for number in range(LINES):
        name = NAME if number == 3 else f"Line {number}"
        book = book.put(line.changed(id=f"line-{number}", name=name))
    program = start(book)
    program.window.resize(1000, 500)
    settle(program, qtbot)
    return program


def lists_of(page: QWidget) -> Iterator[RowsView]:
    """The tables with rows that stand in the page."""
    for place in page.findChildren(RowsInPage):
        view = place.findChild(RowsView)
        if view is not None and place.isVisible() and view.isVisible() and view.row_heights:
            yield view


def scrolls(bar: QScrollBar) -> bool:
    """Whether there is more than is in sight."""
    return bar.maximum() > 0


def wheel_over(program: Program, widget: QWidget) -> None:
    """Turn the wheel where the middle of this is in sight."""
    handle = program.window.windowHandle()
    assert handle is not None
    seen = widget.visibleRegion().boundingRect()
    assert not seen.isEmpty()
    QTest.wheelEvent(handle, QPointF(widget.mapTo(program.window, seen.center())), QPoint(0, -120))


def test_the_wheel_over_a_list_scrolls_the_page(long: Program, qtbot: QtBot) -> None:
    for key, lists in (("overview", 2), ("stress", 2), ("projection", 1), ("plan", 0)):
        page, frame = settled_page(long, qtbot, key, Page), long.window.shelf.frames[key]
        bar = frame.verticalScrollBar()
        qtbot.waitUntil(partial(scrolls, bar), timeout=LONG)
        found: list[QWidget] = [view.viewport() for view in lists_of(page)]
        assert len(found) >= lists
        for each in [*found, page.steps] if isinstance(page, PlanPage) else found:
            frame.ensureWidgetVisible(each)
            bar.setValue(min(bar.value(), bar.maximum() - 1))
            before = bar.value()
            wheel_over(long, each)
            assert bar.value() > before, each
        assert all(view.verticalScrollBar().value() == 0 for view in lists_of(page))


def test_names_are_seen_whole_in_a_narrow_page_before_the_first_shortfall(
    long: Program, qtbot: QtBot
) -> None:
    """Where nothing grows after the first day, the other column says it."""
    long.window.resize(800, 500)
    stress = settled_page(long, qtbot, "stress", StressPage)
    titles = [each.title for each in stress.losses.rows.columns]
    assert stress.losses.isColumnHidden(titles.index("Short at first"))
    assert not stress.losses.isColumnHidden(titles.index("At the worst"))
    assert stress.losses.columnWidth(0) >= NARROWEST_STRETCH
    said = list(stress.losses.rows.texts(titles.index("At the worst")))
    assert all(said)


def test_a_page_is_as_tall_as_its_contents_and_leaves_nothing_blank(
    long: Program, qtbot: QtBot
) -> None:
    """Qt would add what wrapped texts take in a narrow place."""
    long.context.show_page("plan", "jiebei")
    page = settled_page(long, qtbot, "plan", PlanPage)

    def labels() -> list[QLabel]:
        return [each for each in page.steps.findChildren(QLabel) if each.isVisible()]

    qtbot.waitUntil(lambda: bool(labels()), timeout=LONG)
    settle(long, qtbot)
    below = max(each.mapTo(page.steps, each.rect().bottomLeft()).y() for each in labels())
    assert page.steps.height() - below < Space.LARGE


@pytest.mark.parametrize("size", [(800, 500), (1024, 700), (1240, 820)])
def test_no_box_scrolls_inside_a_page_that_scrolls(
    size: tuple[int, int], long: Program, qtbot: QtBot
) -> None:
    long.window.resize(*size)
    for entry in RAIL_ENTRIES:
        page = settled_page(long, qtbot, entry.key, Page)
        bar = long.window.shelf.frames[entry.key].verticalScrollBar()
        if entry.key in FILLED:
            assert not scrolls(bar), entry.key
        else:
            boxes = page.findChildren(QAbstractScrollArea)
            assert not [box for box in boxes if box.isVisible() and _scrolls(box)], entry.key


def _scrolls(box: QAbstractScrollArea) -> bool:
    return box.verticalScrollBar().isVisible() and scrolls(box.verticalScrollBar())


def test_of_very_many_rows_the_first_stand_until_all_are_wanted(
    long: Program, qtbot: QtBot
) -> None:
    stress = settled_page(long, qtbot, "stress", StressPage)
    losses, place = stress.losses, stress.losses.parentWidget()
    assert isinstance(place, RowsInPage)
    count = len(losses.row_heights)
    assert count > MOST_ROWS
    assert losses.viewport().height() == sum(losses.row_heights[:MOST_ROWS])
    assert place.more.isVisible()
    assert place.more.text() == f"Show all {count}"
    place.more.click()
    qtbot.waitUntil(lambda: losses.viewport().height() >= sum(losses.row_heights), timeout=LONG)
    assert not place.more.isVisible()


def test_the_page_follows_the_keyboard_through_a_list(long: Program, qtbot: QtBot) -> None:
    stress = settled_page(long, qtbot, "stress", StressPage)
    losses = stress.losses
    losses.setFocus()
    QTest.keyClick(losses, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)

    def last_is_seen() -> bool:
        row = losses.visualRect(losses.currentIndex())
        seen = losses.viewport().visibleRegion().boundingRect()
        return losses.currentIndex().row() == len(losses.row_heights) - 1 and seen.contains(row)

    qtbot.waitUntil(last_is_seen, timeout=LONG)


def test_a_loss_that_another_page_asks_for_is_in_sight(long: Program, qtbot: QtBot) -> None:
    stress = settled_page(long, qtbot, "stress", StressPage)
    last = stress.losses.rows.rows[-1].contingency.id
    long.window.show_section(0)
    long.context.show_page("stress", last)
    losses = stress.losses

    def is_seen() -> bool:
        row = losses.visualRect(losses.currentIndex())
        return losses.viewport().visibleRegion().boundingRect().contains(row)

    qtbot.waitUntil(is_seen, timeout=LONG)
    assert losses.current().contingency.id == last


def test_a_long_name_goes_on_in_further_lines(long: Program, qtbot: QtBot) -> None:
    """Up to four; in a table that leaves names little room, a row is as tall as its name needs."""
    overview = settled_page(long, qtbot, "overview", OverviewPage)
    stress = settled_page(long, qtbot, "stress", StressPage)
    for width, view in ((1240, overview.lights), (1600, overview.lights), (1024, stress.losses)):
        long.window.show_section(number_of("stress" if view is stress.losses else "overview"))
        long.window.resize(width, 820)
        settle(long, qtbot)
        metrics, spacing = view.fontMetrics(), view.fontMetrics().lineSpacing()
        names = [view.model().index(row, 0).data() for row in range(len(view.row_heights))]
        row = next(number for number, name in enumerate(names) if NAME in name)
        room = QRect(0, 0, view.columnWidth(0) - TAKEN, 999)
        wrapped = metrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), names[row])
        lines = min(wrapped.height() // spacing, MOST_LINES)
        assert lines > 1
        assert view.rowHeight(row) >= lines * spacing
        assert view.row_heights[row] == view.rowHeight(row)
        assert view.rowHeight(row - 1) == ROW_HEIGHT


def told_over(widget: QWidget) -> str:
    """The tip that comes where the mouse rests on a widget."""
    QToolTip.hideText()
    place = widget.rect().center()
    QApplication.sendEvent(
        widget, QHelpEvent(QEvent.Type.ToolTip, place, widget.mapToGlobal(place))
    )
    return QToolTip.text()


def test_a_line_of_text_that_is_cut_is_told_whole(long: Program) -> None:
    long.window.resize(1240, 820)
    label, explained = long.window.status._facts, "any one line"
    assert long.window.status.text not in told_over(label)
    long.window.resize(640, 420)
    assert label.fontMetrics().horizontalAdvance(label.text()) > label.width()
    assert long.window.status.text in told_over(label)
    assert explained in told_over(label)


def test_what_is_cut_is_told_where_the_mouse_rests(long: Program, qtbot: QtBot) -> None:
    overview = settled_page(long, qtbot, "overview", OverviewPage)
    view = overview.due
    column = next(i for i, each in enumerate(view.rows.columns) if each.title == "Priority")
    index = view.model().index(0, column)
    for width, told in ((20, index.data()), (400, "")):
        QToolTip.hideText()
        qtbot.waitUntil(lambda: not QToolTip.text(), timeout=LONG)
        view.setColumnHidden(column, False)
        view.setColumnWidth(column, width)
        place = view.visualRect(index).center()
        help_event = QHelpEvent(QEvent.Type.ToolTip, place, view.viewport().mapToGlobal(place))
        QApplication.sendEvent(view.viewport(), help_event)
        assert QToolTip.text() == told


def test_every_page_of_an_empty_book_says_what_to_do_next(start: Start, qtbot: QtBot) -> None:
    """With the button there, and without empty cards beside it."""
    program = start(Book(title="Mine", as_of=date(2026, 1, 5), currency="USD", country="US"))
    wanted: list[str] = []
    program.context.command_wanted.connect(wanted.append)
    for key in ("overview", "projection", "stress", "plan"):
        page = settled_page(program, qtbot, key, Page)
        cards = [each for each in page.findChildren(Card) if each.isVisible()]
        assert not cards, key
        empty = page.findChild(Beginning)
        assert empty is not None
        assert empty.isVisible(), key
        empty.buttons[0].click()
        shown(GuideDialog, qtbot).reject()
    assert wanted == ["guide"] * 4


def test_a_book_that_knows_something_shows_it(long: Program, qtbot: QtBot) -> None:
    for key in ("overview", "projection", "stress", "plan"):
        page = settled_page(long, qtbot, key, Page)
        assert [each for each in page.findChildren(Card) if each.isVisible()], key
        empty = page.findChild(Beginning)
        assert empty is not None
        assert not empty.isVisible(), key


def test_a_list_in_the_pane_is_as_tall_as_its_names_need(
    start: Start, book: Book, qtbot: QtBot
) -> None:
    line = book.by_id["weilidai"]
    owed = [
        Tranche(
            id=f"draw-{n}", name=f"{NAME} {n}", principal=100_00, next_due=date(2026, 3, 10 + n)
        )
        for n in range(2)
    ]
    program = start(book.put(line.changed(tranches=tuple(owed))))
    page = settled_page(program, qtbot, "sources", SourcesPage)
    page.show_record("weilidai")
    [table] = [
        each
        for each in page.pane.findChildren(RowsView)
        if any(NAME in str(each.model().index(row, 0).data()) for row in range(2))
    ]
    qtbot.waitUntil(lambda: bool(table.row_heights) and table.isVisible(), timeout=LONG)
    assert max(table.row_heights) > ROW_HEIGHT
    assert table.viewport().height() >= sum(table.row_heights)
