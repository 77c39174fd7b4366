"""Languages, help, and what opens the window."""

from pathlib import Path

import pytest

from backstop import __main__
from e2e.running import Cli


@pytest.mark.parametrize("name", ["LANGUAGE", "LC_ALL", "LANG"])
def test_the_language_is_that_of_the_environment(
    cli: Cli, file: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, "zh_CN.UTF-8")
    assert "所有额度都正常时" in cli("project", file).out
    assert "With every line open" in cli("project", file, "--lang", "en").out


def test_the_owners_setting_stands_before_the_environment(
    cli: Cli, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "settings.json").write_text('{"language": "zh_CN"}', "utf-8")
    assert "所有额度都正常时" in cli("project", file).out


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize(
    "command",
    ["", "open", "demo", "new", "export", "schema", "check", "project", "stress", "plan",
     "restore", "import", "settle"],
)  # fmt: skip
def test_every_command_has_help_in_each_language(cli: Cli, command: str, language: str) -> None:
    run = cli("--lang", language, *([command] if command else []), "--help")
    assert (run.code, run.err) == (0, "")
    assert ("Usage: backstop" in run.out) is (language == "en")
    assert ("用法：backstop" in run.out) is (language == "zh_CN")
    if language == "zh_CN":
        for english in ("usage", "options:", "positional", "show this", "[required]"):
            assert english not in run.out


Asked = tuple[Path | None, str | None, str, bool]


@pytest.fixture
def desktop(monkeypatch: pytest.MonkeyPatch) -> list[Asked]:
    """What the window was asked to open, in which language, and with whole lists or not; no
    window is made."""
    asked: list[Asked] = []

    def begin(path: Path | None, name: str | None, language: str, full: bool) -> int:
        asked.append((path, name, language, full))
        return 0

    monkeypatch.setattr(__main__, "desktop", begin)
    return asked


def test_the_window_is_what_no_command_open_and_demo_mean(
    cli: Cli, file: Path, desktop: list[Asked]
) -> None:
    english = ["--lang", "en"]
    open_ = ["open", file, "--full"]
    for arguments in ([], english, open_, ["demo", *english], ["demo", "household"]):
        assert cli(*arguments).code == 0
    assert desktop == [
        (None, None, "", False),
        (None, None, "en", False),
        (file, None, "", True),
        (None, "contractor-us", "en", False),
        (None, "household", "", False),
    ]


def test_the_window_is_not_begun_for_what_is_not_there(
    cli: Cli, tmp_path: Path, desktop: list[Asked]
) -> None:
    assert cli("open", tmp_path / "gone.backstop").code == 2
    assert cli("demo", "frob").code == 2
    assert desktop == []
