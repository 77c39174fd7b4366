"""Further questions of the command line: customers, calendars, strict judgement, all figures."""

import json
from datetime import date, timedelta
from pathlib import Path

import jsonschema
import pytest

from backstop.cli.results.schema import results_schema
from backstop.domain import (
    Account,
    Adjustment,
    Book,
    CashFlow,
    CustomerRisk,
    Direction,
    Priority,
)
from backstop.store import BookFile, book_to_json
from e2e.running import Cli
from unit.test_report_book import DAY_0, payment, shop


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The shop, with a customer at risk, as a `book.json`."""
    book = shop()
    receipts = [f for f in book.cash_flows if f.direction == "receipt"]
    for each in receipts:
        book = book.put(each.changed(counterparty="Ann", customer_risk=CustomerRisk.HIGH))
    path = tmp_path / "shop.json"
    path.write_bytes(book_to_json(book))
    return path


def test_every_figure_of_the_design_is_in_the_answer(cli: Cli, file: Path) -> None:
    answer = cli("stress", file, "--sweep", "--standing", "--json").json
    jsonschema.validate(answer, results_schema())
    wanted = {
        "survival_days",
        "first_shortfall",
        "largest_gap",
        "largest_gap_date",
        "shortfall_days",
        "days_short",
        "first_below_minimum",
        "days_below_minimum",
        "buffer_days",
        "missed_count",
        "missed_by_class",
        "income_lost",
    }
    for loss in answer["losses"]:
        assert wanted <= loss["figures"].keys()
        assert {"reserve_needed", "with_plan", "cure"} <= loss.keys()
        assert loss["figures"]["largest_gap"] == sum(loss["figures"]["missed_by_class"])
    assert all(wanted <= each["figures"].keys() for each in answer["standing"])
    assert all("worst_day" in each for each in answer["sweeps"])
    [plan] = cli("plan", file, "--close", "jiebei", "--json").json["plans"]
    assert wanted <= plan["before"].keys() & plan["after"].keys()
    assert {"cost", "new_debt", "peak_debt_service", "actions"} <= plan.keys()
    borrowed = sum(due["amount"] for each in plan["actions"] for due in each["repayments"])
    assert plan["peak_debt_service"] <= borrowed


def test_customers_are_told_in_words_and_as_json(cli: Cli, file: Path) -> None:
    answer = cli("stress", file, "--customers", "--json").json
    jsonschema.validate(answer, results_schema())
    [ann] = answer["customers"]
    assert (ann["name"], ann["risk"]) == ("Ann", "high")
    said = cli("stress", file, "--customers").out
    assert "If this customer does not pay" in said
    assert "may not pay" in said
    grouped = cli("stress", file, "--groups", "--json").json["losses"]
    assert "customer:Ann" in [each["id"] for each in grouped]
    risky = cli("stress", file, "--preset", "risky_customers", "--of", "high", "--json").json
    assert risky["losses"][0]["largest_gap"] == ann["largest_gap"]


def test_a_book_without_a_standing_rule_says_so(cli: Cli, file: Path) -> None:
    assert "No standing draws are set" in cli("stress", file, "--standing").out


@pytest.mark.parametrize("name", ["receipts_60", "receipts_45_late"])
def test_worse_receipts_are_asked_for_by_name(cli: Cli, file: Path, name: str) -> None:
    answer = cli("stress", file, "--preset", name, "--of", "all", "--json").json
    assert [each["id"] for each in answer["losses"]] == [f"{name}:"]


def test_a_strict_check_fails_on_a_warning(cli: Cli, file: Path) -> None:
    lenient, strict = cli("check", file, "--json"), cli("check", file, "--strict", "--json")
    levels = {each["level"] for each in lenient.json["findings"]}
    assert lenient.json["ok"] is ("problem" not in levels)
    assert strict.json["ok"] is levels.isdisjoint({"problem", "warning"})
    assert (strict.code == 0) is strict.json["ok"]


def test_a_published_year_is_put_into_the_book_and_counts(
    cli: Cli, file: Path, tmp_path: Path
) -> None:
    book = shop().changed(country="CN", horizon_days=800)
    adjusted = payment("sofa", "sofa", 100, DAY_0 + timedelta(days=3))
    book = book.put(adjusted.changed(adjustment="following"))
    path = tmp_path / "shop.backstop"
    BookFile.create(path, book).close()
    calendar = tmp_path / "2027.json"
    calendar.write_text(
        json.dumps({"country": "CN", "closed": ["2027-01-01"], "worked": ["2027-02-14"]})
    )
    before = cli("check", path, "--json").json["findings"]
    assert any("2027" in each["sentence"] and "Holidays" in each["sentence"] for each in before)
    added = cli("calendar", path, calendar, "--json")
    assert (added.code, added.err) == (0, "")
    jsonschema.validate(added.json, results_schema())
    assert (added.json["years"], added.json["unpublished"]) == ([2027], [2028, 2029])
    after = cli("check", path, "--json").json["findings"]
    [left] = [each for each in after if each["check"] == "calendar_unpublished"]
    assert "2028" in left["sentence"]
    missing = cli("calendar", path, tmp_path / "none.json")
    assert (missing.code, "“none.json” does not exist" in missing.err) == (2, True)
    export = cli("calendar", file, calendar)
    assert (export.code, "kept in a book file" in export.err) == (2, True)
    assert "2027: 1 closed, 1 worked at a weekend" in cli("calendar", path, calendar).out


def test_a_payment_that_a_weekend_puts_before_the_as_of_date_is_missed_today(
    cli: Cli, tmp_path: Path
) -> None:
    """¥2,000 of tax on a Sunday, to be paid on the Friday before, seen on the Saturday."""
    cash = Account(id="cash", name="Bank", balance=150_000)
    tax = CashFlow(
        id="tax",
        name="Tax",
        direction=Direction.PAYMENT,
        amount=200_000,
        priority=Priority.MUST,
        first_date=date(2027, 1, 10),
        adjustment=Adjustment.PRECEDING,
    )
    book = Book(title="Weekend", as_of=date(2027, 1, 9), accounts=(cash,), cash_flows=(tax,))
    path = tmp_path / "weekend.json"
    path.write_bytes(book_to_json(book))
    run = cli("project", path)
    assert run.code == 3
    assert "¥500" in run.out
    assert "Tax" in run.out
