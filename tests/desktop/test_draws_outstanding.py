"""The form of a draw that is owed: by its maturity, and from its beginning."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from pytestqt.qtbot import QtBot

from backstop.desktop.forms.form import RecordForm
from backstop.desktop.shell.app import Program
from backstop.desktop.sources.beginnings import new_tranche
from backstop.desktop.sources.page import SourcesPage
from backstop.domain import Facility, RepaymentMethod, Rhythm, Tranche, message
from backstop.projection import tranche_schedule
from backstop.projection.schedules import left_by_terms
from backstop.services.commands import Change, put_record
from desktop.editing import choose, click, line_of, open_page, sentence_below, type_into


@pytest.fixture
def page(program: Program, qtbot: QtBot) -> SourcesPage:
    return open_page(qtbot, program, 1, SourcesPage)


def draws(page: SourcesPage, line: str) -> tuple[Tranche, ...]:
    found = page.context.book.by_id[line]
    assert isinstance(found, Facility)
    return found.tranches


def new_draw(page: SourcesPage, line: str) -> RecordForm:
    assert page.table.choose(line)
    page.pane.begin(Tranche)
    return page.pane.tranche.form


def new_level_draw(page: SourcesPage) -> RecordForm:
    """On a line of twelve equal instalments."""
    line = page.context.book.by_id["jiebei"]
    terms = {"method": RepaymentMethod.ANNUITY, "periods": 12, "rate_percent": Decimal(12)}
    assert page.context.apply(put_record(page.context.book, line.changed(**terms)))
    return new_draw(page, "jiebei")


def test_a_loan_due_whole_is_entered_by_its_maturity_which_nothing_moves(page: SourcesPage) -> None:
    form = new_draw(page, "jiebei")
    choose(form, "method", RepaymentMethod.BULLET)
    assert form.cell("next_due").label.text() == "Due in full on"
    assert form.cell("remaining_periods").isHidden()
    assert not form.cell("interest_from").isHidden()
    type_into(form, "principal", "100,000")
    type_into(form, "next_due", "2026-12-01")
    [owed] = draws(page, "jiebei")
    assert [each.due for each in tranche_schedule(owed)] == [date(2026, 12, 1)]
    choose(form, "method", RepaymentMethod.ANNUITY)
    assert form.cell("next_due").label.text() == "Next due date"
    assert not form.cell("remaining_periods").isHidden()
    page.context.set_language("zh_CN")
    choose(form, "method", RepaymentMethod.BULLET)
    assert form.cell("next_due").label.text() == "到期日（一次还清）"


def test_one_entered_in_months_is_shown_by_its_maturity_and_stays_what_it_is(
    page: SourcesPage,
) -> None:
    months = Tranche(
        id="old",
        name="Old",
        principal=100_000_00,
        method=RepaymentMethod.BULLET,
        next_due=date(2026, 2, 28),
        due_day=31,
        remaining_periods=12,
    )
    line = page.context.book.by_id["jiebei"]
    assert page.context.apply(put_record(page.context.book, line.changed(tranches=(months,))))
    assert page.table.choose("jiebei")
    page.pane.row_opened.emit(Tranche, "old")
    form = page.pane.tranche.form
    assert line_of(form, "next_due").text() == "31 Jan 2027"
    assert line_of(form, "interest_from").text() == "31 Jan 2026"
    before = tranche_schedule(months, page.context.book.as_of)
    type_into(form, "name", "Renamed")
    [now] = draws(page, "jiebei")
    assert now.name == "Renamed"
    assert now.remaining_periods == 1
    assert tranche_schedule(now, page.context.book.as_of) == before


def test_what_only_bills_have_is_asked_of_a_card_and_not_of_a_loan(page: SourcesPage) -> None:
    form = new_level_draw(page)
    assert form.section("Bills").isHidden()
    form.section("Special terms").open()
    assert not form.cell("charges").isHidden()
    choose(form, "method", RepaymentMethod.STATEMENT_CYCLE)
    assert not form.section("Bills").isHidden()


def test_no_day_of_the_month_is_asked_of_what_is_due_by_weeks_or_with_receipts(
    page: SourcesPage,
) -> None:
    draw = new_level_draw(page)
    assert not draw.cell("due_day").isHidden()
    draw.section("Special terms").open()
    choose(draw, "rhythm", Rhythm.FORTNIGHTLY)
    assert draw.cell("due_day").isHidden()
    assert page.table.choose("weilidai")
    line = page.pane.facility.form
    assert not line.cell("due_day").isHidden()
    line.section("Special terms").open()
    choose(line, "rhythm", Rhythm.WEEKLY)
    assert line.cell("due_day").isHidden()
    choose(line, "rhythm", Rhythm.QUARTERLY)
    assert not line.cell("due_day").isHidden()
    choose(line, "method", RepaymentMethod.SHARE_OF_TAKINGS)
    assert line.cell("due_day").isHidden()


def test_a_draw_is_entered_by_how_it_began_and_the_rest_follows(page: SourcesPage) -> None:
    """The book stands as of 5 January 2026: October, November and December have fallen due."""
    form = new_level_draw(page)
    choose(form, "origin", True)
    assert form.cell("principal").isHidden()
    assert form.cell("remaining_periods").isHidden()
    type_into(form, "origin.start", "2025-09-05")
    assert not draws(page, "jiebei")
    type_into(form, "origin.principal", "50,000")
    [owed] = draws(page, "jiebei")
    assert owed.origin is not None
    assert (owed.origin.first_due, owed.origin.periods) == (date(2025, 10, 5), 12)
    assert (owed.paid_instalments, owed.remaining_periods) == (3, 9)
    assert owed.next_due == date(2026, 1, 5)
    assert owed == left_by_terms(owed)
    said = page.pane.tranche.left.text.text()
    assert said.startswith("3 of 12 paid: ¥38,")
    assert said.endswith("is owed, next due on 5 Jan 2026.")
    type_into(form, "paid_instalments", "4")
    assert draws(page, "jiebei")[0].remaining_periods == 8
    type_into(form, "origin.periods", "6")
    [owed] = draws(page, "jiebei")
    assert (owed.paid_instalments, owed.remaining_periods) == (4, 2)
    type_into(form, "paid_instalments", "6")
    assert "all 6 are paid" in sentence_below(form, "paid_instalments")
    page.context.set_language("zh_CN")
    assert form.cell("origin.start").label.text() == "借款日"
    assert form.cell("origin.principal").label.text() == "借款金额"


def test_the_day_of_the_draw_takes_along_what_follows_from_it_and_nothing_typed(
    page: SourcesPage,
) -> None:
    form = new_level_draw(page)
    choose(form, "origin", True)
    type_into(form, "origin.principal", "50,000")
    type_into(form, "origin.start", "2025-11-20")
    [owed] = draws(page, "jiebei")
    assert owed.origin is not None
    assert (owed.origin.first_due, owed.paid_instalments) == (date(2025, 12, 20), 1)
    type_into(form, "origin.first_due", "2026-01-31")
    type_into(form, "origin.start", "2025-11-18")
    [owed] = draws(page, "jiebei")
    assert owed.origin is not None
    assert (owed.origin.first_due, owed.paid_instalments) == (date(2026, 1, 31), 0)


def test_the_first_due_date_follows_in_a_book_that_is_older_than_today(
    page: SourcesPage, clock_at: Callable[[date], None]
) -> None:
    clock_at(page.context.book.as_of + timedelta(days=40))
    form = new_level_draw(page)
    choose(form, "origin", True)
    type_into(form, "origin.start", "2025-11-20")
    type_into(form, "origin.principal", "50,000")
    [owed] = draws(page, "jiebei")
    assert owed.origin is not None
    assert (owed.origin.first_due, owed.paid_instalments) == (date(2025, 12, 20), 1)


def test_what_is_owed_now_and_how_it_began_say_the_same_of_one_draw(page: SourcesPage) -> None:
    form = new_level_draw(page)
    type_into(form, "principal", "12,000")
    as_of = page.context.book.as_of
    before = tranche_schedule(draws(page, "jiebei")[0], as_of)
    choose(form, "origin", True)
    [told] = draws(page, "jiebei")
    assert told.origin is not None
    assert tranche_schedule(told, as_of) == before
    choose(form, "origin", False)
    [owed] = draws(page, "jiebei")
    assert owed.origin is None
    assert tranche_schedule(owed, as_of) == before


def test_a_loan_due_whole_is_told_by_its_day_and_its_maturity(page: SourcesPage) -> None:
    form = new_draw(page, "jiebei")
    choose(form, "method", RepaymentMethod.BULLET)
    choose(form, "origin", True)
    type_into(form, "origin.principal", "100,000")
    type_into(form, "origin.start", "2025-03-01")
    type_into(form, "origin.first_due", "2026-03-01")
    assert form.cell("origin.first_due").label.text() == "Due in full on"
    assert form.cell("paid_instalments").isHidden()
    [owed] = draws(page, "jiebei")
    [only] = tranche_schedule(owed)
    assert (only.due, only.since) == (date(2026, 3, 1), date(2025, 3, 1))


def test_of_a_pasted_list_the_rows_paid_may_stay(page: SourcesPage) -> None:
    form = new_level_draw(page)
    type_into(form, "principal", "600")
    click(form.section("The lender's schedule").head)
    control = form.cell("imported").control
    control.retype("2025-12-05 300 3\n2026-01-05 300 3\n2026-02-05 300 2")
    control.left.emit()
    assert "adds up to ¥900.00" in sentence_below(form, "imported")
    assert not form.cell("paid_instalments").isHidden()
    type_into(form, "paid_instalments", "1")
    [owed] = draws(page, "jiebei")
    assert [each.due.month for each in tranche_schedule(owed)] == [1, 2]
    assert form.cell("origin").isHidden()


@pytest.mark.parametrize(
    ("today", "due"),
    [(date(2026, 11, 5), date(2026, 11, 25)), (date(2026, 11, 26), date(2026, 12, 25))],
)
def test_a_new_bill_is_due_on_the_first_due_day_that_is_not_past(
    page: SourcesPage, today: date, due: date
) -> None:
    context = page.context
    book = context.book.changed(as_of=today)
    line = Facility(
        id="card",
        name="Card",
        purchases_only=True,
        method=RepaymentMethod.STATEMENT_CYCLE,
        statement_day=5,
        due_day=25,
    )
    context.apply(Change(context.book, book.put(line), message("today")))
    found = new_tranche(context, line.id)
    assert (found["name"], found["next_due"]) == ("Bill 1", due)
