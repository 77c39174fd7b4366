"""Which table a row belongs to that was read off a page: told by the kinds of its values.

Tables differ in number and kinds of their columns. How a file defines its own is read where it can
be; what is damaged of that is filled in from what this program would write.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable, Sequence, Set
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import chain, islice
from typing import Self

from backstop.store.layout import FILE_VERSION, Row
from backstop.store.migrations import added_since
from backstop.store.pages import RawRow, Value

_KINDS: dict[str, type] = {"INTEGER": int, "TEXT": str}
_DEFINITION = re.compile(r"CREATE TABLE \[?(\w+)\]? \(.*\)\s*STRICT", re.DOTALL)


@dataclass(frozen=True)
class Column:
    """One column; `is_number` where SQLite keeps its value as the number of the row, `was_added`
    where an upgrade put it there, so that rows from before it end earlier."""

    name: str
    kind: type
    may_be_empty: bool
    is_number: bool
    was_added: bool = False

    def takes(self, value: Value) -> bool:
        """Whether a value read from a damaged page can stand in this column."""
        if value is None:
            return self.may_be_empty or self.is_number
        return isinstance(value, self.kind) and not self.is_number


@dataclass(frozen=True)
class Shape:
    """A table's columns in the order in which its rows hold them."""

    table: str
    columns: tuple[Column, ...]

    @classmethod
    def of(cls, definition: str) -> Self | None:
        """As `CREATE TABLE` says it; None for what cannot be read."""
        found = _DEFINITION.fullmatch(definition.strip())
        if found is None:
            return None
        with suppress(sqlite3.Error), closing(sqlite3.connect(":memory:")) as scratch:
            scratch.execute(definition)
            listed = scratch.execute(f"PRAGMA table_info([{found[1]}])").fetchall()
            keys = sum(bool(row[-1]) for row in listed)
            return cls(found[1], tuple(_column(row, keys) for row in listed))
        return None

    def row(self, raw: RawRow) -> Row | None:
        """The values by their columns; None where they are not of this table. Columns that were
        added after the row was written are not in it."""
        if not self._fewest <= len(raw.values) <= len(self.columns):
            return None
        row: Row = {}
        for column, value in zip(self.columns, raw.values, strict=False):
            if isinstance(value, float | bytes) or not column.takes(value):
                return None
            row[column.name] = raw.number if column.is_number else value
        return row

    @cached_property
    def _fewest(self) -> int:
        """How many values a row has from before the last columns were added."""
        return max((n for n, each in enumerate(self.columns, 1) if not each.was_added), default=0)

    def renamed(self, own: Shape) -> Shape:
        """With the names that this program writes in the places of names that it does not know."""
        known = {column.name for column in own.columns}
        names = {column.name for column in self.columns}
        strange = [column.name for column in self.columns if column.name not in known]
        missing = [column.name for column in own.columns if column.name not in names]
        if len(strange) != len(missing):
            return self
        proper = dict(zip(strange, missing, strict=True))
        columns = (replace(each, name=proper.get(each.name, each.name)) for each in self.columns)
        return Shape(self.table, tuple(columns))

    def upgraded(self, added: Sequence[str]) -> Shape:
        """With these columns at the end, where an upgrade puts them."""
        by_name = {each.name: each for each in self.columns}
        last = (replace(by_name[name], was_added=True) for name in added)
        first = (each for each in self.columns if each.name not in added)
        return Shape(self.table, (*first, *last))


def shapes(definitions: Iterable[str]) -> list[Shape]:
    """The shapes to try, in their order: as the file defines its tables, as this program does, and
    as its upgrades leave them.

    Imports SQLAlchemy, which takes a second.
    """
    own = _own()
    told = (each for each in map(Shape.of, definitions) if each and each.table in own)
    return [*(each.renamed(own[each.table]) for each in told), *own.values(), *_upgraded()]


def sorted_out(
    raw: Iterable[RawRow],
    among: Sequence[Shape],
    wanted: Set[str],
    is_sound: Callable[[str, Row], bool],
) -> dict[str, dict[int, Row]]:
    """The rows of each wanted table by their numbers; those of no table are left out.

    Where several shapes take a row, it goes to the first in which it is sound, or to the first.
    """
    found: dict[str, dict[int, Row]] = {each: {} for each in wanted}
    for each in raw:
        fitting = [(shape.table, row) for shape in among if (row := shape.row(each)) is not None]
        sound = (one for one in fitting if is_sound(*one))
        for table, row in islice(chain(sound, fitting), 1):
            if table in wanted:
                found[table][each.number] = row
    return found


@cache
def own_definitions() -> tuple[tuple[str, str], ...]:
    """How this program defines each table, by its name. Imports SQLAlchemy: a second."""
    from backstop.store.definitions import table_definitions

    found = ((_DEFINITION.fullmatch(text), text) for text in table_definitions())
    return tuple((name[1], text) for name, text in found if name)


@cache
def _own() -> dict[str, Shape]:
    """The tables as this program would write them."""
    listed = (Shape.of(text) for _, text in own_definitions())
    return {each.table: each for each in listed if each}


@cache
def _upgraded() -> tuple[Shape, ...]:
    """The tables as upgrades to this version leave them."""
    own = _own()
    return tuple(
        own[table].upgraded(names)
        for version in range(FILE_VERSION - 1, 0, -1)
        for table, names in added_since(version).items()
    )


def _column(described: tuple[object, ...], key_columns: int) -> Column:
    """From what `PRAGMA table_info` says: number, name, type, not null, default, key."""
    _, name, kind, not_null, default, key = described
    return Column(
        name=str(name),
        kind=_KINDS.get(str(kind), bytes),
        may_be_empty=not not_null,
        is_number=bool(key) and key_columns == 1 and kind == "INTEGER",
        was_added=default is not None or not (not_null or key),
    )
