"""What is written is what is read, for generated books and for every way from one to another."""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from hypothesis import given, settings

from backstop.domain import Book
from backstop.store import BookFile, book_to_json
from backstop.store.layout import COLUMNS, HISTORY_TABLE, SEAL_TABLE
from backstop.store.reading import check
from strategies import books


@contextmanager
def fresh_path() -> Iterator[Path]:
    """A new folder for each example."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder, "book.backstop")


def reopened(path: Path) -> Book:
    with BookFile.open(path) as file:
        assert not file.read_only
        return file.book


def rows(path: Path) -> dict[str, list[str]]:
    """The rows of each table but history and seals, without positions: only their order counts."""
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        return {
            table: sorted(
                repr({name: row[name] for name in row.keys() if name != "position"})  # noqa: SIM118
                for row in connection.execute(f"SELECT * FROM [{table}]")
            )
            for table in COLUMNS
            if table not in (HISTORY_TABLE, SEAL_TABLE)
        }


@settings(max_examples=25, deadline=None)
@given(books(), books())
def test_a_book_comes_back_as_written_and_a_save_leaves_just_its_rows(
    before: Book, after: Book
) -> None:
    with fresh_path() as path, fresh_path() as other:
        with BookFile.create(path, before) as file:
            file.save(after)
            assert file.book is after
        BookFile.create(other, after).close()
        assert [each.name for each in other.parent.iterdir()] == [other.name]
        assert book_to_json(reopened(other)) == book_to_json(after)
        assert rows(path) == rows(other)
        assert check(path) == len(list(after.records()))
        assert book_to_json(reopened(path)) == book_to_json(after)


def test_lists_keep_the_order_the_owner_gave_them(tmp_path: Path, book: Book) -> None:
    path = tmp_path / "order.backstop"
    turned = book.changed(facilities=book.facilities[::-1])
    with BookFile.create(path, book) as file:
        file.save(turned)
    assert [each.id for each in reopened(path).facilities] == ["huabei", "jiebei"]


def test_a_draw_may_move_to_another_facility(tmp_path: Path, book: Book) -> None:
    path = tmp_path / "move.backstop"
    first, second = book.facilities
    moved = book.changed(
        facilities=(first.changed(tranches=()), second.changed(tranches=first.tranches))
    )
    with BookFile.create(path, book) as file:
        file.save(moved)
    assert reopened(path) == moved
