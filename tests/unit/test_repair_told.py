"""A repair tells of draws, of planned and actual, of statements and of the history too."""

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from backstop.domain import Book, KeptStatement, Settled, Statements
from backstop.services.repair import examine
from backstop.services.session import BookSession
from backstop.store import BookFile
from backstop.telling import words_for
from store.example import small_book

PAGE = 4096
TODAY = date(2026, 3, 1)
SETTLED = Settled(kind="payment", name="Rent", rule_date=TODAY, planned_day=TODAY, planned=100)
KEPT = KeptStatement(
    key="may", name="May", layout="alipay", read_on=TODAY, first_day=TODAY, last_day=TODAY
)


@pytest.fixture
def book() -> Book:
    return small_book()


@pytest.fixture
def path(tmp_path: Path, book: Book) -> Path:
    path = tmp_path / "shop.backstop"
    BookFile.create(path, book).close()
    return path


def alter(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


@pytest.fixture
def with_parts(tmp_path: Path, book: Book) -> Path:
    """A book with a ledger of two rows, and a statement."""
    path = tmp_path / "parts.backstop"
    kept = Statements((KEPT,), ())
    BookFile.create(path, book, ledger=(SETTLED, SETTLED), statements=kept).close()
    return path


def told(path: Path) -> str:
    return "\n".join(words_for("en").tell(each) for each in examine(path).fixes)


def test_a_line_that_cannot_be_read_names_the_draws_that_go_with_it(path: Path) -> None:
    alter(path, "UPDATE facility SET [limit] = -5 WHERE id = 'jiebei'")
    assert "“October” belonged to what is lost and was left out" in told(path)


def test_a_row_lost_from_the_ledger_of_a_damaged_book_is_told(with_parts: Path) -> None:
    alter(with_parts, "UPDATE account SET balance = balance + 1")
    assert "planned and actual" not in told(with_parts)
    alter(with_parts, "DELETE FROM ledger WHERE id = 1")
    assert "the seal of planned and actual was wrong" in told(with_parts)


def test_pages_of_the_ledger_and_of_statements_that_are_lost_are_told(with_parts: Path) -> None:
    data = bytearray(with_parts.read_bytes())
    with closing(sqlite3.connect(with_parts)) as connection:
        listed = "SELECT name, rootpage FROM sqlite_master WHERE type = 'table'"
        root = dict(connection.execute(listed).fetchall())
    for table in ("ledger", "statement"):
        start, other = (root[table] - 1) * PAGE, (root["link_group"] - 1) * PAGE
        data[start : start + PAGE] = data[other : other + PAGE]
    with_parts.write_bytes(data)
    said = told(with_parts)
    assert "the table “planned and actual” was damaged" in said
    assert "the seal of planned and actual was wrong" in said
    assert "what was kept of statements stays behind" in said
    chinese = [words_for("zh_CN").tell(each) for each in examine(with_parts).fixes]
    assert not [each for each in chinese if "ledger" in each or "statement" in each]


def test_only_tables_that_are_damaged_are_said_to_be(with_parts: Path) -> None:
    data = bytearray(with_parts.read_bytes())
    with closing(sqlite3.connect(with_parts)) as connection:
        listed = "SELECT rootpage FROM sqlite_master WHERE name = 'link_member'"
        (root,) = connection.execute(listed).fetchone()
    data[(root - 1) * PAGE : root * PAGE] = b"\x11" * PAGE
    with_parts.write_bytes(data)
    assert "planned and actual" not in told(with_parts)
    assert "the table “statements”" not in told(with_parts)


def test_a_repair_of_what_stands_beside_the_book_says_that_the_history_stays(
    with_parts: Path,
) -> None:
    alter(with_parts, "UPDATE ledger SET actual = 7 WHERE id = 1")
    assert "the history of changes stays behind in the damaged file" in told(with_parts)


def test_a_lost_draw_that_a_backup_has_is_named(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BACKSTOP_DATA_DIR", str(path.parent / "data"))
    with BookSession.open(path) as session:
        session.back_up()
    alter(path, "DELETE FROM history", "DELETE FROM tranche WHERE id = 'jb-1'")
    (said,) = (each for each in told(path).splitlines() if "only in the backup" in each)
    assert said.endswith("October")
