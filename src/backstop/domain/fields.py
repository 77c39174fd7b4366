"""What a record says of each of its fields, once: label, unit, bounds, and how it is checked.

It stands in the annotation: `lead_days: Annotated[int, spec.days("Lead time (days)")] = 0`. From
there come the checks of the record, the labels, the columns of the file, the money of the change
history, what a form may leave empty, and the keywords of the JSON Schema. Rules between fields
stand in the record itself.
"""

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from functools import cache
from types import MappingProxyType, NoneType, UnionType
from typing import Any, Union, get_args, get_origin

import msgspec

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
        return _record_kind(get_args(self.kind)[0]) if get_origin(self.kind) is tuple else None

    @property
    def part_kind(self) -> type[msgspec.Struct] | None:
        """The record that it is, if it is one: a part of the record whose field it is."""
        return _record_kind(self.kind)


def _record_kind(kind: Any) -> type[msgspec.Struct] | None:
    return kind if isinstance(kind, type) and issubclass(kind, msgspec.Struct) else None


@cache
def fields_of(kind: type[msgspec.Struct]) -> Mapping[str, Field]:
    """The fields of a record by name, in their order; a `TypeError` where one says nothing."""
    return {each.name: _field(kind, each) for each in msgspec.structs.fields(kind)}


def kinds_in(kind: type[msgspec.Struct]) -> Iterator[type[msgspec.Struct]]:
    """A record, its parts, those in its lists, and theirs."""
    yield kind
    for each in fields_of(kind).values():
        if inner := each.row_kind or each.part_kind:
            yield from kinds_in(inner)


def field_at(kind: type[msgspec.Struct], path: str) -> Field:
    """The field of this name; that of a part is named by both names with a point between."""
    name, _, rest = path.partition(".")
    found = fields_of(kind)[name]
    if not rest:
        return found
    assert found.part_kind is not None
    return field_at(found.part_kind, rest)


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
    for name, later, default, grows in _terms_of(type(record)):
        value = getattr(record, name)
        if later and value == default:
            continue
        terms[name] = [terms_of(row) for row in value] if grows else value
    return terms


@cache
def _terms_of(kind: type[msgspec.Struct]) -> tuple[tuple[str, bool, Any, bool], ...]:
    """By field: its name, whether it came later, its default, whether its rows have later ones."""
    return tuple(
        (
            name,
            bool(each.spec.since),
            each.default,
            each.row_kind is not None and _has_later_fields(each.row_kind),
        )
        for name, each in fields_of(kind).items()
    )


@cache
def _has_later_fields(kind: type[msgspec.Struct]) -> bool:
    """Whether a record, or one in its lists, has any."""
    return any(each.spec.since for inner in kinds_in(kind) for each in fields_of(inner).values())


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
