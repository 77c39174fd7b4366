"""Backups as the owner meets them: when they are made, which stay, what is restored."""

import os
import sqlite3
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from backstop.domain import Account, Book, EnvironmentFault
from backstop.services.backups import (
    Reason,
    backups_of,
    book_in,
    differences,
    folder_of,
    make_backup,
    newest_good,
    restore_as,
    restored_name,
)
from backstop.services.commands import change_facts, put_record
from backstop.services.importing import import_book
from backstop.services.paths import data_folder
from backstop.services.session import BookSession, DamagedBook, NotSaved, book_to_json, read_book
from backstop.store import BookFile
from store.example import DAY_0, small_book

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACKSTOP_DATA_DIR", str(tmp_path / "data"))


@pytest.fixture
def path(tmp_path: Path, book: Book) -> Path:
    path = tmp_path / "books" / "shop.backstop"
    BookFile.create(path, book).close()
    return path


def retitle(path: Path, title: str) -> None:
    with BookFile.open(path) as file:
        file.save(file.book.changed(title=title))


def test_a_backup_tells_when_why_and_how_much(path: Path, book: Book) -> None:
    made = make_backup(path, Reason.OPEN, at=NOON)
    assert made is not None
    assert (made.at, made.reason, made.records) == (NOON, Reason.OPEN, len(list(book.records())))
    assert made.size == made.path.stat().st_size
    assert backups_of(path) == [made]
    assert book_in(made) == book


def test_what_is_backed_up_already_is_not_backed_up_again(path: Path) -> None:
    make_backup(path, Reason.OPEN, at=NOON)
    assert make_backup(path, Reason.OPEN, at=NOON + timedelta(days=1)) is None
    retitle(path, "Other")
    assert make_backup(path, Reason.EDIT, at=NOON + timedelta(days=2)) is not None


def test_a_damaged_backup_does_not_count_as_one(path: Path) -> None:
    made = make_backup(path, Reason.OPEN, at=NOON)
    assert made is not None
    made.path.write_bytes(made.path.read_bytes()[:5000])
    assert make_backup(path, Reason.OPEN, at=NOON + timedelta(days=1)) is not None


def test_a_damaged_backup_never_takes_the_place_of_an_older_one(path: Path) -> None:
    """Two of one day, long ago: the newer would stay alone if it could be read."""
    old = make_backup(path, Reason.OPEN, at=NOON)
    retitle(path, "Damaged")
    damaged = make_backup(path, Reason.EDIT, at=NOON + timedelta(hours=1))
    assert damaged is not None
    damaged.path.write_bytes(damaged.path.read_bytes()[:5000])
    retitle(path, "Later")
    newest = make_backup(path, Reason.EDIT, at=NOON + timedelta(days=10))
    assert [each.at for each in backups_of(path)] == [
        each.at for each in (newest, damaged, old) if each
    ]


def test_an_unfinished_copy_of_any_age_is_tidied_away(path: Path) -> None:
    make_backup(path, Reason.OPEN, at=NOON)
    (folder_of(path) / ".killed.backstop.new").touch()
    make_backup(path, Reason.EDIT, at=NOON)
    assert list(folder_of(path).glob(".*")) == []


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of POSIX systems")
def test_nobody_else_can_enter_the_folders_of_the_backups(path: Path) -> None:
    before = os.umask(0o022)  # what most systems leave to others
    try:
        made = make_backup(path, Reason.OPEN)
    finally:
        os.umask(before)
    assert made is not None
    for each in (made.path.parent, made.path.parents[1], data_folder(), path.parent):
        assert each.stat().st_mode & 0o077 == 0, each


def test_a_clock_set_ahead_once_and_back_changes_neither_order_nor_number(path: Path) -> None:
    make_backup(path, Reason.OPEN, at=NOON)
    retitle(path, "From the future")
    make_backup(path, Reason.EDIT, at=NOON + timedelta(days=4000))
    retitle(path, "After")
    after = make_backup(path, Reason.EDIT, at=NOON + timedelta(hours=1))
    assert newest_good(path) == backups_of(path)[0] == after
    assert make_backup(path, Reason.EDIT, at=NOON + timedelta(hours=2)) is None
    titles = [book_in(each).title for each in backups_of(path)]
    assert titles == ["After", "From the future", "Workshop"]


def test_a_clock_that_runs_ahead_costs_none_of_the_last_backups(path: Path) -> None:
    for hour in range(10):
        retitle(path, f"Hour {hour}")
        make_backup(path, Reason.EDIT, at=NOON + timedelta(hours=hour))
    retitle(path, "Ten years on")
    make_backup(path, Reason.EDIT, at=NOON + timedelta(days=3650))
    assert len(backups_of(path)) == 11


def test_a_backup_of_an_older_program_comes_before_those_with_a_number(path: Path) -> None:
    made = make_backup(path, Reason.OPEN, at=NOON + timedelta(days=1))
    assert made is not None
    made.path.rename(made.path.with_name(made.path.name.replace("-n1-", "-")))
    retitle(path, "Other")
    newer = make_backup(path, Reason.EDIT, at=NOON)
    assert [each.number for each in backups_of(path)] == [1, 0]
    assert newest_good(path) == newer


def test_a_damaged_book_makes_no_backup_and_costs_none(path: Path) -> None:
    for day in range(40):
        retitle(path, f"Day {day}")
        make_backup(path, Reason.EDIT, at=NOON + timedelta(days=day))
    before = backups_of(path)
    retitle(path, "Day 40")
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DELETE FROM tranche")
    with pytest.raises(DamagedBook):
        make_backup(path, Reason.EDIT, at=NOON + timedelta(days=400))
    assert backups_of(path) == before
    good = newest_good(path)
    assert good is not None
    assert book_in(good).title == "Day 39"


