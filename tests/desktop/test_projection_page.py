"""The Projection page: any loss beside the plan of record, worse receipts, days under a loss."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from backstop.contingency import (
    Contingency,
    ContingencyKind,
    low_under,
    low_with_worse_receipts,
    obligations,
    pairs,
    projection_under,
    saved_as,
    single_closures,
    with_standing_draws,
)
from backstop.contingency.applying import applied
from backstop.contingency.identity import OfRecord
from backstop.contingency.presets import BY_KEY
from backstop.desktop.charts.curves import Role
from backstop.desktop.projection.day_flows import KIND_NAMES, FlowChange, flows_of
from backstop.desktop.projection.page import ProjectionPage
from backstop.desktop.shell.app import Program
from backstop.domain import Book, LossMode
from backstop.projection import FlowKind, project
from backstop.services.questions import What
from backstop.telling import Narrator, words_for
from backstop.telling.phrases import obligation_title
from desktop.editing import pick, press, write
from desktop.test_cash_flow import with_card
from desktop.waiting import LONG, settled_page

EN = words_for("en")
Calm = Callable[[], None]
Show = Callable[[Book], ProjectionPage]


@pytest.fixture
def show(start: Callable[[Book | None], Program], qtbot: QtBot) -> Show:
    """Opens a book on this page, and waits until nothing runs in the background."""

    def begin(book: Book) -> ProjectionPage:
        return settled_page(start(book), qtbot, "projection", ProjectionPage)

    return begin


@pytest.fixture
def calm(qtbot: QtBot) -> Callable[[ProjectionPage], None]:
    return lambda page: qtbot.waitUntil(lambda: not page.context.tasks.busy, timeout=LONG)


def drawn(page: ProjectionPage, role: Role) -> list[int] | None:
    assert page.chart.canvas is not None
    data = page.chart.canvas.data_of(role)
    return None if data is None else [int(each) for each in data]


def test_any_loss_can_be_compared_a_pair_a_cause_a_saved_one(
    show: Show, calm: Callable[[ProjectionPage], None], book: Book
) -> None:
    record = saved_as(book, single_closures(book, 9)[0], "Later")
    page = show(book.put(record))
    projection = project(book)
    lines = single_closures(book)
    cut = applied(book, BY_KEY["review_cut"], "jiebei")
    assert cut is not None
    expected = {
        (What.PAIRS.value, "jiebei+weilidai"): pairs(projection, lines).contingency(0),
        ("review_cut", "review_cut:jiebei"): cut,
        (What.SAVED.value, record.id): single_closures(book, 9)[0],
    }
    for (what, which), contingency in expected.items():
        pick(page.bar.what, what)
        calm(page)
        pick(page.compare, which)
        assert drawn(page, Role.LOSS) == low_under(projection, [contingency])[0].tolist()


def test_receipts_get_worse_on_top_of_the_loss(
    show: Show, calm: Callable[[ProjectionPage], None], book: Book
) -> None:
    page, projection = show(book), project(book)
    assert drawn(page, Role.WORSE) is None
    for mode, number, typed, then in (
        (LossMode.RECEIPTS_CUT, 25, "60", 40),
        (LossMode.RECEIPTS_LATE, 30, "7", 7),
    ):
        pick(page.bar.receipts, mode.value)
        alone = low_with_worse_receipts(projection, None, mode, number)
        assert drawn(page, Role.WORSE) == alone.tolist()
        page.bar.number.line.selectAll()
        write(page.bar.number.line, typed)
        press(page.bar.number.line, Qt.Key.Key_Return)
        page.bar.choose("jiebei")
        both = low_with_worse_receipts(projection, single_closures(book)[0], mode, then)
        assert drawn(page, Role.WORSE) == both.tolist()
        page.bar.choose("")
    assert page.chart.picture is not None
    worse = page.chart.picture.curve(Role.WORSE)
    assert worse is not None
    assert worse.label == "receipts 7 days late"


def test_a_share_of_receipts_that_cannot_be_is_refused(show: Show, book: Book) -> None:
    page = show(book)
    pick(page.bar.receipts, LossMode.RECEIPTS_CUT.value)
    line = page.bar.number.line
    line.selectAll()
    write(line, "140")
    press(line, Qt.Key.Key_Return)
    assert line.property("wrong")
    assert page.bar.worse == (LossMode.RECEIPTS_CUT, 75)
    press(line, Qt.Key.Key_Escape)
    assert line.text() == "75"


def test_the_standing_rule_has_a_curve_where_there_is_one(
    show: Show, calm: Callable[[ProjectionPage], None], book: Book
) -> None:
    page, projection = (
        show(book.changed(standing_draws=("weilidai",))),
        project(book.changed(standing_draws=("weilidai",))),
    )
    nothing = Contingency(OfRecord(""), ContingencyKind.GROUP, ())
    lost = single_closures(book)[0]
    for key, contingency in (("", nothing), ("jiebei", lost)):
        page.bar.choose(key)
        calm(page)
        (expected,) = with_standing_draws(projection, [contingency])
        assert drawn(page, Role.STANDING) == expected.low.tolist()


def test_a_day_shows_what_the_loss_takes_away_and_brings(
    show: Show, calm: Callable[[ProjectionPage], None], book: Book
) -> None:
    page, projection = show(book), project(book)
    pick(page.bar.what, "review_cut")
    calm(page)
    pick(page.compare, "review_cut:jiebei")
    cut = applied(book, BY_KEY["review_cut"], "jiebei")
    assert cut is not None
    under = projection_under(projection, cut)
    canvas, overlay = page.chart.canvas, page.chart.overlay
    assert canvas is not None
    assert overlay is not None
    day = 7  # the planned draw
    where = canvas.pixel_of(day, 0).toPoint()
    QTest.mouseClick(overlay, Qt.MouseButton.LeftButton, pos=where)
    rows = page.flows.rows.rows
    kept = sum(row.amount for row in rows if row.change is not FlowChange.GONE)
    assert kept == int(under.closing[day] - under.closing[day - 1])
    planned = sum(row.amount for row in rows if row.change is not FlowChange.NEW)
    assert planned == int(projection.closing[day] - projection.closing[day - 1])
    pick(page.bar.what, What.LINKED.value)
    calm(page)
    page.bar.choose("jiebei")
    assert [row.change for row in page.flows.rows.rows] == [FlowChange.GONE]


@pytest.mark.parametrize(
    ("code", "title"), [("en", "Jiebei, instalment: Bridge"), ("zh_CN", "Jiebei还款：Bridge")]
)
def test_a_day_calls_a_payment_as_every_table_does(
    show: Show, book: Book, code: str, title: str
) -> None:
    book = book.put(book.by_id["bridge"].changed(periods=2))
    page = show(book)
    page.context.set_language(code)
    due = next(each for each in obligations(project(book)) if each.record == "bridge")
    page.show_day(due.day)
    names = [row.name for row in page.flows.rows.rows]
    assert obligation_title(due, Narrator(book, page.context.words)) in names
    assert any(each.startswith(title) for each in names)


def test_every_kind_of_movement_has_a_name() -> None:
    assert set(KIND_NAMES) == {each.value for each in FlowKind}


def test_the_chosen_loss_is_said_and_stays_chosen_in_another_language(
    show: Show, calm: Callable[[ProjectionPage], None], book: Book
) -> None:
    page = show(book)
    page.bar.choose("jiebei")
    said = page._detail.text()
    assert "Jiebei" in said
    page.context.set_language("zh_CN")
    page.context.set_theme("dark")
    calm(page)
    assert page.compare.currentData() == "jiebei"
    assert "Jiebei" in page._detail.text()
    assert page._detail.text() != said


def test_a_bill_is_one_movement_named_by_its_line_and_not_by_what_was_bought(book: Book) -> None:
    """Two purchases of one statement, as Huabei lists them."""
    book = with_card(book)
    shopping = book.by_id["shopping"]
    book = book.put(shopping.changed(id="fuel", name="Fuel", amount=50_00))
    projection = project(book)
    bought = next(d for d in range(projection.days) if projection.date_of(d) == date(2026, 2, 20))
    (bill,) = [row for row in flows_of(projection, bought, EN) if row.kind == "bill"]
    assert (bill.name, bill.amount) == ("Card, bill", -750_00)
    assert set(bill.parts) == {"Shopping", "Fuel"}
