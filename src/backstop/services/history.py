"""The change history as an owner reads it: what changed, when, and from what to what."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any, get_origin

import msgspec

from backstop.domain import Book, Facility, FieldName, Message, Money, Origin, message
from backstop.domain.fields import Unit, fields_of
from backstop.services.plan_history import came_or_went as plan_came_or_went
from backstop.services.plan_history import step_said
from backstop.store import layout
from backstop.store.history import Act, Entry

__all__ = [
    "ACTS",
    "Act",
    "Entry",
    "HistoryLine",
    "LimitCourse",
    "history_lines",
    "limit_courses",
    "limit_history",
]

MOST_PARTS = 2
"""Of a row that is shown in full, such as a day and the rate from it on."""
LEAST_SPAN = timedelta(days=14)

ACTS: dict[str, Message] = {
    Act.EDIT: message("edited"),
    Act.UNDO: message("undone"),
    Act.REDO: message("done again"),
    Act.IMPORT: message("imported"),
    Act.RESTORE: message("restored"),
}
_KINDS: dict[str, type[msgspec.Struct]] = {each.table: each.record for each in layout.LAYOUTS}
_NOTHING = message("(empty)")


@dataclass(frozen=True)
class HistoryLine:
    """One line: when, by which act, and what changed."""

    at: datetime
    act: Message
    said: Message


def history_lines(entries: Iterable[Entry], currency: str) -> list[HistoryLine]:
    """The lines, the newest first."""
    lines = {
        (each.change, each.record, str(said)): HistoryLine(
            each.at, ACTS.get(each.act, _NOTHING), said
        )
        for each in entries
        for said in [_said(each, currency)]
    }
    return list(lines.values())[::-1]


def limit_history(entries: Iterable[Entry], facility: Facility) -> list[tuple[datetime, int]]:
    """The limit of a facility after each change to it, the oldest first, in minor units."""
    table = layout.FACILITY.table
    steps: list[tuple[datetime, int]] = []
    for each in entries:
        if each.entity != table or each.record != facility.id:
            continue
        if each.field == "limit" and isinstance(each.after, int):
            if not steps and isinstance(each.before, int):
                steps.append((each.at, each.before))
            steps.append((each.at, each.after))
        elif not each.field and isinstance(each.after, dict):
            steps.append((each.at, int(each.after["limit"])))
    return steps


@dataclass(frozen=True)
class LimitCourse:
    """The limit of one facility at the end of each day from `start` to today, in minor units."""

    facility: str
    name: str
    start: date
    limits: tuple[int, ...]


def limit_courses(entries: Sequence[Entry], book: Book, today: date) -> list[LimitCourse]:
    """Of every facility whose limit has changed since the file knows it, by its place in the book.

    The value before the first change stands from a fortnight before today, but not from before
    the book began, or from a day before that change, whichever is earlier: since when it held,
    nobody wrote down.
    """
    found = ((each, limit_history(entries, each)) for each in book.facilities)
    begun = min([book.as_of, *(each.at.astimezone().date() for each in entries)])
    return [
        _course(facility, steps, begun, today)
        for facility, steps in found
        if len({value for _, value in steps}) > 1
    ]


def _course(
    facility: Facility, steps: list[tuple[datetime, int]], begun: date, today: date
) -> LimitCourse:
    on = {at.astimezone().date(): value for at, value in steps}
    last = max(today, *on)
    start = min(min(on) - timedelta(days=1), max(last - LEAST_SPAN, begun))
    limits, limit = [], steps[0][1]
    for ahead in range((last - start).days + 1):
        limit = on.get(start + timedelta(days=ahead), limit)
        limits.append(limit)
    return LimitCourse(facility.id, facility.name, start, tuple(limits))


def _said(entry: Entry, currency: str) -> Message:
    if entry.entity == layout.MEMBER_TABLE:  # its rows are places, not members: one line for all
        return message("the members of the group “{group}” changed", group=entry.record)
    if not entry.field:
        return _came_or_went(entry)
    is_plan = entry.entity == layout.ACCEPTED_PLAN.table
    if is_plan and entry.field == "steps" and (said := step_said(entry, currency)) is not None:
        return said
    field = FieldName(entry.field)
    before, after = (_shown(entry, value, currency) for value in (entry.before, entry.after))
    if entry.entity == layout.BOOK.table:
        return message("{field}: {before} → {after}", field=field, before=before, after=after)
    return message(
        "Plan for “{name}” · {field}: {before} → {after}"
        if is_plan
        else "{field} in “{name}”: {before} → {after}",
        field=field,
        name=entry.name,
        before=before,
        after=after,
    )


def _came_or_went(entry: Entry) -> Message:
    """Plans and saved cases bear the names of what they are about."""
    came = entry.before is None
    match entry.entity:
        case layout.ACCEPTED_PLAN.table:
            return plan_came_or_went(entry)
        case layout.SAVED_CONTINGENCY.table:
            return message(
                "the case “{name}” was saved" if came else "the case “{name}” is gone",
                name=entry.name,
            )
        case _:
            return message(
                "“{name}” was added" if came else "“{name}” was removed", name=entry.name
            )


def _shown(entry: Entry, value: object, currency: str) -> object:
    """The value as it was in its record, so that each language writes it its way."""
    if value is None or value == "":
        return _NOTHING
    fields = fields_of(_KINDS[entry.entity]) if entry.entity in _KINDS else {}
    field = fields.get(entry.field)  # none of a field that this program does not have any more
    if field is None:
        return value
    if field.spec.unit is Unit.MONEY and isinstance(value, int):
        return Money(value, currency)
    if field.part_kind is Origin:
        return _beginning(msgspec.json.decode(str(value), type=Origin), currency)
    return _converted(field.kind, value)


def _beginning(origin: Origin, currency: str) -> Message:
    return message(
        "{amount} on {day}, in {n} instalments",
        amount=Money(origin.principal, currency),
        day=origin.start,
        n=origin.periods,
    )


def _converted(kind: Any, value: object) -> object:
    if kind is bool:
        return bool(value)
    if get_origin(kind) is tuple:
        return _listed(msgspec.json.decode(str(value)))
    if issubclass(kind, date | Decimal | Enum):
        try:
            return msgspec.convert(value, kind, strict=False)
        except msgspec.ValidationError:  # a kind that this program does not have any more
            return value
    return value


def _listed(values: list[Any]) -> object:
    """Ids, tags and days as they are; of lists that have rows of their own, how many rows."""
    if not values:
        return _NOTHING
    if any(len(each) > MOST_PARTS for each in values if isinstance(each, dict)):
        return message("{n} rows", n=len(values))
    return ", ".join(_plain(each) for each in values)


def _plain(value: object) -> str:
    return " ".join(map(str, value.values())) if isinstance(value, dict) else str(value)
