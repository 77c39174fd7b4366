"""What a `.backstop` file is made of: names that reading and writing agree on.

Every table is named here once; its columns are the fields of the domain's record, in their order,
so that a row maps to its record by field name. Nothing here imports a database.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from types import MappingProxyType
from typing import Any, get_origin

import msgspec

from backstop.domain import (
    AcceptedPlan,
    Account,
    BookFacts,
    CashFlow,
    Facility,
    KeptRow,
    KeptStatement,
    LinkGroup,
    Measure,
    PlannedDraw,
    Record,
    SavedContingency,
    Settled,
    Tranche,
)
from backstop.domain.fields import Field, fields_of

SUFFIX = ".backstop"
APPLICATION_ID = 0x42_53_54_50  # "BSTP"
FILE_VERSION = 6
"""`user_version` of the file: raised with every change of the tables, each with its migration."""

Cell = str | int | None
"""What a column holds. Days, percentages and tags are text, yes and no are 1 and 0."""

Row = dict[str, Cell]


@dataclass(frozen=True)
class Column:
    """One column: whole numbers or text; whether it is part of the key, and what it refers to."""

    name: str
    kind: type[int] | type[str] = str
    optional: bool = False
    key: bool = False
    refers_to: str = ""


class Layout:
    """One table: the record whose rows it holds, and which of its fields stand elsewhere.

    `fields` are the record's fields that are columns; `extra` the columns that no field has: the
    row's place in its list, and what it hangs on. `columns` are all of them, in the order in which
    rows hold them. `refers` names the fields whose text is the key of a row of another table.
    """

    def __init__(
        self,
        table: str,
        record: type[msgspec.Struct],
        *,
        elsewhere: tuple[str, ...] = (),
        owner: Column | None = None,
        refers: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        known = fields_of(record)
        self.table = table
        self.record = record
        self.fields = tuple(name for name in known if name not in elsewhere)
        own = [_column(known[name], refers.get(name, "")) for name in self.fields]
        self.columns = _in_place(own, record, owner)
        self.extra = tuple(c.name for c in self.columns if c.name not in self.fields)
        self._flags = tuple(name for name in self.fields if known[name].kind is bool)
        self._json = tuple(name for name in self.fields if _is_json(known[name]))

    def cells(self, record: msgspec.Struct, **extra: Cell) -> Row:
        """The row of a record."""
        return {name: to_cell(getattr(record, name)) for name in self.fields} | extra

    def values(self, row: Row) -> dict[str, Any]:
        """The record's values in a row, ready for msgspec to check and convert."""
        values: dict[str, Any] = {name: row[name] for name in self.fields}
        for name in self._flags:
            values[name] = _FLAGS.get(row[name], row[name])
        for name in self._json:
            cell = row[name]
            values[name] = None if cell is None else json.loads(str(cell))
        return values


def _is_json(field: Field) -> bool:
    """Whether its column holds a list, or a part with fields of its own."""
    return get_origin(field.kind) is tuple or field.part_kind is not None


def _column(field: Field, refers_to: str) -> Column:
    kind = int if issubclass(get_origin(field.kind) or field.kind, int) else str
    return Column(field.name, kind, field.optional, field.name == "id", refers_to)


def _in_place(
    columns: list[Column], record: type[msgspec.Struct], owner: Column | None
) -> tuple[Column, ...]:
    """With the columns that no field has: the number of a book; the place of a record after what
    all records have, and its owner before what its own class adds."""
    if not issubclass(record, Record):
        return (Column("id", int, key=True), *columns)
    if owner:
        own = (n for n, each in enumerate(columns) if each.name in record.__annotations__)
        columns.insert(next(own), owner)
    columns.insert(len(Record.__struct_fields__), Column("position", int))
    return tuple(columns)


_FLAGS: dict[Cell, bool] = {0: False, 1: True}

