"""Reading what can still be read of a damaged book: row by row, and nothing of it is altered.

The result are plain values; `services.repair` makes a book of them.
"""

import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import Any

import msgspec

from backstop.domain import BOOK_VERSION, BadInput
from backstop.store import layout
from backstop.store.connecting import connect, sql_errors
from backstop.store.faults import damaged, unreadable
from backstop.store.header import MAGIC, fitting, logs_of
from backstop.store.json_versions import OLDEST, upgraded
from backstop.store.key import Key
from backstop.store.layout import Layout, Row, to_cell
from backstop.store.pages import Pages
from backstop.store.reading import tables_in
from backstop.store.shapes import shapes, sorted_out

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

_COLUMNS: dict[str, set[str]] = {
    **{each.table: {*each.fields, *each.extra} for each in layout.LAYOUTS},
    layout.MEMBER_TABLE: set(layout.MEMBER_COLUMNS),
}

_FORMERLY = ("rate_from", "rate_then_percent")
"""What version 2 of the file had in the place of `rate_changes`."""


@dataclass
class Salvaged:
    """Values by the names of a book's fields, and the tables of which a part could not be read.

    `page_by_page` are the tables whose rows were told by their pages alone, `lost` the rows there
    that could not be read. `may_revive` where the file does not say any more which pages deleted
    rows have left; `is_older` where it is of an older version than this program's.
    """

    facts: dict[str, Any] | None = None
    lists: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    incomplete: set[str] = field(default_factory=set)
    page_by_page: set[str] = field(default_factory=set)
    lost: int = 0
    may_revive: bool = False
    is_older: bool = False


Found = dict[str, dict[int, Row]]
"""Rows by their table and their number."""


def salvage(path: Path, key: Key | None = None) -> Salvaged:
    """What a damaged file still gives; raises `DamagedBook` when that is nothing at all.

    First through SQLite; then, for what it refuses of a file without a passphrase, page by page.
    The pages of a locked file cannot be read without SQLCipher, which takes a page whole or not.
    """
    key = fitting(path, key)
    found, result = Found(), Salvaged()
    try:
        with TemporaryDirectory(prefix="backstop-") as folder:
            copy = _copied(path, Path(folder))
            _by_sqlite(copy, key, found, result)
            if key is None and result.incomplete:
                _by_pages(copy.read_bytes(), found, result)
    except OSError as error:
        raise unreadable(path) from error
    _put_together(found, result)
    if result.facts is None and not any(result.lists.values()):
        raise damaged(path)
    return result


def _copied(path: Path, folder: Path) -> Path:
    """A private copy, with its log: reading a damaged file may make SQLite write."""
    for each in (path, *logs_of(path)):
        if each.exists():
            copyfile(each, folder / each.name)
    return folder / path.name


def _by_sqlite(copy: Path, key: Key | None, found: Found, result: Salvaged) -> None:
    try:
        with closing(connect(copy, "mode=rw", key)) as connection:
            connection.execute("PRAGMA cell_size_check = OFF")
            connection.text_factory = _text
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            result.is_older = version < layout.FILE_VERSION
            known = tables_in(connection)
            for table, names in _COLUMNS.items():
                if result.is_older and table not in known:
                    continue
                found[table] = _rows(connection, table, result.incomplete)
                strange = any(names - row.keys() for row in found[table].values())
                if strange and not result.is_older:  # what the file calls its columns is damaged
                    result.incomplete.add(table)
                    found[table].clear()
    except _unreadable():
        result.incomplete.update(_COLUMNS)


def _by_pages(data: bytes, found: Found, result: Salvaged) -> None:
    """Add the rows that SQLite did not give; they go by their numbers, so that none comes twice."""
    pages = Pages(data)
    raw = list(pages.rows())
    definitions = (text for row in raw for text in row.values[4:] if isinstance(text, str))
    rows = sorted_out(raw, shapes(definitions), _is_sound)
    for table in result.incomplete:
        found[table] = rows[table] | found.get(table, {})
    result.lost, result.may_revive = pages.lost, not data.startswith(MAGIC)
    result.page_by_page, result.incomplete = result.incomplete, set()


def _put_together(found: Found, result: Salvaged) -> None:
    """Records from rows, each in its list, and the lists that some of them own."""
    for what in layout.LAYOUTS:
        rows = _in_order(found.get(what.table, {}))
        values = [_values(what, row) for row in rows]
        if what is layout.BOOK:
            result.facts = values[0] if values else None
        elif what is layout.TRANCHE:
            _hang(result.lists.get("facilities", []), "tranches", "facility", rows, values)
        else:
            result.lists[_NAMES[what.table]] = values
    _bring_up(result)
    members = _in_order(found.get(layout.MEMBER_TABLE, {}))
    names: list[Any] = [row.get("member") for row in members]
    _hang(result.lists.get("link_groups", []), "members", "link_group", members, names)


def _bring_up(result: Salvaged) -> None:
    """What an older version wrote, as this one does."""
    upgraded({"facilities": result.lists.get("facilities", [])}, OLDEST)
    if result.facts and result.facts.get("version") in range(OLDEST, BOOK_VERSION):
        result.facts["version"], result.is_older = BOOK_VERSION, True


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


def _values(what: Layout, row: Row) -> dict[str, Any]:
    """The values of a record; a column that an older file does not have is as usual, and what it
    alone has goes along."""
    formerly = {name: row[name] for name in _FORMERLY if name in row}
    row = _usual(what) | row
    try:
        values = what.values(row)
        if formerly:
            del values["rate_changes"]
        return values | formerly
    except (KeyError, json.JSONDecodeError):
        return {name: row.get(name) for name in what.fields}


def _is_sound(table: str, row: Row) -> bool:
    """Whether the row makes a record; what hangs on others is seen by its kinds alone."""
    what = next((each for each in layout.LAYOUTS if each.table == table), None)
    if what is None:
        return True
    values = {name: each for name, each in _values(what, row).items() if name not in _FORMERLY}
    try:
        return bool(msgspec.convert(values, what.record))
    except (msgspec.ValidationError, ValueError, BadInput):
        return False


@cache
def _usual(what: Layout) -> Row:
    fields = msgspec.structs.fields(what.record)
    return {
        each.name: to_cell(each.default)
        for each in fields
        if each.name in what.fields and each.default is not msgspec.NODEFAULT
    }


def _rows(connection: sqlite3.Connection, table: str, incomplete: set[str]) -> dict[int, Row]:
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
    return found


def _text(raw: bytes) -> str:
    """Characters that cannot be read are marked, and the rest is kept."""
    return raw.decode("utf-8", "replace")


def _unreadable() -> tuple[type[Exception], ...]:
    return (UnicodeError, *sql_errors())


def _in_order(rows: dict[int, Row]) -> list[Row]:
    return sorted((rows[number] for number in sorted(rows)), key=_position)


def _position(row: Row) -> int:
    position = row.get("position")
    return position if isinstance(position, int) else 0
