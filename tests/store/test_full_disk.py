"""A disk that refuses: the change is not saved, the owner is told, and nothing is lost."""

import errno
import sqlite3
import sys
from pathlib import Path

import pytest

from backstop.domain import Book
from backstop.store import BookFile, NotSaved, ReadOnlyBook, book_to_json, writing
from store.children import child, save_under_a_size_limit

SOME_SECONDS = 20


def fatter(book: Book) -> Book:
    """A change that needs many more pages."""
    lines = tuple(
        book.facilities[0].changed(id=f"line{n}", notes="x" * 15_000, tranches=())
        for n in range(30)
    )
    return book.changed(facilities=book.facilities + lines)


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch, book_path: Path) -> pytest.MonkeyPatch:
    """From now on the file cannot grow by more than two pages."""
    limit = f"PRAGMA max_page_count = {book_path.stat().st_size // 4096 + 2}"
    monkeypatch.setattr(writing, "DURABLE", (*writing.DURABLE, limit))
    return monkeypatch


def test_a_full_disk_refuses_the_change_and_keeps_the_book(
    book_path: Path, book: Book, full_disk: pytest.MonkeyPatch
) -> None:
    with BookFile.open(book_path) as file:
        with pytest.raises(NotSaved, match="The disk is full"):
            file.save(fatter(book))
        assert file.book == book
        file.save(book.changed(title="Small change"))
        assert file.book.title == "Small change"
    with BookFile.open(book_path) as file:
        assert file.book == book.changed(title="Small change")


def test_after_a_full_disk_a_copy_elsewhere_holds_everything(
    book_path: Path, book: Book, full_disk: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with BookFile.open(book_path) as file, pytest.raises(NotSaved):
        file.save(fatter(book))
    full_disk.undo()
    with BookFile.create(tmp_path / "elsewhere.backstop", fatter(book)) as copy:
        assert book_to_json(copy.book) == book_to_json(fatter(book))


def test_a_new_file_on_a_full_disk_does_not_appear(
    book_path: Path, book: Book, full_disk: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with pytest.raises(NotSaved, match="The disk is full"):
        BookFile.create(tmp_path / "new.backstop", fatter(book))
    assert [each.name for each in tmp_path.iterdir()] == [book_path.name]


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on the size of files there")
@pytest.mark.parametrize("room", [0, 4096, 16_384])
def test_a_disk_that_fails_while_writing_leaves_the_book_whole(
    book_path: Path, book: Book, room: int
) -> None:
    with child(save_under_a_size_limit, book_path, room) as (process, connection):
        assert connection.poll(SOME_SECONDS)
        assert "“workshop.backstop”" in connection.recv()
        assert connection.recv() is True
        process.join(SOME_SECONDS)
    with BookFile.open(book_path) as file:
        assert file.book == book
        file.save(book.changed(title="Room again"))
        assert file.book.title == "Room again"


def test_a_full_disk_still_shows_the_book(
    book_path: Path, book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("backstop.store.book_file.BookLock", no_room)
    with BookFile.open(book_path) as file:
        assert file.book == book
        assert "The disk is full" in str(file.why_read_only)


def test_a_file_that_was_taken_away_is_not_made_anew(book_path: Path, book: Book) -> None:
    with BookFile.open(book_path) as file:
        book_path.unlink()
        with pytest.raises(NotSaved, match="is not where it was"):
            file.save(book.changed(title="Lost"))
        assert not book_path.exists()


def test_a_change_by_another_program_is_not_overwritten(book_path: Path, book: Book) -> None:
    with BookFile.open(book_path) as file:
        other = book_path.with_name("other.backstop")
        BookFile.create(other, book.changed(title="Synced from elsewhere")).close()
        other.replace(book_path)
        with pytest.raises(NotSaved, match="was changed by another program"):
            file.save(book.changed(title="Mine"))
    with BookFile.open(book_path) as file:
        assert file.book.title == "Synced from elsewhere"


def test_a_program_that_holds_the_file_for_long_is_named(
    book_path: Path, book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("backstop.store.connecting.BUSY_SECONDS", 0.05)
    holder = sqlite3.connect(book_path, isolation_level=None)
    try:
        with BookFile.open(book_path) as file:
            holder.execute("BEGIN IMMEDIATE")
            with pytest.raises(NotSaved, match="Another program is using"):
                file.save(book.changed(title="Waiting"))
            holder.execute("ROLLBACK")
            file.save(book.changed(title="Waiting"))
            assert file.book.title == "Waiting"
    finally:
        holder.close()


def test_a_book_opened_for_reading_takes_no_change(book_path: Path, book: Book) -> None:
    before = book_path.read_bytes()
    with BookFile.open(book_path, read_only=True) as file:
        with pytest.raises(ReadOnlyBook, match="for reading only"):
            file.save(book.changed(title="No"))
        assert file.book == book
    assert book_path.read_bytes() == before
