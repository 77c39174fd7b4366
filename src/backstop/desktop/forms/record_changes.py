"""How forms reach the book: records kept, added and removed as changes of the session."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from backstop.desktop.forms.draft import Keep
from backstop.domain import Message, Record, message
from backstop.services.commands import put_record, remove_record

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context

LONGEST_STEM = 30


def keeper(context: Context) -> Keep:
    """Puts a record into the open book."""

    def keep(record: Record) -> bool:
        return context.apply(put_record(context.book, record))

    return keep


def remove(context: Context, record_id: str) -> Message | None:
    """Remove a record; returns what was done, or None where it was refused, or is gone already:
    a key that is held down, or a table that has not followed yet, may ask twice."""
    record = context.book.by_id.get(record_id)
    if record is None or not context.apply(remove_record(context.book, record_id)):
        return None
    return message("“{name}” is removed.", name=record.name)


def new_values(kind: type[Record], /, **given: Any) -> dict[str, Any]:
    """All fields of a new record: those given, else their defaults, else None."""
    values: dict[str, Any] = {}
    for field in msgspec.structs.fields(kind):
        default = None if field.default is msgspec.NODEFAULT else field.default
        values[field.name] = given.get(field.name, default)
    return values


def free_id(context: Context, stem: str) -> str:
    """An id that no record of the book has yet."""
    return context.book.new_id(stem[:LONGEST_STEM])
