"""The rows of a book, and which of them differ between two books."""

from collections.abc import Iterator
from dataclasses import dataclass

from backstop.domain import RECORD_LISTS, Book, Facility, LinkGroup, Record
from backstop.store import layout
from backstop.store.layout import Cell, Layout, Row

Key = tuple[str, Cell | tuple[Cell, ...]]
"""A table, and the primary key of one of its rows."""

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
    """The rows that turn the file of one book into the file of the other, whatever the order of
    records: their positions are in none of them."""
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
        for place, record in enumerate(getattr(book, field)):
            for (table, _), row in _rows(kind, record):
                yield table, row if "position" in row else row | {"position": place}


def lists_with_another_order(before: Book, after: Book) -> Iterator[tuple[str, list[str]]]:
    """The tables in whose lists records came, or changed places, and the ids in the new order."""
    for kind, field in RECORD_LISTS.items():
        old, new = getattr(before, field), getattr(after, field)
        if old is not new:
            order, there = [each.id for each in new], {each.id for each in new}
            if [each.id for each in old if each.id in there] != order:
                yield _LAYOUTS[kind].table, order


def rows_of_record(record: Record) -> dict[Key, Row]:
    """The row of a record, without its position, and those of what it owns."""
    return dict(_rows(type(record), record))


def _differing_rows(before: Book, after: Book) -> tuple[dict[Key, Row], dict[Key, Row]]:
    """Rows of records that are not the same object: most are, after an edit."""
    rows: tuple[dict[Key, Row], dict[Key, Row]] = ({}, {})
    for side, book in zip(rows, (before, after), strict=True):
        side[layout.BOOK.table, 1] = layout.BOOK.cells(book, id=1)
    for kind, field in RECORD_LISTS.items():
        lists = getattr(before, field), getattr(after, field)
        if lists[0] is lists[1]:
            continue
        by_id = [{each.id: each for each in records} for records in lists]
        for side, mine, other in zip(rows, by_id, reversed(by_id), strict=True):
            for record in mine.values():
                if record is not other.get(record.id):
                    side.update(_rows(kind, record))
    return rows


def _rows(kind: type[Record], record: Record) -> Iterator[tuple[Key, Row]]:
    what = _LAYOUTS[kind]
    yield (what.table, record.id), what.cells(record)
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
