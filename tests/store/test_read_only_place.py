"""A place where nothing can be written: the book opens all the same, and nothing is tried."""

import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from backstop.domain import Book
from backstop.store import BookFile
from store.children import child, look_as_nobody

SOME_SECONDS = 20
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="rights of folders differ there")


@pytest.fixture
def shelf() -> Iterator[Path]:
    """A folder that all may read and none may write in, made so by `protect`."""
    folder = Path(tempfile.mkdtemp(prefix="backstop-shelf-"))
    yield folder
    folder.chmod(0o700)
    shutil.rmtree(folder)


def protect(folder: Path) -> dict[str, bytes]:
    for each in folder.iterdir():
        each.chmod(0o444)
    folder.chmod(0o555)
    return contents(folder)


def contents(folder: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in folder.iterdir()}


def seen_by_nobody(path: Path) -> tuple[object, str, str]:
    with child(look_as_nobody, path) as (_, connection):
        assert connection.poll(SOME_SECONDS)
        told: tuple[object, str, str] = connection.recv()
        return told


def test_a_write_protected_book_opens_for_reading_only(shelf: Path, book: Book) -> None:
    path = shelf / "workshop.backstop"
    BookFile.create(path, book).close()
    before = protect(shelf)
    read_only, why, title = seen_by_nobody(path)
    assert read_only is True
    assert "in a place that can only be read" in why
    assert title == "Workshop"
    assert contents(shelf) == before


def test_what_a_killed_program_left_in_its_log_is_seen_there_too(
    shelf: Path, book_path: Path, book: Book
) -> None:
    with closing(sqlite3.connect(book_path, isolation_level=None)) as onlooker:
        onlooker.execute("BEGIN")
        onlooker.execute("SELECT title FROM book").fetchone()
        with BookFile.open(book_path) as file:
            file.save(book.changed(title="Only in the log"))
        for suffix in ("", "-wal"):
            source = book_path.with_name(book_path.name + suffix)
            shutil.copyfile(source, shelf / source.name)
    before = protect(shelf)
    assert seen_by_nobody(shelf / book_path.name)[2] == "Only in the log"
    assert contents(shelf) == before


def test_a_book_that_one_may_not_read_is_refused_in_words(shelf: Path, book: Book) -> None:
    path = shelf / "private.backstop"
    BookFile.create(path, book).close()
    shelf.chmod(0o555)
    if path.owner() == "root":
        assert seen_by_nobody(path)[1].startswith("“private.backstop” cannot be read here.")


def test_a_folder_that_takes_no_file_is_named_when_creating(shelf: Path, book: Book) -> None:
    (shelf / "not a folder").write_bytes(b"")
    with pytest.raises(Exception, match="cannot be created in this folder"):
        BookFile.create(shelf / "not a folder" / "new.backstop", book)
