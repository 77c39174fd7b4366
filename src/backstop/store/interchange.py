"""`book.json`: the whole book as text, in and out.

Money is integer minor units, days are ISO 8601, percentages are decimal text. Writing is
deterministic, so that export, import and export again give the same bytes.
"""

import json
from typing import Any

import msgspec

from backstop.domain import BOOK_VERSION, Book
from backstop.domain.fields import Spec, fields_of, kinds_in
from backstop.store.json_problems import problem_with
from backstop.store.json_text import checked_version, parsed, text_of
from backstop.store.json_versions import upgraded
from backstop.telling.labels import FIELD_LABELS

_ENCODER = msgspec.json.Encoder(order="deterministic")
_DECODER = msgspec.json.Decoder(Book)
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def book_to_json(book: Book) -> bytes:
    """The book as UTF-8 text with two-space indents, every field written, and a last newline."""
    return msgspec.json.format(_ENCODER.encode(book), indent=2) + b"\n"


def book_from_json(data: bytes) -> Book:
    """The book in these bytes; raises `BadInput`, one sentence that names field and remedy."""
    text = text_of(data)
    document = parsed(text)
    checked_version(document)
    if document["version"] < BOOK_VERSION:
        document = upgraded(document, document["version"])
        text = json.dumps(document, ensure_ascii=False)
    try:
        return _DECODER.decode(text)
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise problem_with(document, str(error)) from None


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of `book.json`: titles as in the forms, bounds and units."""
    schema = msgspec.json.schema(Book)
    definitions = schema.pop("$defs")
    for kind in kinds_in(Book):
        for name, field in fields_of(kind).items():
            definitions[kind.__name__]["properties"][name] |= _keywords(field.spec)
    book = definitions.pop("Book")
    book["properties"]["version"] = {"title": FIELD_LABELS["version"], "const": BOOK_VERSION}
    book["required"] = ["version", *book["required"]]
    return {"$schema": DIALECT, **book, "$defs": definitions}


def _keywords(spec: Spec) -> dict[str, object]:
    unit = {"description": spec.unit.value} if spec.unit else {}
    return {"title": spec.label, **unit, **spec.bounds}
