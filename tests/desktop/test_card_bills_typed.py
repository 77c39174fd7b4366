"""The terms of card bills in their forms, and what they leave out of sight."""

from datetime import date
from decimal import Decimal

import pytest
from pytestqt.qtbot import QtBot

from backstop.desktop.cash_flow.page import CashFlowPage
from backstop.desktop.forms.rows import RowsControl
from backstop.desktop.shell.app import Program
from backstop.desktop.sources.page import SourcesPage
from backstop.domain import Bought, CashFlow, Direction, Facility, RepaymentMethod, Tranche
from backstop.services.beginnings import terms_of_draw
from backstop.services.commands import put_record
from desktop.editing import choose, open_page, tick, type_into
from desktop.test_special_terms import opened, paste


@pytest.fixture
def page(program: Program, qtbot: QtBot) -> SourcesPage:
    page = open_page(qtbot, program, 1, SourcesPage)
    card = Facility(
        id="jiebei",
        name="Card",
        purchases_only=True,
        method=RepaymentMethod.STATEMENT_CYCLE,
        statement_day=5,
        due_day=25,
        cash_advance_limit=500_000,
        tranches=(
            Tranche(
                id="bill",
                name="Bill",
                principal=5_000,
                next_due=date(2026, 1, 25),
                method=RepaymentMethod.STATEMENT_CYCLE,
            ),
        ),
    )
    assert page.context.apply(put_record(page.context.book, card))
    assert page.table.choose("jiebei")
    return page


def card(page: SourcesPage) -> Facility:
    found = page.context.book.by_id["jiebei"]
    assert isinstance(found, Facility)
    return found


def test_a_bill_may_be_due_some_days_after_its_statement(page: SourcesPage) -> None:
    form = page.pane.facility.form
    assert not form.cell("due_day").isHidden()
    type_into(form, "due_days_after", "20")
    assert card(page).due_days_after == 20
    assert form.cell("due_day").isHidden()


def test_the_interest_free_time_is_asked_about_where_the_minimum_is_paid(page: SourcesPage) -> None:
    form = opened(page.pane.facility.form, "Special terms")
    assert form.cell("interest_from_purchase").isHidden()
    tick(form, "pays_minimum")
    tick(form, "interest_from_purchase")
    assert card(page).interest_from_purchase


def test_that_the_minimum_is_paid_is_said_once_and_holds_for_every_bill(
    page: SourcesPage,
) -> None:
    form = opened(page.pane.facility.form, "Special terms")
    tick(form, "pays_minimum")
    type_into(form, "minimum_percent", "5")
    (bill,) = card(page).tranches
    assert (bill.pays_minimum, bill.minimum_percent) == (True, Decimal(5))
    new = terms_of_draw(page.context.book, card(page), "x")
    assert (new["pays_minimum"], new["minimum_percent"]) == (True, 5)
    assert not [cell for cell in page.pane.tranche.form.cells() if "minimum" in cell.field.name]


def test_a_credit_and_what_is_not_billed_yet_are_entered(page: SourcesPage) -> None:
    form = opened(page.pane.facility.form, "Bills")
    type_into(form, "credit_balance", "120")
    paste(form, "unbilled", "2026-01-03\t45.5\twages\t2026-01-01\n2026-01-04\t8")
    assert card(page).credit_balance == 120_00
    assert card(page).unbilled == (
        Bought(day=date(2026, 1, 3), amount=4_550, flow="wages", rule_date=date(2026, 1, 1)),
        Bought(day=date(2026, 1, 4), amount=800),
    )
    control = form.cell("unbilled").control
    assert isinstance(control, RowsControl)
    assert control.value() == card(page).unbilled
    choose(form, "method", RepaymentMethod.ANNUITY)
    assert form.cell("credit_balance").isHidden()


def test_a_bill_lists_its_purchases_and_what_has_run_up(page: SourcesPage) -> None:
    page.pane.row_opened.emit(Tranche, "bill")
    form = opened(page.pane.tranche.form, "Special terms")
    type_into(form, "charges", "3")
    opened(form, "Bills")
    paste(form, "purchases", "2025-12-20 20\n2025-12-28 30")
    bill = card(page).tranches[0]
    assert (bill.charges, [each.amount for each in bill.purchases]) == (300, [2_000, 3_000])


def test_a_refund_comes_back_to_a_card(program: Program, qtbot: QtBot, page: SourcesPage) -> None:
    flows = open_page(qtbot, program, 2, CashFlowPage)
    receipt = next(f for f in program.context.book.cash_flows if f.direction is Direction.RECEIPT)
    flows.show_record(receipt.id)
    choose(flows.pane.view_of(Direction.RECEIPT).form, "through", "jiebei")
    changed = program.context.book.by_id[receipt.id]
    assert isinstance(changed, CashFlow)
    assert changed.through == "jiebei"
