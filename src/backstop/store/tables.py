"""The tables of a book file, made from what `layout` says of them.

Rows only: a record is checked by the domain, never by its row. Importing this module imports
SQLAlchemy, which takes a second: only writing does.
"""

from collections.abc import Iterable
from types import new_class
from typing import Any, cast

from sqlmodel import Field, ForeignKey, Integer, SQLModel, Text

from backstop.store import layout
from backstop.store.layout import Column

STRICT = {"sqlite_strict": True}
"""SQLite then refuses text in a column of figures."""


def _table(name: str, columns: Iterable[Column]) -> type[SQLModel]:
    """The SQLModel class of one table."""
    body: dict[str, Any] = {
        "__module__": __name__,
        "__tablename__": name,
        "__table_args__": STRICT,
        "__annotations__": {c.name: c.kind | None if c.optional else c.kind for c in columns},
        **{each.name: _field(each) for each in columns},
    }
    made = new_class(f"{name}_row", (SQLModel,), {"table": True}, lambda space: space.update(body))
    return cast("type[SQLModel]", made)


def _field(column: Column) -> Any:
    """What SQLModel is told of a column; a reference is checked when the transaction ends."""
    further: dict[str, Any] = {}
    if column.refers_to:
        reference = ForeignKey(column.refers_to, deferrable=True, initially="DEFERRED")
        further["sa_column_args"] = (reference,)
    kind = Integer if column.kind is int else Text
    return Field(sa_type=kind, primary_key=column.key, **further)


TABLES: dict[str, type[SQLModel]] = {
    name: _table(name, columns) for name, columns in layout.COLUMNS.items()
}
