"""Losses on the command line: ranked, by line, day, cause and pair, and what each leads to."""

from dataclasses import replace
from pathlib import Path

import pytest

from backstop.contingency import saved_as, single_closures
from backstop.domain import LossMode
from backstop.store import book_to_json
from e2e.running import Cli, sample
from unit.test_report_book import shop


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
        "at_least": 0,
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
    assert answer["verdict"]["headline"].startswith("If Jiebei is frozen for 3 days")
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
    said = cli("stress", file, "--payments").out
    assert "Hurt most by" in said
    answer = cli("stress", file, "--payments", "--json").json
    gaps = {each["id"]: each["largest_gap"] for each in answer["losses"]}
    assert answer["payments"]
    for each in answer["payments"]:
        assert 0 < each["missed"] <= min(each["amount"], gaps[each["id"]])


def test_stress_calls_a_payment_as_every_table_does(cli: Cli) -> None:
    said = cli("stress", sample("contractor"), "--payments", "--lang", "en").out
    assert "农行经营贷, instalment: 农行经营贷借据" in said


def test_a_loss_that_cannot_be_cured_ends_with_three(cli: Cli) -> None:
    assert cli("stress", sample("contractor")).code == 3
    assert cli("plan", sample("contractor"), "--close", "abc-loan").code == 3
    assert cli("plan", sample("contractor"), "--close", "jiebei").code == 0


@pytest.mark.parametrize(
    ("name", "line", "closed"),
    [("contractor", "abc-loan", 17_432_031), ("wholesaler", "mortgage-line", 50_910_960)],
)
def test_what_is_not_renewed_costs_as_much_as_what_is_closed(
    cli: Cli, name: str, line: str, closed: int
) -> None:
    """The rollover of each falls on the very day on which its contract ends."""

    def gap(*asked: str) -> int:
        [loss] = cli("stress", sample(name), *asked, "--json").json["losses"]
        return int(loss["figures"]["largest_gap"])

    assert gap("--close", line) == closed
    assert gap("--preset", "no_renewal", "--of", line) == closed
    assert 0 < gap("--preset", "reduced_renewal", "--of", line) < closed


def test_lines_and_groups_are_counted_apart_beside_the_verdict(cli: Cli) -> None:
    run = cli("stress", sample("trading"))
    assert "its plan may find less" in run.out
    assert "N−1: 7 of 7 lines survivable, the one group leaves something unpaid" in run.out
    answer = cli("stress", sample("trading"), "--json").json
    assert (answer["lines"], answer["not_survivable"]) == (7, [])
    assert (answer["groups"], len(answer["groups_not_survivable"])) == (1, 1)


def test_that_a_mild_cause_is_survived_says_nothing_of_lines_that_close(cli: Cli) -> None:
    contractor = sample("contractor")
    run = cli("stress", contractor, "--preset", "maintenance")
    assert "In the case “fault or maintenance”, no payment is missed." in run.out
    assert "Every single line" not in run.out
    assert "N−1" not in run.out
    frozen = cli("stress", contractor, "--mode", "freeze", "--days", "1")
    assert "Every single line" not in frozen.out


def test_a_gap_with_every_line_open_remains_a_gap(cli: Cli, tmp_path: Path) -> None:
    book = shop()
    poor = book.put(book.accounts[0].changed(balance=0))
    file = tmp_path / "poor.json"
    file.write_bytes(book_to_json(poor))
    run = cli("stress", file)
    assert "Even with every line open" in run.out
    assert run.code == 3
