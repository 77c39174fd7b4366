"""What new sources begin with: what can be guessed is filled in, the rest is for the owner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from backstop.desktop.forms.record_changes import free_id, new_values
from backstop.domain import (
    Account,
    Facility,
    LinkGroup,
    Measure,
    MeasureKind,
    PlannedDraw,
    Tranche,
)
from backstop.services import clock
from backstop.services.beginnings import name_of_draw, terms_of_draw
from backstop.services.catalogue import measure_template, measure_values

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context


def new_account(context: Context, _: str = "") -> dict[str, Any]:
    """An account without a name, its balance of the book's day."""
    return new_values(
        Account, id=free_id(context, "account"), name="", balance_date=context.book.as_of
    )


def new_facility(context: Context, _: str = "") -> dict[str, Any]:
    """A credit line without a name."""
    return new_values(Facility, id=free_id(context, "source"), name="")


def new_tranche(context: Context, facility_id: str) -> dict[str, Any]:
    """An outstanding draw on the facility's own terms."""
    facility = context.book.by_id[facility_id]
    assert isinstance(facility, Facility)
    name = name_of_draw(facility, context.words)
    return new_values(Tranche, **terms_of_draw(context.book, facility, name))


def new_draw(context: Context, facility_id: str) -> dict[str, Any]:
    """A draw that is planned for today, on this line if it is one."""
    facility = context.book.by_id.get(facility_id)
    line = facility if isinstance(facility, Facility) else None
    return new_values(
        PlannedDraw,
        id=free_id(context, "draw"),
        name=context.words.say("Draw from {line}", line=line.name) if line else "",
        facility=facility_id,
        first_date=clock.first_day(context.book),
        periods=line.periods if line else 12,
    )


def new_group(context: Context, member: str) -> dict[str, Any]:
    """A group of lines that fail together; `member` may be its first."""
    members = (member,) if member else ()
    return new_values(LinkGroup, id=free_id(context, "group"), name="", members=members)


def new_measure(context: Context, template_id: str) -> dict[str, Any]:
    """Something that could be done, as the catalogue has it."""
    chosen = measure_template(template_id)
    given = {"amount": None if needs_amount(chosen.kind) else 0, **measure_values(chosen)}
    name = context.words.say(chosen.name)
    return new_values(
        Measure, **given | {"id": free_id(context, "measure"), "kind": chosen.kind, "name": name}
    )


def needs_amount(kind: MeasureKind) -> bool:
    """Whether a measure of this kind is nothing without its amount."""
    return kind in (MeasureKind.SELL_ASSET, MeasureKind.NEW_FACILITY, MeasureKind.OWNER_MONEY)
