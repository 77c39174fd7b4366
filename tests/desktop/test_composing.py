"""What an input method composes in a field is nobody's before it is chosen."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from backstop.desktop.forms.form import RecordForm
from backstop.desktop.forms.lines import NotesControl
from backstop.desktop.forms.typed import TypedLine, TypedText
from backstop.desktop.shell.app import Program
from backstop.desktop.sources.page import SourcesPage
from backstop.domain import Facility
from desktop.editing import compose, line_of, open_page, press, type_into

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def page(program: Program, qtbot: QtBot) -> SourcesPage:
    page = open_page(qtbot, program, 1, SourcesPage)
    assert page.table.choose("jiebei")
    return page


@pytest.fixture
def form(page: SourcesPage) -> RecordForm:
    return page.pane.facility.form


def line_or_paper(form: RecordForm, field: str) -> TypedLine | TypedText:
    form.focus_first(field)
    control = form.cell(field).control
    return control.paper if isinstance(control, NotesControl) else as_line(line_of(form, field))


def as_line(line: QLineEdit) -> TypedLine:
    assert isinstance(line, TypedLine)
    return line


def kept(page: SourcesPage) -> Facility:
    found = page.context.book.by_id["jiebei"]
    assert isinstance(found, Facility)
    return found


def test_what_is_composed_shows_and_is_in_the_book_once_it_is_chosen(
    page: SourcesPage, form: RecordForm
) -> None:
    name = line_or_paper(form, "name")
    empty = name.grab().toImage()
    compose(name, "ni hao")
    assert name.grab().toImage() != empty
    assert name.composes
    compose(name, "", "你好")
    press(name, Qt.Key.Key_Return)
    assert kept(page).name == "你好"


def test_return_amid_composing_takes_nothing(page: SourcesPage, form: RecordForm) -> None:
    name = line_or_paper(form, "name")
    compose(name, "", "你")
    compose(name, "hao")
    press(name, Qt.Key.Key_Return)
    assert kept(page).name == "Jiebei"
    compose(name, "", "好")
    press(name, Qt.Key.Key_Return)
    assert kept(page).name == "你好"


@pytest.mark.parametrize("field", ["name", "notes"])
def test_no_shortcut_takes_a_key_amid_composing(
    page: SourcesPage, form: RecordForm, field: str
) -> None:
    type_into(form, "limit", "70,000")
    typed = line_or_paper(form, field)
    compose(typed, "hao")
    press(typed, Qt.Key.Key_3, CONTROL)
    press(typed, Qt.Key.Key_Z, CONTROL)
    press(typed, Qt.Key.Key_Z, CONTROL | SHIFT)
    assert page.isVisible()
    assert kept(page).limit == 70_000_00
    assert typed.composes
    compose(typed, "")
    press(typed, Qt.Key.Key_3, CONTROL)
    assert not page.isVisible()


@pytest.mark.parametrize("field", ["name", "notes"])
def test_undo_amid_composing_leaves_what_was_chosen_before(form: RecordForm, field: str) -> None:
    typed = line_or_paper(form, field)
    compose(typed, "", "你")
    before = text_of(typed)
    compose(typed, "hao")
    press(typed, Qt.Key.Key_Z, CONTROL)
    assert text_of(typed) == before
    compose(typed, "")
    press(typed, Qt.Key.Key_Z, CONTROL)
    assert text_of(typed) != before


def text_of(typed: TypedLine | TypedText) -> str:
    return typed.text() if isinstance(typed, TypedLine) else typed.toPlainText()


def test_a_new_answer_amid_composing_writes_nothing_over_it(
    page: SourcesPage, form: RecordForm
) -> None:
    name = as_line(line_of(form, "name"))
    form.focus_first("name")
    name.setCursorPosition(3)
    compose(name, "hao")
    name.deselect()
    place = name.cursorPosition()
    page.pane.refresh()
    form.show_draft()
    assert name.composes
    assert name.cursorPosition() == place


@pytest.mark.parametrize("field", ["name", "notes"])
def test_a_window_in_front_for_a_moment_takes_nothing_half_composed(
    page: SourcesPage, form: RecordForm, field: str
) -> None:
    typed = line_or_paper(form, field)
    compose(typed, "", "你")
    compose(typed, "hao")
    reason = Qt.FocusReason.ActiveWindowFocusReason
    QApplication.sendEvent(typed, QFocusEvent(QEvent.Type.FocusOut, reason))
    assert (kept(page).name, kept(page).notes) == ("Jiebei", "")


@pytest.mark.parametrize("field", ["name", "notes"])
def test_a_field_left_by_an_input_method_that_died_keeps_what_was_chosen(
    page: SourcesPage, form: RecordForm, field: str
) -> None:
    typed = line_or_paper(form, field)
    compose(typed, "", "你好")
    compose(typed, "ma")
    form.focus_first("limit")
    assert not typed.composes
    assert "你好" in (kept(page).name, kept(page).notes)
