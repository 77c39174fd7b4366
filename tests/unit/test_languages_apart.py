"""Only the languages know themselves: nothing else asks which one is spoken."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import backstop
from backstop.telling import LANGUAGES

SOURCE = Path(backstop.__file__).parent
APART = SOURCE / "telling" / "languages"
NAMES_A_LANGUAGE = re.compile(rf"({'|'.join({code[:2] for code in LANGUAGES})})([-_]\w*)?")
OF_A_LANGUAGE = {"language", "code", "tag", "mark"}


def branches(tree: ast.AST) -> Iterator[str]:
    """Every place that names a language, or asks which one it is."""
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str(text)) if NAMES_A_LANGUAGE.fullmatch(text):
                yield f"{node.lineno}: {text!r}"
            case ast.Attribute(attr=name) if re.fullmatch(r"is_(chinese|english)", name):
                yield f"{node.lineno}: .{name}"
            case ast.ImportFrom(module=str(module), names=names) if re.fullmatch(
                r"backstop\.telling\.languages\.(?!language$)\w+", module
            ) or (module == "backstop.telling.languages" and {a.name for a in names} & modules()):
                yield f"{node.lineno}: from {module}"
            case ast.Compare(left=left, comparators=[*others]) if any(
                isinstance(each, ast.Constant) for each in others
            ) and asks_language(left):
                yield f"{node.lineno}: a comparison"
            case ast.Match(subject=subject) if asks_language(subject):
                yield f"{node.lineno}: a match"
            case ast.Call(func=ast.Attribute(attr="startswith", value=value)) if asks_language(
                value
            ):
                yield f"{node.lineno}: startswith"


def asks_language(node: ast.expr) -> bool:
    """Whether an expression ends in the language of some words, or in a part of it."""
    return (
        isinstance(node, ast.Attribute)
        and node.attr in OF_A_LANGUAGE
        and "language" in ast.unparse(node)
    )


def modules() -> set[str]:
    """The modules of languages, beside the one that says what a language is."""
    return {file.stem for file in APART.glob("*.py")} - {"__init__", "language"}


def test_nothing_outside_the_languages_asks_which_one_is_spoken() -> None:
    found = {
        str(file.relative_to(SOURCE)): places
        for file in sorted(SOURCE.rglob("*.py"))
        if not file.is_relative_to(APART)
        and (places := list(branches(ast.parse(file.read_text(encoding="utf-8")))))
    }
    assert not found


@pytest.mark.parametrize(
    "source",
    [
        "x = '，' if words.is_chinese else ', '",
        "x = words.language.code == 'de'",
        "x = words.language.code.startswith('d')",
        "x = words_for('en')",
        "x = {'zh-CN': 1}",
        "match words.language.code:\n    case 'de':\n        pass",
        "from backstop.telling.languages.en import English",
        "from backstop.telling.languages import zh_CN",
    ],
)
def test_each_way_to_ask_is_seen(source: str) -> None:
    assert list(branches(ast.parse(source)))
