"""Every sentence that the program can say has its translations, and nothing is left over.

The source itself is read: what is passed to `message`, `Message`, `refuse`, `say` and `count` as
literal text, and the tables of labels.
"""

import ast
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter
from typing import NamedTuple

import pytest

import backstop
from backstop.resources import resource
from backstop.telling import LANGUAGES, words_for
from backstop.telling.labels import ENUM_LABELS, field_labels
from backstop.telling.languages import SOURCE as SOURCE_LANGUAGE
from backstop.telling.words import CONTEXT_ENDS

SOURCE = Path(backstop.__file__).parent
WHERE_TEXT_STANDS = {
    "message": (0,),
    "Message": (0,),
    "refuse": (2,),
    "say": (0,),
    "count": (1, 2),
    "Asked": (1,),
    "Step": (0, 1),
}
"""The positions of translatable text among the arguments, by the name of what is called."""
CHINESE = "zh_CN"
FILES = sorted(resource("i18n").glob("*/*.json"))
TRANSLATED = sorted(LANGUAGES.keys() - {SOURCE_LANGUAGE.code})
OF_EACH_LANGUAGE = pytest.mark.parametrize("code", TRANSLATED)
OF_EACH_FILE = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)


def literals(node: ast.expr) -> Iterator[str]:
    """The texts that an argument can be: one, or those of both branches of a choice."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from literals(node.body)
        yield from literals(node.orelse)


def name_of(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


class Read(NamedTuple):
    """The texts of a source file, and those that are said, with the values passed along."""

    file: str
    constants: set[str]
    sayings: list[tuple[str, set[str]]]


@cache
def source() -> list[Read]:
    return [read(file) for file in sorted(SOURCE.rglob("*.py"))]


def read(file: Path) -> Read:
    found = Read(str(file.relative_to(SOURCE)), set(), [])
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            found.sayings.extend(sayings(node))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.constants.add(node.value)
    return found


def sayings(call: ast.Call) -> Iterator[tuple[str, set[str]]]:
    """What is said, and the names of the values that are passed along."""
    passed = {each.arg for each in call.keywords if each.arg}
    for place in WHERE_TEXT_STANDS.get(name_of(call.func), ()):
        if place < len(call.args):
            yield from ((text, passed) for text in literals(call.args[place]))


@cache
def in_the_catalogue() -> dict[str, str]:
    """The names and notes of templates, each with its file."""
    texts: dict[str, str] = {}
    for file in resource("catalogue").rglob("*.json"):
        template = json.loads(file.read_text(encoding="utf-8"))
        notes = [each.get("note") for each in template["provenance"].values()]
        found = (template["name"], template["note"], *notes)
        texts |= dict.fromkeys((each for each in found if each), file.name)
    return texts


@cache
def said() -> dict[str, str]:
    """Each text that is said, with a file that says it."""
    texts = dict.fromkeys(field_labels().values(), "language/labels.py")
    for labels in ENUM_LABELS.values():
        texts |= dict.fromkeys(labels.values(), "language/labels.py")
    for each in source():
        texts |= dict.fromkeys((text for text, _ in each.sayings), each.file)
    return texts | in_the_catalogue()


@cache
def values_passed() -> dict[str, set[str]]:
    """By text, the values that every place which says it passes."""
    passed: dict[str, set[str]] = {}
    for each in source():
        for text, names in each.sayings:
            passed[text] = passed.get(text, names) & names
    return passed


@cache
def constants() -> set[str]:
    """Every text in the source: a table may hold what is said elsewhere."""
    return set().union(*(each.constants for each in source()), in_the_catalogue())


@cache
def translations() -> dict[Path, dict[str, str]]:
    return {file: json.loads(file.read_text(encoding="utf-8")) for file in FILES}


def of(code: str) -> dict[Path, dict[str, str]]:
    return {file: texts for file, texts in translations().items() if file.parent.name == code}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.slow
@OF_EACH_LANGUAGE
def test_everything_that_is_said_has_a_translation(code: str) -> None:
    known = {english for file in of(code).values() for english in file}
    missing = {text: file for text, file in said().items() if text not in known}
    assert not missing


@pytest.mark.slow
def test_no_translation_is_left_over() -> None:
    """A language may have plural forms of its own: "few|{n} days"."""
    used = constants()
    left = {
        text: str(file)
        for file, texts in translations().items()
        for text in texts
        if text not in used and text.partition(CONTEXT_ENDS)[2] not in used
    }
    assert not left


@OF_EACH_FILE
def test_translations_have_the_placeholders_of_their_text(file: Path) -> None:
    wrong = {
        english: other
        for english, other in translations()[file].items()
        if not same_values(english, other)
    }
    assert not wrong


def same_values(english: str, other: str) -> bool:
    """The same placeholders; or as many, when the program passes more values to choose from."""
    theirs, ours = placeholders(english), placeholders(other)
    return ours == theirs or (
        ours <= values_passed().get(english, set()) and len(ours) == len(theirs)
    )


def test_translations_are_chinese_and_end_as_their_text_does() -> None:
    wrong = {
        english: chinese
        for file in of(CHINESE).values()
        for english, chinese in file.items()
        if not_chinese(english, chinese) or english.endswith(".") != chinese.endswith("。")
    }
    assert not wrong


def not_chinese(english: str, chinese: str) -> bool:
    """Words of English are translated; figures, names and codes may stay."""
    words = re.sub(r"\{[^}]*\}", "", english)
    has_words = re.search(r"[a-z]{4,}", words) is not None
    return has_words and re.search(r"[\u4e00-\u9fff]", chinese) is None


@OF_EACH_LANGUAGE
def test_a_text_is_translated_once(code: str) -> None:
    seen: dict[str, str] = {}
    for file in of(code).values():
        for english, other in file.items():
            assert seen.setdefault(english, other) == other, english


def test_a_context_stands_once_before_a_text_and_is_not_shown() -> None:
    """ "verb|Change" is written as Change; what has no translation shows no context either."""
    with_context = [text for text in said() if CONTEXT_ENDS in text]
    assert with_context
    for text in with_context:
        context, shown = text.split(CONTEXT_ENDS)
        assert context
        assert words_for("en").say(text) == shown
