"""The ledger in a book file: rows in, rows out, and taken back again."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from backstop.domain import BadInput, Settled
from backstop.store import layout
from backstop.store.layout import Row

_COLUMNS = tuple(each.name for each in layout.LEDGER.columns)
_LISTED = ", ".join(f"[{name}]" for name in _COLUMNS)


def ledger_rows(settled: Sequence[Settled], number: int, change: int) -> list[Row]:
    """The rows of what a change settled, numbered from `number` on."""
    return [
        layout.LEDGER.cells(msgspec.structs.replace(each, change=change), id=number + place)
        for place, each in enumerate(settled)
    ]


def kept_rows(settled: Sequence[Settled]) -> list[Row]:
    """The rows of a whole ledger, as it is."""
    return [layout.LEDGER.cells(each, id=n) for n, each in enumerate(settled, start=1)]


def stored_rows(connection: sqlite3.Connection) -> Iterator[Row]:
    """Every row, in the order in which it was written."""
    for row in connection.execute(f"SELECT {_LISTED} FROM [{layout.LEDGER_TABLE}] ORDER BY [id]"):
        yield dict(zip(_COLUMNS, row, strict=True))


def settled_in(connection: sqlite3.Connection) -> tuple[Settled, ...]:
    """All that was settled; raises `ValueError` or `msgspec.ValidationError` for what cannot be."""
    return tuple(
        msgspec.convert(layout.LEDGER.values(row), Settled) for row in stored_rows(connection)
    )


def unreadable_rows(connection: sqlite3.Connection) -> list[int]:
    """The numbers of rows of which nothing settled can be made."""
    listed = connection.execute(f"SELECT {_LISTED}, rowid FROM [{layout.LEDGER_TABLE}]")
    return [
        number
        for *cells, number in listed.fetchall()
        if not _is_readable(dict(zip(_COLUMNS, cells, strict=True)))
    ]


def _is_readable(row: Row) -> bool:
    try:
        return bool(msgspec.convert(layout.LEDGER.values(row), Settled))
    except (ValueError, TypeError, LookupError, RecursionError, BadInput):
        return False


def rows_taken_back(stored: Iterable[Row], unsettled: Iterable[Settled]) -> list[Row]:
    """The newest stored rows that say the same, whatever change wrote them."""
    wanted = Counter(_said(layout.LEDGER.cells(each)) for each in unsettled)
    found = []
    for row in reversed(list(stored)):
        said = _said(row)
        if wanted[said]:
            wanted[said] -= 1
            found.append(row)
    return found


def _said(row: Row) -> str:
    return json.dumps([row[name] for name in _COLUMNS if name not in ("id", "change")])
