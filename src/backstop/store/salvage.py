"""Reading what can still be read of a damaged book: row by row, and nothing of it is altered.

The result are plain values; `services.repair` makes a book of them.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Set
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from backstop.disk.own import scratch
from backstop.domain import BOOK_VERSION, BadInput
from backstop.store import layout
from backstop.store.connecting import connect, sql_errors
from backstop.store.faults import damaged, unreadable
from backstop.store.header import MAGIC, SIZE, fitting, has_log
from backstop.store.history import Entry
from backstop.store.json_versions import OLDEST, upgraded
from backstop.store.key import Key
from backstop.store.layout import Column, Layout, Row, to_cell
from backstop.store.pages import Pages, RawRow
from backstop.store.reading import private_copy, tables_in
from backstop.store.seal import definitions_in
from backstop.store.shapes import own_definitions, shapes, sorted_out
from backstop.store.witnesses import (
    Disputed,
    Found,
    Missing,
    disputed_in,
    has_whole_ledger,
    history_in,
    ids_in_indexes,
    is_confirmed,
    missing_from,
    seals_in,
)

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

_COLUMNS: dict[str, tuple[Column, ...]] = {
    table: columns
    for table, columns in layout.COLUMNS.items()
    if table not in (layout.SEAL_TABLE, layout.HISTORY_TABLE)
}

_FORMERLY = ("rate_from", "rate_then_percent")
"""What version 2 of the file had in the place of `rate_changes`."""


@dataclass
class Salvaged:
    """Values by the names of a book's fields, and the tables of which a part could not be read.

    `page_by_page` are the tables whose rows were told by their pages alone, `lost` the rows there
    that could not be read, `pages_gone` how many pages are missing at the end. `may_revive` where
    the file does not say any more which pages deleted rows have left; `is_older` where it is of an
    older version than this program's.

    `confirmed` says that the rows add up to the seal of the file: then nothing is lost or changed.
    If not, `missing` are the records that the file still names, `disputed` the values that are not
    as its history says, `orphans` the draws and members whose owners are lost. `ledger` is what was
    settled, as far as it can be read, and `whole_ledger` says whether that is all, unchanged;
    `had_statements` that there were statements, or may have been.
    """

    facts: dict[str, Any] | None = None
    lists: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    incomplete: set[str] = field(default_factory=set)
    page_by_page: set[str] = field(default_factory=set)
    lost: int = 0
    pages_gone: int = 0
    may_revive: bool = False
    is_older: bool = False
    confirmed: bool = False
    missing: list[Missing] = field(default_factory=list)
    disputed: list[Disputed] = field(default_factory=list)
    orphans: list[str] = field(default_factory=list)
    ledger: list[dict[str, Any]] = field(default_factory=list)
    whole_ledger: bool = True
    had_statements: bool = False


def salvage(path: Path, key: Key | None = None) -> Salvaged:
    """What a damaged file still gives; raises `DamagedBook` when that is nothing at all.

    First through SQLite; then, for what it refuses of a file without a passphrase, page by page.
    The pages of a locked file cannot be read without SQLCipher, which takes a page whole or not.
    """
    key = fitting(path, key)
    found, result, told = Found(), Salvaged(), _Told()
    try:
        with _readable(path) as (source, options):
            _by_sqlite(source, options, key, found, result, told)
            if key is None:
                _by_pages(source, found, result, told)
    except OSError as error:
        raise unreadable(path) from error
    _hear(found, result, told)
    _put_together(found, result)
    if result.facts is None and not any(result.lists.values()):
        raise damaged(path)
    return result


@dataclass
class _Told:
    """What the file says of itself, beside its rows."""

    seals: dict[int, str] = field(default_factory=dict)
    definitions: dict[str, str] = field(default_factory=dict)
    indexed: set[str] = field(default_factory=set)
    history: list[Entry] = field(default_factory=list)


@contextmanager
def _readable(path: Path) -> Iterator[tuple[Path, str]]:
    """The file as it stands; with a log, in which SQLite writes, a private copy of both."""
    if not has_log(path):
        yield path, "mode=ro&immutable=1"
        return
    with scratch() as folder:
        yield private_copy(path, folder), "mode=rw"


def _by_sqlite(
    source: Path, options: str, key: Key | None, found: Found, result: Salvaged, told: _Told
) -> None:
    try:
        with closing(connect(source, options, key)) as connection:
            connection.execute("PRAGMA cell_size_check = OFF")
            connection.text_factory = _text
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            result.is_older = version < layout.FILE_VERSION
            known = tables_in(connection)
            for table, columns in _COLUMNS.items():
                if not result.is_older or table in known:
                    found[table] = _rows(connection, table, result.incomplete)
                    _leave_strange_out(table, columns, found[table], result)
            told.seals, told.history = seals_in(connection), history_in(connection)
            told.indexed = ids_in_indexes(connection)
            told.definitions = definitions_in(connection)
    except _unreadable():
        result.incomplete.update(_COLUMNS)
    if key is None:
        _leave_doubles_out(found, result)
    result.had_statements = not result.incomplete.isdisjoint(layout.STATEMENT_TABLES)


def _leave_strange_out(
    table: str, columns: tuple[Column, ...], rows: dict[int, Row], result: Salvaged
) -> None:
    """Rows that cannot be this table's: a page of another stands in the place of its own, or what
    the file calls its columns is damaged."""
    strange = [number for number, row in rows.items() if not _fits(columns, row, result.is_older)]
    for number in strange:
        del rows[number]
    if strange:
        result.incomplete.add(table)


def _fits(columns: tuple[Column, ...], row: Row, is_older: bool) -> bool:
    """Whether each value is of its column's kind; an older file may lack columns."""
    for each in columns:
        if each.name not in row:
            if not is_older:
                return False
        elif row[each.name] is None:
            if not each.optional:
                return False
        elif not isinstance(row[each.name], each.kind):
            return False
    return True


