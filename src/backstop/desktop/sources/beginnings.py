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
    RepaymentMethod,
    Rhythm,
    Tranche,
)
from backstop.projection.amortisation import due_dates
from backstop.projection.recurrence import clipped
from backstop.services import clock
from backstop.services.catalogue import measure_template, measure_values

if TYPE_CHECKING:
    from datetime import date

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
    """An outstanding draw on the facility's own terms, due next on its due day, or due whole, as if
    drawn on the book's day: what is owed is owed on that day, however old the book is."""
    facility = context.book.by_id[facility_id]
    assert isinstance(facility, Facility)
    number = len(facility.tranches) + 1
    billed = facility.method is RepaymentMethod.STATEMENT_CYCLE
    whole = facility.method is RepaymentMethod.BULLET
    return new_values(
        Tranche,
        id=free_id(context, f"{facility_id[:24]}-draw"),
        name=context.words.say("Bill {n}" if billed else "Draw {n}", n=number),
        rate_percent=facility.rate_percent,
        rate_per=facility.rate_per,
        day_count=facility.day_count,
        method=facility.method,
        due_day=facility.due_day,
        remaining_periods=1 if whole else facility.periods,
        next_due=_next_due(facility, context.book.as_of),
        rhythm=facility.rhythm,
        compounding=facility.compounding,
        rounding=facility.rounding,
    )


def _next_due(facility: Facility, today: date) -> date:
    """When something is due next on a line: at the end of the usual time where all of it is due
    whole, else on the first due day that is not past."""
    if facility.method is RepaymentMethod.BULLET:
        return due_dates(today, facility.periods, facility.due_day, facility.rhythm)[-1]
    if facility.due_day is not None and facility.rhythm is Rhythm.MONTHLY:
        this_month = clipped(today.year, today.month, facility.due_day)
        if this_month >= today:
            return this_month
    return due_dates(today, 1, facility.due_day, facility.rhythm)[0]


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
