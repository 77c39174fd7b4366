"""What else could be done: registered on the Sources page, each kind with its own fields."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from backstop.desktop.forms.choices import ChecksControl
from backstop.desktop.shell.app import Program
from backstop.desktop.sources.page import ALL, CREDIT, MEASURES, OWN, SourcesPage
from backstop.desktop.sources.views import MeasureView
from backstop.domain import Book, Facility, Measure, MeasureKind
from desktop.editing import (
    choose,
    click,
    open_page,
    press,
    sentence_below,
    tick,
    trigger,
    type_into,
)

Start = Callable[[Book | None], Program]
VAN = Measure(id="van", name="Van", kind=MeasureKind.SELL_ASSET, amount=30_000_00)
EARLY = Measure(id="early", name="Early", kind=MeasureKind.COLLECT_EARLY, target="sales")


@pytest.fixture
def page(program: Program, qtbot: QtBot) -> SourcesPage:
    return page_of(program, qtbot)


@pytest.fixture
def stocked(start: Start, book: Book, qtbot: QtBot) -> SourcesPage:
    """The page of a book with two measures."""
    return page_of(start(book.changed(measures=(VAN, EARLY))), qtbot)


def page_of(program: Program, qtbot: QtBot) -> SourcesPage:
    return open_page(qtbot, program, 1, SourcesPage)


def measures(page: SourcesPage) -> dict[str, Measure]:
    return {each.name: each for each in page.context.book.measures}


def view_of(page: SourcesPage) -> MeasureView:
    assert isinstance(page.pane.view, MeasureView)
    return page.pane.view


def add(page: SourcesPage, entry: str) -> MeasureView:
    """Choose what to add, and take its typical values over."""
    trigger(page.add_menu, "What else could be done", entry)
    click(page.pane.template.confirm)
    return view_of(page)


def test_the_page_has_a_part_for_each_kind_of_source(page: SourcesPage) -> None:
    page.parts.choose(CREDIT)
    assert [row.id for row in page.table.rows.rows] == ["jiebei", "weilidai"]
    page.parts.choose(OWN)
    assert [row.id for row in page.table.rows.rows] == ["till"]
    page.parts.choose(MEASURES)
    assert page.answer == "Nothing is registered yet that could be done beside drawing on lines."
    assert page.no_measures.isVisible()
    page.context.set_language("zh_CN")
    assert page.no_measures.title.text() == "还能怎么办？"


def test_a_beginning_shows_where_its_values_come_from(page: SourcesPage) -> None:
    trigger(page.add_menu, "What else could be done", "Factor a receivable")
    said = [each.text() for each in page.pane.template.findChildren(QLabel)]
    assert "80" in said
    assert any(each.startswith("Typical: as of 2026-11, seen in a source") for each in said)
    click(page.pane.template.dismiss)
    assert not measures(page)


def test_a_measure_is_in_the_book_once_the_owner_said_what_it_brings(
    page: SourcesPage, qtbot: QtBot
) -> None:
    view = add(page, "Sell a vehicle or machine")
    assert view.hint.text() == "Not in the book yet: fill in “Amount”."
    qtbot.waitUntil(view.form.cell("amount").control.target.hasFocus)
    assert not measures(page)
    type_into(view.form, "amount", "30,000")
    sold = measures(page)["Sell a vehicle or machine"]
    assert (sold.kind, sold.amount, sold.cost_percent) == (
        MeasureKind.SELL_ASSET,
        30_000_00,
        Decimal(15),
    )
    assert view.outcome.text.text() == "It brings ¥25,500. It takes 5 days from asking."
    assert page.parts.value == MEASURES
    assert page.measures.current().id == sold.id
    assert view.isVisible()
    page.context.undo()
    assert not measures(page)


def test_what_a_measure_is_about_is_chosen_among_what_fits(page: SourcesPage) -> None:
    view = add(page, "Ask a customer to pay early")
    combo = view.form.cell("target").control.target
    assert [combo.itemText(i) for i in range(combo.count())] == ["Sales"]  # type: ignore[attr-defined]
    choose(view.form, "target", "sales")
    assert measures(page)["Ask a customer to pay early"].target == "sales"
    assert view.outcome.text.text() == (
        "“Sales” comes up to 30 days earlier, less 2 %. It takes 3 days from asking."
    )
    view = add(page, "Ask for instalments")
    combo = view.form.cell("target").control.target
    about = [combo.itemText(i) for i in range(combo.count())]  # type: ignore[attr-defined]
    assert about == ["Jiebei", "Weilidai", "Wages"], "a payment may be asked for in parts too"


def test_each_kind_has_the_fields_that_matter_to_it(stocked: SourcesPage) -> None:
    stocked.show_record("van")
    names = {cell.field.name for cell in view_of(stocked).form.cells()}
    assert {"amount", "cost_percent", "provider"} <= names
    assert not {"target", "rate_percent", "days_earlier"} & names
    stocked.show_record("early")
    names = {cell.field.name for cell in view_of(stocked).form.cells()}
    assert {"target", "days_earlier"} <= names
    assert not {"amount", "rate_percent"} & names


def test_a_measure_is_changed_removed_and_brought_back(stocked: SourcesPage, qtbot: QtBot) -> None:
    stocked.parts.choose(MEASURES)
    assert stocked.answer == "2 things could be done beside drawing on lines, for up to ¥30,000."
    stocked.measures.choose("van")
    form = view_of(stocked).form
    type_into(form, "amount", "-1")
    assert "Enter more than 0." in sentence_below(form, "amount")
    assert measures(stocked)["Van"].amount == 30_000_00
    type_into(form, "amount", "20,000")
    assert measures(stocked)["Van"].amount == 20_000_00
    click(view_of(stocked).remove)
    assert stocked.undo_bar.text.text() == "“Van” is removed."
    assert list(measures(stocked)) == ["Early"]
    click(stocked.undo_bar.undo)
    assert measures(stocked)["Van"].amount == 20_000_00


def test_the_delete_key_removes_a_measure(stocked: SourcesPage) -> None:
    stocked.parts.choose(MEASURES)
    stocked.measures.choose("van")
    stocked.measures.setFocus()
    press(stocked.measures, Qt.Key.Key_Delete)
    assert list(measures(stocked)) == ["Early"]


def test_a_measure_is_linked_with_others_and_never_with_itself(stocked: SourcesPage) -> None:
    stocked.show_record("van")
    form = view_of(stocked).form
    click(form.section("Together with other things").head)
    control = form.cell("excludes").control
    assert isinstance(control, ChecksControl)
    assert [control.list.item(i).text() for i in range(control.list.count())] == [
        "Early",
        "Jiebei",
        "Weilidai",
    ]
    control.list.item(0).setCheckState(Qt.CheckState.Checked)
    assert measures(stocked)["Van"].excludes == ("early",)


def test_a_line_to_apply_for_has_a_price(page: SourcesPage) -> None:
    view = add(page, "Apply for a bank loan")
    type_into(view.form, "amount", "100,000")
    type_into(view.form, "rate_percent", "5.2")
    tick(view.form, "arranged")
    loan = measures(page)["Apply for a bank loan"]
    assert (loan.rate_percent, loan.arranged) == (Decimal("5.2"), True)
    assert view.outcome.text.text().startswith("¥100,000 of limit, already agreed.")
    assert isinstance(page.context.book.by_id["jiebei"], Facility)


def test_another_part_closes_what_was_open(stocked: SourcesPage) -> None:
    stocked.show_record("van")
    stocked.parts.choose(CREDIT)
    assert stocked.pane.isHidden()
    assert stocked.shown_table is stocked.table
    stocked.show_record("early")
    assert stocked.parts.value == MEASURES


def test_what_is_added_from_another_part_is_shown_with_its_details(stocked: SourcesPage) -> None:
    stocked.parts.choose(MEASURES)
    trigger(stocked.add_menu, "Account of your own")
    type_into(stocked.pane.account.form, "name", "Savings")
    assert stocked.parts.value == ALL
    assert stocked.table.current().record.name == "Savings"
    assert stocked.pane.account.isVisible()
    stocked.parts.choose(OWN)
    trigger(stocked.add_menu, "Another source of credit")
    type_into(stocked.pane.facility.form, "name", "Aunt")
    assert stocked.table.current().record.name == "Aunt"


def test_every_control_of_a_measure_has_a_name(stocked: SourcesPage) -> None:
    stocked.context.set_language("zh_CN")
    for kind in MeasureKind:
        view = stocked.pane.measure(kind)
        view.speak()
        for cell in view.form.cells():
            assert cell.control.target.accessibleName() == cell.label.text() != ""
