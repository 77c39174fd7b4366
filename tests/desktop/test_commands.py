"""The table of commands, and what is made of it: menus, keys, tooltips, palette, list of keys."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMenu
from pytestqt.qtbot import QtBot

from backstop.desktop.look.icons import icon as drawn
from backstop.desktop.shell import commands, rail_entries, screens
from backstop.desktop.shell.app import Program
from backstop.desktop.shell.palette import MOST_SHOWN, Entry, Palette
from backstop.desktop.shell.shortcuts_dialog import ShortcutsDialog
from backstop.desktop.shell.window import Window
from backstop.desktop.widgets.command import Command, Menu, editable_book
from backstop.desktop.widgets.keys import LOCAL_KEYS
from backstop.desktop.widgets.page import Page, RailEntry
from backstop.domain import Book, message
from backstop.plan import Answers
from backstop.services.session import BookSession
from desktop.conftest import Start
from desktop.waiting import settle, shown

CTRL = Qt.KeyboardModifier.ControlModifier
RECIPES = Path(__file__).parents[2] / "docs" / "recipes"


def table(program: Program) -> list[Command]:
    return list(program.window.actions_by_name)


def entries(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if action.text()]


def palette(program: Program, qtbot: QtBot) -> Palette:
    QTest.keyClick(program.window, Qt.Key.Key_K, CTRL)
    return shown(Palette, qtbot)


# the table


def test_no_two_commands_share_a_name_or_a_key(program: Program) -> None:
    found = table(program)
    keys = [keys.toString() for command in found for keys in command.keys]
    assert len({command.key for command in found}) == len(found)
    assert len(set(keys)) == len(keys)


def test_every_command_stands_in_its_menu(program: Program) -> None:
    bar = program.window.menus.bar
    menus = {action.text(): action.menu() for action in bar.actions()}
    assert list(menus) == [menu.value for menu in Menu]
    for command in table(program):
        menu = menus[command.menu.value]
        assert isinstance(menu, QMenu)
        assert command.name(program.context) in entries(menu)


def test_what_a_command_needs_greys_it(start: Start, book: Book) -> None:
    program = start(None)
    actions = program.window.actions_by_name
    assert actions["open"].isEnabled()
    assert not actions["export_json"].isEnabled()
    program.context.open_session(BookSession(book))
    for command in actions:
        assert actions[command.key].isEnabled() == command.needs(program.context)
    assert actions["export_json"].isEnabled()
    assert not actions["undo"].isEnabled()


def test_tooltips_name_the_key(program: Program) -> None:
    actions = program.window.actions_by_name
    assert actions["facts"].toolTip() == "Book details… (Ctrl+I)"
    assert actions["backups"].toolTip() == "Backups…"
    program.context.set_language("zh_CN")
    assert actions["facts"].toolTip().endswith("(Ctrl+I)")
    assert "Book" not in actions["facts"].toolTip()


# whole lists


def test_a_sentence_that_is_there_names_all_on_request(program: Program) -> None:
    context, banner = program.context, program.window.banner
    names = tuple(f"N{number}" for number in range(1, 13))
    context.tell(message("Not used: {names}.", names=names))
    lists = program.window.actions_by_name["lists"]
    assert banner.text.endswith("N10 and 2 others.")
    assert lists.toolTip() == "Name everything in lists (F8)"
    lists.trigger()
    assert banner.text.endswith("N11 and N12.")
    context.set_language("zh_CN")
    assert "N12" in banner.text
    assert "前十项" in lists.text()
    lists.trigger()
    assert "N11" not in banner.text


# the palette


def test_a_page_is_found_by_a_few_letters(program: Program, qtbot: QtBot) -> None:
    asked = palette(program, qtbot)
    QTest.keyClicks(asked.line, "stre")
    assert asked.shown == ["Stress"]
    QTest.keyClick(asked.line, Qt.Key.Key_Return)
    assert program.window.page is not None
    assert program.window.page.key == "stress"


def test_a_record_is_found_and_shown_on_its_page(program: Program, qtbot: QtBot) -> None:
    asked = palette(program, qtbot)
    QTest.keyClicks(asked.line, "wages")
    assert asked.shown == ["Wages", "Bridge to the wages"]
    QTest.keyClick(asked.line, Qt.Key.Key_Return)
    page = program.window.page
    assert page is not None
    assert page.key == "cash_flow"
    assert page.pane.title.text() == "Wages"  # type: ignore[attr-defined]


def test_arrow_keys_walk_while_the_line_keeps_the_keyboard(program: Program, qtbot: QtBot) -> None:
    asked = palette(program, qtbot)
    QTest.keyClicks(asked.line, "wages")
    QTest.keyClick(asked.line, Qt.Key.Key_Down)
    QTest.keyClick(asked.line, Qt.Key.Key_Return)
    assert program.window.page is not None
    assert program.window.page.key == "sources"


def test_a_command_is_found_by_its_english_name_too(program: Program, qtbot: QtBot) -> None:
    program.context.set_language("zh_CN")
    asked = palette(program, qtbot)
    QTest.keyClicks(asked.line, "shortcuts")
    assert asked.shown == ["键盘快捷键"]
    asked.reject()


def test_what_cannot_be_done_now_is_not_offered(start: Start, qtbot: QtBot) -> None:
    program = start(None)
    qtbot.waitUntil(program.window.isActiveWindow)
    asked = palette(program, qtbot)
    assert "Open" in asked.shown
    assert not {"Export the book as JSON", "Undo", "Overview"} & set(asked.shown)
    asked.reject()


def test_nothing_found_is_said_and_cannot_be_chosen(program: Program, qtbot: QtBot) -> None:
    asked = palette(program, qtbot)
    QTest.keyClicks(asked.line, "qqq")
    assert asked.shown == ["Nothing in this program or book is called that."]
    QTest.keyClick(asked.line, Qt.Key.Key_Return)
    assert asked.isVisible()
    QTest.keyClick(asked.line, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not program.window.findChildren(Palette))


def test_every_typed_word_counts_and_the_beginning_of_a_name_goes_first() -> None:
    entry = Entry("Export the plan", "", lambda: None, "send")
    assert [entry.rank(typed) for typed in ("", "exp", "plan", "plan exp", "send", "plan x y")] == [
        *(0, 0, 1, 1, 2),
        None,
    ]


def test_a_long_list_is_cut(program: Program) -> None:
    many = [Entry(f"Line {n}", "", lambda: None) for n in range(MOST_SHOWN + 5)]
    asked = Palette(program.context, program.window, many)
    assert len(asked.shown) == MOST_SHOWN
    asked.reject()


# the list of keys


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_help_lists_every_key(program: Program, qtbot: QtBot, language: str) -> None:
    program.context.set_language(language)
    QTest.keyClick(program.window, Qt.Key.Key_F1)
    dialog = shown(ShortcutsDialog, qtbot)
    said = [label.text() for label in dialog.findChildren(QLabel)]
    for command in table(program):
        name = program.context.words.say(command.text).rstrip("…")
        if command.keys:
            assert said[said.index(name) + 1] == command.shown_keys
        else:
            assert name not in said
    for text, keys in LOCAL_KEYS:
        shown_keys = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
        assert said[said.index(program.context.words.say(text)) + 1] == shown_keys
    assert not [text for text in said if "&" in text]
    dialog.reject()


def test_no_key_of_a_list_or_field_is_written_where_nobody_lists_it() -> None:
    told = {keys for _, keys in LOCAL_KEYS}
    assert {"Del", "Return", "Esc", "F4"} <= told
    written = [
        each
        for path in Path(commands.__file__).parents[1].rglob("*.py")
        for each in re.findall(r'QKeySequence\("([^"]+)"\)', path.read_text(encoding="utf-8"))
    ]
    assert written == ["Alt+Down"], "the second one for the calendar"


def test_the_window_is_called_in_its_owners_language(program: Program) -> None:
    assert program.window.windowTitle() == "Corner shop – Backstop"
    program.context.set_language("zh_CN")
    assert program.window.windowTitle() == "Corner shop – 备援"
    program.context.open_session(None)
    assert program.window.windowTitle() == "备援"


# the recipes, followed with toys


class ToyPage(Page):
    def refresh(self, answers: Answers) -> None:
        self.set_answer(f"{len(answers.losses)} losses")


TOY_PAGE = RailEntry("toy", "Toy", "What is there to play with?")


@pytest.fixture
def toys(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The steps of both recipes; what the toy command was asked for."""
    given: list[str] = []

    def toy_commands(window: Window) -> tuple[Command, ...]:
        toy = Command(
            "toy", "Play…", lambda: given.append("played"), Menu.EDIT, 2, "Ctrl+J", editable_book
        )
        return (*known(window), toy)

    known = commands._window_commands
    monkeypatch.setattr(commands, "_window_commands", toy_commands)
    entries = (*rail_entries.RAIL_ENTRIES, TOY_PAGE)
    for module in ("rail_entries", "commands", "window", "palette"):
        monkeypatch.setattr(f"backstop.desktop.shell.{module}.RAIL_ENTRIES", entries)
    monkeypatch.setitem(screens.PAGES, "toy", ToyPage)
    monkeypatch.setattr(
        "backstop.desktop.shell.rail.icon",
        lambda name, *colours, **more: drawn("plan" if name == "toy" else name, *colours, **more),
    )
    return given


