"""The standing rule in the book's details: an ordered list, by mouse and by keys alone."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from backstop.desktop.books.details_dialog import BookFactsDialog
from backstop.desktop.forms.ordered import OrderedControl
from backstop.desktop.shell.app import Program
from desktop.editing import click, press, trigger
from desktop.waiting import settle


@pytest.fixture
def dialog(program: Program) -> BookFactsDialog:
    program.window.actions_by_name["facts"].trigger()
    (found,) = program.window.findChildren(BookFactsDialog)
    click(found.form.section("Standing draws").head)
    return found


def standing_of(dialog: BookFactsDialog) -> OrderedControl:
    found = dialog.controls["standing_draws"]
    assert isinstance(found, OrderedControl)
    return found


def shown(dialog: BookFactsDialog) -> list[str]:
    listed = standing_of(dialog).list
    return [listed.item(row).text() for row in range(listed.count())]


def test_lines_are_added_moved_and_taken_out_by_keys(
    dialog: BookFactsDialog, program: Program, qtbot: QtBot
) -> None:
    standing = standing_of(dialog)
    trigger(standing.menu, "Weilidai")
    trigger(standing.menu, "Jiebei")
    assert shown(dialog) == ["1.  Weilidai", "2.  Jiebei"]
    press(standing.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert standing.value() == ("jiebei", "weilidai")
    click(standing.later)
    assert standing.value() == ("weilidai", "jiebei")
    press(standing.list, Qt.Key.Key_Delete)
    assert standing.value() == ("weilidai",)
    press(dialog.controls["title"].target, Qt.Key.Key_Return)
    assert program.context.book.standing_draws == ("weilidai",)
    program.context.undo()
    assert not program.context.book.standing_draws
    settle(program, qtbot)


def test_the_first_cannot_go_earlier_nor_the_last_later(dialog: BookFactsDialog) -> None:
    standing = standing_of(dialog)
    assert not standing.out.isEnabled()
    standing.show_value(("jiebei", "weilidai"))
    assert not standing.earlier.isEnabled()
    assert standing.later.isEnabled()
    press(standing.list, Qt.Key.Key_Down)
    assert standing.earlier.isEnabled()
    assert not standing.later.isEnabled()
    assert not standing.add.isEnabled()
    dialog.reject()


def test_the_list_speaks_the_owner_s_language(program: Program, qtbot: QtBot) -> None:
    program.context.set_language("zh_CN")
    program.window.actions_by_name["facts"].trigger()
    (dialog,) = program.window.findChildren(BookFactsDialog)
    assert standing_of(dialog).add.text() == "添加额度…"
    assert standing_of(dialog).list.accessibleName()
    dialog.reject()
