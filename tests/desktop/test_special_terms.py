"""The folded sections of sources: how a line may go, special terms, a lender's own schedule."""

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from backstop.desktop.forms.form import RecordForm
from backstop.desktop.forms.rows import RowsControl
from backstop.desktop.shell.app import Program
from backstop.desktop.sources.page import SourcesPage
from backstop.domain import (
    CutRule,
    Facility,
    LossMode,
    RateChange,
    RepaymentMethod,
    ScheduleRow,
    Tranche,
)
from desktop.editing import choose, click, open_page, press, sentence_below, tick, type_into


@pytest.fixture
def page(program: Program, qtbot: QtBot) -> SourcesPage:
    page = open_page(qtbot, program, 1, SourcesPage)
    assert page.table.choose("jiebei")
    return page


def line(page: SourcesPage, record_id: str = "jiebei") -> Facility:
    found = page.context.book.by_id[record_id]
    assert isinstance(found, Facility)
    return found


def opened(form: RecordForm, title: str) -> RecordForm:
    click(form.section(title).head)
    return form


def paste(form: RecordForm, field: str, text: str) -> None:
    """Put a text into rows as from the clipboard, and leave them by Tab."""
    control = form.cell(field).control
    assert isinstance(control, RowsControl)
    control.paper.setFocus()
    control.paper.selectAll()
    QApplication.clipboard().setText(text)
    control.paper.paste()
    press(control.paper, Qt.Key.Key_Tab)


def a_draw(page: SourcesPage) -> RecordForm:
    page.pane.begin(Tranche)
    form = page.pane.tranche.form
    type_into(form, "principal", "2,000")
    assert line(page).tranches
    return page.pane.tranche.form


# how it may go


def test_how_a_line_may_go_is_edited_and_said_in_words(page: SourcesPage) -> None:
    form = opened(page.pane.facility.form, "How it may go")
    way = page.pane.facility.way.text
    assert way.text() == "Nothing more can be drawn; what is owed goes on as it is."
    choose(form, "default_mode", LossMode.LIMIT_CUT)
    type_into(form, "cut_percent", "30")
    assert way.text() == ("The limit falls by 30 %, to ¥42,000. What is owed above that may stay.")
    assert form.cell("excess_days").isHidden()
    choose(form, "cut_rule", CutRule.EXCESS_DUE_LATER)
    type_into(form, "excess_days", "15")
    tick(form, "systemic")
    assert (line(page).default_mode, line(page).cut_percent) == (LossMode.LIMIT_CUT, 30)
    assert (line(page).excess_days, line(page).systemic) == (15, True)
    assert way.text().endswith(
        "What is owed above that is due 15 days later. It is not there when everyone needs money."
    )


def test_only_ways_in_which_a_line_can_go_are_offered(page: SourcesPage) -> None:
    combo = page.pane.facility.form.cell("default_mode").control.target
    texts = [combo.itemText(i) for i in range(combo.count())]  # type: ignore[attr-defined]
    assert "limit cut" in texts
    assert "account frozen" not in texts


def test_a_way_that_cannot_be_says_so_at_its_field_until_it_can(page: SourcesPage) -> None:
    form = opened(page.pane.facility.form, "How it may go")
    choose(form, "default_mode", LossMode.CALL)
    assert "may not be called early" in sentence_below(form, "default_mode")
    assert line(page).default_mode is LossMode.NO_NEW_DRAWS
    tick(form, "callable")
    assert (line(page).default_mode, line(page).callable) == (LossMode.CALL, True)
    assert not sentence_below(form, "default_mode")


def test_a_fault_in_a_folded_section_opens_it(page: SourcesPage) -> None:
    form = page.pane.facility.form
    assert not form.section("How it may go").is_open
    choose(form, "default_mode", LossMode.NO_RENEWAL)
    assert form.section("How it may go").is_open
    assert form.cell("default_mode").isVisible()


