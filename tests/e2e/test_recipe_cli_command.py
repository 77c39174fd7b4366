"""The recipe for a new command, followed to the letter: its module is put beside the others."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from backstop.cli import commands
from e2e.running import Cli, assert_refused

RECIPE = Path(__file__).parents[2] / "docs" / "recipes" / "cli_command.md"


@pytest.fixture(autouse=True)
def _new_module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The recipe's module in a folder that counts as one of the commands'."""
    text = RECIPE.read_text(encoding="utf-8")
    code = re.search(r"```python\n(.*?)```", text, re.DOTALL)
    name = re.search(r"commands/(\w+)\.py`:", text)
    assert code
    assert name
    folder = tmp_path / "commands"
    folder.mkdir()
    (folder / f"{name[1]}.py").write_text(code[1], encoding="utf-8")
    monkeypatch.setattr(commands, "__path__", [*commands.__path__, str(folder)])
    yield
    sys.modules.pop(f"{commands.__name__}.{name[1]}", None)


def test_the_new_command_answers(cli: Cli, file: Path) -> None:
    names = cli("lines", file).out.splitlines()
    assert "Jiebei" in " ".join(names)
    assert cli("lines", file, "--first", "2").out.splitlines() == names[:2]


def test_the_help_lists_it_last_and_explains_it(cli: Cli) -> None:
    listed = [each.split()[0] for each in cli("--help").out.splitlines() if each.startswith("  ")]
    assert listed[-1] == "lines"
    assert "--first N" in cli("lines", "--help").out
    assert "用法：backstop lines [选项] FILE" in cli("lines", "--help", "--lang", "zh_CN").out


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_its_mistakes_are_sentences(cli: Cli, file: Path, language: str) -> None:
    for wrong in (["--first", "two"], ["--second"], ["more"]):
        assert_refused(cli("lines", file, *wrong, "--lang", language), wrong[-1])
    assert_refused(cli("lines", "--lang", language), "FILE", "backstop lines --help")
