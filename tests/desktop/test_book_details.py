"""Book details: every setting of a book in one dialog, kept in one step that can be undone."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox
from pytestqt.qtbot import QtBot

from backstop.desktop.books.details_dialog import BookFactsDialog
from backstop.desktop.books.official_days import YearsControl
from backstop.desktop.forms.form import RecordForm
from backstop.desktop.forms.rows import RowsControl
from backstop.desktop.shell.app import Program
from backstop.domain import Buffer, UnsureSources
from desktop.editing import activate, choose, click, press, sentence_below, type_into


@pytest.fixture
def dialog(program: Program, qtbot: QtBot) -> BookFactsDialog:
    activate(qtbot, program)
    program.window.actions_by_name["facts"].trigger()
    (made,) = program.window.findChildren(BookFactsDialog)
    return made


def fill(form: RecordForm, field: str, text: str) -> None:
    """Type into a field and go on to the next: Return would agree to all."""
    type_into(form, field, text, Qt.Key.Key_Tab)


def agree(dialog: BookFactsDialog) -> None:
    click(dialog.buttons.button(QDialogButtonBox.StandardButton.Ok))


def years(dialog: BookFactsDialog) -> YearsControl:
    control = dialog.controls["calendar_years"]
    assert isinstance(control, YearsControl)
    return control


def test_the_limits_of_plans_are_set_and_undone_together(
    program: Program, dialog: BookFactsDialog
) -> None:
    form, before = dialog.form, program.context.book
    click(form.section("What plans keep to").head)
    fill(form, "most_applications", "2")
    fill(form, "most_debt_service_percent", "40")
    fill(form, "most_from_one_provider_percent", "60")
    choose(form, "unsure_sources", UnsureSources.LEFT_OUT)
    assert program.context.book is before
    agree(dialog)
    book = program.context.book
    assert (book.most_applications, book.most_debt_service_percent) == (2, 40)
    assert book.most_from_one_provider_percent == 60
    assert book.unsure_sources is UnsureSources.LEFT_OUT
    program.context.undo()
    assert program.context.book == before


def test_a_refusal_stands_at_its_field_and_keeps_the_dialog_open(
    program: Program, dialog: BookFactsDialog
) -> None:
    before = program.context.book
    click(dialog.form.section("What plans keep to").head)
    fill(dialog.form, "most_from_one_provider_percent", "0")
    assert "from 1 to 100" in sentence_below(dialog.form, "most_from_one_provider_percent")
    agree(dialog)
    assert dialog.isVisible()
    assert program.context.book is before
    fill(dialog.form, "most_from_one_provider_percent", "")
    agree(dialog)
    assert program.context.book == before


def test_escape_leaves_the_book_as_it_was(program: Program, dialog: BookFactsDialog) -> None:
    before = program.context.book
    fill(dialog.form, "owner", "Somebody")
    press(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert program.context.book is before


def test_a_country_is_a_code_in_capitals(program: Program, dialog: BookFactsDialog) -> None:
    click(dialog.form.section("Holidays").head)
    fill(dialog.form, "country", "china")
    assert "two letters" in sentence_below(dialog.form, "country")
    fill(dialog.form, "country", "cn")
    agree(dialog)
    assert program.context.book.country == "CN"


def test_official_days_come_from_a_file_and_go_again(
    program: Program, dialog: BookFactsDialog, tmp_path: Path
) -> None:
    click(dialog.form.section("Holidays").head)
    file = tmp_path / "2027.txt"
    file.write_text("2027-02-05 休\n2027-02-07 班\n", encoding="utf-8")
    years(dialog).take_file(file)
    (back,) = years(dialog).buttons
    assert back.accessibleName() == "Take back: 2027: 1 closed, 1 worked at a weekend"
    agree(dialog)
    assert [each.year for each in program.context.book.calendar_years] == [2027]
    program.window.actions_by_name["facts"].trigger()
    newest = program.window.findChildren(BookFactsDialog)[-1]
    click(newest.form.section("Holidays").head)
    click(years(newest).buttons[0])
    agree(newest)
    assert program.context.book.calendar_years == ()


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_a_file_of_days_that_cannot_be_right_is_refused_by_its_line(
    program: Program, dialog: BookFactsDialog, tmp_path: Path, language: str
) -> None:
    dialog.reject()
    program.context.set_language(language)
    program.window.actions_by_name["facts"].trigger()
    newest = program.window.findChildren(BookFactsDialog)[-1]
    file = tmp_path / "days.csv"
    file.write_text("2027-02-05 closed\nsoon", encoding="utf-8")
    years(newest).take_file(file)
    said = sentence_below(newest.form, "calendar_years")
    assert ("Line 2 says “soon”" if language == "en" else "第 2 行是“soon”") in said
    assert not years(newest).buttons


def test_money_for_a_purpose_is_written_in_a_line_with_its_days(
    program: Program, dialog: BookFactsDialog
) -> None:
    """The words before the amount are its name, a dash stands for no day."""
    control = dialog.controls["buffers"]
    assert isinstance(control, RowsControl)
    control.paper.setPlainText(
        "School fee 2026 5000 2026-08-01\nTax; 300.50; –; 2026-05-31\nRain 1"
    )
    control.left.emit()
    agree(dialog)
    found = program.context.book.buffers
    assert found == (
        Buffer(name="School fee 2026", amount=5_000_00, from_day=date(2026, 8, 1)),
        Buffer(name="Tax", amount=300_50, until=date(2026, 5, 31)),
        Buffer(name="Rain", amount=1_00),
    )
    control.show_value(found)
    assert control.value() == found


@pytest.mark.parametrize("line", ["5000", "Tax much", "Tax 1 2026-08-01 2026-05-31"])
def test_a_line_that_names_no_amount_for_its_days_is_refused(
    program: Program, dialog: BookFactsDialog, line: str
) -> None:
    control = dialog.controls["buffers"]
    assert isinstance(control, RowsControl)
    control.paper.setPlainText(line)
    control.left.emit()
    assert sentence_below(dialog.form, "buffers")
    agree(dialog)
    assert dialog.isVisible()
    assert program.context.book.buffers == ()
