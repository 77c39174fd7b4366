"""`book.json` of older versions, brought to the present one before its fields are looked at."""

from collections.abc import Callable, Iterator
from typing import Any

from backstop.domain import BOOK_VERSION

OLDEST = 1

Document = dict[str, Any]


def upgraded(document: Document, version: int) -> Document:
    """The document of that version as the present one writes it; what is wrong in it stays wrong.

    A version that only added fields needs no step.
    """
    for older in range(version, BOOK_VERSION):
        if step := _STEPS.get(older):
            step(document)
    return document | {"version": BOOK_VERSION}


def _list_rate_changes(document: Document) -> None:
    """Version 1 knew one change of a rate, as `rate_from` and `rate_then_percent`."""
    for priced in _priced(document):
        day, percent = priced.pop("rate_from", None), priced.pop("rate_then_percent", "0")
        if day is not None:
            priced.setdefault("rate_changes", [{"from_day": day, "percent": percent}])


_STEPS: dict[int, Callable[[Document], None]] = {1: _list_rate_changes}
"""What each older version wrote otherwise than the one after it."""


def _priced(document: Document) -> Iterator[Document]:
    """Facilities and their tranches, as far as the document has such things."""
    for facility in _objects(document.get("facilities")):
        yield facility
        yield from _objects(facility.get("tranches"))


def _objects(value: object) -> Iterator[Document]:
    if isinstance(value, list):
        yield from (each for each in value if isinstance(each, dict))
