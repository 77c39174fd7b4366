"""A file in the place of a command is opened in the window."""

from pathlib import Path

import pytest

from backstop import __version__
from backstop.cli.app import Desktop, run
from backstop.cli.started import with_command

Opened = list[tuple[Path | None, str | None, str, bool]]


def window(opened: Opened) -> Desktop:
    """Stands for the window: notes what it is to open."""

    def shown(path: Path | None, sample: str | None, language: str, full: bool) -> int:
        opened.append((path, sample, language, full))
        return 0

    return shown


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        (["my.backstop"], ["open", "my.backstop"]),
        (["/home/me/我的账本.backstop"], ["open", "/home/me/我的账本.backstop"]),
        (["./mine"], ["open", "./mine"]),
        (["--lang", "zh_CN", "a.json"], ["--lang", "zh_CN", "open", "a.json"]),
        (["--lang=en", "a.json"], ["--lang=en", "open", "a.json"]),
        (["check", "a.json"], ["check", "a.json"]),
        (["stress"], ["stress"]),
        (["--lang", "zh_CN"], ["--lang", "zh_CN"]),
        (["--version"], ["--version"]),
        ([], []),
    ],
)
def test_open_is_put_before_a_file(given: list[str], meant: list[str]) -> None:
    assert with_command(given) == meant


@pytest.mark.parametrize("command", [["open"], []])
def test_open_without_a_file_shows_the_window(command: list[str]) -> None:
    opened: Opened = []
    assert run([*command, "--lang", "en"], window(opened)) == 0
    assert opened == [(None, None, "en", False)]


def test_a_double_clicked_file_is_opened(tmp_path: Path) -> None:
    book = tmp_path / "我的.backstop"
    book.touch()
    opened: Opened = []
    assert run([str(book)], window(opened)) == 0
    assert opened == [(book, None, "", False)]


def test_a_file_that_is_gone_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([str(tmp_path / "gone.backstop")], lambda *_: 0) == 2
    assert "gone.backstop" in capsys.readouterr().err


def test_the_version_is_that_of_the_package(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"], lambda *_: 1) == 0
    assert capsys.readouterr().out == f"backstop {__version__}\n"
