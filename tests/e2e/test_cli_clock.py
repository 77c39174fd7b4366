"""The command line on a book that is not as of today."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from e2e.running import Cli
from unit.test_report_book import shop


@pytest.mark.parametrize(("age", "said"), [(0, ""), (1, "yesterday"), (9, "9 days ago")])
def test_every_answer_says_how_old_the_book_is(
    cli: Cli, file: Path, clock_at: Callable[[date], None], age: int, said: str
) -> None:
    clock_at(shop().as_of + timedelta(days=age))
    for asked in ("project", "stress"):
        lines = cli(asked, file).out.splitlines()
        assert said in lines[1]
        assert bool(lines[1]) is bool(age)


def test_no_step_is_begun_in_the_past(
    cli: Cli, file: Path, clock_at: Callable[[date], None]
) -> None:
    on = shop().as_of + timedelta(days=9)
    clock_at(on)
    plans = cli("plan", file, "--all", "--json").json["plans"]
    begun = [each["start"] for plan in plans for each in plan["actions"]]
    assert begun
    assert all(day >= on.isoformat() for day in begun)


def test_lines_that_no_plan_counts_on_are_named(cli: Cli, tmp_path: Path) -> None:
    from backstop.store import book_to_json

    book = shop()
    book = book.put(book.facilities[0].changed(last_verified=None))
    path = tmp_path / "untried.json"
    path.write_bytes(book_to_json(book))
    out = cli("plan", path, "--all").out
    assert f"No plan counts on {book.facilities[0].name}" in out
    assert "Last verified" in out
