"""What cannot be done is one clear line: bad input ends with 2, a failure of ours with 1."""

import json
from pathlib import Path

import pytest

from backstop.domain import Book
from backstop.store import book_to_json
from e2e.running import Cli, assert_refused
from unit.test_report_book import shop

ASKING = (["check"], ["project"], ["stress"], ["plan", "--close", "jiebei"], ["export"], ["open"])


@pytest.mark.parametrize("command", ASKING, ids=" ".join)
def test_a_file_that_is_not_there_is_named(cli: Cli, tmp_path: Path, command: list[str]) -> None:
    name, *options = command
    assert_refused(cli(name, tmp_path / "gone.json", *options), "gone.json", "does not exist")
    chinese = cli(name, tmp_path / "gone.json", *options, "--lang", "zh_CN")
    assert_refused(chinese, "gone.json", "不存在")


@pytest.mark.parametrize("command", ASKING, ids=" ".join)
def test_a_folder_is_no_book(cli: Cli, tmp_path: Path, command: list[str]) -> None:
    name, *options = command
    assert_refused(cli(name, tmp_path, *options), tmp_path.name, "is a folder")


@pytest.mark.parametrize("command", [each for each in ASKING if each != ["open"]], ids=" ".join)
@pytest.mark.parametrize(
    "content", [b"", b"nonsense", b"{", b'{"version": 99}', b"\x00" * 5000, b'{"a": \xff}']
)
def test_a_file_that_is_no_book_is_refused(
    cli: Cli, tmp_path: Path, command: list[str], content: bytes
) -> None:
    path = tmp_path / "odd.json"
    path.write_bytes(content)
    name, *options = command
    assert_refused(cli(name, path, *options))


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("limit", -5, "Credit limit"),
        ("due_day", 32, "Due day"),
        ("rate_percent", "900", "Rate"),
        ("colour", "red", "colour"),
    ],
)
def test_a_bad_value_in_a_book_names_the_field(
    cli: Cli, file: Path, field: str, value: object, said: str
) -> None:
    data = json.loads(file.read_text("utf-8"))
    data["facilities"][0][field] = value
    file.write_text(json.dumps(data), "utf-8")
    assert_refused(cli("stress", file), said)


@pytest.mark.parametrize("command", ["stress", "plan"])
def test_an_unknown_id_is_answered_with_the_known_ones(cli: Cli, file: Path, command: str) -> None:
    run = cli(command, file, "--close", "nope")
    assert_refused(run, "“nope”", "jiebei, backup, huabei, alipay")


def test_a_book_without_lines_has_its_accounts_to_choose_from(cli: Cli, no_lines: Path) -> None:
    assert_refused(cli("plan", no_lines, "--close", "jiebei"), "“jiebei”", "cash and deposit")


@pytest.mark.parametrize(
    "command",
    [["project", "--until"], ["stress", "--on"], ["plan", "--close", "jiebei", "--on"]],
    ids=" ".join,
)
def test_days_outside_the_book_and_days_that_are_none(
    cli: Cli, file: Path, command: list[str]
) -> None:
    name, *options = command
    for outside in ("2026-11-20", "2027-11-22", "0001-01-01", "9999-12-31"):
        assert_refused(cli(name, file, *options, outside), "21 Nov 2026", "21 Nov 2027")
    for wrong in ("2026-13-01", "soon", "2026-W49-1", "", "3/4"):
        assert_refused(cli(name, file, *options, wrong), options[-1], wrong)
    assert cli(name, file, *options, "2027-11-21").code in (0, 3)


def test_a_place_that_takes_no_file_is_refused_before_any_work(
    cli: Cli, file: Path, tmp_path: Path
) -> None:
    for out in (tmp_path / "no" / "such" / "x.pdf", file / "x.pdf"):
        assert_refused(cli("plan", file, "--close", "jiebei", "--pdf", out), "does not exist")
        assert_refused(cli("export", file, out), "does not exist")
    assert_refused(cli("plan", file, "--close", "jiebei", "--pdf", tmp_path), "is a folder")
    assert_refused(cli("new", tmp_path / "no" / "x.backstop"), "does not exist")
    assert_refused(cli("new", tmp_path), "is a folder")


