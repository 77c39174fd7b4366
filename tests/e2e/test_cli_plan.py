"""Plans on the command line: their steps, on paper, by the owner's hand, and beforehand."""

from pathlib import Path

import jsonschema
import pytest
from pypdf import PdfReader

from backstop.cli.results.schema import results_schema
from backstop.settling import advance
from backstop.store import book_to_json
from e2e.running import Cli, sample
from in_flight import flooded, on


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


def test_a_book_without_lines_has_no_plans_and_no_failure(cli: Cli, no_lines: Path) -> None:
    assert "There is no line in this book yet." in cli("stress", no_lines).out
    assert cli("plan", no_lines, "--all").code == 0


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


def test_a_pin_takes_a_decimal_comma(cli: Cli, file: Path) -> None:
    pinned = [
        cli("plan", file, "--close", "jiebei", "--pin", f"backup@2026-11-28={amount}", "--json")
        for amount in ("417,26", "417.26")
    ]
    assert pinned[0].json["plans"] == pinned[1].json["plans"]


def test_a_wish_that_cannot_be_granted_is_said(cli: Cli, file: Path) -> None:
    run = cli("plan", file, "--close", "jiebei", "--pin", "backup@2026-11-21=10000")
    assert "cannot be used on 21 Nov 2026" in run.out


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        (("--pin", "nobody"), "is not in this book"),
        (("--pin", "huabei"), "Say the day too"),
        (("--pin", "=5"), "SOURCE@DATE=AMOUNT"),
        (("--pin", "backup@2026-11-21=1,,2"), "neither between thousands"),
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
    [plan] = cli("plan", sample("contractor"), "--close", "abc-loan", "--json").json["plans"]
    assert plan["shortage"]["cash"] > 0
    assert plan["remains"].split("。" if "。" in plan["remains"] else ". ")[0] in run.out
    days = [each["not_bought"] or each["date"] for each in plan["missed_after"]]
    assert days == sorted(days)
    assert run.out.count("more in hand by") == 1
    assert [each["lead_days"] for each in plan["shortage"]["lines"]] == [0, 7, 14, 30]


def test_a_loss_for_which_a_plan_is_carried_out_is_asked_for_as_it_is_by_now(
    cli: Cli, tmp_path: Path
) -> None:
    """An expense of 300 that was paid four days ago; of a plan for another day, it is to come."""
    later, book = advance(flooded(), on(9)), tmp_path / "flood.json"
    book.write_bytes(book_to_json(later))
    [rest] = cli("plan", book, "--close", "flood", "--json").json["plans"]
    again = cli("plan", book, "--close", "flood", "--on", on(9), "--json").json["plans"]
    assert [each["gap_before"] - rest["gap_before"] for each in again] == [30_000]
