"""What can be lost on the command line: any element by id or name, a cause, or nothing at all."""

from pathlib import Path

import pytest

from backstop.domain import Account
from backstop.services.session import read_book
from backstop.store import book_to_json
from e2e.running import Cli, assert_refused
from unit.test_report_book import shop


def test_an_account_is_lost_by_id_or_name_as_in_the_window(cli: Cli, file: Path) -> None:
    account = next(iter(shop().accounts))
    by_id = cli("stress", file, "--close", account.id, "--json").json
    by_name = cli("stress", file, "--close", f" {account.name.upper()} ", "--json").json
    assert by_id["losses"] == by_name["losses"]
    [loss] = by_id["losses"]
    assert loss["targets"] == [account.id]
    assert by_id["lines"] == len(shop().facilities)  # an account is no line
    [plan] = cli("plan", file, "--close", account.name, "--json").json["plans"]
    assert plan["id"] == account.id


def test_every_account_is_frozen_by_turns(cli: Cli, file: Path) -> None:
    answer = cli("stress", file, "--accounts", "--json").json
    assert {each["id"] for each in answer["losses"]} == {each.id for each in shop().accounts}
    assert answer["lines"] == 0


def test_a_receipt_is_lost_by_its_id(cli: Cli, file: Path) -> None:
    receipt = next(each for each in shop().cash_flows if each.direction == "receipt")
    run = cli("stress", file, "--close", receipt.id)
    assert receipt.name in run.out
    [loss] = cli("stress", file, "--close", receipt.name, "--json").json["losses"]
    assert (loss["id"], loss["targets"]) == (receipt.id, [receipt.id])


def test_a_name_that_several_have_asks_for_an_id(cli: Cli, tmp_path: Path) -> None:
    book = shop()
    line = book.facilities[0]
    path = tmp_path / "two.json"
    path.write_bytes(book_to_json(book.put(Account(id="twin", name=line.name))))
    assert_refused(cli("stress", path, "--close", line.name), line.id, "twin")
    assert cli("stress", path, "--close", "twin").code in (0, 3)
    assert_refused(cli("plan", path, "--close", "nobody"), "nobody", line.id)


@pytest.mark.parametrize(
    ("close", "mode", "said"),
    [
        ("jiebei", "purchases_blocked", ("“Jiebei” cannot go", "no_new_draws")),
        ("jiebei", "account_frozen", ("“Jiebei” cannot go", "limit_cut")),
        ("jiebei", "no_renewal", ("“Jiebei” cannot go", "freeze")),
        ("wages", "freeze", ("wages",)),
    ],
)
def test_a_way_that_cannot_apply_is_refused_by_the_name_of_what_is_lost(
    cli: Cli, file: Path, close: str, mode: str, said: tuple[str, ...]
) -> None:
    for command in ("stress", "plan"):
        assert_refused(cli(command, file, "--close", close, "--mode", mode), *said)


def test_what_has_no_way_of_its_own_has_none_to_choose(cli: Cli, file: Path) -> None:
    spent = ("--preset", "sudden_expense", "--mode", "freeze")
    assert_refused(cli("plan", file, *spent), "a sudden expense", "Leave out --mode")


def test_a_loss_that_hurts_nothing_is_told_once_and_asks_for_nothing(cli: Cli, file: Path) -> None:
    run = cli("plan", file, "--every-line-open")
    assert "Nothing needs to be done" in run.out
    assert run.out.count("othing is missed") == 1
    assert "falls short" not in run.out
    assert "0 actions" not in run.out


def test_blocked_purchases_leave_a_line_that_lends_cash_its_own_way(cli: Cli, file: Path) -> None:
    own = cli("stress", file, "--json").json
    blocked = cli("stress", file, "--mode", "purchases_blocked", "--json").json
    gaps = [{e["id"]: e["largest_gap"] for e in each["losses"]} for each in (own, blocked)]
    assert gaps[0]["jiebei"] == gaps[1]["jiebei"] > 0


def test_a_cause_gets_a_plan_without_being_saved_first(cli: Cli, file: Path) -> None:
    asked = ("--preset", "others_follow", "--of", "jiebei")
    [plan] = cli("plan", file, *asked, "--json").json["plans"]
    assert plan["id"] == "others_follow:jiebei"
    assert plan["gap_before"] > 0
    by_name = ("--preset", "others_follow", "--of", shop().by_id["jiebei"].name)
    assert cli("plan", file, *by_name, "--json").json["plans"] == [plan]
    assert_refused(cli("plan", file, "--preset", "others_follow"), "--of")
    late = cli("plan", file, "--preset", "receipts_45_late", "--json").json["plans"]
    assert [each["id"] for each in late] == ["receipts_45_late:"]


def test_a_manner_of_its_own_gets_a_plan(cli: Cli, file: Path) -> None:
    [plan] = cli(
        "plan", file, "--close", "jiebei", "--mode", "limit_cut", "--cut", "90", "--json"
    ).json["plans"]
    assert plan["id"] == "jiebei"
    assert_refused(cli("plan", file, "--all", "--cut", "90"), "--close")


def test_what_falls_short_with_every_line_open_gets_a_plan(cli: Cli, tmp_path: Path) -> None:
    book = shop()
    poor = book.changed(
        accounts=tuple(each.changed(balance=0) for each in book.accounts), planned_draws=()
    )
    path = tmp_path / "poor.json"
    path.write_bytes(book_to_json(poor))
    run = cli("plan", path, "--every-line-open")
    assert run.out.count("Even with every line open, ") == 1
    [plan] = cli("plan", path, "--every-line-open", "--json").json["plans"]
    assert plan["actions"]
    assert plan["gap_after"] < plan["gap_before"]
    pdf = tmp_path / "plan.pdf"
    assert cli("plan", path, "--every-line-open", "--pdf", pdf).code in (0, 3)
    assert pdf.read_bytes().startswith(b"%PDF")


def test_accepting_a_plan_for_an_unsaved_loss_saves_the_loss_too(
    cli: Cli, file: Path, tmp_path: Path
) -> None:
    path = tmp_path / "kept.backstop"
    assert cli("new", path, "--from", file).code == 0
    asked = ("--close", "jiebei", "--mode", "limit_cut", "--cut", "95", "--accept")
    assert cli("plan", path, *asked).code in (0, 3)
    book = read_book(path)
    [kept] = book.accepted_plans
    assert [each.id for each in book.contingencies] == [kept.contingency]
    assert book.contingencies[0].cut_percent == 95
    assert cli("plans", path).out.count("no longer") == 0
    by_cause = ("--preset", "others_follow", "--of", "jiebei", "--accept")
    assert cli("plan", path, *by_cause).code in (0, 3)
    accepted = {each.contingency for each in read_book(path).accepted_plans}
    assert "others_follow:jiebei" in accepted
    assert len(read_book(path).contingencies) == 1
