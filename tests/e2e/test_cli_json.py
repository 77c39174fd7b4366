"""What commands answer as JSON: it fits the published schema."""

import json
from pathlib import Path

import jsonschema
import pytest

from backstop.cli.results.schema import results_schema
from backstop.store import book_from_json
from e2e.running import Cli, sample

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


def test_the_results_say_the_book_they_speak_of(cli: Cli, file: Path) -> None:
    book = book_from_json(file.read_bytes())
    assert cli("stress", file, "--json").json["book"] == {
        "title": "Corner shop",
        "currency": "CNY",
        "as_of": "2026-11-21",
        "last_day": "2027-11-21",
        "fingerprint": book.fingerprint,
    }
