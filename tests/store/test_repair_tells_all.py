"""A repair never keeps quiet: whatever is not as it was is told, by name and value."""

import random
import sqlite3
import tracemalloc
from contextlib import closing
from itertools import combinations, permutations
from pathlib import Path

import pytest

from backstop.domain import Book, EnvironmentFault
from backstop.services.backups import Reason
from backstop.services.commands import change_facts, put_record, remove_record
from backstop.services.repair import Repaired, examine
from backstop.services.session import BookSession, read_book
from backstop.telling import words_for
from store.repairing import PAGE, TODAY, alter


@pytest.fixture
def path(book_path: Path) -> Path:
    return book_path


@pytest.fixture
def backed_up(path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The book, with a history of an edit, and a backup."""
    monkeypatch.setenv("BACKSTOP_DATA_DIR", str(tmp_path / "data"))
    with BookSession.open(path) as session:
        session.apply(change_facts(session.book, owner="Owner"))
        session.back_up(Reason.OPEN)
    return path


def untold(before: Book, repaired: Repaired) -> list[str]:
    """The records that are not as they were, and of which no fix says so."""
    said = "\n".join(words_for("en").tell(each) for each in repaired.fixes)
    after = repaired.book.by_id
    return [
        each.name
        for each in before.by_id.values()
        if after.get(each.id) != each and each.name not in said and each.id not in said
    ]


def roots(path: Path) -> dict[str, int]:
    with closing(sqlite3.connect(path)) as connection:
        listed = "SELECT name, rootpage FROM sqlite_master WHERE type = 'table'"
        return dict(connection.execute(listed).fetchall())


def overwritten(whole: bytes, place: int, other: int) -> bytes:
    """With the page `other` in the place of the page `place`; both count from 1."""
    page = whole[(other - 1) * PAGE : other * PAGE]
    return whole[: (place - 1) * PAGE] + page + whole[place * PAGE :]


@pytest.mark.parametrize("exchanged", [False, True], ids=["copied over", "exchanged"])
def test_a_page_in_another_tables_place_is_noticed_and_every_record_told(
    backed_up: Path, exchanged: bool
) -> None:
    whole, before = backed_up.read_bytes(), read_book(backed_up)
    tables = roots(backed_up)
    each_two = combinations if exchanged else permutations  # exchanged either way is the same file
    for place, other in each_two(tables.values(), 2):
        damaged = overwritten(whole, place, other)
        if exchanged:
            page = whole[(place - 1) * PAGE : place * PAGE]
            damaged = damaged[: (other - 1) * PAGE] + page + damaged[other * PAGE :]
        backed_up.write_bytes(damaged)
        repaired = examine(backed_up, today=TODAY)
        assert untold(before, repaired) == [], (place, other)
        if exchanged:
            assert repaired.book == before


def test_without_a_backup_the_lost_are_named_by_what_the_file_still_says(
    path: Path, book: Book
) -> None:
    whole, tables = path.read_bytes(), roots(path)
    path.write_bytes(overwritten(whole, tables["cash_flow"], tables["history"]))
    repaired = examine(path, today=TODAY)
    said = [str(each) for each in repaired.fixes]
    assert "the entry “stock” is lost: only its identifier could be read" in said
    assert repaired.book == book.without("stock")


def test_a_changed_amount_is_told_though_something_else_was_mended_too(path: Path) -> None:
    alter(path, "UPDATE facility SET [limit] = 1 WHERE id = 'jiebei'", "DELETE FROM book")
    said = [str(each) for each in examine(path, today=TODAY).fixes]
    assert any("some value may have changed" in each for each in said), said


def test_what_the_history_says_otherwise_is_told_value_by_value(path: Path, book: Book) -> None:
    with BookSession.open(path) as session:
        session.apply(put_record(session.book, book.facilities[0].changed(limit=7_000_000)))
        session.apply(remove_record(session.book, "spring"))
    alter(
        path,
        "UPDATE facility SET [limit] = 7 WHERE id = 'jiebei'",
        "DELETE FROM cash_flow",
        "INSERT INTO planned_draw SELECT * FROM planned_draw",
    )
    said = [str(each) for each in examine(path, today=TODAY).fixes]
    assert "limit in “借呗” is “7”; the history of changes says “7000000”" in said


def test_a_draw_whose_line_is_lost_is_told(path: Path) -> None:
    alter(path, "DELETE FROM facility WHERE id = 'jiebei'")
    said = [str(each) for each in examine(path, today=TODAY).fixes]
    assert "“October” belonged to what is lost and was left out" in said


def test_rows_that_add_up_to_the_seal_need_no_doubt(path: Path, book: Book) -> None:
    whole, tables = path.read_bytes(), roots(path)
    one, two = tables["account"], tables["planned_draw"]
    damaged = overwritten(overwritten(whole, one, two), two, one)
    page = whole[(one - 1) * PAGE : one * PAGE]
    path.write_bytes(damaged[: (two - 1) * PAGE] + page + damaged[two * PAGE :])
    repaired = examine(path, today=TODAY)
    assert repaired.book == book
    assert not any("may have changed" in str(each) for each in repaired.fixes)


def test_whatever_bytes_are_damaged_every_difference_is_told(backed_up: Path) -> None:
    whole, before = backed_up.read_bytes(), read_book(backed_up)
    chance = random.Random(17)
    for _ in range(60):
        damaged = bytearray(whole)
        for _ in range(chance.choice((1, 1, 4, 64))):
            damaged[chance.randrange(100, len(whole))] ^= 1 << chance.randrange(8)
        backed_up.write_bytes(damaged)
        try:
            assert untold(before, examine(backed_up, today=TODAY)) == []
        except EnvironmentFault:
            continue


def test_a_repair_reads_a_large_file_page_by_page(
    path: Path, book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = path.read_bytes()
    with path.open("wb") as file:
        file.write(whole.replace(b"CREATE TABLE", b"CREATE TABLX"))
        file.truncate(80_000_000)
    monkeypatch.setattr(Path, "read_bytes", None)
    tracemalloc.start()
    try:
        assert examine(path, today=TODAY).book == book
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()
