"""From bytes to a JSON document: what can be wrong before any field is looked at."""

import codecs
import json
from typing import Any, NoReturn

from backstop.domain import BOOK_VERSION, BadInput, check_version, message
from backstop.domain.validation import clip
from backstop.store.json_versions import OLDEST

MOST_BYTES = 100_000_000
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def text_of(data: bytes) -> str:
    """The text in these bytes: UTF-8 without a byte-order mark."""
    if len(data) > MOST_BYTES:
        raise BadInput(
            message(
                "This file is larger than {size} MB, too large for a book. Choose a book.json.",
                size=MOST_BYTES // 1_000_000,
            )
        )
    if data.startswith(_MARKS):
        raise BadInput(
            message("This text begins with a byte-order mark. Save it as UTF-8 without one.")
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadInput(
            message(
                "This text is not UTF-8 (byte {position} is wrong). Save it as UTF-8.",
                position=error.start + 1,
            )
        ) from None


def parsed(text: str) -> dict[str, Any]:
    """The document as plain values; refuses what JSON does not have, and fields written twice."""
    try:
        document = json.loads(text, object_pairs_hook=_once_each, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise BadInput(
            message(
                "This is not JSON: something is wrong at line {line}, column {column}. "
                "Mend that place, or export the book again.",
                line=error.lineno,
                column=error.colno,
            )
        ) from None
    except RecursionError:
        raise BadInput(
            message("This JSON is nested too deeply for a book. Export the book again.")
        ) from None
    except ValueError:  # an integer of more than 4,300 digits
        raise BadInput(
            message("This JSON holds a number too large to be true. Check the figures.")
        ) from None
    if not isinstance(document, dict):
        raise BadInput(
            message("This JSON is not a book: it must begin with “{{”. Choose another file.")
        )
    return document


def checked_version(document: dict[str, Any]) -> None:
    """Refuse a document without a version, or of one that is neither ours nor older."""
    version = document.get("version")
    if version is None:
        raise BadInput(
            message(
                'This JSON does not say which version it has. Add "version": {ours}.',
                ours=BOOK_VERSION,
            ),
            "version",
        )
    if type(version) is not int:
        raise BadInput(
            message(
                'The version of this book is not a whole number. Write "version": {ours}.',
                ours=BOOK_VERSION,
            ),
            "version",
        )
    if not OLDEST <= version < BOOK_VERSION:
        check_version(version)


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise BadInput(
            message(
                "“{field}” is written twice in one record of this JSON. Remove one of the two.",
                field=clip(twice),
            ),
            twice,
        )
    return fields


def _no_constant(name: str) -> NoReturn:
    raise BadInput(
        message("“{value}” is not a number that JSON has. Write figures instead.", value=name)
    )
