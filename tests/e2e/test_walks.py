"""Two walks of `docs/architecture.md`, taken: every stop is passed, in the order given."""

from pathlib import Path

import pytest

from backstop.domain import Measure, MeasureKind
from backstop.store import book_to_json
from e2e.running import Cli
from unit.test_report_book import shop
from walks import calls, missed, walk


@pytest.fixture(autouse=True)
def shared_work() -> None:
    """Nothing is shared: whoever takes a walk passes every stop."""


def test_a_book_becomes_a_printed_plan_by_the_stops_told(cli: Cli, file: Path) -> None:
    stops = walk("From a book to the printed plan")
    assert len(stops) > 10
    with calls() as passed:
        cli("plan", file, "--close", "jiebei", "--pdf", file.with_suffix(".pdf"))
    assert missed(stops, passed) == []


def test_an_option_kind_becomes_a_sentence_by_the_stops_told(cli: Cli, tmp_path: Path) -> None:
    van = Measure(id="van", name="Van", kind=MeasureKind.SELL_ASSET, amount=30_000_00, lead_days=0)
    file = tmp_path / "shop.json"
    file.write_bytes(book_to_json(shop(measures=(van,))))
    stops = walk("From an option kind to its sentence")
    assert len(stops) > 5
    with calls() as passed:
        run = cli("plan", file, "--close", "jiebei", "--pin", "van")
    assert "Sell Van, worth ¥30,000" in run.out
    assert missed(stops, passed) == []


@pytest.mark.parametrize("order", ["forwards", "backwards"])
def test_a_stop_counts_only_behind_the_one_before_it(order: str) -> None:
    stops = walk("From a book to the printed plan")
    passed = [(each.file, each.function) for each in stops]
    if order == "forwards":
        assert missed(stops, passed) == []
    else:
        assert missed(stops, passed[::-1]) == stops[1:]
