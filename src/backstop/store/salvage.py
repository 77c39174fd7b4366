"""Reading what can still be read of a damaged book: row by row, and nothing is written.

The result are plain values; `services.repair` makes a book of them.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from backstop.store import layout
from backstop.store.connecting import connect, sql_errors
from backstop.store.faults import damaged, unreadable
from backstop.store.header import fitting, logs_of
from backstop.store.key import Key
from backstop.store.layout import Layout, Row

_NAMES = {
    layout.ACCOUNT.table: "accounts",
    layout.FACILITY.table: "facilities",
    layout.CASH_FLOW.table: "cash_flows",
    layout.PLANNED_DRAW.table: "planned_draws",
    layout.LINK_GROUP.table: "link_groups",
    layout.MEASURE.table: "measures",
    layout.SAVED_CONTINGENCY.table: "contingencies",
    layout.ACCEPTED_PLAN.table: "accepted_plans",
}


@dataclass
class Salvaged:
    """Values by the names of a book's fields, and the tables of which a part could not be read."""

    facts: dict[str, Any] | None = None
    lists: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    incomplete: set[str] = field(default_factory=set)


def salvage(path: Path, key: Key | None = None) -> Salvaged:
    """What a damaged file still gives; raises `DamagedBook` when that is nothing at all."""
    key = fitting(path, key)
    try:
        with TemporaryDirectory(prefix="backstop-") as folder:
            copy = _copied(path, Path(folder))
            with closing(connect(copy, "mode=rw", key)) as connection:
                return _salvaged(path, connection)
    except sql_errors() as error:
        raise damaged(path) from error
    except OSError as error:
        raise unreadable(path) from error


def _copied(path: Path, folder: Path) -> Path:
    """A private copy, with its log: reading a damaged file may make SQLite write."""
    from shutil import copyfile

    for each in (path, *logs_of(path)):
        if each.exists():
            copyfile(each, folder / each.name)
    return folder / path.name


def _salvaged(path: Path, connection: sqlite3.Connection) -> Salvaged:
    connection.execute("PRAGMA cell_size_check = OFF")
    found = Salvaged()
    for what in layout.LAYOUTS:
        rows = list(_rows(connection, what.table, found.incomplete))
        values: list[Any] = [each for row in rows for each in _values(what, row)]
        if what is layout.BOOK:
            found.facts = values[0] if values else None
        elif what is layout.TRANCHE:
            _hang(found.lists.get("facilities", []), "tranches", "facility", rows, values)
        else:
            found.lists[_NAMES[what.table]] = values
    members = list(_rows(connection, layout.MEMBER_TABLE, found.incomplete))
    names: list[Any] = [row.get("member") for row in members]
    _hang(found.lists.get("link_groups", []), "members", "link_group", members, names)
    if found.facts is None and not any(found.lists.values()):
        raise damaged(path)
    return found


def _hang(
    owners: list[dict[str, Any]], name: str, refers: str, rows: list[Row], values: list[Any]
) -> None:
    """Give each record the list that it owns."""
    for owner in owners:
        owner.setdefault(name, [])
    by_id = {owner["id"]: owner for owner in owners}
    for row, value in zip(rows, values, strict=False):
        if found := by_id.get(row.get(refers)):
            found[name].append(value)


def _values(what: Layout, row: Row) -> Iterator[dict[str, Any]]:
    try:
        yield what.values(row)
    except (KeyError, json.JSONDecodeError):
        yield {name: row.get(name) for name in what.fields}


def _rows(connection: sqlite3.Connection, table: str, incomplete: set[str]) -> Iterator[Row]:
    """Rows from the first on, and, after a page that cannot be read, from the last back."""
    found: dict[int, Row] = {}
    for order in ("ASC", "DESC"):
        try:
            listed = connection.execute(f"SELECT rowid, * FROM [{table}] ORDER BY rowid {order}")
            names = [column[0] for column in listed.description]
            for row in listed:
                found[row[0]] = dict(zip(names[1:], row[1:], strict=True))
        except _unreadable():
            incomplete.add(table)
        else:
            break
    rows = [found[number] for number in sorted(found)]
    yield from sorted(rows, key=_position)


def _unreadable() -> tuple[type[Exception], ...]:
    return (UnicodeError, *sql_errors())


def _position(row: Row) -> int:
    position = row.get("position")
    return position if isinstance(position, int) else 0
