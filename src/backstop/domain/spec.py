"""What a record says of each of its fields, once: label, unit, bounds, and how it is checked.

It stands in the annotation: `lead_days: Annotated[int, spec.days("Lead time (days)")] = 0`. From
there come the checks of the record, the labels, the columns of the file, the money of the change
history, and the keywords of the JSON Schema. Rules between fields stand in the record itself.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from functools import cache, partial
from types import MappingProxyType, NoneType, UnionType
from typing import Any, Union, get_args, get_origin

import msgspec

from backstop.domain import validation as check
from backstop.domain.money import MOST_MONEY

MOST_DAYS = 365
MOST_MONTHS = 600

Check = Callable[[str, str, Any], None]
"""Takes what the record is called, the field's name and its value; raises `BadInput`."""


class Unit(StrEnum):
    """What a number counts, as the JSON Schema describes it."""

    MONEY = "minor units of the book's currency"
    DAYS = "days"
    MONTHS = "months"
    PERCENT = "percent"
    COUNT = "a whole number"


class Spec(msgspec.Struct, frozen=True, eq=False):
    """What is said of one field; `label` is English, the key of its translations.

    `bounds` are told by their keywords in JSON Schema. A field that came later names in `since` the
    version of `book.json` that brought it: at its default it leaves the inputs of older plans as
    they were.
    """

    label: str
    check: Check | None = None
    unit: Unit | None = None
    bounds: Mapping[str, int] = MappingProxyType({})
    since: int = 0


def labelled(label: str, *, since: int = 0) -> Spec:
    """A choice, a tick, or a list whose rules stand elsewhere."""
    return Spec(label, since=since)


def line(label: str, *, required: bool = False, since: int = 0) -> Spec:
    """One line of plain text."""
    checked = partial(check.check_line, required=required)
    return Spec(label, checked, None, {"maxLength": check.LONGEST_LINE}, since)


def text(label: str, *, since: int = 0) -> Spec:
    """Several lines of plain text."""
    return Spec(label, check.check_text, None, {"maxLength": check.LONGEST_TEXT}, since)


def tags(label: str, *, since: int = 0) -> Spec:
    """Words, each one line."""
    return Spec(label, check.check_tags, None, {}, since)


def identifier(label: str, *, blank: bool = False, since: int = 0) -> Spec:
    """The record's own identifier, or that of another; `blank` where there may be none."""

    def checked(name: str, field: str, value: str) -> None:
        if value or not blank:
            check.check_id(name, value, field)

    return Spec(label, checked, None, {}, since)


def amount(
    label: str, *, least: int = 0, signed: bool = False, by_rule: bool = False, since: int = 0
) -> Spec:
    """Money in minor units; `by_rule` where a rule of the record checks it."""

    def size(name: str, field: str, value: int) -> None:
        check.check_amount(name, field, abs(value))

    checked = size if signed else partial(check.check_amount, least=least)
    bounds = {"minimum": -MOST_MONEY if signed else least, "maximum": MOST_MONEY}
    return Spec(label, None if by_rule else checked, Unit.MONEY, bounds, since)


def number(label: str, least: int, most: int, *, unit: Unit = Unit.COUNT, since: int = 0) -> Spec:
    """A whole number between two bounds."""
    checked = partial(check.check_number, least=least, most=most)
    return Spec(label, checked, unit, {"minimum": least, "maximum": most}, since)


def days(label: str, *, least: int = 0, most: int = MOST_DAYS, since: int = 0) -> Spec:
    """A span of days."""
    return number(label, least, most, unit=Unit.DAYS, since=since)


def months(label: str, *, least: int = 0, since: int = 0) -> Spec:
    """A number of monthly instalments."""
    return number(label, least, MOST_MONTHS, unit=Unit.MONTHS, since=since)


def share(label: str, *, least: int = 0, most: int = 100, since: int = 0) -> Spec:
    """A whole percentage."""
    return number(label, least, most, unit=Unit.PERCENT, since=since)


def percent(label: str, *, most: int = 100, by_rule: bool = False, since: int = 0) -> Spec:
    """A percentage as it is quoted; `by_rule` where a rule of the record checks it."""
    checked = None if by_rule else partial(check.check_percent, most=most)
    return Spec(label, checked, Unit.PERCENT, {}, since)


