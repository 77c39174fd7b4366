"""The rows of a book, and which of them differ between two books."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from backstop.domain import RECORD_LISTS, Book, Facility, LinkGroup, Record
from backstop.store import layout
from backstop.store.layout import Cell, Layout, Row

Key = tuple[str, Cell | tuple[Cell, ...]]
"""A table, and the primary key of one of its rows."""

_LAYOUTS: dict[type[Record], Layout] = {
    kind: each for each in layout.LAYOUTS for kind in RECORD_LISTS if each.record is kind
}


@dataclass(frozen=True)
class Difference:
    """What has to be written: rows to put in, new or changed, and keys of rows to take out."""

    upserts: tuple[tuple[str, Row], ...]
    deletions: tuple[Key, ...]


def difference(before: Book, after: Book) -> Difference:
    """The rows that turn the file of one book into the file of the other."""
    old, new = _entries(before), _entries(after)
    return Difference(
        tuple((key[0], entry.row) for key, entry in new.items() if entry.differs(old.get(key))),
        tuple(key for key in old if key not in new),
    )


def rows_of(book: Book) -> Iterator[tuple[str, Row]]:
    """Every row of the book's file but the seal, each with its table."""
    for (table, _), entry in _entries(book).items():
        yield table, entry.row


class _Entry(NamedTuple):
    """A row to be, made only when needed: most records are the same before and after."""

    layout: Layout | None
    record: Any
    extra: Row

    @property
    def row(self) -> Row:
        return self.layout.cells(self.record, **self.extra) if self.layout else self.extra

    def differs(self, other: "_Entry | None") -> bool:
        if other is None:
            return True
        same = self.record is other.record and self.extra == other.extra
        return not same and self.row != other.row


def _entries(book: Book) -> dict[Key, _Entry]:
    entries: dict[Key, _Entry] = {(layout.BOOK.table, 1): _Entry(layout.BOOK, book, {"id": 1})}
    for kind, field in RECORD_LISTS.items():
        what = _LAYOUTS[kind]
        for position, record in enumerate(getattr(book, field)):
            entries[what.table, record.id] = _Entry(what, record, {"position": position})
            entries.update(_owned(record))
    return entries


def _owned(record: Record) -> Iterator[tuple[Key, _Entry]]:
    if isinstance(record, Facility):
        for place, tranche in enumerate(record.tranches):
            extra: Row = {"facility": record.id, "position": place}
            yield (layout.TRANCHE.table, tranche.id), _Entry(layout.TRANCHE, tranche, extra)
    elif isinstance(record, LinkGroup):
        for place, member in enumerate(record.members):
            row: Row = {"link_group": record.id, "position": place, "member": member}
            yield (layout.MEMBER_TABLE, (record.id, place)), _Entry(None, None, row)
