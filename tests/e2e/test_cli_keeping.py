"""Accepted plans on the command line: kept, listed, carried out, and refused where it fits not."""

import json
from pathlib import Path

import pytest

from backstop import __main__
from backstop.cli.progress import Progress
from backstop.language import words_for
from backstop.services.samples import load_sample
from backstop.store import BookFile, book_to_json


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path):  # type: ignore[no-untyped-def]
    monkeypatch.setenv("BACKSTOP_CONFIG_DIR", str(tmp_path / "config"))
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG", "BACKSTOP_DEBUG"):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments: object) -> tuple[int, str, str]:
        code = __main__.main([str(each) for each in arguments])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "own.backstop"
    BookFile.create(path, load_sample("household")).close()
    return path


def test_a_plan_is_accepted_carried_out_and_ended(cli, file: Path) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = cli("plan", file, "--close", "jiebei", "--accept", "--dated", "2026-11-22")
    assert code == 0
    assert "Kept in the book as plan-jiebei." in out
    code, out, _ = cli("plans", file, "--json")
    [kept] = json.loads(out)["plans"]
    assert (kept["stage"], kept["stale"], kept["accepted_on"]) == ("accepted", False, "2026-11-22")
    assert cli("plans", file, "--happened", "plan-jiebei", "--dated", "2026-11-23")[0] == 0
    tick = ("--tick", "plan-jiebei", "--step", 1, "--actual", "12.50", "--dated", "2026-11-30")
    code, out, _ = cli("plans", file, *tick)
    assert "Being carried out since 23 Nov 2026." in out
    assert f"1 of {len(kept['steps'])} steps are done." in out
    assert "☑" in out
    step = json.loads(cli("plans", file, "--json")[1])["plans"][0]["steps"][0]
    assert (step["actual"], step["done_on"]) == (1250, "2026-11-30")
    code, out, _ = cli("plans", file, "--end", "plan-jiebei", "--dated", "2026-12-01")
    assert "Ended on 1 Dec 2026." in out


def test_a_drill_is_marked_as_practice(cli, file: Path) -> None:  # type: ignore[no-untyped-def]
    cli("plan", file, "--close", "jiebei", "--drill")
    out = cli("plans", file)[1]
    assert "practice, nothing in it is real" in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("plan", "--all", "--accept"), "one by one"),
        (("plans", "--end", "x"), "No plan has been accepted"),
        (("plans", "--tick", "a", "--end", "b"), "one thing at a time"),
    ],
)
def test_what_does_not_fit_is_refused_in_a_sentence(  # type: ignore[no-untyped-def]
    cli, file: Path, arguments: tuple[str, ...], said: str
) -> None:
    command, *rest = arguments
    code, _, err = cli(command, file, *rest)
    assert code == 2
    assert said in err


def test_an_export_keeps_no_plan(cli, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "own.json"
    path.write_bytes(book_to_json(load_sample("household")))
    code, _, err = cli("plan", path, "--close", "jiebei", "--accept")
    assert code == 2
    assert "kept in a book file" in err
    assert "No plan has been accepted" in cli("plans", path)[1]


class Terminal:
    """Looks like a terminal, and remembers what is written."""

    def __init__(self, *, tty: bool) -> None:
        self.tty, self.written = tty, ""

    def isatty(self) -> bool:
        return self.tty

    def write(self, text: str) -> int:
        self.written += text
        return len(text)

    def flush(self) -> None:
        pass


def test_progress_is_one_line_that_goes_away_and_only_on_a_terminal() -> None:
    shown, hidden = Terminal(tty=True), Terminal(tty=False)
    for out in (shown, hidden):
        progress = Progress(words_for("en"), out)  # type: ignore[arg-type]
        progress(1, 2)
        progress(2, 2)
    assert shown.written.startswith("\rPlans: 1 of 2…")
    assert shown.written.endswith(" \r")
    assert not hidden.written
