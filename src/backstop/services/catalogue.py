"""Templates of credit products and measures: typical terms to start from, never a promise.

Every value says when it was true, whether it was seen in a source, calculated or recalled, and how
sure we are. The owner confirms each against their own contract: a facility made from a template
has no limit yet and counts as never verified. Products that are sold in China alone stand in
`catalogue/china`, general ones in `catalogue/general`, what everybody has in `catalogue` itself.
"""

from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

import msgspec

from backstop.domain import Book, Facility, FacilityKind, Measure, MeasureKind, message
from backstop.resources import resource
from backstop.telling import Words
from backstop.telling.playbooks import in_china


class Source(StrEnum):
    """Where a value comes from."""

    SEEN = "S"
    CALCULATED = "T"
    RECALLED = "R"


class Confidence(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Provenance(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why a template has a value: `as_of` is a year and month such as `2025-04`."""

    as_of: str
    source: Source
    how_sure: Confidence
    note: str = ""


class Typical(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A typical beginning; `values` are fields of the record as `book.json` writes them.

    Its texts are messages, to be said in the owner's language; `note` is what to know before
    relying on it: how it is cut, and by what. `looked_up` is the day on which its sources were
    read, where it is known.
    """

    id: str
    name: str
    note: str
    looked_up: date | None = None
    values: dict[str, Any]
    provenance: dict[str, Provenance]


class Template(Typical, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One credit product: the beginning of a facility."""

    kind: FacilityKind


class MeasureTemplate(Typical, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something that could be done: the beginning of a measure."""

    kind: MeasureKind


AnyTemplate = Template | MeasureTemplate

_SOURCES = {
    Source.SEEN: message("seen in a source"),
    Source.CALCULATED: message("calculated from a source"),
    Source.RECALLED: message("from general knowledge"),
}
_CONFIDENCE = {
    Confidence.HIGH: message("quite sure"),
    Confidence.MEDIUM: message("fairly sure"),
    Confidence.LOW: message("not sure"),
}


def templates_for(book: Book) -> tuple[Template, ...]:
    """The products to be had where this book is kept, in the order in which a menu shows them."""
    return products("china" if in_china(book) else "general")


@cache
def products(market: str) -> tuple[Template, ...]:
    """The products of a market (`china` or `general`), and those that are had everywhere."""
    catalogue = resource("catalogue")
    files = [*catalogue.glob("*.json"), *(catalogue / market).glob("*.json")]
    in_order = sorted(files, key=lambda file: file.name)
    return tuple(msgspec.json.decode(file.read_bytes(), type=Template) for file in in_order)


def facility_from(chosen: Template, record_id: str, words: Words) -> Facility:
    """A facility with the template's values, named in the owner's language; its limit is 0."""
    basics = {"id": record_id, "name": words.say(chosen.name), "kind": chosen.kind}
    return msgspec.convert(chosen.values | basics, Facility)


@cache
def measure_templates() -> tuple[MeasureTemplate, ...]:
    """What else could be done, in the order in which a menu shows it."""
    files = sorted(resource("catalogue", "measures").glob("*.json"))
    return tuple(msgspec.json.decode(file.read_bytes(), type=MeasureTemplate) for file in files)


def measure_template(template_id: str) -> MeasureTemplate:
    """The beginning of a measure with this id; raises `KeyError`."""
    return {each.id: each for each in measure_templates()}[template_id]


def measure_values(chosen: MeasureTemplate) -> dict[str, Any]:
    """The template's values as a measure has them; amount and target are the owner's to give."""
    needed = {"id": chosen.id, "name": chosen.id, "amount": 1, "target": "x"}
    made = msgspec.convert(chosen.values | needed | {"kind": chosen.kind}, Measure)
    return {field: getattr(made, field) for field in chosen.values}


def typical_values(chosen: AnyTemplate, words: Words) -> dict[str, Any]:
    """What a template would fill in, as the record has it."""
    if isinstance(chosen, MeasureTemplate):
        return measure_values(chosen)
    made = facility_from(chosen, "x", words)
    return {field: getattr(made, field) for field in chosen.values}


def provenance_of(chosen: Typical, field: str, words: Words) -> str:
    """Where the value of this field comes from, in a line for the form; empty if not from here."""
    found = chosen.provenance.get(field)
    if found is None:
        return ""
    return words.joined([_where_from(chosen, found, words), words.say(found.note)])


def _where_from(chosen: Typical, found: Provenance, words: Words) -> str:
    source, how_sure = _SOURCES[found.source], _CONFIDENCE[found.how_sure]
    if chosen.looked_up is None:
        return words.say(
            "Typical: as of {as_of}, {source}, {how_sure}.",
            as_of=found.as_of,
            source=source,
            how_sure=how_sure,
        )
    return words.say(
        "Typical: as of {as_of}, looked up on {day}, {source}, {how_sure}.",
        as_of=found.as_of,
        day=chosen.looked_up,
        source=source,
        how_sure=how_sure,
    )
