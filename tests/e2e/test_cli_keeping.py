"""Accepted plans on the command line: kept, listed, carried out, and refused where it fits not."""

from pathlib import Path

import pytest

from backstop.cli.progress import Progress
from backstop.services.samples import load_sample
from backstop.store import BookFile, book_to_json
from backstop.telling import words_for
from e2e.running import Cli, assert_refused


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "own.backstop"
    BookFile.create(path, load_sample("household")).close()
    return path


def test_a_plan_is_accepted_carried_out_and_ended(cli: Cli, file: Path) -> None:
    run = cli("plan", file, "--close", "jiebei", "--accept", "--dated", "2026-11-22")
    assert run.code == 0
    assert "Kept in the book as plan-jiebei." in run.out
    [kept] = cli("plans", file, "--json").json["plans"]
    assert (kept["stage"], kept["stale"], kept["accepted_on"]) == ("accepted", False, "2026-11-22")
    assert cli("plans", file, "--happened", "plan-jiebei", "--dated", "2026-11-23").code == 0
    tick = ("--tick", "plan-jiebei", "--step", 1, "--actual", "12.50", "--dated", "2026-11-30")
    out = cli("plans", file, *tick).out
    assert "Being carried out since 23 Nov 2026." in out
    assert f"Ticked: 1 of {len(kept['steps'])}." in out
    assert "☑" in out
    step = cli("plans", file, "--json").json["plans"][0]["steps"][0]
    assert (step["actual"], step["done_on"]) == (1250, "2026-11-30")
    out = cli("plans", file, "--end", "plan-jiebei", "--dated", "2026-12-01").out
    assert "Ended on 1 Dec 2026." in out


def test_an_amount_with_a_decimal_comma_is_what_it_means(cli: Cli, file: Path) -> None:
    cli("plan", file, "--close", "jiebei", "--accept", "--dated", "2026-11-22")
    cli("plans", file, "--happened", "plan-jiebei", "--dated", "2026-11-23")
    tick = (
        "plans",
        file,
        "--tick",
        "plan-jiebei",
        "--step",
        1,
        "--dated",
        "2026-11-30",
        "--actual",
    )
    assert_refused(cli(*tick, "12 50"), "neither divides thousands")
    assert_refused(cli(*tick, "1.234"), "can mean 1234")
    assert cli(*tick, "417,26").code == 0
    [plan] = cli("plans", file, "--json").json["plans"]
    assert plan["steps"][0]["actual"] == 41_726


def test_a_drill_is_marked_as_practice(cli: Cli, file: Path) -> None:
    cli("plan", file, "--close", "jiebei", "--drill")
    assert "practice, nothing in it is real" in cli("plans", file).out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("plan", "--all", "--accept"), "one by one"),
        (("plans", "--end", "x"), "No plan has been accepted"),
        (("plans", "--tick", "a", "--end", "b"), "one thing at a time"),
    ],
)
def test_what_does_not_fit_is_refused_in_a_sentence(
    cli: Cli, file: Path, arguments: tuple[str, ...], said: str
) -> None:
    command, *rest = arguments
    assert_refused(cli(command, file, *rest), said)


def test_an_export_keeps_no_plan(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "own.json"
    path.write_bytes(book_to_json(load_sample("household")))
    assert_refused(cli("plan", path, "--close", "jiebei", "--accept"), "kept in a book file")
    assert "No plan has been accepted" in cli("plans", path).out


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