def _leave_doubles_out(found: Found, result: Salvaged) -> None:
    """Ids are given once: where two tables have the same, one of them reads the other's pages."""
    tables: dict[str, set[str]] = {}
    for table, rows in found.items():
        for row in rows.values():
            if isinstance(each := row.get("id"), str):
                tables.setdefault(each, set()).add(table)
    for table in set().union(*(names for names in tables.values() if len(names) > 1)):
        result.incomplete.add(table)
        found[table].clear()


def _by_pages(source: Path, found: Found, result: Salvaged, told: _Told) -> None:
    """Add the rows that SQLite did not give; they go by their numbers, so that none comes twice."""
    with source.open("rb") as file:
        pages = Pages(file)
        told.indexed.update(pages.ids())
        result.pages_gone = pages.gone
        if not result.incomplete:
            return
        catalogue = dict(_definitions(pages.rows()))
        rows = sorted_out(pages.rows(), shapes(catalogue.values()), _COLUMNS.keys(), _is_sound)
        file.seek(0)
        result.may_revive = not file.read(SIZE).startswith(MAGIC)
    result.page_by_page = set(_taken_from_pages(found, rows, result.incomplete))
    told.definitions = told.definitions or catalogue
    result.lost, result.incomplete = pages.lost, set()


def _taken_from_pages(found: Found, rows: Found, incomplete: Set[str]) -> Iterator[str]:
    """Put the rows of pages where SQLite gave none, not all, or those of another table; yields the
    tables."""
    named = {each.table for each in layout.LAYOUTS}  # rows of other tables only count their ids
    owners = {
        row["id"]: table
        for table, listed in rows.items()
        if table in named
        for row in listed.values()
        if isinstance(row.get("id"), str)  # numbers are given table by table
    }
    for table, from_pages in rows.items():
        given = found.get(table, {})
        foreign = any(owners.get(row.get("id"), table) != table for row in given.values())
        if table in incomplete or foreign or (from_pages and not given):
            found[table] = from_pages if foreign else from_pages | given
            yield table


def _definitions(raw: Iterable[RawRow]) -> Iterator[tuple[str, str]]:
    """The rows of the file's own catalogue: kind, name, table, page, definition."""
    for row in raw:
        match row.values:
            case ("table", str() as name, str(), int(), str() as definition):
                yield name, definition


def _hear(found: Found, result: Salvaged, told: _Told) -> None:
    """What the file says of the rows that were found."""
    seal = told.seals.get(layout.BOOK_SEAL, "")
    own = dict(own_definitions()) if seal and result.page_by_page else told.definitions
    result.confirmed = is_confirmed(found, seal, (told.definitions, own))
    result.whole_ledger = result.is_older or has_whole_ledger(found, told.seals)
    if not result.confirmed and not result.is_older:
        result.missing = missing_from(found, told.indexed, told.history)
        result.disputed = list(disputed_in(found, told.history))


def _put_together(found: Found, result: Salvaged) -> None:
    """Records from rows, each in its list, and the lists that some of them own."""
    for what in layout.LAYOUTS:
        rows = _in_order(found.get(what.table, {}))
        values = [_values(what, row) for row in rows]
        if what is layout.BOOK:
            result.facts = values[0] if values else None
        elif what is layout.TRANCHE:
            facilities = result.lists.get("facilities", [])
            result.orphans += _hang(facilities, "tranches", "facility", rows, values)
        else:
            result.lists[_NAMES[what.table]] = values
    kept = found.get(layout.LEDGER_TABLE, {})
    result.had_statements |= any(found.get(each) for each in layout.STATEMENT_TABLES)
    result.ledger = [layout.LEDGER.values(kept[number]) for number in sorted(kept)]
    _bring_up(result)
    members = _in_order(found.get(layout.MEMBER_TABLE, {}))
    names: list[Any] = [row.get("member") for row in members]
    groups = result.lists.get("link_groups", [])
    result.orphans += _hang(groups, "members", "link_group", members, names)


def _bring_up(result: Salvaged) -> None:
    """What an older version wrote, as this one does."""
    upgraded({"facilities": result.lists.get("facilities", [])}, OLDEST)
    if result.facts and result.facts.get("version") in range(OLDEST, BOOK_VERSION):
        result.facts["version"], result.is_older = BOOK_VERSION, True


def _hang(
    owners: list[dict[str, Any]], name: str, refers: str, rows: list[Row], values: list[Any]
) -> list[str]:
    """Give each record the list that it owns; returns what the rest of that is called."""
    for owner in owners:
        owner.setdefault(name, [])
    by_id = {owner["id"]: owner for owner in owners}
    rest: list[str] = []
    for row, value in zip(rows, values, strict=False):
        if found := by_id.get(row.get(refers)):
            found[name].append(value)
        else:
            rest.append(str(row.get("name") or row.get("member") or "?"))
    return rest


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
                if order == "ASC" and row[0] in found:  # a page stands in the place of another
                    incomplete.add(table)
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
