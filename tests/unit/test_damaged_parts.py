"""Damage to what a file keeps beside the book stops nothing: it is told and set aside, and the book
goes on."""

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from backstop.domain import KeptStatement, Settled, Statements
from backstop.services.backups import backups_of, folder_of
from backstop.services.checks import file_findings
from backstop.services.commands import change_facts
from backstop.services.importing import import_book
from backstop.services.passphrase import set_passphrase
from backstop.services.repair import examine
from backstop.services.session import BookSession, DamagedHistory, book_to_json, read_book
from backstop.store import BookFile
from backstop.store.reading import load_history
from store.example import DAY_0, small_book

SECRET = "correct horse battery"


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACKSTOP_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setattr("backstop.store.key.ITERATIONS", 1000)
    monkeypatch.setitem(sys.modules, "keyring", None)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A book in whose history one letter has changed."""
    path = tmp_path / "books" / "shop.backstop"
    BookFile.create(path, small_book()).close()
    with BookSession.open(path) as session:
        session.apply(change_facts(session.book, owner="Somebody"))
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE history SET after = '\"Tomebody\"'")
    return path


def aside(path: Path) -> Path:
    (found,) = folder_of(path).glob("*damaged-history.backstop")
    return found


def test_the_check_of_a_file_covers_what_its_backups_cover(path: Path) -> None:
    (found,) = file_findings(path, None)
    assert (found.check, found.level.value) == ("history", "problem")
    assert str(found.said).startswith("The history of changes in “shop.backstop” is damaged")
    with pytest.raises(DamagedHistory):
        load_history(path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE history SET after = '\"Somebody\"'")
    assert file_findings(path, None) == []


def test_a_backup_sets_it_aside_says_so_and_is_made(path: Path) -> None:
    with BookSession.open(path) as session:
        made = session.back_up()
        assert made is not None
        assert session.history() == []
        said = str(session.take_remark())
        assert "a new one begins; what the book holds is whole" in said
        assert str(aside(path)) in said
        session.apply(change_facts(session.book, title="On"))
        assert [each.after for each in session.history()] == ["On"]
        assert session.back_up() is not None
        assert session.take_remark() is None
    assert file_findings(path, None) == []
    assert [each.path.suffix for each in backups_of(path)] == [".backstop"] * 2
    with closing(sqlite3.connect(aside(path))) as connection:
        assert connection.execute("SELECT after FROM history").fetchall() == [('"Tomebody"',)]


def test_an_import_goes_on(path: Path, tmp_path: Path) -> None:
    source = tmp_path / "book.json"
    source.write_bytes(book_to_json(small_book().changed(title="Imported")))
    with BookSession.open(path) as session:
        import_book(session, source)
    assert read_book(path).title == "Imported"
    assert len(load_history(path)) > 0


def test_a_passphrase_goes_on_and_covers_what_was_set_aside(path: Path, tmp_path: Path) -> None:
    with BookSession.open(path) as session:
        session.back_up()
        set_passphrase(session, SECRET)
    assert read_book(path, SECRET).owner == "Somebody"
    plain = [each for each in tmp_path.rglob("*.backstop") if b"Tomebody" in each.read_bytes()]
    assert plain == []


def test_a_repair_of_it_keeps_the_book_and_leaves_the_history_behind(path: Path) -> None:
    repaired = examine(path)
    assert repaired.book == read_book(path)
    assert [str(each) for each in repaired.fixes] == [
        "the history of changes stays behind in the damaged file"
    ]


RENT = Settled(
    kind="payment", name="Rent", rule_date=DAY_0, planned_day=DAY_0, planned=100, actual=100
)
MAY = KeptStatement(
    key="may", name="May", layout="alipay", read_on=DAY_0, first_day=DAY_0, last_day=DAY_0
)
DAMAGES = {
    "ledger": "UPDATE ledger SET actual = actual + 1 WHERE id = 1",
    "statements": "UPDATE statement SET name = 'Nay'",
}


@pytest.fixture
def with_parts(tmp_path: Path) -> Path:
    """A book with a ledger of two rows and one statement."""
    path = tmp_path / "books" / "shop.backstop"
    kept = Statements((MAY,), ())
    BookFile.create(path, small_book(), ledger=(RENT, RENT), statements=kept).close()
    return path


def damage(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(statement)


@pytest.mark.parametrize("part", DAMAGES)
def test_one_changed_value_beside_the_book_is_found_set_aside_and_said(
    with_parts: Path, part: str
) -> None:
    damage(with_parts, DAMAGES[part])
    assert [each.check for each in file_findings(with_parts, None)] == [part]
    with BookSession.open(with_parts) as session:
        assert session.back_up() is not None
        said = str(session.take_remark())
        assert len(session.ledger()) == 2
        assert len(session.statements().files) == (part == "ledger")
    (kept,) = folder_of(with_parts).glob(f"*damaged-{part}.backstop")
    assert str(kept) in said
    assert file_findings(with_parts, None) == []
    assert [each.check for each in file_findings(kept, None)] == [part]


def test_of_a_damaged_ledger_the_rows_that_can_be_read_stay(with_parts: Path) -> None:
    damage(with_parts, "UPDATE ledger SET planned_day = 'no day' WHERE id = 1")
    with BookSession.open(with_parts) as session:
        session.back_up()
        assert session.ledger() == (RENT,)


def test_a_backup_whose_ledger_is_damaged_stands_for_no_other(with_parts: Path) -> None:
    with BookSession.open(with_parts) as session:
        assert session.back_up() is not None
        (first,) = backups_of(with_parts)
        damage(first.path, DAMAGES["ledger"])
        assert session.back_up() is not None
    assert len(backups_of(with_parts)) == 2
