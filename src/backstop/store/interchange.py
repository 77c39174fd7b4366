"""`book.json`: the whole book as text, in and out.

Money is integer minor units, days are ISO 8601, percentages are decimal text. Writing is
deterministic, so that export, import and export again give the same bytes.
"""

import json
from collections.abc import Sequence
from typing import Any

import msgspec

from backstop.domain import BOOK_VERSION, BadInput, Book, Settled, message
from backstop.domain.fields import Spec, fields_of, kinds_in
from backstop.store.json_problems import problem_with
from backstop.store.json_text import checked_version, parsed, text_of
from backstop.store.json_versions import upgraded
from backstop.telling.labels import field_labels

_ENCODER = msgspec.json.Encoder(order="deterministic")
_DECODER = msgspec.json.Decoder(Book)
LEDGER = "ledger"
"""The name of the list of what was settled, behind the lists of a book."""
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def book_to_json(book: Book, ledger: Sequence[Settled] = ()) -> bytes:
    """The book as UTF-8 text with two-space indents, every field written, and a last newline. A
    ledger follows where there is one."""
    encoded = _ENCODER.encode(book)
    if ledger:
        encoded = b'%s,"%s":%s}' % (encoded[:-1], LEDGER.encode(), _ENCODER.encode(ledger))
    return msgspec.json.format(encoded, indent=2) + b"\n"


def book_from_json(data: bytes) -> Book:
    """The book in these bytes; raises `BadInput`, one sentence that names field and remedy."""
    text = text_of(data)
    document = parsed(text)
    checked_version(document)
    has_ledger, is_older = LEDGER in document, document["version"] < BOOK_VERSION
    if has_ledger:
        _ledger(document.pop(LEDGER))
    if is_older:
        document = upgraded(document, document["version"])
    if has_ledger or is_older:
        text = json.dumps(document, ensure_ascii=False)
    try:
        return _DECODER.decode(text)
    except (msgspec.DecodeError, ValueError, RecursionError):
        raise problem_with(document) from None


def ledger_from_json(data: bytes) -> tuple[Settled, ...]:
    """What was settled, as it stands behind a book; raises `BadInput`."""
    return ledger_in_json(data) or ()


def ledger_in_json(data: bytes) -> tuple[Settled, ...] | None:
    """The same; None where no ledger stands there, not even an empty one."""
    document = parsed(text_of(data))
    return _ledger(document[LEDGER]) if LEDGER in document else None


def _ledger(rows: object) -> tuple[Settled, ...]:
    if not isinstance(rows, list):
        raise BadInput(message("The ledger of this JSON is no list. Leave it out."), LEDGER)
    return tuple(_settled(number, row) for number, row in enumerate(rows, start=1))


def _settled(number: int, row: object) -> Settled:
    try:
        return msgspec.convert(row, Settled)
    except (BadInput, msgspec.ValidationError, ValueError, RecursionError) as error:
        said = error.message if isinstance(error, BadInput) else str(error)
        raise BadInput(
            message(
                "Row {row} of the ledger cannot be read ({problem}). Correct it, or leave it out.",
                row=number,
                problem=said,
            ),
            LEDGER,
        ) from None


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of `book.json`: titles as in the forms, bounds and units."""
    (_, of_ledger), definitions = msgspec.json.schema_components(
        (Book, tuple[Settled, ...]), ref_template="#/$defs/{name}"
    )
    kinds: list[type[msgspec.Struct]] = [*kinds_in(Book), Settled]
    for kind in kinds:
        for name, field in fields_of(kind).items():
            definitions[kind.__name__]["properties"][name] |= _keywords(field.spec)
    book = definitions.pop("Book")
    book["properties"]["version"] = {"title": field_labels()["version"], "const": BOOK_VERSION}
    book["properties"][LEDGER] = {"title": field_labels()[LEDGER], **of_ledger}
    book["required"] = ["version", *book["required"]]
    return {"$schema": DIALECT, **book, "$defs": definitions}


def _keywords(spec: Spec) -> dict[str, object]:
    unit = {"description": spec.unit.value} if spec.unit else {}
    return {"title": spec.label, **unit, **spec.bounds}