def test_a_section_opens_by_key_and_stays_open_for_the_next_source(page: SourcesPage) -> None:
    head = page.pane.facility.form.section("Special terms").head
    assert head.accessibleName() == "Special terms"
    head.setFocus()
    press(head, Qt.Key.Key_Space)
    assert page.pane.facility.form.cell("grace_periods").isVisible()
    page.table.choose("weilidai")
    assert page.pane.facility.form.cell("grace_periods").isVisible()
    page.context.set_language("zh_CN")
    assert head.accessibleName() == "特别条款"


# special terms


@pytest.fixture
def card(page: SourcesPage) -> RecordForm:
    """A line that lends purchases only, as planned draws would not allow."""
    assert page.table.choose("weilidai")
    tick(page.pane.facility.form, "purchases_only")
    assert line(page, "weilidai").purchases_only
    return page.pane.facility.form


def test_the_terms_of_a_card_replace_those_of_a_loan(page: SourcesPage, card: RecordForm) -> None:
    form = opened(card, "Special terms")
    assert form.cell("pays_minimum").isHidden()
    choose(form, "method", RepaymentMethod.STATEMENT_CYCLE)
    type_into(form, "statement_day", "1")
    type_into(form, "due_day", "10")
    assert line(page, "weilidai").method is RepaymentMethod.STATEMENT_CYCLE
    assert form.cell("grace_periods").isHidden()
    type_into(form, "bill_instalments", "6")
    type_into(form, "instalment_fee_percent", "4.5")
    assert line(page, "weilidai").bill_instalments == 6
    assert line(page, "weilidai").instalment_fee_percent == Decimal("4.5")
    tick(form, "pays_minimum")
    type_into(form, "minimum_percent", "5")
    type_into(form, "minimum_floor", "100")
    assert line(page, "weilidai").minimum_percent == Decimal(5)
    assert line(page, "weilidai").minimum_floor == 100_00
    assert form.cell("bill_instalments").isHidden()


def test_a_card_lends_cash_up_to_a_limit_of_its_own(page: SourcesPage, card: RecordForm) -> None:
    form = opened(card, "Cash from a card")
    assert form.cell("cash_advance_rate_percent").isHidden()
    type_into(form, "cash_advance_limit", "5,000")
    type_into(form, "cash_advance_rate_percent", "18")
    assert line(page, "weilidai").cash_advance_limit == 5_000_00
    assert line(page, "weilidai").cash_advance_rate_percent == Decimal(18)
    page.table.choose("jiebei")
    assert form.section("Cash from a card").isHidden()


def test_later_rates_are_rows_and_a_wrong_one_is_named(page: SourcesPage) -> None:
    form = opened(page.pane.facility.form, "Special terms")
    paste(form, "rate_changes", "2026-07-01 5.5\n2027-01-01  4,,2")
    assert "row 2: In “4,,2” the “,” stands" in sentence_below(form, "rate_changes")
    assert not line(page).rate_changes
    paste(form, "rate_changes", "2026-07-01 5.5\n2027-01-01;4,2")
    assert line(page).rate_changes == (
        RateChange(from_day=date(2026, 7, 1), percent=Decimal("5.5")),
        RateChange(from_day=date(2027, 1, 1), percent=Decimal("4.2")),
    )
    paste(form, "rate_changes", "2027-01-01 5\n2026-07-01 4")
    assert "Put the days in order" in sentence_below(form, "rate_changes")


