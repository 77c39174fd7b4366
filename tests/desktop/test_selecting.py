"""Who comes to a field types over what stands in it: every kind of field, in every form and dialog,
by every way to come there, with real keys."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QFocusEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

import backstop.desktop
from backstop.desktop.books.backups_dialog import BackupsDialog
from backstop.desktop.books.details_dialog import BookFactsDialog
from backstop.desktop.books.fixes_dialog import FixesDialog
from backstop.desktop.books.history_dialog import HistoryDialog
from backstop.desktop.books.new_book_dialog import NewBookDialog
from backstop.desktop.books.passphrase_dialog import PassphraseDialog, UnlockDialog, _Asking
from backstop.desktop.books.recovery_dialog import RecoveryDialog
from backstop.desktop.cash_flow.page import CashFlowPage
from backstop.desktop.cash_flow.since_matching import MatchDialog
from backstop.desktop.cash_flow.since_other_dialog import OtherDialog
from backstop.desktop.forms.dialog import AskingDialog
from backstop.desktop.forms.fields import FormField, FormLayout
from backstop.desktop.forms.naming_dialog import NameDialog
from backstop.desktop.forms.selecting_line import SelectingLine
from backstop.desktop.forms.typed import TypedText
from backstop.desktop.guide.dialog import GuideDialog
from backstop.desktop.plan.change_step_dialog import ChangeStepDialog, HappenedDialog, StepDialog
from backstop.desktop.printing.preview import PreviewDialog
from backstop.desktop.shell.about_dialog import AboutDialog
from backstop.desktop.shell.app import Program
from backstop.desktop.shell.palette import Palette
from backstop.desktop.shell.rail_entries import RAIL_ENTRIES
from backstop.desktop.shell.shortcuts_dialog import ShortcutsDialog
from backstop.desktop.sources.page import SourcesPage
from backstop.desktop.statements.dialogs import ColumnsDialog, PasswordDialog
from backstop.domain import CashFlow, Direction, Facility, message
from backstop.projection import Side
from backstop.services.history import HistoryLine
from backstop.services.settling_items import DueItem
from backstop.settling import Expected, ExpectedKind
from desktop.editing import activate, click, line_of, open_page, press, write

TYPED_INTO = (QLineEdit, QAbstractSpinBox, QPlainTextEdit, QTextEdit)
Dialogs = dict[type[QDialog], Callable[[Program], QDialog]]

DIALOGS: Dialogs = {
    NewBookDialog: lambda p: NewBookDialog(p.context, p.window),
    BookFactsDialog: lambda p: BookFactsDialog(p.context, p.window),
    GuideDialog: lambda p: GuideDialog(p.context, p.window),
    NameDialog: lambda p: NameDialog(p.context, p.window, "Rename", "Old name", lambda _: None),
    StepDialog: lambda p: _begun(StepDialog(p.context, p.context.book, p.window, "Amount", "x")),
    UnlockDialog: lambda p: UnlockDialog(p.context, p.window, message("x")),
    PassphraseDialog: lambda p: PassphraseDialog(p.context, p.window, is_locked=True),
    HistoryDialog: lambda p: HistoryDialog(p.context, p.window, [_changed()], []),
    Palette: lambda p: Palette(p.context, p.window, ()),
    OtherDialog: lambda p: OtherDialog(
        p.context, p.window, p.context.book, date(2026, 1, 4), lambda *_: None
    ),
    MatchDialog: lambda p: MatchDialog(p.context, p.window, _expected(), [], lambda *_: None),
    PasswordDialog: lambda p: PasswordDialog(p.context, p.window, "", lambda _: None),
}
NOTHING_TO_TYPE = {
    BackupsDialog: "a list and buttons",
    FixesDialog: "sentences to read",
    PreviewDialog: "pages to look at",
    RecoveryDialog: "a page to look at",
    ChangeStepDialog: "the fields of StepDialog",
    HappenedDialog: "the fields of StepDialog",
    ShortcutsDialog: "a list to read",
    AboutDialog: "sentences to read",
    ColumnsDialog: "choices, and rows to look at",
    AskingDialog: "a frame",
    _Asking: "a frame",
}


def _begun(dialog: StepDialog) -> StepDialog:
    dialog.begin_with(12_34, date(2026, 1, 5))
    return dialog


def _changed() -> HistoryLine:
    return HistoryLine(datetime(2026, 1, 5, tzinfo=UTC), message("Changed"), message("Rent"))


def _expected() -> DueItem:
    day = date(2026, 1, 4)
    kind, side = ExpectedKind.PAYMENT, Side.PAYMENT
    due = Expected("rent", day, day, "rent", "", "Rent", kind, 900_00, 900_00, side, "", "till")
    return DueItem(due, is_today=False)


def modules() -> Iterator[object]:
    for found in pkgutil.walk_packages(backstop.desktop.__path__, "backstop.desktop."):
        yield importlib.import_module(found.name)


def all_fields() -> list[FormField]:
    """The fields of every form plan in the program, each once."""
    plans: list[FormLayout] = []
    for module in modules():
        for value in vars(module).values():
            several = value.values() if isinstance(value, dict) else [value]
            plans += [each for each in several if isinstance(each, FormLayout)]
    return list({id(field): field for plan in plans for field in plan.fields}.values())


def typed_into(holder: QWidget) -> list[QWidget]:
    """All that can be typed into here, but for what Qt puts into its own widgets."""
    found = [each for kind in TYPED_INTO for each in holder.findChildren(kind)]
    assert not any(combo.isEditable() for combo in holder.findChildren(QComboBox))
    return [each for each in found if not each.property("readOnly")]


def by_tab(field: QWidget, other: QWidget) -> None:
    QWidget.setTabOrder(other, field)
    other.setFocus()
    press(other, Qt.Key.Key_Tab)


def by_click(field: QWidget, other: QWidget) -> None:
    other.setFocus()
    click(field, QPoint(8, field.height() // 2))


def by_program(field: QWidget, other: QWidget) -> None:
    other.setFocus()
    field.setFocus()


def by_shortcut(field: QWidget, other: QWidget) -> None:
    other.setFocus()
    field.setFocus(Qt.FocusReason.ShortcutFocusReason)


WAYS = (by_tab, by_click, by_program, by_shortcut)


def check_line(field: SelectingLine, other: QWidget) -> None:
    for come in WAYS:
        field.setText("0")
        come(field, other)
        assert field.hasFocus(), come
        write(field, "8000")
        assert field.text() == "8000", come
    check_clicks(field, other)


def check_clicks(field: SelectingLine, other: QWidget) -> None:
    """The first click selects, the second places the caret."""
    field.setText("1234567")
    by_click(field, other)
    if field.echoMode() is QLineEdit.EchoMode.Normal:
        assert field.selectedText() == field.text()
    click(field, QPoint(field.width() // 2, field.height() // 2))
    assert not field.hasSelectedText()


def check_paper(field: TypedText, other: QWidget) -> None:
    """What took long to write is not gone by one key: one goes on at its end."""
    field.setPlainText("one\ntwo")
    field.moveCursor(QTextCursor.MoveOperation.Start)
    by_tab(field, other)
    assert field.hasFocus()
    write(field, "3")
    assert field.toPlainText() == "one\ntwo3"


def check(field: QWidget, other: QWidget) -> None:
    if isinstance(field, TypedText):
        check_paper(field, other)
    else:
        assert isinstance(field, SelectingLine), f"a new kind of field: {field}"
        check_line(field, other)


@pytest.fixture
def form(qtbot: QtBot, program: Program) -> Iterator[QWidget]:
    """A window with room for fields."""
    window = QWidget()
    QVBoxLayout(window)
    window.resize(400, 300)
    window.show()
    window.activateWindow()
    handle = window.windowHandle()
    assert handle is not None
    handle.requestActivate()
    qtbot.waitUntil(window.isActiveWindow)
    yield window
    window.close()
    window.deleteLater()


def test_every_field_of_every_form_is_typed_over(form: QWidget, program: Program) -> None:
    layout = form.layout()
    assert layout is not None
    other = SelectingLine()
    layout.addWidget(other)
    checked: set[str] = set()
    for field in all_fields():
        control = field.control()
        layout.addWidget(control)
        control.speak(program.context.words, program.context.book)
        QApplication.processEvents()
        for each in typed_into(control):
            check(each, other)
            checked.add(type(control).__name__)
        control.hide()
        control.deleteLater()
    assert checked >= {"AmountControl", "PercentControl", "WholeControl", "DayControl"}


def test_every_dialog_is_among_those_tested() -> None:
    found = {
        value
        for module in modules()
        for _, value in inspect.getmembers(module, inspect.isclass)
        if issubclass(value, QDialog) and value.__module__.startswith("backstop.")
    }
    assert found == DIALOGS.keys() | NOTHING_TO_TYPE.keys()


@pytest.mark.parametrize("kind", DIALOGS, ids=lambda kind: kind.__name__)
def test_every_field_of_every_dialog_is_typed_over(
    kind: type[QDialog], program: Program, qtbot: QtBot
) -> None:
    activate(qtbot, program)
    dialog = DIALOGS[kind](program)
    dialog.open()
    qtbot.waitUntil(dialog.isActiveWindow)
    fields = [each for each in typed_into(dialog) if each.isVisible()]
    assert fields
    first = dialog.focusWidget()
    if isinstance(first, QLineEdit) and first.text():
        assert first.selectedText() == first.text()
    other = SelectingLine(parent=dialog)
    other.show()
    for each in fields:
        check(each, other)
    dialog.done(QDialog.DialogCode.Rejected)


def test_every_field_on_every_page_is_typed_over(program: Program, qtbot: QtBot) -> None:
    activate(qtbot, program)
    checked = 0
    for number, section in enumerate(RAIL_ENTRIES):
        program.window.show_section(number)
        page = program.window.pages[section.key]
        QApplication.processEvents()
        for each in typed_into(page):
            assert isinstance(each, SelectingLine | TypedText)
            if each.isVisible() and each.isEnabled():
                other = SelectingLine(parent=page)
                other.show()
                check(each, other)
                checked += 1
                other.hide()
    assert checked


# in forms that keep what is typed


def test_tab_selects_after_an_edit_too(program: Program, qtbot: QtBot) -> None:
    page = open_page(qtbot, program, 1, SourcesPage)
    page.table.choose("jiebei")
    form = page.pane.facility.form
    line = line_of(form, "limit")
    click(line)
    write(line, "8000")
    press(line, Qt.Key.Key_Tab)
    qtbot.wait(30)  # the page shows the book again, soon after the edit
    seen = []
    for _ in range(30):
        focused = QApplication.focusWidget()
        if isinstance(focused, QLineEdit) and form.isAncestorOf(focused):
            assert focused.selectedText() == focused.text(), focused.objectName()
            seen.append(focused.objectName())
            if len(seen) % 3 == 0 and focused.text().isdecimal():
                write(focused, "3")
        assert focused is not None
        press(focused, Qt.Key.Key_Tab)
        QApplication.processEvents()
    assert len(seen) > 4
    facility = page.context.book.by_id["jiebei"]
    assert isinstance(facility, Facility)
    assert facility.limit == 8000_00


def test_what_is_typed_after_return_takes_the_place_of_what_was_kept(
    program: Program, qtbot: QtBot
) -> None:
    page = open_page(qtbot, program, 2, CashFlowPage)
    page.table.choose("wages")
    line = line_of(page.pane.view_of(Direction.PAYMENT).form, "amount")
    click(line)
    write(line, "4321")
    press(line, Qt.Key.Key_Return)
    qtbot.wait(30)
    write(line, "8000")
    press(line, Qt.Key.Key_Return)
    wages = page.context.book.by_id["wages"]
    assert isinstance(wages, CashFlow)
    assert wages.amount == 8000_00


def test_the_caret_stays_where_it_was_put_while_the_page_is_shown_again(
    program: Program, qtbot: QtBot
) -> None:
    page = open_page(qtbot, program, 2, CashFlowPage)
    page.table.choose("wages")
    line = line_of(page.pane.view_of(Direction.PAYMENT).form, "amount")
    click(line)
    press(line, Qt.Key.Key_End)
    press(line, Qt.Key.Key_Left)
    page.show_book()
    assert (line.cursorPosition(), line.hasSelectedText()) == (len(line.text()) - 1, False)


def test_who_comes_back_from_another_window_finds_the_caret(form: QWidget) -> None:
    line = SelectingLine("1234")
    layout = form.layout()
    assert layout is not None
    layout.addWidget(line)
    QApplication.processEvents()
    line.setFocus()
    assert line.selectedText() == "1234"
    QTest.keyClick(line, Qt.Key.Key_Home)
    QApplication.sendEvent(line, _focus(False))
    QApplication.sendEvent(line, _focus(True))
    assert (line.cursorPosition(), line.hasSelectedText()) == (0, False)


def _focus(comes: bool) -> QFocusEvent:
    kind = QEvent.Type.FocusIn if comes else QEvent.Type.FocusOut
    return QFocusEvent(kind, Qt.FocusReason.ActiveWindowFocusReason)
