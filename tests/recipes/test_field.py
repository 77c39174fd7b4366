"""`docs/recipes/field.md`, followed to the letter in a copy of the source tree."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from backstop.domain import BOOK_VERSION
from backstop.store.layout import FILE_VERSION

ROOT = Path(__file__).parents[2]
RECIPE = ROOT / "docs" / "recipes" / "field.md"
CODE = r":\n\n```\w+\n(?P<code>.*?)```\n"
BELOW = re.compile(r"^In `(?P<file>[^`]+)`, below `(?P<line>[^`]+)`" + CODE, re.M | re.S)
NEW = re.compile(r"^New file `(?P<file>[^`]+)`" + CODE, re.M | re.S)
STEPS = "src/backstop/store/migrations/__init__.py"
FORGOTTEN = (
    "tests/unit/test_domain_fields.py",
    "tests/unit/test_language_completeness.py",
    "tests/desktop/test_editors_completeness.py::test_every_field_of_a_record_has_an_editor",
    "tests/store/test_tables.py",
)
"""Tests that would fail if the recipe left something out."""


def with_versions(text: str) -> str:
    """The recipe's `N` and `B` as the numbers that come next."""
    text = re.sub(r"(?<![A-Za-z])N(?![A-Za-z])", str(FILE_VERSION + 1), text)
    return re.sub(r"\bB\b", str(BOOK_VERSION + 1), text)


def altered(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text, f"{file.name} has no “{old}” any more"
    file.write_text(text.replace(old, new), encoding="utf-8")


def follow(recipe: str, tree: Path) -> None:
    steps = list(BELOW.finditer(recipe))
    assert len(steps) == 3
    for step in steps:
        anchor = f"{step['line']}\n"
        altered(tree / step["file"], anchor, anchor + with_versions(step["code"]))
    (module,) = NEW.finditer(recipe)
    written = tree / with_versions(module["file"])
    written.write_text(with_versions(module["code"]), encoding="utf-8")
    altered(tree / STEPS, "to_2_history", f"{written.stem}, to_2_history")
    for name, file, version in (
        ("FILE_VERSION", "store/layout.py", FILE_VERSION),
        ("BOOK_VERSION", "domain/book.py", BOOK_VERSION),
    ):
        source = tree / "src" / "backstop" / file
        altered(source, f"{name} = {version}\n", f"{name} = {version + 1}\n")


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with the field of the recipe."""
    tree = tmp_path_factory.mktemp("recipe")
    for folder in ("src", "tests", "resources"):
        unused = shutil.ignore_patterns("corpus", "benchmarks")
        shutil.copytree(ROOT / folder, tree / folder, ignore=unused)
    shutil.copyfile(ROOT / "pyproject.toml", tree / "pyproject.toml")
    follow(RECIPE.read_text(encoding="utf-8"), tree)
    return tree


def test_a_field_of_the_recipe_goes_from_the_form_to_the_file_and_back(tree: Path) -> None:
    tests = ("tests/recipes/example_field.py", *FORGOTTEN)
    arguments = ("-n0", "-q", "-p", "no:cacheprovider", *tests)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *arguments],
        cwd=tree,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
