"""Every sentence that the program can say has a Chinese translation, and nothing is left over.

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

import pytest

import backstop
from backstop.resources import resource
from backstop.telling.labels import ENUM_LABELS, FIELD_LABELS

SOURCE = Path(backstop.__file__).parent
WHERE_TEXT_STANDS = {"message": (0,), "Message": (0,), "refuse": (2,), "say": (0,), "count": (1, 2)}
"""The positions of translatable text among the arguments, by the name of what is called."""
FILES = sorted(resource("i18n", "zh_CN").glob("*.json"))


@cache
def trees() -> dict[str, ast.Module]:
    files = sorted(SOURCE.rglob("*.py"))
    return {
        str(file.relative_to(SOURCE)): ast.parse(file.read_text(encoding="utf-8")) for file in files
    }


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


def sayings(tree: ast.AST) -> Iterator[tuple[str, set[str]]]:
    """What is said, and the names of the values that are passed along."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            passed = {each.arg for each in node.keywords if each.arg}
            for place in WHERE_TEXT_STANDS.get(name_of(node.func), ()):
                if place < len(node.args):
                    yield from ((text, passed) for text in literals(node.args[place]))


@cache
def said() -> dict[str, str]:
    """Each text that is said, with a file that says it."""
    texts = dict.fromkeys(FIELD_LABELS.values(), "language/labels.py")
    for labels in ENUM_LABELS.values():
        texts |= dict.fromkeys(labels.values(), "language/labels.py")
    for file, tree in trees().items():
        texts |= dict.fromkeys((text for text, _ in sayings(tree)), file)
    return texts


@cache
def values_passed() -> dict[str, set[str]]:
    """By text, the values that every place which says it passes."""
    passed: dict[str, set[str]] = {}
    for tree in trees().values():
        for text, names in sayings(tree):
            passed[text] = passed.get(text, names) & names
    return passed


@cache
def constants() -> set[str]:
    """Every text in the source: a table may hold what is said elsewhere."""
    nodes = (node for tree in trees().values() for node in ast.walk(tree))
    return {n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)}


@cache
def translations() -> dict[str, dict[str, str]]:
    return {file.name: json.loads(file.read_text(encoding="utf-8")) for file in FILES}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.slow
def test_everything_that_is_said_has_a_translation() -> None:
    known = {english for file in translations().values() for english in file}
    missing = {text: file for text, file in said().items() if text not in known}
    assert not missing


@pytest.mark.slow
def test_no_translation_is_left_over() -> None:
    used = constants()
    left = {
        text: name for name, file in translations().items() for text in file if text not in used
    }
    assert not left


@pytest.mark.parametrize("name", [file.name for file in FILES])
def test_translations_have_the_placeholders_of_their_text(name: str) -> None:
    wrong = {
        english: chinese
        for english, chinese in translations()[name].items()
        if not same_values(english, chinese)
    }
    assert not wrong


def same_values(english: str, chinese: str) -> bool:
    """The same placeholders; or as many, when the program passes more values to choose from."""
    theirs, ours = placeholders(english), placeholders(chinese)
    return ours == theirs or (
        ours <= values_passed().get(english, set()) and len(ours) == len(theirs)
    )


@pytest.mark.parametrize("name", [file.name for file in FILES])
def test_translations_are_chinese_and_end_as_their_text_does(name: str) -> None:
    wrong = {
        english: chinese
        for english, chinese in translations()[name].items()
        if not_chinese(english, chinese) or english.endswith(".") != chinese.endswith("。")
    }
    assert not wrong


def not_chinese(english: str, chinese: str) -> bool:
    """Words of English are translated; figures, names and codes may stay."""
    words = re.sub(r"\{[^}]*\}", "", english)
    has_words = re.search(r"[a-z]{4,}", words) is not None
    return has_words and re.search(r"[\u4e00-\u9fff]", chinese) is None


def test_a_text_is_translated_once() -> None:
    seen: dict[str, str] = {}
    for file in translations().values():
        for english, chinese in file.items():
            assert seen.setdefault(english, chinese) == chinese, english