BOOK = Layout("book", BookFacts)
ACCOUNT = Layout("account", Account)
FACILITY = Layout("facility", Facility, elsewhere=("tranches",))
TRANCHE = Layout("tranche", Tranche, owner=Column("facility", refers_to="facility.id"))
CASH_FLOW = Layout("cash_flow", CashFlow)
PLANNED_DRAW = Layout("planned_draw", PlannedDraw, refers={"facility": "facility.id"})
LINK_GROUP = Layout("link_group", LinkGroup, elsewhere=("members",))
MEASURE = Layout("measure", Measure)
SAVED_CONTINGENCY = Layout("saved_contingency", SavedContingency)
ACCEPTED_PLAN = Layout("accepted_plan", AcceptedPlan)

LAYOUTS = (
    BOOK,
    ACCOUNT,
    FACILITY,
    TRANCHE,
    CASH_FLOW,
    PLANNED_DRAW,
    LINK_GROUP,
    MEASURE,
    SAVED_CONTINGENCY,
    ACCEPTED_PLAN,
)
LEDGER = Layout("ledger", Settled)
LEDGER_TABLE = LEDGER.table
STATEMENT = Layout("statement", KeptStatement)
STATEMENT_ROW = Layout("statement_row", KeptRow)
STATEMENTS = (STATEMENT, STATEMENT_ROW)
STATEMENT_TABLES = tuple(each.table for each in STATEMENTS)
MEMBER_TABLE = "link_member"
SEAL_TABLE = "seal"
BOOK_SEAL, HISTORY_SEAL, LEDGER_SEAL, STATEMENTS_SEAL = 1, 2, 3, 4
"""The rows of the seal table."""
HISTORY_TABLE = "history"
SEALED_APART = (HISTORY_TABLE, LEDGER_TABLE, *STATEMENT_TABLES)
"""Tables whose rows have seals of their own: they grow for years, and opening does not wait."""
FIRST_WITH_HISTORY = 2
"""The version of the file that began to keep one."""

COLUMNS: dict[str, tuple[Column, ...]] = {
    **{each.table: each.columns for each in (*LAYOUTS, LEDGER, *STATEMENTS)},
    MEMBER_TABLE: (
        Column("link_group", key=True, refers_to="link_group.id"),
        Column("position", int, key=True),
        Column("member"),
    ),
    SEAL_TABLE: (Column("id", int, key=True), Column("digest")),
    HISTORY_TABLE: (
        Column("number", int, key=True),
        Column("change", int),
        Column("at"),
        Column("act"),
        Column("entity"),
        Column("record"),
        Column("name"),
        Column("field"),
        Column("before", optional=True),
        Column("after", optional=True),
    ),
}
"""Every table of a file.

- `link_member`: one member of a link group, the id of an account or a facility.
- `seal`: hashes of all other rows, renewed by every change: of the book, of its history, of
  its ledger, and of its statements.
- `history`: one field that a change altered, or a whole record that it added or removed. `change`
  is the same for all rows of one change; `before` and `after` are JSON, or nothing.
"""
MEMBER_COLUMNS = tuple(each.name for each in COLUMNS[MEMBER_TABLE])
HISTORY_COLUMNS = tuple(each.name for each in COLUMNS[HISTORY_TABLE])


def to_cell(value: object) -> Cell:
    """A field's value as its column holds it; the opposite of what `Layout.values` does."""
    plain = type(value)
    if plain is int or plain is str or value is None:
        return value  # type: ignore[return-value]  # most cells by far are as they are
    if value == ():
        return "[]"
    match value:
        case bool():
            return int(value)
        case Enum():
            return to_cell(value.value)
        case int() | str():
            return value
        case tuple() | msgspec.Struct():
            return json.dumps(msgspec.to_builtins(value), ensure_ascii=False)
        case Decimal():
            return str(value)
        case date():
            return value.isoformat()
        case _:
            return str(msgspec.to_builtins(value))
