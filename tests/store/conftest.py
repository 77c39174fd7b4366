"""What the tests of the book file share."""

from pathlib import Path

import pytest

from backstop.domain import Book
from backstop.store import BookFile
from store.example import small_book


@pytest.fixture
def book() -> Book:
    return small_book()


@pytest.fixture
def book_path(tmp_path: Path, book: Book) -> Path:
    """A book file of which no session is open."""
    path = tmp_path / "workshop.backstop"
    BookFile.create(path, book).close()
    return path