def test_ctrl_z_in_rows_that_were_left_undoes_the_edit(page: SourcesPage, qtbot: QtBot) -> None:
    form = opened(page.pane.facility.form, "Special terms")
    paste(form, "rate_changes", "2026-07-01 5.5")
    assert line(page).rate_changes
    paper = form.cell("rate_changes").control.target
    paper.setFocus()
    qtbot.waitUntil(paper.hasFocus)
    press(paper, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not line(page).rate_changes


# a draw


def test_a_lenders_schedule_is_pasted_from_a_table(page: SourcesPage) -> None:
    form = opened(a_draw(page), "The lender's schedule")
    paste(form, "imported", "2026-02-08\t1,000.00\t20.00\t1,020.00\n8 Mar 2026\t1,000\t10.5")
    (draw,) = line(page).tranches
    assert draw.imported == (
        ScheduleRow(due=date(2026, 2, 8), principal=1_000_00, interest=20_00, total=1_020_00),
        ScheduleRow(due=date(2026, 3, 8), principal=1_000_00, interest=10_50, total=1_010_50),
    )
    assert form.cell("remaining_periods").isHidden()
    click(page.pane.tranche.schedule.show_button)
    assert len(page.pane.tranche.schedule.table.rows.rows) == 2
    page.context.undo()
    assert not line(page).tranches[0].imported


def test_a_pasted_schedule_may_have_decimal_commas_and_narrow_spaces(page: SourcesPage) -> None:
    form = opened(a_draw(page), "The lender's schedule")
    paste(form, "imported", "2026-02-08\t1.000,00\t20,50\n2026-03-08 1\u202f000,00 10,5")
    (draw,) = line(page).tranches
    read = [(row.principal, row.interest) for row in draw.imported]
    assert read == [(1_000_00, 20_50), (1_000_00, 10_50)]


@pytest.mark.parametrize(
    ("rows", "english", "chinese"),
    [
        (
            "2026-02-08 2000 20 2,021",
            "row 1: principal and interest make ¥2,020.00, not ¥2,021.00.",
            "第 1 行：本金加利息为 ¥2,020.00，不等于 ¥2,021.00。",
        ),
        (
            "2026-02-08 2000 20\nsoon 1 1",
            "row 2: “soon” is not a date.",
            "第 2 行：“soon”不是日期。",
        ),
        ("2026-02-08", "row 1: write Due on, Principal, Interest and Total", "第 1 行：请依次填写"),
        (
            "2026-02-08 900 20\n2026-03-08 900 10",
            "adds up to ¥1,800.00, but ¥2,000.00 is owed.",
            "2 行的本金合计为 ¥1,800.00，但所欠本金为 ¥2,000.00。",
        ),
        ("2026-03-08 1000 1\n2026-02-08 1000 1", "row 2 is due on 8 Feb 2026", "第 2 行的到期日"),
    ],
)
def test_a_schedule_that_cannot_be_right_is_refused_by_its_row(
    page: SourcesPage, rows: str, english: str, chinese: str
) -> None:
    form = opened(a_draw(page), "The lender's schedule")
    paste(form, "imported", rows)
    assert english in sentence_below(form, "imported")
    assert not line(page).tranches[0].imported
    page.context.set_language("zh_CN")
    assert chinese in sentence_below(form, "imported")
    control = form.cell("imported").control
    control.escaped.emit()
    assert not sentence_below(form, "imported")


def test_paying_back_early_is_asked_for_once_its_day_is_known(page: SourcesPage) -> None:
    form = opened(a_draw(page), "Paying back early")
    assert form.cell("early_amount").isHidden()
    type_into(form, "early_on", "2026-03-01")
    type_into(form, "early_amount", "500")
    type_into(form, "early_fee_percent", "1")
    (draw,) = line(page).tranches
    assert (draw.early_on, draw.early_amount) == (date(2026, 3, 1), 500_00)
    assert draw.early_fee_percent == Decimal(1)


def test_a_schedule_is_shown_as_a_picture_and_said_in_words(page: SourcesPage) -> None:
    form = a_draw(page)
    choose(form, "method", RepaymentMethod.ANNUITY)
    type_into(form, "remaining_periods", "4")
    type_into(form, "rate_percent", "12")
    schedule = page.pane.tranche.schedule
    click(schedule.show_button)
    bars = schedule.bars.bars()
    assert len(bars) == len(schedule.table.rows.rows) == 4
    assert all(interest.bottom() == pytest.approx(own.top()) for own, interest in bars)
    assert bars[0][1].height() > bars[-1][1].height() > 0
    assert schedule.bars.accessibleName() == schedule.total.text()
    assert not schedule.bars.grab().toImage().isNull()
