"""What a `.backstop` file is made of: names that reading and writing agree on.

Every table is named here once; its columns are the fields of the domain's record, in their order,
so that a row maps to its record by field name. Nothing here imports a database.
"""

import json
from decimal import Decimal
from enum import Enum
from typing import Any, get_origin, get_type_hints

import msgspec

from backstop.domain import (
    AcceptedPlan,
    Account,
    BookFacts,
    CashFlow,
    Facility,
    LinkGroup,
    Measure,
    PlannedDraw,
    SavedContingency,
    Tranche,
)

SUFFIX = ".backstop"
APPLICATION_ID = 0x42_53_54_50  # "BSTP"
FILE_VERSION = 3
"""`user_version` of the file: raised with every change of the tables, each with its migration."""

Cell = str | int | None
"""What a column holds. Days, percentages and tags are text, yes and no are 1 and 0."""

Row = dict[str, Cell]


class Layout:
    """One table: the record whose rows it holds, and which of its fields stand elsewhere.

    `fields` are the record's fields that are columns; `extra` the columns that no field has: the
    row's place in its list, and what it hangs on.
    """

    def __init__(
        self,
        table: str,
        record: type[msgspec.Struct],
        *,
        elsewhere: tuple[str, ...] = (),
        extra: tuple[str, ...] = ("position",),
    ) -> None:
        kinds = get_type_hints(record)
        self.table = table
        self.record = record
        self.extra = extra
        self.fields = tuple(n for n in record.__struct_fields__ if n not in elsewhere)
        self._flags = tuple(n for n in self.fields if kinds[n] is bool)
        self._lists = tuple(n for n in self.fields if get_origin(kinds[n]) is tuple)

    def cells(self, record: msgspec.Struct, **extra: Cell) -> Row:
        """The row of a record."""
        return {name: to_cell(getattr(record, name)) for name in self.fields} | extra

    def values(self, row: Row) -> dict[str, Any]:
        """The record's values in a row, ready for msgspec to check and convert."""
        values: dict[str, Any] = {name: row[name] for name in self.fields}
        for name in self._flags:
            values[name] = _FLAGS.get(row[name], row[name])
        for name in self._lists:
            values[name] = json.loads(str(row[name]))
        return values


_FLAGS: dict[Cell, bool] = {0: False, 1: True}

BOOK = Layout("book", BookFacts, extra=("id",))
ACCOUNT = Layout("account", Account)
FACILITY = Layout("facility", Facility, elsewhere=("tranches",))
TRANCHE = Layout("tranche", Tranche, extra=("facility", "position"))
CASH_FLOW = Layout("cash_flow", CashFlow)
PLANNED_DRAW = Layout("planned_draw", PlannedDraw)
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
MEMBER_TABLE = "link_member"
MEMBER_COLUMNS = ("link_group", "position", "member")
SEAL_TABLE = "seal"
BOOK_SEAL, HISTORY_SEAL = 1, 2
"""The rows of the seal table."""
HISTORY_TABLE = "history"
FIRST_WITH_HISTORY = 2
"""The version of the file that began to keep one."""
HISTORY_COLUMNS = (
    "number",
    "change",
    "at",
    "act",
    "entity",
    "record",
    "name",
    "field",
    "before",
    "after",
)


def to_cell(value: object) -> Cell:
    """A field's value as its column holds it; the opposite of what `Layout.values` does."""
    match value:
        case bool():
            return int(value)
        case Enum():
            return to_cell(value.value)
        case None | int() | str():
            return value
        case tuple():
            return json.dumps(msgspec.to_builtins(value), ensure_ascii=False)
        case Decimal():
            return str(value)
        case _:
            return str(msgspec.to_builtins(value))