def test_an_emptied_book_never_rotates_out_the_full_ones(path: Path, book: Book) -> None:
    full = make_backup(path, Reason.OPEN, at=NOON)
    with BookFile.open(path) as file:
        for day in range(60):
            file.save(Book(title=f"Empty {day}", as_of=DAY_0))
            make_backup(path, Reason.EDIT, at=NOON + timedelta(days=day, hours=1))
    assert full in backups_of(path)
    assert newest_good(path) == full
    assert len(backups_of(path)) < 40


def test_a_restored_copy_lies_beside_the_book_and_changes_neither(path: Path, book: Book) -> None:
    made = make_backup(path, Reason.OPEN, at=NOON)
    assert made is not None
    retitle(path, "Later")
    before = path.read_bytes(), made.path.read_bytes()
    target = restored_name(path, made)
    assert target.name == "shop 2026-01-05 1200.backstop"
    restore_as(made, target)
    assert read_book(target) == book
    assert (path.read_bytes(), made.path.read_bytes()) == before
    with pytest.raises(EnvironmentFault, match="That is a book"):
        restore_as(made, target)
    assert restored_name(path, made).name == "shop 2026-01-05 1200 (2).backstop"


def test_what_changed_since_a_backup_is_told_by_name(book: Book) -> None:
    after = book.without("stock").put(book.facilities[0].changed(limit=1))
    after = after.put(Account(id="new", name="New account")).changed(title="T")
    told = differences(book, after)
    assert (told.added, told.removed, told.changed) == (("New account",), ("Stock",), ("借呗",))
    assert told.facts
    assert differences(book, book).none


def test_a_session_is_due_for_a_backup_when_opened_and_after_half_an_hour_of_editing(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [1000.0]
    monkeypatch.setattr("time.monotonic", lambda: clock[0])
    with BookSession.open(path) as session:
        assert session.backup_is_due
        assert session.back_up(Reason.OPEN) is not None
        assert not session.backup_is_due
        session.apply(change_facts(session.book, title="Other"))
        clock[0] += 1799
        assert not session.backup_is_due
        clock[0] += 1
        assert session.backup_is_due
        session.undo()
        assert not session.backup_is_due  # what is backed up is what there is
        session.redo()
        session.back_up()
        assert not session.backup_is_due
    assert len(backups_of(path)) == 2


def test_samples_and_onlookers_make_no_backups(path: Path) -> None:
    with BookSession.open(path, read_only=True) as session:
        assert not session.backup_is_due
        assert session.back_up() is None
    with BookSession.demo("household") as session:
        session.attach()
        assert session.back_up() is None
    assert not folder_of(path).exists()


def test_an_import_is_backed_up_one_change_and_all_or_nothing(
    path: Path, book: Book, tmp_path: Path
) -> None:
    source = tmp_path / "book.json"
    other = book.changed(title="Imported").without("stock")
    source.write_bytes(book_to_json(other))
    with BookSession.open(path) as session:
        import_book(session, source)
        assert read_book(path) == other
        assert session.history()[0].act == "import"
        source.write_bytes(book_to_json(book).replace(b'"limit": 8000000', b'"limit": -1'))
        with pytest.raises(EnvironmentFault, match="an amount below zero"):
            import_book(session, source)
        assert read_book(path) == other
        session.undo()
        assert read_book(path) == book
    assert [each.reason for each in backups_of(path)] == [Reason.IMPORT]


def test_backups_of_two_books_of_one_name_lie_apart(path: Path, tmp_path: Path, book: Book) -> None:
    other = tmp_path / "elsewhere" / path.name
    BookFile.create(other, book).close()
    make_backup(path, Reason.OPEN)
    assert backups_of(other) == []


def test_foreign_files_among_the_backups_are_let_be(path: Path) -> None:
    make_backup(path, Reason.OPEN, at=NOON)
    stray = folder_of(path) / "notes.txt"
    stray.write_text("mine", encoding="utf-8")
    retitle(path, "Other")
    make_backup(path, Reason.OPEN, at=NOON + timedelta(days=400))
    assert stray.read_text(encoding="utf-8") == "mine"
    assert len(backups_of(path)) == 2


def test_no_backup_is_lost_when_the_disk_refuses_a_new_one(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_backup(path, Reason.OPEN, at=NOON)
    retitle(path, "Other")

    def refuse(*_: object, **__: object) -> Path:
        raise NotSaved(change_facts(small_book(), title="x").description)

    monkeypatch.setattr("backstop.services.backups.back_up", refuse)
    with pytest.raises(NotSaved, match=r"“shop.backstop” could not be backed up\."):
        make_backup(path, Reason.EDIT, at=NOON + timedelta(days=1))
    assert len(backups_of(path)) == 1


def test_a_change_is_undone_in_the_file_after_a_backup_too(path: Path) -> None:
    with BookSession.open(path) as session:
        session.apply(put_record(session.book, session.book.facilities[0].changed(limit=5)))
        session.back_up()
        session.undo()
    assert read_book(path).facilities[0].limit == 8_000_000


def test_two_backups_of_one_second_are_told_apart(path: Path) -> None:
    make_backup(path, Reason.EDIT, at=NOON)
    retitle(path, "Other")
    make_backup(path, Reason.EDIT, at=NOON + timedelta(milliseconds=1))
    retitle(path, "Workshop")
    make_backup(path, Reason.EDIT, at=NOON + timedelta(milliseconds=2))
    assert [book_in(each).title for each in backups_of(path)] == ["Workshop", "Other", "Workshop"]