def day(label: str, *, since: int = 0) -> Spec:
    """A calendar day."""
    return Spec(label, check.check_date, None, {}, since)


def day_list(label: str, *, since: int = 0) -> Spec:
    """Several calendar days."""

    def checked(name: str, field: str, value: tuple[date, ...]) -> None:
        for each in value:
            check.check_date(name, field, each)

    return Spec(label, checked, None, {}, since)


def rows(label: str, *, since: int = 0) -> Spec:
    """A list of small records, whose fields are checked under the name of this one."""

    def checked(name: str, field: str, value: tuple[msgspec.Struct, ...]) -> None:
        for each in value:
            check_fields(each, name, field)

    return Spec(label, checked, None, {}, since)


class Field(msgspec.Struct, frozen=True, eq=False):
    """One field of a record: `kind` is its type without `None`, which it has if `optional`."""

    name: str
    spec: Spec
    kind: Any
    optional: bool
    default: Any

    @property
    def row_kind(self) -> type[msgspec.Struct] | None:
        """The record of which it is a list, if it is one."""
        inner = get_args(self.kind)[0] if get_origin(self.kind) is tuple else None
        is_record = isinstance(inner, type) and issubclass(inner, msgspec.Struct)
        return inner if is_record else None


@cache
def fields_of(kind: type[msgspec.Struct]) -> Mapping[str, Field]:
    """The fields of a record by name, in their order; a `TypeError` where one says nothing."""
    return {each.name: _field(kind, each) for each in msgspec.structs.fields(kind)}


def kinds_in(kind: type[msgspec.Struct]) -> Iterator[type[msgspec.Struct]]:
    """A record, those in its lists, and those in theirs."""
    yield kind
    for each in fields_of(kind).values():
        if each.row_kind:
            yield from kinds_in(each.row_kind)


def check_fields(record: msgspec.Struct, called: str, under: str = "") -> None:
    """Let every field be checked, by its own name or as a part of the field `under`.

    A value that is the field's default is not looked at: most are.
    """
    for name, default, none, checked in _checks_of(type(record)):
        value = getattr(record, name)
        if value is not default and value is not none:
            checked(called, under or name, value)


def terms_of(record: msgspec.Struct) -> dict[str, object]:
    """The record as plain values, without fields that came later and are at their default."""
    terms = {}
    for name, each in fields_of(type(record)).items():
        value = getattr(record, name)
        if each.spec.since and value == each.default:
            continue
        terms[name] = [terms_of(row) for row in value] if each.row_kind else value
    return terms


@cache
def _checks_of(kind: type[msgspec.Struct]) -> tuple[tuple[str, Any, Any, Check], ...]:
    """By field: its name, its default, `None` if it takes that (else the default), its check.

    The name of the record comes first, for every other sentence quotes it.
    """
    ordered = sorted(fields_of(kind).values(), key=lambda each: each.name not in ("name", "title"))
    return tuple(
        (each.name, each.default, None if each.optional else each.default, each.spec.check)
        for each in ordered
        if each.spec.check
    )


def _field(kind: type[msgspec.Struct], info: msgspec.structs.FieldInfo) -> Field:
    alternatives = _alternatives(info.type)
    kinds = [_without_spec(each) for each in alternatives if each is not NoneType]
    spec = next(filter(None, map(_spec, (info.type, *alternatives))), None)
    if spec is None or len(kinds) != 1:
        raise TypeError(f"{kind.__name__}.{info.name} does not say what it is")
    return Field(info.name, spec, kinds[0], NoneType in alternatives, info.default)


def _alternatives(annotation: Any) -> tuple[Any, ...]:
    plain = _without_spec(annotation)
    return get_args(plain) if get_origin(plain) in (Union, UnionType) else (annotation,)


def _without_spec(annotation: Any) -> Any:
    return annotation.__origin__ if hasattr(annotation, "__metadata__") else annotation


def _spec(annotation: Any) -> Spec | None:
    told = getattr(annotation, "__metadata__", ())
    return next((each for each in told if isinstance(each, Spec)), None)
