"""docs/recipes/language.md, followed: a made-up language is spoken everywhere, known nowhere."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from importlib.util import module_from_spec, spec_from_file_location
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from backstop import __main__
from backstop.cli.reply import Exit
from backstop.desktop.books.new_book_dialog import NewBookDialog
from backstop.desktop.forms.days import DayControl
from backstop.desktop.shell.app import Program
from backstop.desktop.shell.rail_entries import RAIL_ENTRIES
from backstop.domain import Book
from backstop.plan import draft
from backstop.services.documents import plan_pdf
from backstop.store import book_to_json
from backstop.telling import LANGUAGES, Words, words_for
from backstop.telling.languages import register, withdraw
from backstop.telling.words import CONTEXT_ENDS
from desktop.speaking import choose_language, offered_languages
from desktop.waiting import settle
from recipes import blocks

CODE, NAME = "xx", "[Bracketed]"
DAY = date(2026, 1, 5)
Texts = Callable[[QWidget], list[str]]


def every_message() -> dict[str, str]:
    """The keys of the Chinese messages, each with its English text in brackets."""
    keys = words_for("zh_CN").translations
    return {key: f"[{key.rpartition(CONTEXT_ENDS)[2]}]" for key in keys}


@pytest.fixture
def toy(tmp_path: Path) -> Iterator[Words]:
    """The language of the recipe, from a module and a folder outside the program."""
    [code] = blocks("language.md", "python")
    [messages] = blocks("language.md", "json")
    module_file, folder = tmp_path / "xx.py", tmp_path / "messages"
    module_file.write_text(code, encoding="utf-8")
    folder.mkdir()
    (folder / "all.json").write_text(json.dumps(every_message()), encoding="utf-8")
    (folder / "recipe.json").write_text(messages, encoding="utf-8")
    spec = spec_from_file_location("xx", module_file)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    register(module.LANGUAGE, folder)
    yield words_for(CODE)
    withdraw(CODE)


def test_it_writes_days_lists_and_plurals_its_way(toy: Words) -> None:
    assert (toy.day(DAY), toy.short_day(DAY), toy.month(DAY)) == ("5.I.2026", "5.I", "I.2026")
    assert toy.listing(["a", "b", "c"]) == "a + b + c"
    counted = [toy.count(n, "{n} day", "{n} days") for n in (1, 2, 3)]
    assert counted == ["[1 day]", "[both days]", "[3 days]"]
    assert toy.say("verb|Change") == "[Change]"


def test_it_is_offered_and_spoken_at_once_on_every_page(
    program: Program, qtbot: QtBot, texts: Texts, toy: Words
) -> None:
    window = program.window
    assert offered_languages(window) == {"English": True, "简体中文": False, NAME: False}
    english = {key for key in toy.translations if re.search(r"[a-z]{3}", key)}
    choose_language(window, NAME)
    assert window.top.language.text() == "[]"
    assert program.context.settings.language == CODE
    bracketed: set[str] = set()
    for number, _ in enumerate(RAIL_ENTRIES):
        window.show_section(number)
        settle(program, qtbot)
        seen = set(texts(window))
        assert not seen & english
        bracketed |= {each for each in seen if each.startswith("[")}
    assert len(bracketed) > 30
    assert "15.I" in window.pages["overview"].answer


def test_a_new_book_and_a_typed_day_follow_it(program: Program, toy: Words) -> None:
    program.context.set_language(CODE)
    dialog = NewBookDialog(program.context, program.window)
    assert dialog.currency.currentData() == "EUR"
    dialog.deleteLater()
    control = DayControl()
    control.speak(toy, program.context.book)
    assert control.written(DAY) == "5.I.2026"
    assert control.read("5.I.2026") == control.read("5. I. 2026") == DAY
    control.deleteLater()


def test_it_prints(program: Program, toy: Words) -> None:
    answers = program.context.answers
    assert answers is not None
    plan = draft(answers.projection, answers.loss("jiebei").outcome)
    pdf = PdfReader(BytesIO(plan_pdf(answers, [plan], toy, DAY)))
    text = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    assert "[Contingency funding plan]" in text
    assert "5.I.2026" in text
    assert "thou" in text
    assert not re.search(r"\d (Jan|January)\b", text)


@pytest.mark.parametrize("command", ["project", "stress", "check"])
def test_the_command_line_answers_in_it(
    command: str, toy: Words, book: Book, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "book.json"
    file.write_bytes(book_to_json(book))
    assert __main__.main([command, str(file), "--lang", CODE]) in (Exit.DONE, Exit.GAP_REMAINS)
    said = capsys.readouterr().out
    assert "[" in said
    assert ".I" in said
    assert not re.search(r"\bJan\b", said)


def test_its_relatives_fall_back_on_it_and_withdrawn_it_is_gone(toy: Words) -> None:
    assert words_for("xx_YY.UTF-8").language is toy.language
    withdraw(CODE)
    assert CODE not in LANGUAGES
    assert words_for(CODE).language.code == "en"
    register(toy.language)
