"""The form of a draw that is owed: by its maturity, and from its beginning."""

from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from backstop.desktop.forms.form import RecordForm
from backstop.desktop.shell.app import Program
from backstop.desktop.sources.page import SourcesPage
from backstop.domain import Facility, RepaymentMethod, Tranche
from backstop.projection import tranche_schedule
from backstop.services.commands import put_record
from desktop.editing import choose, line_of, open_page, type_into


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
