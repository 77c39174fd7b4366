"""What else a damaged file says about the rows that were read from it: its seal, its indexes, and
the history of its changes. So that nothing is lost, changed or revived without being told.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass

from backstop.store import layout
from backstop.store.connecting import sql_errors
from backstop.store.history import Entry, entries
from backstop.store.layout import (
    HISTORY_SEAL,
    LEDGER_SEAL,
    LEDGER_TABLE,
    SEAL_TABLE,
    SEALED_APART,
    Cell,
    Row,
)
from backstop.store.seal import EMPTY, added, definition_hash, history_seal, row_hash, stored_seals

Found = dict[str, dict[int, Row]]
"""Rows by their table and their number."""

Definitions = Mapping[str, str]
"""How tables are defined, by their names."""

_BY_ID = tuple(each.table for each in layout.LAYOUTS if each is not layout.BOOK)
_TOLD = {each.table for each in layout.LAYOUTS}


@dataclass(frozen=True)
class Missing:
    """A record that the file still names and does not hold; of one that only an index names, its
    table and its name are empty."""

    id: str
    table: str = ""
    name: str = ""


@dataclass(frozen=True)
class Disputed:
    """A value that is not what the history says it was made; a record that the history removed has
    no `field`. The values are as their columns hold them."""

    table: str
    name: str
    field: str
    now: Cell
    then: Cell


def is_confirmed(found: Found, seal: str, definitions: Iterable[Definitions]) -> bool:
    """Whether the rows, under one of these definitions, are those that the seal was made of."""
    rows = [
        row_hash(table, row)
        for table, numbered in found.items()
        if table not in (SEAL_TABLE, *SEALED_APART)
        for row in numbered.values()
    ]
    return any(
        added(EMPTY, *rows, *(definition_hash(text) for text in _sealed(each))) == seal
        for each in definitions
    )


def _sealed(definitions: Definitions) -> Iterator[str]:
    return (text for name, text in definitions.items() if name != SEAL_TABLE)


def seals_in(connection: sqlite3.Connection) -> dict[int, str]:
    """The seals of the file, by their numbers, as far as they can be read."""
    with suppress(*sql_errors(), ValueError):
        return stored_seals(connection)
    return {}


def has_whole_ledger(found: Found, seals: Mapping[int, str]) -> bool:
    """Whether the rows of the ledger are those that its seal was made of, or there are none to ask
    about."""
    rows = found.get(LEDGER_TABLE, {}).values()
    said = added(EMPTY, *(row_hash(LEDGER_TABLE, row) for row in rows))
    return said == seals.get(LEDGER_SEAL, EMPTY)


def ids_in_indexes(connection: sqlite3.Connection) -> set[str]:
    """The ids of records that SQLite's own indexes hold, whatever has become of the tables."""
    found: set[str] = set()
    for table in _BY_ID:
        listed = f"SELECT id FROM [{table}] INDEXED BY [sqlite_autoindex_{table}_1] ORDER BY id"
        with suppress(*sql_errors()):
            for (each,) in connection.execute(listed):
                if isinstance(each, str):
                    found.add(each)
    return found


def history_in(connection: sqlite3.Connection) -> list[Entry]:
    """The history of changes, where it can be relied on; else nothing."""
    with suppress(*sql_errors(), ValueError, TypeError, LookupError, RecursionError):
        if history_seal(connection) == stored_seals(connection)[HISTORY_SEAL]:
            return list(entries(connection))
    return []


def ids_in(found: Found) -> set[str]:
    """The ids of the records that were found."""
    return {str(row.get("id")) for table in _BY_ID for row in found.get(table, {}).values()}


def missing_from(found: Found, indexed: set[str], history: Iterable[Entry]) -> list[Missing]:
    """The records that indexes or the history name, and that are not among the rows."""
    known = _last_known(history)
    there = ids_in(found)
    named = [
        Missing(record, table, str(row.get("name") or ""))
        for (table, record), row in known.items()
        if row is not None and table in _BY_ID and record not in there and row.get("id")
    ]
    told = there | {each.id for each in named}
    return [*named, *(Missing(each) for each in sorted(indexed - told))]


def disputed_in(found: Found, history: Iterable[Entry]) -> Iterator[Disputed]:
    """Where the rows are not as the history leaves them."""
    rows = {
        (table, _id(table, row)): row for table in _TOLD for row in found.get(table, {}).values()
    }
    for (table, record), known in _last_known(history).items():
        row = rows.get((table, record))
        if row is None:
            continue
        name = str(row.get("name") or row.get("title") or record)
        if known is None:
            yield Disputed(table, name, "", None, None)
            continue
        for field, then in known.items():
            if field in row and row[field] != then:
                yield Disputed(table, name, field, row[field], then)


def _id(table: str, row: Row) -> str:
    return "" if table == layout.BOOK.table else str(row.get("id"))


def _last_known(history: Iterable[Entry]) -> dict[tuple[str, str], Row | None]:
    """What the history tells of each record, as far as it tells; None of one that it removed."""
    known: dict[tuple[str, str], Row | None] = {}
    for each in history:
        if each.entity not in _TOLD:
            continue
        place = each.entity, each.record
        if each.field:
            known[place] = (known.get(place) or {}) | {each.field: _cell(each.after)}
        else:
            known[place] = dict(each.after) if isinstance(each.after, dict) else None
    return known


def _cell(value: object) -> Cell:
    return value if isinstance(value, str | int | None) else json.dumps(value, ensure_ascii=False)
