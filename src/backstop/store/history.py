"""What changed in a book, when, and from what to what: kept in its file and nowhere else."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from backstop.domain import Book, Settled, StatementsEdit
from backstop.domain.statements import NO_EDIT
from backstop.store import layout
from backstop.store.difference import RowChange, difference
from backstop.store.layout import Cell, Row

_UNTOLD = {"position", "id"}


class Act(StrEnum):
    """What the owner did."""

    EDIT = "edit"
    UNDO = "undo"
    REDO = "redo"
    IMPORT = "import"
    RESTORE = "restore"


@dataclass(frozen=True)
class Step:
    """One thing done to a book since it was last saved. `settled` are rows that it adds to the
    ledger, `unsettled` those that it takes back, whatever change wrote them; `statements` what it
    adds to what is kept of statements, and takes away."""

    before: Book
    after: Book
    act: Act
    at: datetime
    settled: tuple[Settled, ...] = ()
    unsettled: tuple[Settled, ...] = ()
    statements: StatementsEdit = NO_EDIT


@dataclass(frozen=True)
class Entry:
    """One line of the history. A record that was added or removed as a whole has no `field`, and
    its values are all of them; `before` and `after` are as their columns hold them."""

    change: int
    at: datetime
    act: str
    entity: str
    record: str
    name: str
    field: str
    before: object
    after: object


def now() -> datetime:
    """The time that a change is given; tests put another clock here."""
    return datetime.now(UTC)


def rows_about(
    step: Step, number: int, change: int, changes: Iterable[RowChange] | None = None
) -> Iterator[Row]:
    """The rows that tell of this step, numbered from `number` on; `changes` are its own, where they
    are known already."""
    at = step.at.astimezone(UTC).isoformat(timespec="milliseconds")
    known = difference(step.before, step.after) if changes is None else changes
    for place, told in enumerate(_told(known)):
        head: Row = {"number": number + place, "change": change, "at": at, "act": step.act.value}
        yield head | told


def entries(connection: sqlite3.Connection) -> Iterator[Entry]:
    """Every line, the oldest first."""
    columns = ", ".join(f"[{name}]" for name in layout.HISTORY_COLUMNS[1:])
    for row in connection.execute(f"SELECT {columns} FROM [history] ORDER BY [number]"):
        change, at, act, entity, record, name, field, before, after = row
        yield Entry(
            change,
            datetime.fromisoformat(at),
            act,
            entity,
            record,
            name,
            field,
            None if before is None else json.loads(before),
            None if after is None else json.loads(after),
        )


def _told(changes: Iterable[RowChange]) -> Iterator[Row]:
    for change in changes:
        about: Row = {"entity": change.table, "record": _record(change), "name": _name(change)}
        if change.old is None or change.new is None:
            yield about | {
                "field": "",
                "before": _text(_whole(change.old)),
                "after": _text(_whole(change.new)),
            }
            continue
        for field, old in change.old.items():
            new = change.new[field]
            if old != new and field not in _UNTOLD:
                yield about | {"field": field, "before": _json(old), "after": _json(new)}


def _record(change: RowChange) -> str:
    row = change.new or change.old or {}
    if change.table == layout.MEMBER_TABLE:
        return str(row["link_group"])
    return "" if change.table == layout.BOOK.table else str(row["id"])


def _name(change: RowChange) -> str:
    row = change.new or change.old or {}
    return str(row.get("name") or row.get("title") or row.get("member") or "")


def _whole(row: Row | None) -> Row | None:
    return None if row is None else {k: v for k, v in row.items() if k != "position"}


def _text(row: Row | None) -> str | None:
    return None if row is None else json.dumps(row, ensure_ascii=False)


def _json(cell: Cell) -> str:
    return json.dumps(cell, ensure_ascii=False)
