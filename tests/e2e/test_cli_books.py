"""Books on the command line: samples, made, exported, checked, projected."""

import sys
from datetime import date
from pathlib import Path

import pytest

from backstop.domain import Priority
from backstop.store import book_to_json
from e2e.running import Cli, assert_refused
from unit.test_report_book import payment, shop


def test_demo_lists_the_samples(cli: Cli) -> None:
    run, asked = cli("demo", "--list"), ("demo", "--list", "--json")
    assert run.code == 0
    assert "contractor" in run.out
    english, chinese = (
        [each["name"] for each in cli(*asked, "--lang", language).json["samples"]]
        for language in ("en", "zh_CN")
    )
    assert english == ["contractor-us", "household-us", "online-shop-us", "wholesaler-us"]
    assert chinese == ["contractor", "household", "trading", "wholesaler"]


def test_project_shows_months_low_points_and_what_is_due(cli: Cli, file: Path) -> None:
    run = cli("project", file)
    assert run.code == 0
    assert "With every line open, every payment can be made." in run.out
    assert "Jan 2027" in run.out
    answer = cli("project", file, "--json").json
    assert len(answer["days"]) == 366
    assert answer["days"][0] == {
        "date": "2026-11-21",
        "low": 2_000_000,
        "close": 2_000_000,
        "funding": 0,
        "payments": 0,
        "receipts": 0,
        "keep": 200_000,
        "floor": 0,
    }
    assert [each["name"] for each in answer["payments"][:2]] == ["goods", "wages"]


def test_project_ends_on_the_day_asked_for(cli: Cli, file: Path) -> None:
    answer = cli("project", file, "--until", "2027-01-12", "--json").json
    assert cli("project", file, "--until", "12 Jan 2027", "--json").json == answer
    assert cli("project", file, "--until", "2027年1月12日", "--json").json == answer
    assert answer["days"][-1]["date"] == "2027-01-12"
    assert answer["payments"][-1]["date"] == "2027-01-12"


def test_a_book_that_is_short_ends_with_three(cli: Cli, tmp_path: Path) -> None:
    book = shop().put(payment("tax", "tax", 90_000, date(2026, 12, 1), priority=Priority.MUST))
    path = tmp_path / "short.json"
    path.write_bytes(book_to_json(book))
    assert cli("project", path).code == 3
    assert cli("check", path).code == 3
    assert cli("stress", path).code == 3
    assert cli("check", path, "--json").json["ok"] is False


def test_check_finds_what_weakens_a_book(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "weak.json"
    line = shop().by_id["backup"].changed(last_verified=None)
    path.write_bytes(book_to_json(shop().put(line)))
    run = cli("check", path)
    assert run.code == 0
    assert "▲ warning  Never verified" in run.out
    findings = cli("check", path, "--json").json["findings"]
    assert ["backup"] in [each["records"] for each in findings]


def test_new_makes_a_book_that_opens(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "mine.backstop"
    run = cli("new", path)
    assert run.code == 0
    assert "Created “mine.backstop”: mine." in run.out
    assert cli("check", path).code == 0


def test_new_from_a_book_and_export_give_the_same_bytes(
    cli: Cli, file: Path, tmp_path: Path
) -> None:
    made, out = tmp_path / "made.backstop", tmp_path / "out.json"
    assert cli("new", made, "--from", file).code == 0
    assert cli("export", made, out).code == 0
    assert out.read_bytes() == file.read_bytes()
    assert cli("export", made).out.encode() == file.read_bytes()


def test_a_book_file_and_its_json_give_the_same_answers(
    cli: Cli, file: Path, book_file: Path
) -> None:
    for command in (["project"], ["stress"], ["plan", "--close", "jiebei"]):
        name, *options = command
        assert cli(name, file, *options).out == cli(name, book_file, *options).out


def test_asking_does_not_change_the_file(cli: Cli, book_file: Path, tmp_path: Path) -> None:
    before = book_file.read_bytes()
    there = {each for each in tmp_path.rglob("*") if each.is_file()}
    for command in ("check", "project", "stress", "export"):
        cli(command, book_file)
    assert book_file.read_bytes() == before
    assert {each for each in tmp_path.rglob("*") if each.is_file()} == there


def test_export_never_overwrites_a_book_file(cli: Cli, file: Path, book_file: Path) -> None:
    before = book_file.read_bytes()
    run = cli("export", file, book_file)
    assert_refused(run, "That is a book. Choose another name.")
    assert_refused(cli("export", file, book_file.with_name("new.backstop")), "new.json")
    assert book_file.read_bytes() == before


def test_new_makes_no_book_file_that_is_not_named_like_one(cli: Cli, tmp_path: Path) -> None:
    for name in ("mine.json", "mine.pdf", "mine", "mine.backstop.txt"):
        assert_refused(cli("new", tmp_path / name), ".backstop”")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of POSIX systems")
def test_what_is_written_is_for_its_owner_alone(cli: Cli, file: Path, tmp_path: Path) -> None:
    assert cli("export", file, tmp_path / "out.json").code == 0
    assert cli("plan", file, "--close", "jiebei", "--pdf", tmp_path / "out.pdf").code == 0
    for name in ("out.json", "out.pdf"):
        assert (tmp_path / name).stat().st_mode & 0o777 == 0o600


def test_new_never_overwrites(cli: Cli, book_file: Path) -> None:
    before = book_file.read_bytes()
    assert cli("new", book_file).code == 2
    assert book_file.read_bytes() == before
