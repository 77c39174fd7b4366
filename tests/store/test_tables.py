"""Rows and records agree on their names, and SQLite holds each value as it was."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Integer, Text

from backstop.domain import Book
from backstop.store import layout
from backstop.store.layout import LAYOUTS, Layout, to_cell
from backstop.store.tables import TABLES
from backstop.store.writing import DURABLE


@pytest.mark.parametrize("what", LAYOUTS, ids=lambda each: each.table)
def test_the_columns_of_a_table_are_the_fields_of_its_record(what: Layout) -> None:
    columns = set(TABLES[what.table].model_fields)
    assert columns == set(what.fields) | set(what.extra)


def test_every_field_of_the_domain_is_stored_somewhere() -> None:
    elsewhere = {
        (each.record.__name__, field)
        for each in LAYOUTS
        for field in each.record.__struct_fields__
        if field not in each.fields
    }
    assert elsewhere == {("Facility", "tranches"), ("LinkGroup", "members")}


@pytest.mark.parametrize("table", TABLES)
def test_columns_are_strict_and_hold_text_or_whole_numbers_only(table: str) -> None:
    stored = TABLES[table].__table__  # type: ignore[attr-defined]  # made by SQLModel
    assert stored.dialect_options["sqlite"]["strict"] is True
    assert all(isinstance(column.type, Text | Integer) for column in stored.columns)


def test_a_percentage_keeps_the_digits_it_was_typed_with(book_path: Path) -> None:
    with closing(sqlite3.connect(book_path)) as connection:
        found = connection.execute("SELECT typeof(rate_percent), rate_percent FROM facility")
        assert found.fetchone() == ("text", "0")


def test_the_file_says_what_it_is(book_path: Path) -> None:
    with closing(sqlite3.connect(book_path)) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (layout.APPLICATION_ID,)
        assert connection.execute("PRAGMA user_version").fetchone() == (layout.FILE_VERSION,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_what_is_committed_is_forced_to_the_disk() -> None:
    assert "PRAGMA synchronous = FULL" in DURABLE


def test_a_row_holds_the_book_itself_without_its_lists(book: Book) -> None:
    row = layout.BOOK.cells(book, id=1)
    assert row["as_of"] == "2026-01-05"
    assert set(row) == set(layout.BOOK.fields) | {"id"}


@pytest.mark.parametrize(
    ("value", "cell"),
    [(True, 1), (False, 0), (None, None), (("a", "借"), '["a", "借"]'), (7, 7), ("x", "x")],
)
def test_values_become_cells(value: object, cell: object) -> None:
    assert to_cell(value) == cell
    assert type(to_cell(value)) is type(cell)
