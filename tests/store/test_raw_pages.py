"""Pages are read as SQLite reads them, rows find their tables, and no bytes are believed."""

import sqlite3
from contextlib import closing
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstop.store import layout
from backstop.store.pages import Pages, RawRow
from backstop.store.shapes import shapes, sorted_out
from backstop.store.tables import TABLES
from examples import times

CELLS = st.one_of(
    st.none(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    st.binary(max_size=20),
    st.integers(1, 30_000).map(lambda size: "x" * size),
)


@times(0.6)
@given(
    rows=st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=40),
    gone=st.sets(st.integers(1, 40)),
    page=st.sampled_from([512, 4096, 16384]),
)
def test_pages_say_what_sqlite_says(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[tuple[object, ...]],
    gone: set[int],
    page: int,
) -> None:
    path = tmp_path_factory.mktemp("pages") / "a.db"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(f"PRAGMA page_size = {page}")
        connection.execute("CREATE TABLE t (a, b, c)")
        connection.executemany("INSERT INTO t VALUES (?, ?, ?)", rows)
        connection.executemany("DELETE FROM t WHERE rowid = ?", [(each,) for each in gone])
        expected = connection.execute("SELECT rowid, * FROM t").fetchall()
    pages = Pages(BytesIO(path.read_bytes()))
    found = [each for each in pages.rows() if len(each.values) == 3]
    assert sorted((each.number, *map(repr, each.values)) for each in found) == sorted(
        (number, *map(repr, values)) for number, *values in expected
    )
    assert pages.lost == 0


@times(0.3)
@given(
    keys=st.sets(st.text("ab-0", min_size=1, max_size=40), max_size=300),
    gone=st.sets(st.integers(0, 299)),
)
def test_the_ids_in_an_index_are_those_that_sqlite_keeps_there(
    tmp_path_factory: pytest.TempPathFactory, keys: set[str], gone: set[int]
) -> None:
    path = tmp_path_factory.mktemp("pages") / "a.db"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA page_size = 512")
        connection.execute("CREATE TABLE t (id TEXT PRIMARY KEY, b INTEGER) STRICT")
        connection.executemany("INSERT INTO t VALUES (?, 1)", [(key,) for key in sorted(keys)])
        connection.executemany("DELETE FROM t WHERE rowid = ?", [(each,) for each in gone])
        expected = {key for (key,) in connection.execute("SELECT id FROM t")}
    assert set(Pages(BytesIO(path.read_bytes())).ids()) == expected


@times(3)
@given(st.binary(max_size=600), st.integers(0, 3))
def test_no_bytes_are_believed(noise: bytes, page: int) -> None:
    data = bytearray(4 * 512)
    data[16:18] = b"\x02\x00"
    data[512 * page : 512 * page + 1] = b"\x0d"
    data[512 * page + 1 : 512 * page + 1 + len(noise)] = noise
    for row in Pages(BytesIO(data[: 4 * 512])).rows():
        assert isinstance(row, RawRow)
    assert all(Pages(BytesIO(data[: 4 * 512])).ids())


def test_a_row_belongs_to_one_table_at_most() -> None:
    listed = shapes([])[: len(TABLES)]
    assert {each.table for each in listed} > {each.table for each in layout.LAYOUTS}
    kinds = [tuple((c.kind, c.may_be_empty, c.is_number) for c in each.columns) for each in listed]
    assert len(set(kinds)) == len(kinds)


def test_definitions_that_are_no_tables_of_ours_are_passed_over() -> None:
    own = shapes([])
    for said in (
        "",
        "CREATE TABLE other (a TEXT) STRICT",
        "CREATE TABLE book AS SELECT 1",
        "CREATE TABLE book (a TEXT) STRICT; DROP TABLE book",
        "CREATE TABLE book (a NONSENSE) STRICT",
    ):
        assert shapes([said]) == own


def test_a_row_of_no_table_is_left_out() -> None:
    found = sorted_out(
        [RawRow(1, (1.5, b"x")), RawRow(2, ())], shapes([]), {"book"}, lambda *_: True
    )
    assert not any(found.values())
