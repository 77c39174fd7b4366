"""The window as an owner uses it: pages, language, appearance, undo, banner."""

import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from backstop.desktop.shell.app import Program
from backstop.desktop.shell.rail_entries import RAIL_ENTRIES
from backstop.desktop.state.context import Context
from backstop.domain import Book, EnvironmentFault, message
from backstop.services.commands import put_record
from backstop.services.settings import Settings
from backstop.telling import words_for
from desktop.speaking import choose_language, offered_languages
from desktop.waiting import settle

Start = Callable[[Book | None], Program]
Texts = Callable[[QWidget], list[str]]


def test_a_page_is_shown_by_its_key_and_answers_in_a_sentence(
    program: Program, qtbot: QtBot
) -> None:
    for number, section in enumerate(RAIL_ENTRIES):
        key = getattr(Qt.Key, f"Key_{number + 1}")
        QTest.keyClick(program.window, key, Qt.KeyboardModifier.ControlModifier)
        page = program.window.page
        assert page is not None
        assert page.key == section.key
        qtbot.waitUntil(lambda shown=page: bool(shown.answer))  # type: ignore[misc]


def test_the_verdict_names_the_line_the_payment_and_the_gap(program: Program) -> None:
    page = program.window.page
    assert page is not None
    assert page.answer == (
        "If everything in Both platforms closes today, Wages on 15 January cannot be paid."
    )


def test_language_switch_leaves_no_english_on_any_page(
    program: Program, qtbot: QtBot, texts: Texts
) -> None:
    window, translated = program.window, words_for("zh_CN").translations
    english = set(translated) - set(translated.values())
    seen: set[str] = set()
    for number, _ in enumerate(RAIL_ENTRIES):
        window.show_section(number)
        settle(program, qtbot)
        seen |= set(texts(window)) & english
    assert len(seen) > 30
    assert offered_languages(window) == {"English": True, "简体中文": False}
    choose_language(window, "简体中文")
    assert offered_languages(window) == {"English": False, "简体中文": True}
    assert window.top.language.text() == "中"
    for number, _ in enumerate(RAIL_ENTRIES):
        window.show_section(number)
        settle(program, qtbot)
        assert not set(texts(window)) & english
    assert "关停" in window.pages["overview"].answer


def test_language_is_remembered(program: Program, start: Start) -> None:
    program.context.set_language("zh_CN")
    assert start(None).context.settings.language == "zh_CN"


def test_undo_and_redo_by_keys_say_what_they_do(
    program: Program, qtbot: QtBot, assessed: Callable[[Program], None]
) -> None:
    context, window = program.context, program.window
    line = context.book.facilities[0]
    assert context.apply(put_record(context.book, line.changed(limit=1_000_00)))
    undo = window.actions_by_name["undo"]
    assert "Credit limit" in undo.text()
    assert "Jiebei" in undo.toolTip()
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert context.book.facilities[0].limit == line.limit
    assert not undo.isEnabled()
    QTest.keyClick(window, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert context.book.facilities[0].limit == 1_000_00
    assessed(program)


def test_an_edit_refreshes_the_verdict(
    program: Program, qtbot: QtBot, assessed: Callable[[Program], None]
) -> None:
    context = program.context
    till = context.book.accounts[0]
    context.apply(put_record(context.book, till.changed(balance=900_000_00)))
    page = program.window.pages["overview"]
    qtbot.waitUntil(lambda: "Every single line can be lost" in page.answer, timeout=5_000)
    assessed(program)


def test_only_the_newest_of_several_edits_is_answered(
    program: Program, qtbot: QtBot, assessed: Callable[[Program], None]
) -> None:
    context, seen = program.context, []
    context.answers_changed.connect(lambda answers: seen.append(answers.book))
    till = context.book.accounts[0]
    for balance in (1, 2, 3):
        context.apply(put_record(context.book, till.changed(balance=balance)))
    assessed(program)
    qtbot.waitUntil(lambda: bool(seen))
    assert all(each is context.book for each in seen)


def test_a_refused_change_is_said_in_the_banner_and_escape_closes_it(
    program: Program, qtbot: QtBot
) -> None:
    program.context.tell(EnvironmentFault(message("The disk is <b>full</b> & more.")))
    banner = program.window.banner
    assert banner.isVisible()
    assert banner.text == "The disk is <b>full</b> & more."
    QTest.keyClick(program.window, Qt.Key.Key_Escape)
    assert not banner.isVisible()


def test_an_error_nobody_foresaw_becomes_a_sentence(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    from backstop.desktop.shell.crash import catch_all

    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr("backstop.desktop.shell.crash.qInstallMessageHandler", lambda _: None)
    catch_all(program.context.tell_error)
    sys.excepthook(ValueError, ValueError("secret 1234"), None)
    assert "ValueError" in program.window.banner.text
    assert "1234" not in program.window.banner.text


def test_appearance_changes_colours_everywhere(program: Program) -> None:
    from backstop.desktop.look.theme import DARK, LIGHT

    for number, _ in enumerate(RAIL_ENTRIES):
        program.window.show_section(number)
    program.context.set_theme("dark")
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    assert app.palette().window().color().name().upper() == DARK.window
    program.context.set_theme("light")
    assert app.palette().window().color().name().upper() == LIGHT.window


def test_without_a_book_the_start_screen_offers_three_ways(start: Start, texts: Texts) -> None:
    program = start(None)
    said = texts(program.window.start)
    assert {"Open a sample", "New book…", "Open…"} <= set(said)
    assert not program.window.rail.isEnabled()


def test_hostile_names_are_shown_as_typed(
    start: Start, book_named: Callable[..., Book], qtbot: QtBot, texts: Texts
) -> None:
    name = "<b>x</b> & $x_{$ _y"
    program = start(book_named(jiebei=name, wages=name, title=name))
    window = program.window
    for number, _ in enumerate(RAIL_ENTRIES):
        window.show_section(number)
        settle(program, qtbot)
    page = window.pages["overview"]
    assert f"{name} on 15 January cannot be paid" in page.answer
    assert name in window.top._title.text()
    labels = [text for text in texts(window) if "<b>" in text and not text.startswith("<span>")]
    assert labels
    assert all(name in text or name.replace("&", "&&") in text for text in labels)


def test_a_language_asked_for_holds_for_this_window_and_is_not_remembered(
    qapp: QApplication,
) -> None:
    context = Context(Settings(language="en"), "zh_CN")
    assert context.words.language.code == "zh_CN"
    assert context.settings.language == "en"
    context.tasks.close()
    context.deleteLater()
