"""A `book.json` in the place of a book on the command line: said first, done when asked for."""

from pathlib import Path

import pytest

from backstop.domain import Book
from backstop.services.backups import Reason, backups_of, book_in
from backstop.services.samples import load_sample
from backstop.services.session import read_book
from backstop.store import BookFile, book_to_json
from e2e.running import Cli


@pytest.fixture
def book() -> Book:
    return load_sample("household")


@pytest.fixture
def file(tmp_path: Path, book: Book) -> Path:
    path = tmp_path / "own.backstop"
    BookFile.create(path, book).close()
    return path


@pytest.fixture
def source(tmp_path: Path, book: Book) -> Path:
    """The same household with another limit and another title."""
    line = book.facilities[0]
    other = book.put(line.changed(limit=line.limit + 100_00)).changed(title="Another year")
    path = tmp_path / "book.json"
    path.write_bytes(book_to_json(other))
    return path


def test_without_write_it_is_only_said(cli: Cli, file: Path, source: Path, book: Book) -> None:
    run = cli("restore", file, "--from", source)
    out = run.out
    assert run.code == 0
    assert f"Changed: {book.facilities[0].name}. The settings of the book change." in out
    assert "Nothing is changed yet. Add --write to do it." in out
    assert read_book(file) == book


def test_with_write_the_book_is_replaced_and_the_old_one_kept(
    cli: Cli, file: Path, source: Path, book: Book
) -> None:
    run = cli("restore", file, "--from", source, "--write", "--json")
    assert run.code == 0
    found = run.json
    assert (found["changed"], found["added"], found["removed"]) == (
        [book.facilities[0].name],
        [],
        [],
    )
    assert (found["settings"], found["written"]) == (True, True)
    assert found["book"]["title"] == "Another year"
    assert read_book(file) == read_book(source)
    (kept,) = backups_of(file)
    assert (kept.reason, book_in(kept)) == (Reason.IMPORT, book)
    assert "Nothing changes." in cli("restore", file, "--from", source, "--write").out


@pytest.mark.parametrize(
    ("old", "new", "said"), [(b'"limit": ', b'"limit": -', "below zero"), (b"}", b"", "not JSON")]
)
def test_a_file_that_does_not_hold_together_changes_nothing(
    cli: Cli, file: Path, source: Path, book: Book, old: bytes, new: bytes, said: str
) -> None:
    source.write_bytes(source.read_bytes().replace(old, new, 1))
    run = cli("restore", file, "--from", source, "--write")
    assert run.code == 2
    assert said in run.err
    assert read_book(file) == book


def test_an_export_is_no_book_to_put_another_into(cli: Cli, source: Path) -> None:
    run = cli("restore", source, "--from", source, "--write")
    assert run.code == 2
    assert "is an export" in run.err
