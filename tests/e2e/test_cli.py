"""The command line as its users see it: what it prints, writes and returns."""

import json
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import jsonschema
import pytest
from pypdf import PdfReader

from backstop import __main__
from backstop.cli.results import results_schema
from backstop.cli.tables import Column, plain, table
from backstop.contingency import saved_as, single_closures
from backstop.domain import LossMode, Priority
from backstop.report.widths import cut, width
from backstop.resources import resource
from backstop.store import BookFile, book_from_json, book_to_json
from e2e.running import Cli, Run
from unit.test_report_book import payment, shop, without


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The shop as a `book.json`."""
    path = tmp_path / "shop.json"
    path.write_bytes(book_to_json(shop()))
    return path


@pytest.fixture
def book_file(tmp_path: Path) -> Path:
    """The shop as a `.backstop` file."""
    path = tmp_path / "shop.backstop"
    BookFile.create(path, shop()).close()
    return path


WITHOUT_LINES = without("facilities", "planned_draws", "link_groups", "cash_flows")


def sample(name: str) -> Path:
    return resource("samples", f"{name}.json")


JSON_COMMANDS = [
    ["demo", "--list"],
    ["new", "{made}"],
    ["export", "{file}"],
    ["export", "{file}", "{new}"],
    ["check", "{file}"],
    ["project", "{file}"],
    ["project", "{file}", "--until", "2026-12-31"],
    ["stress", "{file}"],
    ["stress", "{file}", "--close", "jiebei", "--on", "2026-12-01"],
    ["stress", "{file}", "--pairs", "--sweep", "--standing", "--receipts"],
    ["stress", "{file}", "--mode", "limit_cut", "--cut", "10", "--days", "30"],
    ["stress", "{file}", "--preset", "others_follow", "--of", "jiebei", "--receipts"],
    ["plan", "{file}", "--close", "jiebei"],
    ["plan", "{file}", "--all", "--pdf", "{pdf}"],
    ["plan", "{file}", "--all", "--xlsx", "{xlsx}", "--ics", "{ics}"],
    ["project", "{file}", "--csv", "{csv}"],
    ["plan", "{file}", "--close", "huabei", "--on", "2027-01-01"],
]


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("command", JSON_COMMANDS, ids=" ".join)
def test_every_json_answer_fits_the_published_schema(
    cli: Cli, file: Path, tmp_path: Path, command: list[str], language: str
) -> None:
    places = {
        "file": file,
        "made": tmp_path / "made.backstop",
        "new": tmp_path / "new.json",
        **{kind: tmp_path / f"p.{kind}" for kind in ("pdf", "xlsx", "ics", "csv")},
    }
    run = cli(*(each.format(**places) for each in command), "--json", "--lang", language)
    assert (run.code, run.err) == (0, "")
    jsonschema.validate(run.json, results_schema())
    assert run.json["result"] == command[0]
    assert run.json["result_version"] == 1


def test_the_results_schema_is_printed_and_sound(cli: Cli) -> None:
    run = cli("schema", "--results")
    assert run.json == results_schema()
    jsonschema.Draft202012Validator.check_schema(run.json)
    for name in ("Samples", "Created", "Exported", "Checked", "Projected", "Stressed", "Planned"):
        assert "result_version" in run.json["$defs"][name]["required"]


def test_a_result_with_a_field_missing_does_not_fit(cli: Cli, file: Path) -> None:
    answer = cli("stress", file, "--json").json
    del answer["losses"][0]["largest_gap"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(answer, results_schema())


def test_the_schema_of_books_fits_the_samples(cli: Cli) -> None:
    schema = cli("schema").json
    for name in ("contractor", "household", "trading", "wholesaler"):
        jsonschema.validate(json.loads(sample(name).read_text("utf-8")), schema)


# what commands say


def test_demo_lists_the_samples(cli: Cli) -> None:
    run = cli("demo", "--list")
    assert run.code == 0
    assert "contractor" in run.out
    assert [each["name"] for each in cli("demo", "--list", "--json").json["samples"]] == [
        "contractor",
        "household",
        "trading",
        "wholesaler",
    ]


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
    }
    assert [each["name"] for each in answer["payments"][:2]] == ["goods", "wages"]


def test_project_ends_on_the_day_asked_for(cli: Cli, file: Path) -> None:
    answer = cli("project", file, "--until", "2027-01-12", "--json").json
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


def test_stress_ranks_every_loss(cli: Cli, file: Path) -> None:
    run = cli("stress", file)
    assert run.code == 0
    assert "If everything in Alipay closes today, wages on 12 January cannot be paid." in run.out
    answer = cli("stress", file, "--json").json
    assert [each["id"] for each in answer["losses"]] == ["alipay", "jiebei", "huabei", "backup"]
    assert answer["survival_days"] == 52
    assert answer["losses"][1]["cure"] == {
        "complete": True,
        "missed": [0, 0, 0],
        "deadline": "2027-01-11",
    }


def test_stress_of_one_line_on_a_day(cli: Cli, file: Path) -> None:
    answer = cli("stress", file, "--close", "jiebei", "--on", "2026-12-24", "--json").json
    [loss] = answer["losses"]
    assert (loss["id"], loss["rank"], loss["lost_on"]) == ("jiebei", 2, "2026-12-24")
    assert answer["verdict"]["headline"].startswith("If Jiebei closes on 24 December, ")


def test_stress_tells_pairs_worst_days_and_how_far_receipts_may_fall(cli: Cli, file: Path) -> None:
    run = cli("stress", file, "--pairs", "--sweep", "--receipts")
    for heading in ("If both close", "Worst day to lose it", "receipts may fall by"):
        assert heading in run.out
    answer = cli("stress", file, "--pairs", "--sweep", "--receipts", "--json").json
    gaps = {each["id"]: each["largest_gap"] for each in answer["losses"]}
    for pair in answer["pairs"]:
        alone = max(gaps[pair["first"]], gaps[pair["second"]])
        assert pair["largest_gap"] == alone + pair["added"]
    for each in answer["sweeps"]:
        assert each["largest_gap"] == max(each["gaps"]) >= gaps[each["id"]]
    assert [each["id"] for each in answer["receipts"]] == [None, *gaps]


def test_stress_by_the_name_of_a_cause(cli: Cli, file: Path) -> None:
    answer = cli("stress", file, "--preset", "maintenance", "--of", "jiebei", "--json").json
    [loss] = answer["losses"]
    assert (loss["id"], loss["targets"]) == ("maintenance:jiebei", ["jiebei"])
    assert answer["verdict"]["headline"].startswith("If Jiebei closes")
    names = [each["key"] for each in cli("stress", file, "--presets", "--json").json["presets"]]
    assert {"credit_review", "platform_fault", "called_early"} <= set(names)
    for wrong in (["--preset", "nonsense"], ["--preset", "maintenance", "--of", "nobody"]):
        assert cli("stress", file, *wrong).code == 2


def test_stress_of_the_losses_kept_in_the_book(cli: Cli, tmp_path: Path) -> None:
    book = shop()
    line = single_closures(book)[0]
    kept = saved_as(book, replace(line, mode=LossMode.LIMIT_CUT, cut_percent=80), "Spring squeeze")
    path = tmp_path / "kept.json"
    path.write_bytes(book_to_json(book.put(kept)))
    run = cli("stress", path, "--saved")
    assert "In the case “Spring squeeze” from today" in run.out
    answer = cli("stress", path, "--saved", "--close", kept.id, "--json").json
    assert [each["id"] for each in answer["losses"]] == [kept.id]
    assert cli("stress", path, "--saved", "--close", "nobody").code == 2
    planned = cli("plan", path, "--close", kept.id, "--json").json["plans"][0]
    assert planned["verdict"]["headline"].startswith("In the case “Spring squeeze” from ")


def test_stress_of_no_kept_loss_says_where_to_keep_one(cli: Cli, file: Path) -> None:
    run = cli("stress", file, "--saved")
    assert run.code == 2
    assert "Save one on the Stress page" in run.err


def test_stress_lets_other_lines_follow(cli: Cli, file: Path) -> None:
    alone = cli("stress", file, "--close", "jiebei", "--json").json["losses"][0]
    follow = ["--others-after", "0", "--others-cut", "100"]
    together = cli("stress", file, "--close", "jiebei", *follow, "--json").json["losses"][0]
    assert together["largest_gap"] >= alone["largest_gap"]
    for wrong in (follow[:2], follow[2:], ["--cut", "101"], ["--others-cut", "-1"]):
        assert cli("stress", file, *wrong).code == 2


def test_stress_names_for_each_payment_the_loss_that_hurts_it_most(cli: Cli, file: Path) -> None:
    assert "Hurt most by" in cli("stress", file, "--payments").out
    answer = cli("stress", file, "--payments", "--json").json
    gaps = {each["id"]: each["largest_gap"] for each in answer["losses"]}
    assert answer["payments"]
    for each in answer["payments"]:
        assert 0 < each["missed"] <= min(each["amount"], gaps[each["id"]])


def test_a_loss_that_cannot_be_cured_ends_with_three(cli: Cli) -> None:
    assert cli("stress", sample("contractor")).code == 3
    assert cli("plan", sample("contractor"), "--close", "abc-loan").code == 3
    assert cli("plan", sample("contractor"), "--close", "jiebei").code == 0


def test_plan_lists_the_actions_with_reasons(cli: Cli, file: Path) -> None:
    run = cli("plan", file, "--close", "jiebei")
    assert run.code == 0
    for part in (
        "If Jiebei closes",
        "Later, each by its date",
        "[ ] 11 Jan  Draw ¥16,000 from WeBank for 12 months (cost",
        "Money on 12 Jan. Without this,",
        "Contact: 95188.",
        "Nothing is missed",
        "2 actions, cost",
    ):
        assert part in run.out
    answer = cli("plan", file, "--close", "jiebei", "--json").json
    [plan] = answer["plans"]
    assert plan["proved"] is True
    assert plan["gap_before"] == 2_300_000
    assert plan["gap_after"] == 0
    assert [each["kind"] for each in plan["actions"]] == ["draw", "reserve"]
    assert answer["pdf"] is None


def test_plan_prints_a_booklet(cli: Cli, file: Path, tmp_path: Path) -> None:
    pdf = tmp_path / "plans.pdf"
    run = cli("plan", file, "--all", "--pdf", pdf)
    assert run.code == 0
    assert "Printed to “plans.pdf”." in run.out
    assert len(PdfReader(pdf).pages) == 9


def test_printing_replaces_the_file_whole(cli: Cli, file: Path, tmp_path: Path) -> None:
    pdf = tmp_path / "plan.pdf"
    pdf.write_text("old")
    assert cli("plan", file, "--close", "jiebei", "--pdf", pdf).code == 0
    assert pdf.read_bytes().startswith(b"%PDF")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["plan.pdf", "shop.json"]


def test_a_book_without_lines_has_no_plans_and_no_failure(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "none.json"
    path.write_bytes(
        book_to_json(without("facilities", "planned_draws", "link_groups", "cash_flows"))
    )
    assert "There is no line in this book yet." in cli("stress", path).out
    assert cli("plan", path, "--all").code == 0


def test_check_finds_what_weakens_a_book(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "weak.json"
    line = shop().by_id["backup"].changed(last_verified=None)
    path.write_bytes(book_to_json(shop().put(line)))
    run = cli("check", path)
    assert run.code == 0
    assert "▲ warning  Never verified" in run.out
    findings = cli("check", path, "--json").json["findings"]
    assert ["backup"] in [each["records"] for each in findings]


# books in and out


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
    for command in ("check", "project", "stress", "export"):
        cli(command, book_file)
    assert book_file.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["shop.backstop"]


def test_export_never_overwrites_a_book_file(cli: Cli, file: Path, book_file: Path) -> None:
    before = book_file.read_bytes()
    run = cli("export", file, book_file)
    assert run.code == 2
    assert "shop.json" in run.err
    assert book_file.read_bytes() == before


def test_new_makes_no_book_file_that_is_named_like_text(cli: Cli, tmp_path: Path) -> None:
    assert_refused(cli("new", tmp_path / "mine.json"), "mine.backstop")
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


# bad input


ASKING = (["check"], ["project"], ["stress"], ["plan", "--close", "jiebei"], ["export"], ["open"])


def assert_refused(run: Run, *parts: str) -> None:
    """One clear line on standard error, nothing else, exit code 2."""
    assert run.code == 2
    assert run.out == ""
    assert run.err.startswith("backstop: ")
    assert run.err.count("\n") == 1
    assert "Traceback" not in run.err
    for part in parts:
        assert part in run.err


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
    assert_refused(run, "“nope”", "alipay, backup, huabei, jiebei")


def test_a_book_without_lines_has_no_ids_to_choose_from(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "none.json"
    path.write_bytes(
        book_to_json(without("facilities", "planned_draws", "link_groups", "cash_flows"))
    )
    assert_refused(cli("plan", path, "--close", "jiebei"), "no credit line")


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
    for wrong in ("2026-13-01", "tomorrow", "20261201", "2026-W49-1", "", "01.12.2026"):
        assert_refused(cli(name, file, *options, wrong), "2027-01-12")
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

    monkeypatch.setattr("backstop.services.placing.os.fsync", full)
    run = cli("plan", file, "--close", "jiebei", "--pdf", tmp_path / "x.pdf")
    assert_refused(run, "“x.pdf”", "No space left on device")
    assert [each.name for each in tmp_path.iterdir()] == ["shop.json"]


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
        (["new", "x", "--from", "{gone}"], ["gone.json"]),
        (["schema", "more"], ["more"]),
        (["stress", "{file}", "--of", "jiebei"], ["--of", "--preset"]),
        (["stress", "{file}", "--preset", "credit_review", "--of", "x"], ["“x”", "backup, huabei"]),
        (["stress", "{file}", "--preset", "credit_review", "--saved"], ["--preset", "--saved"]),
        (["plan", "{file}", "--all", "--at-most", "two"], ["--at-most", "“two”", "3650"]),
        (["stress", "{file}", "--on", "soon"], ["--on", "“soon”", "2027-01-12"]),
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


# failures of ours, languages, help


def test_what_nobody_foresaw_is_a_sentence_and_ends_with_one(
    cli: Cli, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("backstop.cli.asking.base_of", broken)
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
    monkeypatch.setattr("backstop.report.paper.TEMPLATE", "gone.typ")
    run = cli("plan", file, "--close", "jiebei", "--pdf", tmp_path / "x.pdf")
    assert run.code == 1
    assert "could not be typeset" in run.err
    assert not (tmp_path / "x.pdf").exists()


def test_stopping_by_hand_is_no_failure_of_ours(
    cli: Cli, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("backstop.cli.asking.base_of", stopped)
    run = cli("project", file)
    assert (run.code, run.err) == (130, "backstop: Stopped.\n")


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
    "command", ["", "open", "demo", "new", "export", "schema", "check", "project", "stress", "plan"]
)
def test_every_command_has_help_in_each_language(cli: Cli, command: str, language: str) -> None:
    run = cli("--lang", language, *([command] if command else []), "--help")
    assert (run.code, run.err) == (0, "")
    assert ("Usage: backstop" in run.out) is (language == "en")
    assert ("用法：backstop" in run.out) is (language == "zh_CN")
    if language == "zh_CN":
        for english in ("usage", "options:", "positional", "show this"):
            assert english not in run.out


# the window


@pytest.fixture
def desktop(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path | None, str | None]]:
    """What the window was asked to open; no window is made."""
    asked: list[tuple[Path | None, str | None]] = []

    def begin(path: Path | None, name: str | None) -> int:
        asked.append((path, name))
        return 0

    monkeypatch.setattr(__main__, "desktop", begin)
    return asked


def test_the_window_is_what_no_command_open_and_demo_mean(
    cli: Cli, file: Path, desktop: list[tuple[Path | None, str | None]]
) -> None:
    for arguments in ([], ["--lang", "en"], ["open", file], ["demo"], ["demo", "household"]):
        assert cli(*arguments).code == 0
    assert desktop == [
        (None, None),
        (None, None),
        (file, None),
        (None, "contractor"),
        (None, "household"),
    ]


def test_the_window_is_not_begun_for_what_is_not_there(
    cli: Cli, tmp_path: Path, desktop: list[tuple[Path | None, str | None]]
) -> None:
    assert cli("open", tmp_path / "gone.backstop").code == 2
    assert cli("demo", "frob").code == 2
    assert desktop == []


# tables


def test_columns_line_up_with_chinese_and_latin_names() -> None:
    columns = [Column("名称"), Column("Amount", right=True), Column("x")]
    rows = [("借呗", "¥5", "a"), ("WeBank", "−¥12,345", "b"), ("e\u0301té", "¥1", "c")]
    lines = table(columns, rows)
    ends = {width(line[: line.rindex(line.strip()[-1])]) for line in lines if "─" not in line}
    assert len(ends) == 1
    assert lines[2].startswith("借呗")


def test_no_cell_breaks_the_table() -> None:
    lines = table([Column("a")], [("line\nbreak\x1b[31m",)])
    assert len(lines) == 3
    assert "\x1b" not in lines[2]
    assert plain("a\tb\u202ec") == "a b c"


def test_text_is_cut_by_its_width() -> None:
    assert cut("借呗", 4) == "借呗"
    assert cut("借呗额度", 5) == "借呗…"
    assert cut("abcdef", 4) == "abc…"


def test_the_results_say_the_book_they_speak_of(cli: Cli, file: Path) -> None:
    book = book_from_json(file.read_bytes())
    assert cli("stress", file, "--json").json["book"] == {
        "title": "Corner shop",
        "currency": "CNY",
        "as_of": "2026-11-21",
        "last_day": "2027-11-21",
        "fingerprint": book.fingerprint,
    }


# the owner's hand


def test_plan_works_around_pins_and_forbidden_sources(cli: Cli, file: Path) -> None:
    [free] = cli("plan", file, "--close", "jiebei", "--json").json["plans"]
    draw = free["actions"][0]
    pin = f"backup@{draw['date']}=20000"
    [plan] = cli("plan", file, "--close", "jiebei", "--pin", pin, "--json").json["plans"]
    [pinned] = [each for each in plan["actions"] if each["pinned"]]
    assert (pinned["source"], pinned["amount"]) == ("backup", 2_000_000)
    run = cli("plan", file, "--close", "jiebei", "--forbid", "backup", "--json")
    assert {each["source"] for each in run.json["plans"][0]["actions"]} == {"deposit"}
    assert len(cli("plan", file, "--all", "--at-most", 1, "--json").json["plans"]) == 4


def test_a_pin_without_day_or_amount_keeps_those_of_the_plan(cli: Cli, file: Path) -> None:
    [free] = cli("plan", file, "--close", "jiebei", "--json").json["plans"]
    [kept] = cli("plan", file, "--close", "jiebei", "--pin", "backup", "--json").json["plans"]
    [pinned] = [each for each in kept["actions"] if each["pinned"]]
    assert all(pinned[field] == free["actions"][0][field] for field in ("source", "date", "amount"))
    begun = f"backup@{pinned['start']}"
    [same] = cli("plan", file, "--close", "jiebei", "--pin", begun, "--json").json["plans"]
    assert [each["date"] for each in same["actions"] if each["pinned"]] == [pinned["date"]]


def test_a_wish_that_cannot_be_granted_is_said(cli: Cli, file: Path) -> None:
    run = cli("plan", file, "--close", "jiebei", "--pin", "backup@2026-11-21=10000")
    assert "cannot be used on 21 Nov 2026" in run.out


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        (("--pin", "nobody"), "is not in this book"),
        (("--pin", "huabei"), "Say the day too"),
        (("--pin", "=5"), "SOURCE@DATE=AMOUNT"),
        (("--forbid", "backup=5"), "SOURCE@DATE"),
        (("--at-most", "-1"), "from 0 to 3650"),
        (("--at-most", "3", "--every-step"), "do not go together"),
    ],
)
def test_a_wish_that_makes_no_sense_is_refused(
    cli: Cli, file: Path, wish: tuple[str, ...], said: str
) -> None:
    run = cli("plan", file, "--close", "jiebei", *wish)
    assert run.code == 2
    assert said in run.err


def test_explain_says_the_next_best_and_what_binds(cli: Cli, file: Path) -> None:
    [plan] = cli("plan", file, "--close", "jiebei", "--explain", "--json").json["plans"]
    assert all(each["next_best"]["text"].startswith("Without") for each in plan["actions"])
    assert "Without WeBank, " in cli("plan", file, "--close", "jiebei", "--explain").out
    [bare] = cli("plan", file, "--close", "jiebei", "--json").json["plans"]
    assert all(each["next_best"] is None for each in bare["actions"])


def test_reserve_says_what_to_arrange_beforehand(cli: Cli, file: Path) -> None:
    run = cli("reserve", file)
    assert run.code == 0
    assert "No more reserve is needed if you act in time" in run.out
    run = cli("reserve", sample("contractor"))
    assert run.code == 3
    assert "One more line like" in run.out
    answer = cli("reserve", sample("contractor"), "--json").json
    assert answer["result"] == "reserve"
    assert answer["with_actions"] < answer["without_actions"]
    assert answer["curve"][-1]["most_missed"] == 0
    jsonschema.validate(answer, results_schema())


def test_a_plan_that_leaves_a_gap_says_what_would_cure_it(cli: Cli) -> None:
    run = cli("plan", sample("contractor"), "--close", "abc-loan")
    assert "To be missed, in this order:" in run.out
    [plan] = cli("plan", sample("contractor"), "--close", "abc-loan", "--json").json["plans"]
    assert plan["shortage"]["cash"] > 0
    assert [each["lead_days"] for each in plan["shortage"]["lines"]] == [0, 7, 14, 30]
