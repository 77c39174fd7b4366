"""The rows of a book, and which of them differ between two books."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from backstop.domain import RECORD_LISTS, Book, Facility, LinkGroup, Record
from backstop.store import layout
from backstop.store.layout import Cell, Layout, Row

Key = tuple[str, Cell | tuple[Cell, ...]]
"""A table, and the primary key of one of its rows."""

Placed = tuple[int, Any]
"""A record, and its place in its list."""

_LAYOUTS: dict[type[Record], Layout] = {
    kind: each for each in layout.LAYOUTS for kind in RECORD_LISTS if each.record is kind
}


@dataclass(frozen=True)
class RowChange:
    """A row before and after: without `old` it is new, without `new` it goes."""

    table: str
    old: Row | None
    new: Row | None


def difference(before: Book, after: Book) -> list[RowChange]:
    """The rows that turn the file of one book into the file of the other."""
    old, new = _differing_rows(before, after)
    return [
        RowChange(key[0], old.get(key), new.get(key))
        for key in old | new
        if old.get(key) != new.get(key)
    ]


def rows_of(book: Book) -> Iterator[tuple[str, Row]]:
    """Every row of the book's file but seals and history, each with its table."""
    yield layout.BOOK.table, layout.BOOK.cells(book, id=1)
    for kind, field in RECORD_LISTS.items():
        for (table, _), row in _rows(kind, enumerate(getattr(book, field))):
            yield table, row


def _differing_rows(before: Book, after: Book) -> tuple[dict[Key, Row], dict[Key, Row]]:
    """Rows of records that are not the same object in the same place: most are, after an edit."""
    rows: tuple[dict[Key, Row], dict[Key, Row]] = ({}, {})
    for side, book in zip(rows, (before, after), strict=True):
        side[layout.BOOK.table, 1] = layout.BOOK.cells(book, id=1)
    for kind, field in RECORD_LISTS.items():
        placed: tuple[list[Placed], list[Placed]] = ([], [])
        lists = getattr(before, field), getattr(after, field)
        if lists[0] is lists[1]:
            continue
        for place, (old, new) in enumerate(zip_longest(*lists)):
            if old is not new:
                for side_placed, record in zip(placed, (old, new), strict=True):
                    if record is not None:
                        side_placed.append((place, record))
        for side, side_placed in zip(rows, placed, strict=True):
            side.update(_rows(kind, side_placed))
    return rows


def _rows(kind: type[Record], placed: Iterable[Placed]) -> Iterator[tuple[Key, Row]]:
    what = _LAYOUTS[kind]
    for position, record in placed:
        yield (what.table, record.id), what.cells(record, position=position)
        yield from _owned(record)


def _owned(record: Record) -> Iterator[tuple[Key, Row]]:
    if isinstance(record, Facility):
        for place, tranche in enumerate(record.tranches):
            row = layout.TRANCHE.cells(tranche, facility=record.id, position=place)
            yield (layout.TRANCHE.table, tranche.id), row
    elif isinstance(record, LinkGroup):
        for place, member in enumerate(record.members):
            listed: Row = {"link_group": record.id, "position": place, "member": member}
            yield (layout.MEMBER_TABLE, (record.id, place)), listed
