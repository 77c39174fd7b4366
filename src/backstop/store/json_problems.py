"""What in a document no book can have, said so that its owner can mend it.

msgspec refuses a document with one English sentence. This looks again, value by value in the order
of the document, and asks msgspec's own decoder of each, so that no sentence of it has to be read:
what is wrong follows from the value and the type of its field.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from enum import Enum
from math import inf
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

import msgspec

from backstop.domain import (
    RECORD_LISTS,
    BadInput,
    Book,
    FieldName,
    Message,
    message,
)
from backstop.domain.validation import clip
from backstop.telling.labels import field_labels
from backstop.work import current_work

NAMED_LISTS = (*RECORD_LISTS.values(), "tranches")
"""Lists whose records an owner knows by their names."""
_OFTEN = 100
"""After so many rows it is asked whether anybody still waits."""
_HALF = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Place:
    """Where in a book something is wrong: in the record called so, and in which field of it."""

    called: object
    field: str = ""

    def says(self, problem: Message) -> BadInput:
        """The refusal; a record that is none has no field to name."""
        if not self.field:
            return BadInput(message("“{name}”: {problem}", name=self.called, problem=problem))
        name = self.field
        label: object = FieldName(name if name in field_labels() else clip(name))
        if not name.strip() or _HALF.search(name):
            label = message("A field without a readable name")
        said = message(
            "{field} in “{name}”: {problem}", field=label, name=self.called, problem=problem
        )
        return BadInput(said, name)


def problem_with(document: dict[str, Any]) -> BadInput:
    """The sentence for the first thing in this document that no book can have."""
    found = next(_in_record(Book, document, Place(_called(document, message("the book")))), None)
    return found or BadInput(
        message("This JSON holds text or figures that no book has. Export the book again.")
    )


def _in_record(struct: type[msgspec.Struct], value: object, place: Place) -> Iterator[BadInput]:
    """What is wrong in a record, fields in the order in which they stand, missing ones last."""
    if not isinstance(value, dict):
        yield place.says(_RECORD)
        return
    fields = {each.encode_name: each for each in msgspec.structs.fields(struct)}
    for key, each in value.items():
        at = replace(place, field=key)
        if key in fields:
            yield from _in_field(fields[key].type, each, at)
        else:
            yield at.says(_unknown(key, list(fields)))
    for key, field in fields.items():
        if field.required and key not in value:
            yield replace(place, field=key).says(message("this is missing. Add “{key}”.", key=key))


def _in_field(annotation: Any, value: object, place: Place) -> Iterator[BadInput]:
    kind = _kind(annotation)
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct) and value is not None:
        yield from _in_record(kind, value, place)
    elif get_origin(kind) is not tuple:
        yield from _in_value(annotation, value, place)
    elif not isinstance(value, list):
        yield place.says(_LIST)
    else:
        for number, each in enumerate(value, start=1):
            yield from _in_row(get_args(kind)[0], each, place, number)


def _in_row(annotation: Any, value: object, place: Place, number: int) -> Iterator[BadInput]:
    kind = _kind(annotation)
    if number % _OFTEN == 0:
        current_work().check()
    if _is_taken(kind, value):  # by itself: most are, and looking at each field takes long
        return
    if not issubclass(kind, msgspec.Struct):
        yield from _in_value(annotation, value, place)
    elif place.field in NAMED_LISTS:
        label = Message(field_labels()[place.field])
        position = message("{list}, number {n}", list=label, n=number)
        yield from _in_record(kind, value, Place(_called(value, position)))
    else:
        yield from _in_record(kind, value, place)


def _in_value(annotation: Any, value: object, place: Place) -> Iterator[BadInput]:
    """What is wrong with a plain value, which is asked of the decoder of its field."""
    if not _is_taken(annotation, value):
        yield place.says(_problem(_kind(annotation), value))


def _is_taken(annotation: Any, value: object) -> bool:
    try:
        msgspec.json.decode(json.dumps(value), type=annotation)
    except (msgspec.DecodeError, ValueError, RecursionError):
        return False
    return True


def _kind(annotation: Any) -> Any:
    """The type of a field's values, where it has any."""
    plain = annotation.__origin__ if hasattr(annotation, "__metadata__") else annotation
    if get_origin(plain) not in (Union, UnionType):
        return plain
    return next(_kind(each) for each in get_args(plain) if each is not NoneType)


def _problem(kind: type, value: object) -> Message:
    """Why this value, which the decoder refuses, is none of this type."""
    if issubclass(kind, Enum):
        return _no_choice(kind, value)
    if kind is str and isinstance(value, str):
        return _HALVED
    if kind is int and _is_large(value):
        return _TOO_LARGE
    return _NEEDED.get(kind, _OTHER)


def _is_large(value: object) -> bool:
    """A whole number that is refused at all, or 1e999, is refused for its size."""
    return value == inf or (isinstance(value, int) and not isinstance(value, bool))


def _no_choice(kind: type[Enum], value: object) -> Message:
    base = type(next(iter(kind)).value)
    if not isinstance(value, base) or isinstance(value, bool):
        return _NEEDED[base]
    return message(
        "“{value}” is not one of its values. Use one of: {known}.",
        value=clip(str(value)),
        known=", ".join(str(each.value) for each in kind),
    )


def _unknown(key: str, known: list[str]) -> Message:
    if _HALF.search(key):
        return _HALVED
    if near := get_close_matches(clip(key), known, n=1):
        return message("Backstop has no such field. Perhaps “{near}” is meant.", near=near[0])
    return message("Backstop has no such field. Remove it.")


def _called(value: object, otherwise: Message) -> object:
    """The name that a record or book gives itself, where it gives one."""
    if isinstance(value, dict):
        for key in ("name", "title"):
            if isinstance(name := value.get(key), str) and (quoted := clip(name)).strip():
                return quoted
    return otherwise


_HALVED = message("there is an invisible control character. Type the text again.")
_NUMBER = message("a whole number is needed. Write figures without quotation marks or decimals.")
_TEXT = message("text is needed. Write it in quotation marks.")
_YES_NO = message("yes or no is needed. Write true or false.")
_DATE = message("this is not a date. Write it as “2026-12-31”.")
_DECIMAL = message("this is not a percentage. Write figures such as “14.6”.")
_LIST = message("a list is needed. Write it in square brackets.")
_RECORD = message("a record is needed. Write its fields in braces.")
_TOO_LARGE = message("a number too large to be true. Check the figures.")
_OTHER = message("this is not a value that it can have. Correct it.")
_NEEDED: dict[type, Message] = {
    int: _NUMBER,
    str: _TEXT,
    bool: _YES_NO,
    date: _DATE,
    Decimal: _DECIMAL,
}
