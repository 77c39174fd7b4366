"""Hands for tests of forms: typing into fields, choosing, and reading what stands below them."""

from typing import TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from backstop.desktop.forms.choices import ChoiceControl
from backstop.desktop.forms.control import LineControl
from backstop.desktop.forms.form import RecordForm
from backstop.desktop.shell.app import Program
from backstop.desktop.tables import RowsView
from backstop.desktop.widgets.page import Page

AnyPage = TypeVar("AnyPage", bound=Page)
_PLAIN = Qt.KeyboardModifier.NoModifier


def activate(qtbot: QtBot, program: Program) -> None:
    """Give the window the keyboard, as a window manager would."""
    handle = program.window.windowHandle()
    assert handle is not None
    handle.requestActivate()
    qtbot.waitUntil(program.window.isActiveWindow)


def open_page(qtbot: QtBot, program: Program, number: int, kind: type[AnyPage]) -> AnyPage:
    """Show a page of the window, which has the keyboard."""
    activate(qtbot, program)
    program.window.show_section(number)
    page = program.window.page
    assert isinstance(page, kind)
    return page


def click(widget: QWidget, at: QPoint | None = None) -> None:
    """Press the left button on a widget, by default in its middle."""
    QTest.mouseClick(
        widget, Qt.MouseButton.LeftButton, _PLAIN, at if at is not None else widget.rect().center()
    )


def press(widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = _PLAIN) -> None:
    QTest.keyClick(widget, key, modifier)


def write(widget: QWidget, text: str) -> None:
    """Type a text, key by key."""
    QTest.keyClicks(widget, text)


def compose(widget: QWidget, text: str, chosen: str = "") -> None:
    """What an input method says: that it composes this, and that this was chosen."""
    event = QInputMethodEvent(text, [])
    event.setCommitString(chosen)
    QApplication.sendEvent(widget, event)


def pick(combo: QComboBox, value: object) -> None:
    """Choose by keys, as one does who walks down the list."""
    combo.setFocus()
    press(combo, Qt.Key.Key_Home)
    wanted = combo.findData(value)
    assert wanted >= 0
    while combo.currentIndex() < wanted:
        press(combo, Qt.Key.Key_Down)
    assert combo.currentIndex() == wanted


def click_row(view: RowsView, row: int) -> None:
    where = view.visualRect(view.model().index(row, 0)).center()
    click(view.viewport(), where)


def line_of(form: RecordForm, field: str) -> QLineEdit:
    control = form.cell(field).control
    assert isinstance(control, LineControl)
    return control.line


def type_into(form: RecordForm, field: str, text: str, leave: Qt.Key = Qt.Key.Key_Return) -> None:
    """Click a field, replace its text, and leave it by a key. What no key makes is pasted."""
    line = line_of(form, field)
    click(line)
    line.setFocus()
    line.selectAll()
    if text.isascii() and text.isprintable() and text:
        write(line, text)
    else:
        line.del_()
        line.insert(text)
    press(line, leave)


def choose(form: RecordForm, field: str, value: object) -> None:
    """Choose a value in a combo as its list does."""
    control = form.cell(field).control
    assert isinstance(control, ChoiceControl)
    number = control._values.index(value)
    control.combo.setCurrentIndex(number)
    control.combo.activated.emit(number)


def tick(form: RecordForm, field: str) -> None:
    """Click a tick box, on its box."""
    box = form.cell(field).control.target
    click(box, QPoint(12, box.height() // 2))


def sentence_below(form: RecordForm, field: str) -> str:
    """What is said below a field; empty where nothing is wrong."""
    label = form.cell(field).problem
    return label.text() if not label.isHidden() else ""


def trigger(menu: QMenu, *path: str) -> None:
    """Choose an entry of a menu by its words, and those of the menus above it."""
    entry = next(each for each in menu.actions() if each.text() == path[0])
    below = entry.menu()
    if isinstance(below, QMenu):
        trigger(below, *path[1:])
    else:
        entry.trigger()