def test_a_command_is_added_by_its_recipe(
    toys: list[str], start: Start, book: Book, qtbot: QtBot
) -> None:
    program = start(book)
    QTest.keyClick(program.window, Qt.Key.Key_J, CTRL)
    assert toys == ["played"]
    asked = palette(program, qtbot)
    QTest.keyClicks(asked.line, "play")
    QTest.keyClick(asked.line, Qt.Key.Key_Return)
    assert toys == ["played", "played"]
    assert program.window.actions_by_name["toy"].toolTip() == "Play… (Ctrl+J)"
    program.context.open_session(None)
    assert not program.window.actions_by_name["toy"].isEnabled()


def test_a_page_is_added_by_its_recipe(
    toys: list[str], start: Start, book: Book, qtbot: QtBot
) -> None:
    program = start(book)
    QTest.keyClick(program.window, Qt.Key.Key_8, CTRL)
    settle(program, qtbot)
    page = program.window.page
    assert isinstance(page, ToyPage)
    assert page.answer == "3 losses"
    asked = palette(program, qtbot)
    QTest.keyClicks(asked.line, "toy")
    assert asked.shown == ["Toy"]
    asked.reject()


def test_the_recipes_name_what_is_there() -> None:
    source = Path(commands.__file__).parents[1]
    for recipe in ("command.md", "page.md"):
        text = (RECIPES / recipe).read_text(encoding="utf-8")
        named = re.findall(r"`([\w/]+\.(?:py|json|toml))`", text)
        assert named
        for name in named:
            root = source if (source / name).exists() else RECIPES.parents[1]
            assert (root / name).exists(), name


def test_a_command_is_a_value() -> None:
    made = Command("a", "A", lambda: None, Menu.FILE)
    assert replace(made, text="B").shown_keys == ""