def test_a_disk_that_refuses_is_said_and_leaves_nothing(
    cli: Cli, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("backstop.disk.whole.os.fsync", full)
    run = cli("plan", file, "--close", "jiebei", "--pdf", tmp_path / "x.pdf")
    assert_refused(run, "“x.pdf”", "No space left on device")
    assert [each for each in tmp_path.rglob("*") if each.is_file()] == [file]


@pytest.mark.parametrize(
    ("arguments", "parts"),
    [
        (["frob"], ["“frob”", "open, demo, new, export"]),
        (["plan"], ["FILE"]),
        (["plan", "{file}"], ["--close", "--all"]),
        (["plan", "{file}", "--all", "--close", "jiebei"], ["--close", "--all"]),
        (["plan", "{file}", "--close"], ["--close"]),
        (["stress", "{file}", "--frob"], ["--frob", "backstop stress --help"]),
        (["stress", "{file}", "--lang", "xx"], ["“xx”", "en, zh_CN"]),
        (["stress", "{file}", "extra"], ["extra"]),
        (["demo", "frob"], ["“frob”", "contractor"]),
        (["demo", "frob", "--list", "more"], ["more"]),
        (["new"], ["FILE"]),
        (["project", "{file}", "--csv", ""], ["--csv", "backstop project --help"]),
        (["plan", "{file}", "--all", "--pdf", ""], ["--pdf"]),
        (["plan", "{file}", "--all", "--avoid", ""], ["--avoid"]),
        (["export", "{file}", ""], ["OUT"]),
        (["check", "{file}", "--repair="], ["--repair"]),
        (["new", "x.backstop", "--from", ""], ["--from"]),
        (["new", "x.backstop", "--from", "{gone}"], ["gone.json"]),
        (["schema", "more"], ["more"]),
        (["stress", "{file}", "--of", "jiebei"], ["--of", "--preset"]),
        (
            ["stress", "{file}", "--preset", "credit_review", "--of", "x"],
            ["“x”", "jiebei", "backup", "huabei"],
        ),
        (["stress", "{file}", "--preset", "credit_review", "--saved"], ["--preset", "--saved"]),
        (["plan", "{file}", "--all", "--at-most", "two"], ["--at-most", "“two”", "3650"]),
        (["stress", "{file}", "--on", "soon"], ["--on", "“soon”", "2026-12-01"]),
        (["stress", "{file}", "--json=yes"], ["--json"]),
        (["plan", "{file}", "--close", "jiebei", "--dated", "2026-12-01"], ["--dated", "--accept"]),
        (["plan", "{file}", "--close", "jiebei", "--accept", "--drill"], ["--accept", "--drill"]),
        (["plan", "{file}", "--close", "jiebei", "--avoid", "Nobody"], ["“Nobody”", "WeBank"]),
        (["plan", "{file}", "--all", "--prefer", "Nobody"], ["“Nobody”", "WeBank"]),
        (["plans", "{file}", "--step", "1"], ["--step", "--tick"]),
        (["plans", "{file}", "--untick", "x", "--actual", "5"], ["--actual", "--tick"]),
        (["plans", "{file}", "--dated", "2026-12-01"], ["--dated", "--happened"]),
    ],
    ids=str,
)
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_mistakes_in_the_command_line_are_one_sentence(
    cli: Cli, file: Path, tmp_path: Path, arguments: list[str], parts: list[str], language: str
) -> None:
    places = {"file": file, "gone": tmp_path / "gone.json"}
    given = [each.format(**places) for each in arguments]
    assert_refused(cli(f"--lang={language}", *given), *parts)


def test_a_newline_in_a_name_does_not_break_the_line(cli: Cli, file: Path) -> None:
    assert_refused(cli("plan", file, "--close", "a\nb"))


def test_what_nobody_foresaw_is_a_sentence_and_ends_with_one(
    cli: Cli, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("backstop.cli.answers.project.base_of", broken)
    run = cli("project", file)
    assert run.code == 1
    assert run.err.count("\n") == 1
    assert "ZeroDivisionError" in run.err
    assert "BACKSTOP_DEBUG=1" in run.err
    monkeypatch.setenv("BACKSTOP_DEBUG", "1")
    assert "Traceback" in cli("project", file).err


def test_a_defect_ends_with_one(
    cli: Cli, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("backstop.paper.typeset.TEMPLATE", "gone.typ")
    run = cli("plan", file, "--close", "jiebei", "--pdf", tmp_path / "x.pdf")
    assert run.code == 1
    assert "could not be typeset" in run.err
    assert not (tmp_path / "x.pdf").exists()


def test_stopping_by_hand_is_no_failure_of_ours(
    cli: Cli, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("backstop.cli.answers.project.base_of", stopped)
    run = cli("project", file)
    assert (run.code, run.err) == (130, "backstop: Stopped.\n")


def test_of_many_ids_the_first_ten_are_named(cli: Cli, tmp_path: Path) -> None:
    line = next(each for each in shop().facilities if each.id == "backup")
    lines = tuple(line.changed(id=f"line-{n}", name=f"Line {n}") for n in range(10, 40))
    path = tmp_path / "many.json"
    path.write_bytes(book_to_json(Book(title="Many", as_of=shop().as_of, facilities=lines)))
    assert_refused(
        cli("plan", path, "--close", "nope"), "line-10, line-11", "line-19 and 20 others."
    )
