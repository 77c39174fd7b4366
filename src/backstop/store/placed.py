"""The rows that turn the file of one book into that of another, with their positions in it."""

import sqlite3

from backstop.domain import Book
from backstop.store import layout
from backstop.store.difference import (
    RowChange,
    lists_with_another_order,
    rows_of_record,
)
from backstop.store.layout import Row
from backstop.store.positions import new_positions

_IN_LISTS = frozenset(
    each.table for each in layout.LAYOUTS if each not in (layout.BOOK, layout.TRANCHE)
)
Places = dict[tuple[str, str], int]
"""Positions by table and id."""


def placed(
    connection: sqlite3.Connection, before: Book, after: Book, differing: list[RowChange]
) -> list[RowChange]:
    """The changes, where `differing` is the difference of the two; records that only moved are
    among them."""
    given = _given(connection, before, after)
    changes = [_with_position(connection, each, given) for each in differing]
    done = {(each.table, str(each.new["id"])) for each in changes if each.new and "id" in each.new}
    moved = (
        _moved(connection, after, *place, to) for place, to in given.items() if place not in done
    )
    return [*changes, *moved]


def _given(connection: sqlite3.Connection, before: Book, after: Book) -> Places:
    given: Places = {}
    for table, order in lists_with_another_order(before, after):
        known = dict(connection.execute(f"SELECT id, position FROM [{table}]").fetchall())
        anew = new_positions(order, known)
        given |= {(table, each): position for each, position in anew.items()}
    return given


def _with_position(connection: sqlite3.Connection, change: RowChange, given: Places) -> RowChange:
    """A record has the position that it had, or that it is given."""
    if change.table not in _IN_LISTS:
        return change
    record = str((change.new or change.old or {})["id"])
    had = _position(connection, change.table, record) if change.old else None
    old = None if change.old is None else change.old | {"position": had}
    position = given.get((change.table, record), had)
    new = None if change.new is None else change.new | {"position": position}
    return RowChange(change.table, old, new)


def _moved(
    connection: sqlite3.Connection, after: Book, table: str, record: str, to: int
) -> RowChange:
    row: Row = rows_of_record(after.by_id[record])[table, record]
    had = _position(connection, table, record)
    return RowChange(table, row | {"position": had}, row | {"position": to})


def _position(connection: sqlite3.Connection, table: str, record: str) -> int:
    found = connection.execute(f"SELECT position FROM [{table}] WHERE id = ?", (record,))
    return int(found.fetchone()[0])
