"""How forms reach the book: records kept, added and removed as changes of the session."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import msgspec

from backstop.desktop.forms.draft import Keep
from backstop.domain import BadInput, Facility, Message, Record, Tranche, message
from backstop.services.commands import put_record, remove_record

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context

LONGEST_STEM = 30


def keeper(context: Context) -> Keep:
    """Puts a record into the open book."""

    def keep(record: Record) -> bool:
        return context.apply(put_record(context.book, record))

    return keep


def tranche_keeper(context: Context, facility_id: str) -> Keep:
    """Puts a tranche among those of its facility."""

    def keep(record: Record) -> bool:
        assert isinstance(record, Tranche)
        facility = _facility(context, facility_id)
        known = any(each.id == record.id for each in facility.tranches)
        tranches = (
            tuple(record if each.id == record.id else each for each in facility.tranches)
            if known
            else (*facility.tranches, record)
        )
        change = put_record(context.book, facility.changed(tranches=tranches))
        what = "change “{name}” of “{line}”" if known else "add “{name}” to “{line}”"
        said = message(what, name=record.name, line=facility.name)
        return context.apply(replace(change, description=said))

    return keep


def _facility(context: Context, facility_id: str) -> Facility:
    """Raises `BadInput` where the book does not hold it any more."""
    facility = context.book.by_id.get(facility_id)
    if isinstance(facility, Facility):
        return facility
    raise BadInput(message("This is not in the book any more. Choose another entry."))


def remove(context: Context, record_id: str) -> Message | None:
    """Remove a record; returns what was done, or None where it was refused, or is gone already:
    a key that is held down, or a table that has not followed yet, may ask twice."""
    record = context.book.by_id.get(record_id)
    if record is None or not context.apply(remove_record(context.book, record_id)):
        return None
    return message("“{name}” is removed.", name=record.name)


def remove_tranche(context: Context, facility_id: str, tranche_id: str) -> Message | None:
    """Remove a tranche of a facility; returns what was done, or None where it was refused, or is
    gone already."""
    facility = context.book.by_id.get(facility_id)
    tranches = facility.tranches if isinstance(facility, Facility) else ()
    gone = next((each for each in tranches if each.id == tranche_id), None)
    if not isinstance(facility, Facility) or gone is None:
        return None
    kept = tuple(each for each in facility.tranches if each.id != tranche_id)
    change = put_record(context.book, facility.changed(tranches=kept))
    said = message("remove “{name}” from “{line}”", name=gone.name, line=facility.name)
    if not context.apply(replace(change, description=said)):
        return None
    return message("“{name}” is removed.", name=gone.name)


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
