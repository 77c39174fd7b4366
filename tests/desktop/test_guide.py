"""The guided start: a newcomer has a verdict and a working plan within three minutes."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from backstop.desktop.books.new_book_dialog import NewBookDialog
from backstop.desktop.guide.dialog import GuideDialog
from backstop.desktop.overview.page import OverviewPage
from backstop.desktop.shell.app import Program
from backstop.domain import (
    Book,
    CashFlow,
    Facility,
    Priority,
    RepaymentMethod,
    Repeat,
)
from backstop.services import clock
from desktop.editing import activate, click, open_page, write
from desktop.newcomer import Newcomer
from desktop.waiting import LONG, settle, shown, wait_for_session

Start = Callable[[Book | None], Program]

TODAY = date(2026, 11, 30)
EMPTY = Book(title="Mine", as_of=TODAY, currency="CNY", country="CN")


@pytest.fixture(autouse=True)
def on_a_monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def guide(start: Start, qtbot: QtBot) -> GuideDialog:
    return guide_of(start(EMPTY), qtbot)


def guide_of(program: Program, qtbot: QtBot) -> GuideDialog:
    activate(qtbot, program)
    program.window.open_guide()
    dialog = shown(GuideDialog, qtbot)
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def book_of(dialog: QWidget) -> Book:
    assert isinstance(dialog, GuideDialog)
    return dialog._context.book


SAID = {
    "en": (
        (("Bank account", "18000"), ("Alipay", "2600")),
        (
            ("Stall sales", "9000", "5 Dec", "every 2 weeks"),
            ("Wholesale customer", "16000", "12-20", "every month", "20"),
            ("Deposit back", "3000", "15.1.", "once"),
        ),
        (
            ("Wages", "14000", "10.12.", "every month", "must be met"),
            ("Rent", "6500", "1 Dec", "every month", "must be met"),
            ("Goods", "9000", "+14", "every month"),
            ("School fees", "2400", "8 Jan", "every 3 months"),
            ("Household", "3000", "today", "every month"),
        ),
        (
            ("Huabei", "", "12000", "3400", "10 Dec", "x"),
            ("Jiebei", "", "40000", "15000", "8.12.", "x"),
            ("Weilidai (WeBank)", "", "30000", "", "", "x"),
        ),
    ),
    "zh_CN": (
        (("银行卡", "18000"), ("支付宝", "2600")),
        (
            ("摊位收入", "9000", "12-5", "每两周"),
            ("批发客户", "16000", "12-20", "每月", "20"),
            ("退回押金", "3000", "1-15", "一次"),
        ),
        (
            ("工资", "14000", "12-10", "每月", "必须支付"),
            ("房租", "6500", "12-1", "每月", "必须支付"),
            ("货款", "9000", "+14", "每月"),
            ("学费", "2400", "1-8", "每三个月"),
            ("家用", "3000", "11-30", "每月"),
        ),
        (
            ("花呗", "", "12000", "3400", "12-10", "x"),
            ("借呗", "", "40000", "15000", "12-8", "x"),
            ("微粒贷", "", "30000", "", "", "x"),
        ),
    ),
}
"""Two accounts, three receipts, five payments, three lines: in each language the same book."""

WIDTHS = (2, 5, 5, 6)
"""Fields in a row of each page."""


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_a_newcomer_has_a_verdict_and_a_working_plan_within_three_minutes(
    language: str, start: Start, qtbot: QtBot, tmp_path: Path
) -> None:
    """From the start screen on: 200 ms a key, 1.2 s a click."""
    program = start(None)
    program.context.set_language(language)
    activate(qtbot, program)
    hands = Newcomer()
    hands.click(program.window.start._buttons["new"])
    begin = shown(NewBookDialog, qtbot)
    qtbot.waitUntil(begin.isActiveWindow, timeout=LONG)
    if language == "en":  # an owner in China who reads English
        hands.press(Qt.Key.Key_Tab)
        hands.choose("China")
    hands.click(begin.buttons.button(QDialogButtonBox.StandardButton.Ok))
    place = shown(QFileDialog, qtbot)
    place.fileSelected.emit(str(tmp_path / "mine.backstop"))
    place.reject()
    hands.clicks += 1
    wait_for_session(program, qtbot)
    guide = shown(GuideDialog, qtbot)
    qtbot.waitUntil(guide.isActiveWindow, timeout=LONG)
    for page, rows in enumerate(SAID[language]):
        assert guide.step == page
        for row in rows:
            hands.fill(*row, *[""] * (WIDTHS[page] - len(row)))
        hands.click(guide.onward)
    settle(program, qtbot)
    overview = program.window.page
    assert isinstance(overview, OverviewPage)
    book, answers = program.context.book, program.context.answers
    assert [len(each) for each in (book.accounts, book.cash_flows, book.facilities)] == [2, 8, 3]
    assert answers is not None
    assert answers.losses[0].outcome.hurts
    hands.click(overview.see_plan)
    settle(program, qtbot)
    plan = program.window.page
    qtbot.waitUntil(lambda: plan.draft is not None and plan.draft.plan.proved, timeout=LONG)  # type: ignore[union-attr]
    assert plan.draft.plan.actions  # type: ignore[union-attr]
    print(f"{language}: {hands.seconds:.0f} s, {hands.keys} keys, {hands.clicks} clicks")
    assert hands.seconds <= 180
    assert hands.clicks <= 35


def fill(guide: GuideDialog, *fields: str) -> None:
    Newcomer().fill(*fields)


def test_each_row_is_in_the_book_once_it_is_complete(guide: GuideDialog) -> None:
    fill(guide, "Till", "1,200.50")
    (till,) = book_of(guide).accounts
    assert (till.name, till.balance, till.balance_date) == ("Till", 1_200_50, TODAY)
    assert len(guide.table.rows) == 2
    assert guide.table.rows[1].controls["name"].target.hasFocus()


def test_what_is_missing_is_said_when_one_wants_to_go_on(guide: GuideDialog) -> None:
    write(guide.table.rows[0].controls["name"].target, "Till")
    click(guide.onward)
    assert guide.step == 0
    assert guide.table.rows[0].problem.text() == "■ Still missing: In it today."
    click(guide.skip)
    assert guide.step == 1
    assert not book_of(guide).accounts


def test_what_cannot_be_read_is_said_where_it_stands(guide: GuideDialog) -> None:
    guide.show_step(1)
    fill(guide, "Sales", "5000", "soon")
    assert "“soon” is not a date" in guide.table.rows[0].problem.text()
    assert not book_of(guide).cash_flows


def test_receipts_and_payments_are_asked_for_in_the_words_of_their_page(guide: GuideDialog) -> None:
    guide.show_step(1)
    assert "From whom, or for what" in [each.text() for each in guide.findChildren(QLabel)]
    fill(guide, "Sales", "5000", "11-30", "every 2 weeks", "12")
    guide.show_step(2)
    asked = [each.text() for each in guide.findChildren(QLabel) if each.isVisible()]
    assert "To whom, or for what" in asked
    assert "From whom, or for what" not in asked
    fill(guide, "Rent", "900", "+1", "every 3 months", "must be met")
    sales, rent = book_of(guide).cash_flows
    assert (sales.repeat, sales.every, sales.usual_lateness_days) == (Repeat.WEEKS, 2, 12)
    assert (rent.repeat, rent.every, rent.priority) == (Repeat.MONTHS, 3, Priority.MUST)
    assert rent.first_date == date(2026, 12, 1)


def test_a_line_is_told_by_its_four_facts(guide: GuideDialog) -> None:
    guide.show_step(3)
    fill(guide, "Huabei", "", "12000", "3400", "9 Dec", "x")
    (huabei,) = book_of(guide).facilities
    assert (huabei.name, huabei.limit, huabei.last_verified) == ("Huabei", 12_000_00, TODAY)
    assert (huabei.method, huabei.statement_day, huabei.due_day) == (
        RepaymentMethod.STATEMENT_CYCLE,
        1,
        9,
    )
    (bill,) = huabei.tranches
    assert (bill.principal, bill.next_due) == (3_400_00, date(2026, 12, 9))
    assert "purchases only" in guide.table.rows[0].remark.text()


def test_a_second_line_of_a_product_gets_a_number(guide: GuideDialog) -> None:
    guide.show_step(3)
    fill(guide, "Credit card", "", "5000", "", "", "")
    fill(guide, "Credit card", "", "7000", "", "", "")
    assert [each.name for each in book_of(guide).facilities] == ["Credit card", "Credit card 2"]


def test_who_comes_back_finds_what_was_said_and_changes_it(
    program: Program, book: Book, qtbot: QtBot
) -> None:
    guide = guide_of(program, qtbot)
    assert guide.step == 0
    guide.show_step(2)
    wages = guide.table.rows[0]
    amount = wages.controls["amount"].target
    amount.setFocus()
    amount.selectAll()  # type: ignore[attr-defined]
    write(amount, "31000")
    click(guide.onward)
    changed = book_of(guide).by_id["wages"]
    assert isinstance(changed, CashFlow)
    assert changed == book.by_id["wages"].changed(amount=31_000_00)


def test_nothing_changes_by_walking_through_all_pages(program: Program, qtbot: QtBot) -> None:
    before = program.context.book
    guide = guide_of(program, qtbot)
    for _ in range(4):
        click(guide.onward)
    assert program.context.book is before


def test_a_line_is_taken_away_again(guide: GuideDialog) -> None:
    fill(guide, "Till", "100")
    click(guide.table.rows[0].remove)
    assert not book_of(guide).accounts
    assert [row.is_empty for row in guide.table.rows] == [True]


def test_what_stands_complete_is_kept_when_the_guide_is_left(guide: GuideDialog) -> None:
    fill(guide, "Till")
    write(Newcomer().place, "100")
    context = guide._context
    guide.reject()
    assert [each.balance for each in context.book.accounts] == [100_00]


def fill_lines(guide: GuideDialog) -> None:
    """A line of credit, on the page that asks for them."""
    guide.show_step(3)
    fill(guide, *SAID["en"][3][1])


def test_the_verdict_grows_beside_what_is_typed(guide: GuideDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: "Nothing is known yet" in guide.verdict.headline.text(), timeout=LONG)
    guide.show_step(2)
    fill(guide, "Rent", "900", "+1", "every month", "must be met")
    qtbot.waitUntil(lambda: "Rent" in guide.verdict.headline.text(), timeout=LONG)
    assert guide.verdict.mark.text().startswith("■")
    assert "N−1" not in guide.verdict.mark.text(), "while there is no line, it tells nothing"
    fill_lines(guide)
    qtbot.waitUntil(lambda: bool(guide.verdict.mark.toolTip()), timeout=LONG)
    assert "any one line" in guide.verdict.mark.toolTip()


def test_the_empty_overview_leads_to_the_guide_and_calls_nothing_covered(
    start: Start, qtbot: QtBot
) -> None:
    program = start(EMPTY)
    page = open_page(qtbot, program, 0, OverviewPage)
    settle(program, qtbot)
    assert page.answer == "Nothing is known yet of what comes in and what goes out."
    assert page.empty.isVisible()
    assert not page.chart.isVisible()
    assert "secure" not in program.window.status.text
    click(page.empty.buttons[0])
    assert shown(GuideDialog, qtbot).isVisible()


def test_a_line_with_several_draws_keeps_them(start: Start, qtbot: QtBot, book: Book) -> None:
    """What is owed on it is more than one figure: it is changed under Sources."""
    line = book.by_id["jiebei"]
    assert isinstance(line, Facility)
    guide = guide_of(start(book.put(line.changed(limit=1))), qtbot)
    guide.show_step(3)
    assert not guide.table.rows[0].controls["product"].isEnabled()


def test_what_stands_in_the_wrong_place_is_taken_away_before_it_is_complete(
    guide: GuideDialog,
) -> None:
    """And nothing moves sideways when the cross appears."""
    row = guide.table.rows[0]
    name = row.controls["name"].target
    assert not row.remove.isVisible()
    wide = name.width()
    write(name, "5 December")
    assert row.remove.isVisible()
    assert name.width() == wide
    click(row.remove)
    assert len(guide.table.rows) == 1
    assert guide.table.rows[0].is_empty
    assert not book_of(guide).accounts
