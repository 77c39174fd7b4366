"""From bytes to a JSON document: what can be wrong before any field is looked at.

The work grows with the length of the text and with nothing else: there are bounds on bytes, values
and objects, and whoever waits may give up.
"""

import codecs
import json
from collections import Counter
from collections.abc import Iterable
from typing import Any, NoReturn

from backstop.domain import BOOK_VERSION, BadInput, check_version, message
from backstop.domain.validation import clip
from backstop.store.json_versions import OLDEST
from backstop.work import current_work

MOST_BYTES = 100_000_000
MOST_VALUES = 6_000_000
"""More than any book within `domain.book`'s bounds has; each is followed by a comma."""
MOST_OBJECTS = 500_000
_OFTEN = 1000
"""After so many objects it is asked whether anybody still waits."""
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
    """The document as plain values; refuses what JSON does not have, and fields written twice.

    Raises `Cancelled` when nobody wants it any more.
    """
    if text.count(",") > MOST_VALUES:
        raise _too_much()
    try:
        document = json.loads(text, object_pairs_hook=_Objects().taken, parse_constant=_no_constant)
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


class _Objects:
    """The objects of one document, each as it ends; `_number` counts them."""

    def __init__(self) -> None:
        self._number = 0

    def taken(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        """Its fields, each of which may be there once."""
        self._number += 1
        if self._number > MOST_OBJECTS:
            raise _too_much()
        if self._number % _OFTEN == 0:
            current_work().check()
        fields = dict(pairs)
        if len(fields) < len(pairs):
            raise _written_twice(name for name, _ in pairs)
        return fields


def _written_twice(names: Iterable[str]) -> BadInput:
    twice = next(name for name, times in Counter(names).items() if times > 1)
    return BadInput(
        message(
            "“{field}” is written twice in one record of this JSON. Remove one of the two.",
            field=clip(twice),
        ),
        twice,
    )


def _too_much() -> BadInput:
    return BadInput(
        message(
            "This JSON holds more than any book may (more than {objects} records and rows, or "
            "{values} values). Choose a book.json.",
            objects=f"{MOST_OBJECTS:,}",
            values=f"{MOST_VALUES:,}",
        )
    )


def _no_constant(name: str) -> NoReturn:
    raise BadInput(
        message("“{value}” is not a number that JSON has. Write figures instead.", value=name)
    )
