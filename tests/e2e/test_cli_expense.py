"""A sudden expense on the command line: alone or with what closes, in both languages and print."""

from pathlib import Path

import pytest
from pypdf import PdfReader

from backstop.store import BookFile, book_from_json
from e2e.running import Cli, assert_refused


@pytest.fixture
def kept(file: Path, tmp_path: Path) -> Path:
    """The same book in a file of its own."""
    path = tmp_path / "shop.backstop"
    BookFile.create(path, book_from_json(file.read_bytes())).close()
    return path


def test_stress_ranks_a_sudden_expense_alone_and_outside_the_count_of_lines(
    cli: Cli, file: Path
) -> None:
    asked = ("stress", file, "--expense", "1,000,000.50", "--on", "2026-12-20")
    answer = cli(*asked, "--json").json
    [loss] = answer["losses"]
    assert (loss["kind"], loss["targets"], loss["expense"]) == ("expense", [], 100_000_050)
    assert (answer["lines"], answer["groups"], loss["lost_on"]) == (0, 0, "2026-12-20")
    assert {each["kind"] for each in loss["missed"]} >= {"expense"}
    run = cli(*asked)
    assert run.code == 3
    assert "With a sudden expense of ¥1,000,000.50 on 20 December, " in run.out
    said = cli(*asked, "--lang", "zh_CN").out
    assert "如果12月20日有一笔 ¥1,000,000.50 的突发支出" in said


def test_stress_adds_it_to_the_loss_that_is_named(cli: Cli, file: Path) -> None:
    [plain] = cli("stress", file, "--close", "jiebei", "--json").json["losses"]
    run = cli("stress", file, "--close", "jiebei", "--expense", "900", "--json")
    [loss] = run.json["losses"]
    assert loss["targets"] == ["jiebei"]
    assert loss["largest_gap"] == plain["largest_gap"] + 90_000
    assert "closes today and ¥900 is spent unforeseen" in run.json["verdict"]["headline"]


def test_plan_for_a_sudden_expense_is_drafted_and_printed(
    cli: Cli, file: Path, tmp_path: Path
) -> None:
    pdf = tmp_path / "plan.pdf"
    run = cli("plan", file, "--expense", "50000", "--on", "2026-12-24", "--pdf", pdf)
    assert run.code in (0, 3)
    text = "".join(page.extract_text() for page in PdfReader(pdf).pages)
    assert "In the case “a sudden expense”" in text
    assert "sudden expense of ¥50,000" in text
    assert "closes" not in text.split("In the case")[1].split("How you notice")[0]
    chinese = tmp_path / "plan-zh.pdf"
    run = cli("plan", file, "--expense", "50000", "--pdf", chinese, "--lang", "zh_CN")
    assert "突发支出" in run.out
    [plan] = cli("plan", file, "--close", "jiebei", "--expense", "900", "--json").json["plans"]
    [plain] = cli("plan", file, "--close", "jiebei", "--json").json["plans"]
    assert plan["gap_before"] == plain["gap_before"] + 90_000


@pytest.mark.parametrize("amount", ["0", "-5", "much"])
def test_what_is_no_amount_is_refused(cli: Cli, file: Path, amount: str) -> None:
    assert cli("stress", file, f"--expense={amount}").code == 2
    assert cli("plan", file, f"--expense={amount}").code == 2


def test_a_plan_for_it_is_kept_along_with_the_case(cli: Cli, kept: Path) -> None:
    plan = cli("plan", kept, "--expense", "900", "--on", "2026-12-24", "--accept", "--json").json
    assert plan["accepted"]
    [case] = cli("stress", kept, "--saved", "--json").json["losses"]
    assert (case["kind"], case["expense"], case["targets"]) == ("expense", 90_000, [])
    assert_refused(cli("plan", kept, "--expense", "5", "--all"), "one loss")
