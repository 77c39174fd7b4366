"""The pages for people who read the code say nothing that is not there."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click
import pytest

import draw_layers
from backstop.cli.command_line import PROGRAM, CommandLine

ROOT = Path(__file__).parents[2]
PAGES = [
    page
    for folder in ("", "docs", "docs/recipes", "packaging")
    for page in sorted((ROOT / folder).glob("*.md"))
]
BLOCK = re.compile(r"^ *```.*?^ *```$", re.M | re.S)
INDENTED = re.compile(r"^ {4}(\S.*)$", re.M)
SPAN = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
LINK = re.compile(r"\]\((?!https?:)([^)#]+)\)")
FILE = re.compile(
    r"[\w.-]+(/[\w.-]+)*\.(py|md|json|toml|typ|svg|yaml|sh)|[\w.-]+(/[\w.-]+)+/?|justfile"
)
TOOL = re.compile(r"\.venv/bin/")
CLASS = re.compile(r"(?:[a-z_]+\.)*([A-Z][a-z]\w*)(\.\w+)?")
CONSTANT = re.compile(r"[A-Z]+(_[A-Z]+)+")
CODE_WORD = re.compile(r"[a-z]+(?:_[a-z]+)+(?:\(.*\))?")
RUN = re.compile(r"^(?:backstop|.* -m backstop) ([a-z]+)(?![\w.])([^#]*)")
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]+")
FOR_EXAMPLE = {
    "src/backstop/cli/commands/lines.py",
    "src/backstop/importers/dutch.py",
    "src/backstop/store/migrations/to_N_example.py",
    "src/backstop/telling/languages/xx.py",
    "build/shots",
    "book.json",
    "mended.backstop",
    "my.backstop",
    "2027.json",
    "tests/upgrade/vN.json",
}
"""Files that come about when a page is followed."""


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def spans(page: Path) -> Iterator[str]:
    """What stands between backticks, outside blocks of code."""
    return (each[1] for each in SPAN.finditer(BLOCK.sub("", page.read_text(encoding="utf-8"))))


def commands(page: Path) -> Iterator[str]:
    """Command lines: indented ones, and those between backticks."""
    text = page.read_text(encoding="utf-8")
    yield from (each[1] for each in INDENTED.finditer(BLOCK.sub("", text)))
    yield from spans(page)


@cache
def places() -> frozenset[str]:
    """All files and folders of the project, each also by the ends of its path."""
    found: set[str] = set()
    skipped = {".venv", ".git", "build", "dist"}
    for top in ROOT.iterdir():
        if top.name in skipped:
            continue
        for each in (top, *(top.rglob("*") if top.is_dir() else ())):
            parts = each.relative_to(ROOT).parts
            found.update("/".join(parts[start:]) for start in range(len(parts)))
    return frozenset(found)


@cache
def code() -> str:
    """All of the source, and what stands beside the code that uses it."""
    files = [
        *(ROOT / "src").rglob("*.py"),
        *(ROOT / "tests").rglob("*.py"),
        ROOT / "pyproject.toml",
    ]
    return "\n".join(each.read_text(encoding="utf-8") for each in files)


@cache
def words_of_code() -> frozenset[str]:
    return frozenset(re.findall(r"\w+", code()))


@cache
def classes() -> frozenset[str]:
    """Names of classes, and of types and functions that are written like one."""
    found = re.findall(r"^\s*class (\w+)|^([A-Z]\w+)(?:: \w+)? = ", code(), re.M)
    return frozenset(name for pair in found for name in pair if name)


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_each_file_that_a_page_names_is_there(page: Path) -> None:
    named = [each for each in spans(page) if FILE.fullmatch(each) and not TOOL.match(each)]
    links = LINK.findall(page.read_text(encoding="utf-8"))
    gone = {each for each in named if each.rstrip("/") not in places()} - FOR_EXAMPLE
    gone |= {each for each in links if not (page.parent / each).exists()}
    assert not gone


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_each_name_of_the_code_that_a_page_names_is_in_it(page: Path) -> None:
    named = list(spans(page))
    types = {found[1] for each in named if (found := CLASS.fullmatch(each))}
    others = {each for each in named if CONSTANT.fullmatch(each)}
    others |= {each.partition("(")[0] for each in named if CODE_WORD.fullmatch(each)}
    assert not types - words_of_code()
    assert not {each for each in others if each not in words_of_code()}


def test_each_type_in_the_glossary_is_one() -> None:
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \|$", page.partition("own words")[2], re.M)
    named = {each for _, said in rows for each in re.findall(r"\(`(\w+)`", said)}
    assert len(named) > 20
    assert not named - classes()


def test_the_glossary_goes_by_the_alphabet_and_explains_each_word_once() -> None:
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([^|]+) \| [^|]+ \|$", page.partition("own words")[2], re.M)
    words = [each.casefold() for each in rows if each != "word"]
    assert words == sorted(set(words))


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_each_script_that_a_page_runs_is_there(page: Path) -> None:
    run = [each for line in commands(page) for each in re.findall(r"python3? (\S+\.py)", line)]
    assert not [each for each in run if not (ROOT / each).is_file()]


def options_of(name: str) -> set[str]:
    """The options of a command; none where there is no such command."""
    line = CommandLine()
    command = line.get_command(click.Context(line, info_name=PROGRAM), name)
    known = {each for param in command.params for each in param.opts} if command else set()
    return known | {"--lang", "--help"} if known else known


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_each_command_of_backstop_that_a_page_shows_is_known_with_its_options(page: Path) -> None:
    unknown = [
        shown
        for shown in commands(page)
        for name, rest in RUN.findall(shown)
        if not options_of(name) >= {"--lang", *OPTION.findall(rest)}
    ]
    assert not unknown


def test_each_option_in_the_readme_is_one() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    line = CommandLine()
    names = line.list_commands(click.Context(line, info_name=PROGRAM))
    known = set[str]().union(*(options_of(each) for each in names))
    of_scripts = {"--method"}
    assert not set(OPTION.findall(text)) - known - of_scripts


def test_the_pictures_of_the_layers_are_those_of_the_code() -> None:
    page = draw_layers.PAGE.read_text(encoding="utf-8")
    assert draw_layers.redrawn(page) == page, "run python packaging/draw_layers.py"


def test_an_arrow_is_left_out_where_a_longer_way_leads_there_too() -> None:
    arrows = {"a": {"b", "c"}, "b": {"c"}, "c": set[str]()}
    assert draw_layers.without_detours(arrows) == {"a": {"b"}, "b": {"c"}, "c": set()}


def test_a_page_without_a_place_for_a_picture_is_refused() -> None:
    with pytest.raises(ValueError, match="no place for the picture “packages”"):
        draw_layers.redrawn("# Architecture\n")


def test_each_recipe_is_named_in_contributing() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    recipes = {name_of(each) for each in (ROOT / "docs" / "recipes").glob("*.md")}
    assert recipes <= set(LINK.findall(text))


def test_the_task_runner_and_the_hooks_run_what_is_there() -> None:
    texts = [(ROOT / each).read_text(encoding="utf-8") for each in ("justfile", ".ci/run")]
    run = {each for text in texts for each in re.findall(r"\w+/[\w/]+\.py\b", text)}
    named = re.search(r'bench \+names="([^"]+)"', texts[0])
    assert named is not None
    run |= {f"tests/benchmarks/bench_{each}.py" for each in named[1].split()}
    assert not [each for each in run if not (ROOT / each).is_file()]
