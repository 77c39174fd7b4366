"""How forms reach the book: records kept, added and removed as changes of the session."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import msgspec

from backstop.desktop.editors.draft import Keep
from backstop.domain import Facility, Message, Record, Tranche, message
from backstop.services.commands import put_record, remove_record

if TYPE_CHECKING:
    from backstop.desktop.context import Context

LONGEST_STEM = 30


def keeper(context: "Context") -> Keep:
    """Puts a record into the open book."""

    def keep(record: Record) -> bool:
        return context.apply(put_record(context.book, record))

    return keep


def tranche_keeper(context: "Context", facility_id: str) -> Keep:
    """Puts a tranche among those of its facility."""

    def keep(record: Record) -> bool:
        assert isinstance(record, Tranche)
        facility = context.book.by_id[facility_id]
        assert isinstance(facility, Facility)
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


def remove(context: "Context", record_id: str) -> Message | None:
    """Remove a record; returns what was done, or None where it was refused."""
    name = context.book.by_id[record_id].name
    if not context.apply(remove_record(context.book, record_id)):
        return None
    return message("“{name}” is removed.", name=name)


def remove_tranche(context: "Context", facility_id: str, tranche_id: str) -> Message | None:
    """Remove a tranche of a facility; returns what was done, or None where it was refused."""
    facility = context.book.by_id[facility_id]
    assert isinstance(facility, Facility)
    gone = next(each for each in facility.tranches if each.id == tranche_id)
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


def free_id(context: "Context", stem: str) -> str:
    """An id that no record of the book has yet."""
    return context.book.new_id(stem[:LONGEST_STEM])
