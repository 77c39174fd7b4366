"""The Cash flow page: receipts and payments as a table and as a month, with rules in words."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from backstop.desktop.cash_flow.month_painting import HEAD
from backstop.desktop.cash_flow.page import ALL, CALENDAR, CashFlowPage
from backstop.desktop.cash_flow.pane import FlowView
from backstop.desktop.shell.app import Program
from backstop.desktop.shell.window import Window
from backstop.domain import (
    Adjustment,
    Book,
    CashFlow,
    Direction,
    Facility,
    Priority,
    RepaymentMethod,
    Repeat,
    Tranche,
)
from desktop.editing import (
    choose,
    click,
    line_of,
    open_page,
    press,
    sentence_below,
    trigger,
    type_into,
    write,
)
from desktop.waiting import LONG

Start = Callable[[Book | None], Program]


@pytest.fixture
def page(program: Program, qtbot: QtBot) -> CashFlowPage:
    return page_of(program, qtbot)


def page_of(program: Program, qtbot: QtBot) -> CashFlowPage:
    return open_page(qtbot, program, 2, CashFlowPage)


def flow(page: CashFlowPage, record_id: str = "wages") -> CashFlow:
    found = page.context.book.by_id[record_id]
    assert isinstance(found, CashFlow)
    return found


def view(page: CashFlowPage, direction: Direction = Direction.PAYMENT) -> FlowView:
    return page.pane.view_of(direction)


def shown_dates(page: CashFlowPage) -> list[str]:
    return [label.text() for label in view(page).rule.dates if not label.isHidden()]


# the table


def test_every_flow_has_a_row_with_its_rule_and_next_date(page: CashFlowPage) -> None:
    words = page.context.words
    cells = {
        row.id: [column.text(row, words) for column in page.table.rows.columns]
        for row in page.table.rows.rows
    }
    assert cells["wages"] == [
        "Wages",
        "payment",
        "−30,000.00",
        "every month on the 15th",
        "15 Jan 2026",
        "must be met",
        "all accounts",
    ]
    assert cells["sales"][2:4] == ["32,000.00", "every month on the 28th"]


def test_the_page_says_what_moves_soon(page: CashFlowPage) -> None:
    assert page.answer == ("In the next 30 days, ¥32,000 is due to come in and ¥30,000 to go out.")
    page.context.set_language("zh_CN")
    assert page.answer == "未来 30 天预计收入 ¥32,000，支出 ¥30,000。"


def test_the_filter_shows_receipts_or_payments(page: CashFlowPage) -> None:
    for direction, shown in ((Direction.RECEIPT, ["sales"]), (Direction.PAYMENT, ["wages"])):
        page.filter.choose(frozenset({direction}))
        assert [row.id for row in page.table.rows.rows] == shown
    page.show_record("sales")
    assert page.filter.value == ALL
    assert page.table.current().id == "sales"


def test_the_filter_is_walked_by_arrows(page: CashFlowPage) -> None:
    press(page.filter, Qt.Key.Key_Right)
    assert [row.id for row in page.table.rows.rows] == ["sales"]
    press(page.filter, Qt.Key.Key_Left)
    assert len(page.table.rows.rows) == 2


def test_a_single_item_of_the_past_is_overdue_and_an_ended_rule_says_so(page: CashFlowPage) -> None:
    from backstop.desktop.cash_flow.rows import flow_rows

    late = flow(page).changed(id="late", first_date=date(2025, 12, 1), repeat=Repeat.ONCE)
    gone = flow(page).changed(id="gone", first_date=date(2025, 1, 1), count=2)
    book = page.context.book.put(late).put(gone)
    rows = {row.id: row for row in flow_rows(book)}
    assert rows["late"].overdue
    assert rows["gone"].next_date is None
    column = page.table.rows.columns[4]
    words = page.context.words
    assert column.text(rows["late"], words) == "overdue, 1 Dec 2025"
    assert column.text(rows["gone"], words) == "ended"


# editing


def test_an_edit_is_kept_on_leaving_and_undone_in_words(
    program: Program, page: CashFlowPage
) -> None:
    page.table.choose("wages")
    type_into(view(page).form, "amount", "31000")
    assert flow(page).amount == 31_000_00
    choose(view(page).form, "priority", Priority.IMPORTANT)
    assert flow(page).priority is Priority.IMPORTANT
    page.context.undo()
    page.context.undo()
    assert flow(page).amount == 30_000_00
    page.context.redo()
    assert flow(page).amount == 31_000_00


def test_the_rule_is_said_and_its_next_six_dates_follow_the_typing(page: CashFlowPage) -> None:
    page.table.choose("wages")
    form = view(page).form
    assert view(page).rule.text.text() == "Every month on the 15th, from 15 Jan 2026."
    assert shown_dates(page)[::5] == ["15 Jan 2026", "15 Jun 2026"]
    line = line_of(form, "every")
    line.setFocus()
    line.selectAll()
    write(line, "2")
    assert view(page).rule.text.text() == "Every 2 months on the 15th, from 15 Jan 2026."
    assert shown_dates(page)[1] == "15 Mar 2026"
    assert flow(page).every == 1
    press(line, Qt.Key.Key_Tab)
    assert flow(page).every == 2


def test_fewer_dates_are_listed_when_the_rule_ends(page: CashFlowPage) -> None:
    page.table.choose("wages")
    type_into(view(page).form, "count", "2")
    assert shown_dates(page) == ["15 Jan 2026", "15 Feb 2026"]
    choose(view(page).form, "adjustment", Adjustment.FOLLOWING)
    assert shown_dates(page) == ["15 Jan 2026", "16 Feb 2026"]
    page.context.set_language("zh_CN")
    assert view(page).rule.text.text() == (
        "每月15日，从2026年1月15日起共 2 次；遇休息日顺延至下一个工作日。"
    )


def test_fields_of_repetition_show_only_for_what_repeats(page: CashFlowPage) -> None:
    page.table.choose("wages")
    form = view(page).form
    repeating = {"every", "count", "until", "last_day_of_month"}
    assert not any(form.cell(name).isHidden() for name in repeating)
    choose(form, "repeat", Repeat.ONCE)
    assert all(form.cell(name).isHidden() for name in repeating)
    assert flow(page).repeat is Repeat.ONCE


def test_payments_and_receipts_have_fields_of_their_own(page: CashFlowPage) -> None:
    fields = {each: {c.field.name for c in view(page, each).form.cells()} for each in Direction}
    assert "usual_lateness_days" in fields[Direction.RECEIPT] - fields[Direction.PAYMENT]
    assert "priority" in fields[Direction.PAYMENT] - fields[Direction.RECEIPT]


BAD = [
    ("amount", "-5", "Enter more than 0.", "请"),
    ("amount", "", "Type figures such as 1234.56.", "1234.56"),
    ("first_date", "32.1.2026", "Type one such as 2026-12-01.", "2026-12-01"),
    ("until", "2020-01-01", "Enter a later date, or none.", "请"),
    ("every", "0", "from 1 to 999", "999"),
    ("count", "0", "from 1 to 9999", "9999"),
    ("cuttable_percent", "101", "from 0 to 100", "100"),
    ("deferrable_days", "366", "from 0 to 365", "365"),
    ("name", "\u0000", "Type", "请"),
]


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_a_bad_value_is_refused_in_one_sentence_and_changes_nothing(
    page: CashFlowPage, language: str
) -> None:
    page.context.set_language(language)
    page.table.choose("wages")
    form = view(page).form
    before = page.context.book
    for field, text, remedy_en, remedy_zh in BAD:
        type_into(form, field, text)
        said = sentence_below(form, field)
        assert page.context.words.field(field) in said
        assert (remedy_zh if language == "zh_CN" else remedy_en) in said
        assert page.context.book is before
        form.cell(field).control.escaped.emit()
        assert not sentence_below(form, field)


def test_dates_that_were_reversed_are_put_right_from_either_end(page: CashFlowPage) -> None:
    page.table.choose("wages")
    form = view(page).form
    type_into(form, "until", "2026-03-31")
    type_into(form, "first_date", "2026-06-15")
    assert "lies before" in sentence_below(form, "until")
    assert flow(page).first_date == date(2026, 1, 15)
    type_into(form, "until", "2026-12-31")
    assert (flow(page).first_date, flow(page).until) == (date(2026, 6, 15), date(2026, 12, 31))
    assert not sentence_below(form, "until")


# adding, copying, removing


def test_a_payment_is_added_once_it_has_a_name_and_an_amount(page: CashFlowPage) -> None:
    trigger(page.add_menu, "Add a payment")
    form = view(page).form
    assert view(page).rule.text.text() == "Every month on the 5th, from 5 Jan 2026."
    type_into(form, "name", "Rent & <b>heating</b>")
    assert view(page).hint.text() == "Not in the book yet: fill in “Amount”."
    assert len(page.context.book.cash_flows) == 2
    type_into(form, "amount", "4,500")
    added = page.context.book.cash_flows[-1]
    assert (added.name, added.amount) == ("Rent & <b>heating</b>", 4500_00)
    assert added.direction is Direction.PAYMENT
    assert page.table.current().id == added.id
    page.context.undo()
    assert len(page.context.book.cash_flows) == 2
    page.context.redo()
    assert page.context.book.cash_flows[-1] == added


def test_a_flow_is_duplicated_under_another_name(page: CashFlowPage) -> None:
    page.table.choose("wages")
    click(view(page).duplicate)
    copy = page.context.book.cash_flows[-1]
    assert copy.changed(id="wages", name="Wages") == flow(page)
    assert page.table.current().id == copy.id
    assert page.pane.title.text() == "Wages (copy)"


def test_a_removed_flow_comes_back_by_the_words_offered(page: CashFlowPage, qtbot: QtBot) -> None:
    before = page.context.book
    page.table.choose("sales")
    click(view(page, Direction.RECEIPT).remove)
    assert "sales" not in page.context.book.by_id
    qtbot.waitUntil(page.pane.isHidden)
    assert page.undo_bar.text.text() == "“Sales” is removed."
    click(page.undo_bar.undo)
    assert page.context.book == before


def test_the_empty_page_leads_to_the_first_receipt(start: Start, book: Book, qtbot: QtBot) -> None:
    page = page_of(start(book.changed(cash_flows=())), qtbot)
    assert page.empty.isVisible()
    click(page.empty.buttons[0])
    form = view(page, Direction.RECEIPT).form
    type_into(form, "name", "Wages")
    type_into(form, "amount", "9000")
    assert page.context.book.cash_flows[0].direction is Direction.RECEIPT
    assert page.table.isVisible()


# the calendar


@pytest.fixture
def month(page: CashFlowPage, qtbot: QtBot) -> CashFlowPage:
    page.views.choose(CALENDAR)
    qtbot.waitUntil(page.calendar.grid.isVisible)
    return page


def test_the_calendar_begins_with_the_month_of_the_book(month: CashFlowPage) -> None:
    calendar = month.calendar
    assert calendar.title.text() == "January 2026"
    assert calendar.sums.text() == "¥32,000 in · ¥30,000 out"
    month.context.set_language("zh_CN")
    assert calendar.title.text() == "2026年1月"


def test_months_turn_by_buttons_and_page_keys(month: CashFlowPage) -> None:
    calendar = month.calendar
    click(calendar.later)
    assert calendar.title.text() == "February 2026"
    press(calendar.grid, Qt.Key.Key_PageUp)
    click(calendar.earlier)
    assert calendar.title.text() == "December 2025"
    click(calendar.today)
    assert calendar.title.text() == "January 2026"
    day = calendar.grid.days.day_at(calendar.grid.currentIndex())
    assert day is not None
    assert day.is_today


def test_months_end_where_dates_do(month: CashFlowPage) -> None:
    month.calendar.turn(-12_000)
    assert month.calendar.title.text() == "January 1990"
    month.calendar.turn(120_000)
    assert month.calendar.title.text() == "December 2200"


def test_a_click_on_an_entry_opens_it(month: CashFlowPage) -> None:
    grid = month.calendar.grid
    area = grid.visualRect(grid.days.index_of(date(2026, 1, 15)))
    point = area.topLeft() + QPoint(10, HEAD + 5)
    click(grid.viewport(), point)
    assert month.pane.flow == "wages"
    assert month.pane.isVisible()
    assert grid.painter.chosen == "wages"


def test_return_walks_through_the_entries_of_a_day(month: CashFlowPage) -> None:
    from backstop.services.commands import put_record

    bonus = flow(month).changed(id="bonus", name="Bonus", amount=100)
    month.context.apply(put_record(month.context.book, bonus))
    month.show_book()
    grid = month.calendar.grid
    grid.setCurrentIndex(grid.days.index_of(date(2026, 1, 15)))
    opened = []
    for _ in range(3):
        press(grid, Qt.Key.Key_Return)
        opened.append(month.pane.flow)
    assert opened == ["bonus", "wages", "bonus"]


def test_the_calendar_follows_an_edit_and_the_filter(month: CashFlowPage, qtbot: QtBot) -> None:
    month.show_record("wages")
    type_into(view(month).form, "amount", "1000")
    qtbot.waitUntil(lambda: month.calendar.sums.text() == "¥32,000 in · ¥1,000 out")
    month.filter.choose(frozenset({Direction.RECEIPT}))
    assert month.calendar.sums.text() == "¥32,000 in · ¥0 out"


def test_a_day_can_be_picked_from_a_calendar(page: CashFlowPage, qtbot: QtBot) -> None:
    from backstop.desktop.forms.picker import DayPicker

    page.table.choose("wages")
    line = line_of(view(page).form, "first_date")
    line.setFocus()
    press(line, Qt.Key.Key_F4)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    picker = popup.findChild(DayPicker)
    assert picker is not None
    assert picker.selectedDate() == QDate(2026, 1, 15)
    picker.setSelectedDate(QDate(2026, 1, 20))
    picker.activated.emit(picker.selectedDate())
    qtbot.waitUntil(popup.isHidden)
    assert flow(page).first_date == date(2026, 1, 20)
    assert line.text() == "20 Jan 2026"


# what lines ask for


def with_card(book: Book) -> Book:
    """A card that pays the shopping of the 10th, with a bill of 900 due on the 20th."""
    card = Facility(
        id="card",
        name="Card",
        limit=10_000_00,
        method=RepaymentMethod.STATEMENT_CYCLE,
        purchases_only=True,
        statement_day=1,
        due_day=20,
        last_verified=book.as_of,
        tranches=(
            Tranche(
                id="bill",
                name="Bill",
                principal=900_00,
                next_due=date(2026, 1, 20),
                method=RepaymentMethod.STATEMENT_CYCLE,
                due_day=20,
            ),
        ),
    )
    shopping = CashFlow(
        id="shopping",
        name="Shopping",
        direction=Direction.PAYMENT,
        amount=700_00,
        first_date=date(2026, 1, 10),
        through="card",
    )
    return book.put(card).put(shopping)


def test_bills_count_among_what_goes_out_and_purchases_that_they_are_for_do_not(
    start: Start, book: Book, qtbot: QtBot
) -> None:
    page = page_of(start(with_card(book)), qtbot)
    settle_page(page, qtbot)
    assert page.answer == (
        "In the next 30 days, ¥32,000 is due to come in and ¥30,900 to go out, ¥900 of it for "
        "instalments and bills."
    )
    assert "Next payment: Wages" in page._detail.text()


def test_the_calendar_shows_bills_and_leads_to_their_line(
    start: Start, book: Book, qtbot: QtBot
) -> None:
    page = page_of(start(with_card(book)), qtbot)
    page.views.choose("calendar")
    settle_page(page, qtbot)
    days = {day.date.day: day for day in page.calendar.grid.days._days if day.in_month}
    (bill,) = days[20].entries
    assert (bill.id, bill.amount, bill.cash) == ("card", -900_00, True)
    (bought,) = days[10].entries
    assert (bought.id, bought.cash) == ("shopping", False)
    assert "¥30,900 out" in page.calendar.sums.text()
    page.calendar.entry_chosen.emit("card")
    shown = page.window()
    assert isinstance(shown, Window)
    assert shown.page is not None
    assert shown.page.key == "sources"


def settle_page(page: CashFlowPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: page.context.answers is not None, timeout=LONG)
    page.show_book()
