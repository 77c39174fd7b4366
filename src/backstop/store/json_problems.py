"""What msgspec finds wrong with a book, said so that its owner can mend it.

msgspec names a path such as `$.facilities[0].limit`; an owner knows records by their names.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum
from typing import Any

import msgspec

from backstop.domain import (
    RECORD_LISTS,
    BadInput,
    Book,
    FieldName,
    Message,
    Tranche,
    message,
)
from backstop.domain.fields import fields_of
from backstop.domain.validation import clip
from backstop.telling.labels import FIELD_LABELS

STRUCTS: dict[str, type[msgspec.Struct]] = {
    **{name: kind for kind, name in RECORD_LISTS.items()},
    "tranches": Tranche,
}
_HALF = re.compile("[\ud800-\udfff]")
_PATH = re.compile(r" - at `\$(?P<path>[^`]*)`$")
_STEP = re.compile(r"\.(?P<field>[^.\[\]]+)|\[(?P<index>\d+)\]")


@dataclass(frozen=True)
class Place:
    """Where in a book something is wrong: in which struct, called what, and which field of it."""

    struct: type[msgspec.Struct]
    called: object
    field: str

    def says(self, problem: Message, field: str = "") -> BadInput:
        name = field or self.field
        label: object = FieldName(name if name in FIELD_LABELS else clip(name))
        if not name.strip() or _HALF.search(name):
            label = message("A field without a readable name")
        said = message(
            "{field} in “{name}”: {problem}", field=label, name=self.called, problem=problem
        )
        return BadInput(said, name)


def problem_with(document: dict[str, Any], error: str) -> BadInput:
    """The sentence for msgspec's `error` about this document."""
    found = _PATH.search(error)
    place = _place(document, found["path"] if found else "")
    what = error[: found.start()] if found else error
    for pattern, explain in _EXPLAINED:
        if match := pattern.match(what):
            return explain(place, match)
    if halved := next(_halved(document), None):
        return _place(document, halved).says(_HALVED)
    if not place.field:
        return BadInput(
            message("This JSON holds text or figures that no book has. Export the book again.")
        )
    return place.says(message("this is not a value that it can have. Correct it."))


def _halved(value: object, path: str = "") -> Iterator[str]:
    """Paths of texts and of fields that hold half a letter (one of two surrogates)."""
    if isinstance(value, str) and _HALF.search(value):
        yield path
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _halved(each if not _HALF.search(key) else key, f"{path}.{key}")
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from _halved(each, f"{path}[{index}]")


def _place(document: dict[str, Any], path: str) -> Place:
    struct: type[msgspec.Struct] = Book
    value: Any = document
    called: object = _called(value, message("the book"))
    field = ""
    for step in _STEP.finditer(path):
        if step["field"] is not None:
            field = step["field"]
            value = value.get(field) if isinstance(value, dict) else None
            continue
        index = int(step["index"])
        value = value[index] if isinstance(value, list) and index < len(value) else None
        if field in STRUCTS:
            struct = STRUCTS[field]
            position = message("{list}, number {n}", list=Message(FIELD_LABELS[field]), n=index + 1)
            called, field = _called(value, position), ""
    return Place(struct, called, field)


def _called(value: object, otherwise: Message) -> object:
    """The name that a record or book gives itself, where it gives one."""
    if isinstance(value, dict):
        for key in ("name", "title"):
            if isinstance(name := value.get(key), str) and (quoted := clip(name)).strip():
                return quoted
    return otherwise


def _missing(place: Place, found: re.Match[str]) -> BadInput:
    key = found["field"]
    return place.says(message("this is missing. Add “{key}”.", key=key), key)


def _unknown(place: Place, found: re.Match[str]) -> BadInput:
    key = found["field"]
    near = get_close_matches(key, place.struct.__struct_fields__, n=1)
    if near:
        problem = message("Backstop has no such field. Perhaps “{near}” is meant.", near=near[0])
    else:
        problem = message("Backstop has no such field. Remove it.")
    return place.says(problem, key)


def _no_choice(place: Place, found: re.Match[str]) -> BadInput:
    return place.says(
        message(
            "“{value}” is not one of its values. Use one of: {known}.",
            value=clip(found["value"].strip("'\"")),
            known=", ".join(_choices(place)),
        )
    )


def _choices(place: Place) -> list[str]:
    kind = fields_of(place.struct)[place.field].kind
    return [str(each.value) for each in kind] if issubclass(kind, Enum) else []


def _fixed(problem: Message) -> Callable[[Place, re.Match[str]], BadInput]:
    """The same problem, whatever the details; a record that is none has no field to name."""

    def explain(place: Place, _found: re.Match[str]) -> BadInput:
        if place.field:
            return place.says(problem)
        return BadInput(message("“{name}”: {problem}", name=place.called, problem=problem))

    return explain


_HALVED = message("there is an invisible control character. Type the text again.")
_NUMBER = message("a whole number is needed. Write figures without quotation marks or decimals.")
_TEXT = message("text is needed. Write it in quotation marks.")
_YES_NO = message("yes or no is needed. Write true or false.")
_DATE = message("this is not a date. Write it as “2026-12-31”.")
_DECIMAL = message("this is not a percentage. Write figures such as “14.6”.")
_LIST = message("a list is needed. Write it in square brackets.")
_RECORD = message("a record is needed. Write its fields in braces.")
_TOO_LARGE = message("a number too large to be true. Check the figures.")

_EXPLAINED: tuple[tuple[re.Pattern[str], Callable[[Place, re.Match[str]], BadInput]], ...] = (
    (re.compile(r"Object missing required field `(?P<field>.*)`", re.S), _missing),
    (re.compile(r"Object contains unknown field `(?P<field>.*)`", re.S), _unknown),
    (re.compile(r"Invalid enum value (?P<value>.*)", re.S), _no_choice),
    (re.compile(r"Invalid RFC3339|Expected `date"), _fixed(_DATE)),
    (re.compile(r"Invalid decimal|Expected `decimal"), _fixed(_DECIMAL)),
    (re.compile(r"Expected `int"), _fixed(_NUMBER)),
    (re.compile(r"Expected `str"), _fixed(_TEXT)),
    (re.compile(r"Expected `bool"), _fixed(_YES_NO)),
    (re.compile(r"Expected `array"), _fixed(_LIST)),
    (re.compile(r"Expected `object"), _fixed(_RECORD)),
    (re.compile(r"Number out of range|Integer value out of range"), _fixed(_TOO_LARGE)),
)
