"""`backstop settle`: what was due, what follows, and the book of the later day."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from backstop.domain import Account, Book, CashFlow, Direction, Facility, LossMode, SavedContingency
from backstop.services.session import read_book, read_ledger
from backstop.settling import advance, due_between
from backstop.store import BookFile
from e2e.running import Cli, assert_refused
from unit.test_report_book import shop

LATER = shop().as_of + timedelta(days=30)


def test_without_a_word_it_lists_and_changes_nothing(cli: Cli, book_file: Path) -> None:
    before = book_file.read_bytes()
    run = cli("settle", book_file, "--to", LATER)
    due = due_between(shop(), LATER)
    assert run.code == 0
    assert due
    assert all(each.id in run.out for each in due)
    assert "Nothing is changed yet. Add --as-planned to do it" in run.out
    assert book_file.read_bytes() == before


def test_as_planned_brings_book_and_ledger_to_the_day(cli: Cli, book_file: Path) -> None:
    out = cli("settle", book_file, "--to", LATER, "--as-planned", "--json").json
    assert out["written"] is True
    assert {each["answer"] for each in out["due"] if not each["is_today"]} == {"as_planned"}
    assert read_book(book_file) == advance(shop(), LATER)
    assert len(read_ledger(book_file)) == len(due_between(shop(), LATER))
    assert cli("export", book_file).json["ledger"]


def test_balances_and_limits_are_told_by_options(cli: Cli, book_file: Path) -> None:
    account, line = shop().accounts[0], shop().facilities[0]
    said = ("--balance", f"{account.id}=12345.67", "--limit", f"{line.id}=1000")
    run = cli("settle", book_file, "--to", LATER, *said)
    assert f"The book is as of {LATER.day}" in run.out
    after = read_book(book_file)
    assert after.accounts[0].balance == 12_345_67
    assert after.facilities[0].limit_on(LATER) == 1_000_00


def test_a_list_says_what_would_follow_and_writes_nothing(cli: Cli, file: Path) -> None:
    account = shop().accounts[0]
    out = cli("settle", file, "--list", "--to", LATER, "--balance", f"{account.id}=1", "--json")
    assert out.json["written"] is False
    assert out.json["accounts"][0]["shown"] == 1_00


def test_going_back_is_refused_in_words(cli: Cli, book_file: Path) -> None:
    before = shop().as_of - timedelta(days=1)
    assert_refused(cli("settle", book_file, "--to", before), "cannot go back to")


def test_a_book_that_is_ahead_of_the_clock_is_warned_about(
    cli: Cli, book_file: Path, clock_at: Callable[[date], None]
) -> None:
    clock_at(shop().as_of - timedelta(days=1))
    assert_refused(cli("settle", book_file, "--as-planned"), "Check the clock")


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--will-not", "nothing@2026-01-01", "Nothing called “nothing@2026-01-01” was due"),
        ("--balance", "till", "“till” names no amount"),
        ("--balance", "moon=5", "“moon” is not in this book"),
        ("--gone", "moon", "“moon” is not in this book"),
    ],
)
def test_what_is_unknown_is_named(
    cli: Cli, book_file: Path, option: str, value: str, said: str
) -> None:
    assert_refused(cli("settle", book_file, "--to", LATER, option, value), said)


def test_an_export_keeps_nothing(cli: Cli, file: Path) -> None:
    assert_refused(cli("settle", file, "--to", LATER, "--as-planned"), "is an export")


def test_a_book_of_long_ago_comes_on_month_by_month(cli: Cli, book_file: Path) -> None:
    years_later = shop().as_of + timedelta(days=800)
    assert cli("settle", book_file, "--to", years_later, "--as-planned").code == 0
    assert read_book(book_file) == advance(shop(), years_later)
    assert len(read_ledger(book_file)) == len(due_between(shop(), years_later))


def test_a_saved_loss_and_a_standing_draw_are_answered(cli: Cli, tmp_path: Path) -> None:
    said = answered_by(cli, tmp_path, "--happened", "cut", "--happened", DRAWN)
    assert (said.facilities[0].limit_on(LATER), said.facilities[0].balance) == (500_00, 200_00)
    later = answered_by(cli, tmp_path, "--not-yet", f"cut={LATER}")
    assert later.contingencies[0].loss_date == LATER


DAY = LATER - timedelta(days=30)
PAID = DAY + timedelta(days=3)
DRAWN = f"standing:loan@{PAID}"


def answered_by(cli: Cli, folder: Path, *said: str) -> Book:
    """A book with a loss whose day has passed and a standing draw, settled so."""
    book = Book(
        title="Shop",
        as_of=DAY,
        minimum_cash=300_00,
        accounts=(Account(id="till", name="Till", balance=1_000_00),),
        cash_flows=(
            CashFlow(
                id="rent",
                name="Rent",
                direction=Direction.PAYMENT,
                amount=900_00,
                first_date=PAID,
            ),
        ),
        facilities=(Facility(id="loan", name="Loan", limit=1_000_00, last_verified=DAY),),
        standing_draws=("loan",),
        contingencies=(
            SavedContingency(
                id="cut",
                name="Cut",
                targets=("loan",),
                mode=LossMode.LIMIT_CUT,
                cut_percent=50,
                loss_date=DAY + timedelta(days=1),
            ),
        ),
    )
    path = folder / f"{len(said)}.backstop"
    BookFile.create(path, book).close()
    assert cli("settle", path, "--to", LATER, *said).code == 0
    return read_book(path)
