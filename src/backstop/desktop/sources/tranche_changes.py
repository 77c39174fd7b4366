"""How the draws of a line reach the book: kept and removed as changes of their line."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from backstop.desktop.forms.draft import Keep
from backstop.domain import BadInput, Facility, Message, Record, Tranche, message
from backstop.services.beginnings import with_its_minimum
from backstop.services.commands import put_record

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context


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


def line_keeper(context: Context) -> Keep:
    """Puts a line into the book, with its bills paid as it says."""

    def keep(record: Record) -> bool:
        assert isinstance(record, Facility)
        before = context.book.by_id.get(record.id)
        known = before if isinstance(before, Facility) else None
        change = put_record(context.book, record)
        after = context.book.put(with_its_minimum(known, record))
        return context.apply(replace(change, after=after))

    return keep


def _facility(context: Context, facility_id: str) -> Facility:
    """Raises `BadInput` where the book does not hold it any more."""
    facility = context.book.by_id.get(facility_id)
    if isinstance(facility, Facility):
        return facility
    raise BadInput(message("This is not in the book any more. Choose another entry."))


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
