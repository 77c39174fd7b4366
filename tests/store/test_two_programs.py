"""Two programs never both write a book; a holder that dies frees it without a person."""

import os
from pathlib import Path

import pytest

from backstop.domain import Book
from backstop.store import BookFile, BookInUse, NotSaved
from store.children import child, hold

SOME_SECONDS = 20


def test_the_second_program_is_told_who_holds_the_book(book_path: Path) -> None:
    with child(hold, book_path) as (process, connection):
        assert connection.poll(SOME_SECONDS)
        with pytest.raises(BookInUse, match=f"process {process.pid} of .* on ") as refused:
            BookFile.open(book_path)
        assert refused.value.holder.process == process.pid


def test_the_second_program_may_look_at_what_the_first_has_saved(book_path: Path) -> None:
    with (
        child(hold, book_path) as (_, connection),
    ):
        assert connection.poll(SOME_SECONDS)
        with BookFile.open(book_path, read_only=True) as file:
            assert file.read_only
            assert file.book.title == "Held"


def test_a_killed_holder_frees_the_book(book_path: Path) -> None:
    with child(hold, book_path) as (process, connection):
        assert connection.poll(SOME_SECONDS)
        process.kill()
        process.join()
        with BookFile.open(book_path) as file:
            file.save(file.book.changed(title="Taken over"))
            assert not file.read_only


def test_a_holder_that_closes_frees_the_book_and_tidies_up(book_path: Path) -> None:
    with child(hold, book_path) as (process, connection):
        assert connection.poll(SOME_SECONDS)
        connection.recv()
        connection.send("go")
        process.join(SOME_SECONDS)
    BookFile.open(book_path).close()
    assert [each.name for each in book_path.parent.iterdir()] == [book_path.name]


def test_one_program_opens_a_book_once(book_path: Path) -> None:
    with BookFile.open(book_path), pytest.raises(BookInUse, match=f"process {os.getpid()}"):
        BookFile.open(book_path)


@pytest.mark.skipif(not hasattr(os, "link"), reason="no other names for a file here")
def test_a_link_to_a_book_is_the_same_book(book_path: Path) -> None:
    link = book_path.with_name("link.backstop")
    link.symlink_to(book_path)
    with BookFile.open(book_path), pytest.raises(BookInUse):
        BookFile.open(link)


def test_a_stale_lock_file_is_nothing_but_a_file(book_path: Path) -> None:
    book_path.with_name(book_path.name + ".lock").write_text("not even json", encoding="utf-8")
    with BookFile.open(book_path) as file:
        assert not file.read_only


def test_a_book_being_created_cannot_be_opened_or_replaced(tmp_path: Path, book: Book) -> None:
    path = tmp_path / "new.backstop"
    with BookFile.create(path, book):
        with pytest.raises(BookInUse):
            BookFile.open(path)
        with pytest.raises(NotSaved, match="That is a book"):
            BookFile.create(path, book)
