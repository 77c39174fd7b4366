"""`book.json` of older versions, brought to the present one before its fields are looked at."""

from collections.abc import Iterator
from typing import Any

from backstop.domain import BOOK_VERSION

OLDEST = 1


def upgraded(document: dict[str, Any]) -> dict[str, Any]:
    """The document as the present version writes it; what is wrong in it stays wrong.

    Version 1 knew one change of a rate, as `rate_from` and `rate_then_percent`.
    """
    for priced in _priced(document):
        day, percent = priced.pop("rate_from", None), priced.pop("rate_then_percent", "0")
        if day is not None:
            priced.setdefault("rate_changes", [{"from_day": day, "percent": percent}])
    return document | {"version": BOOK_VERSION}


def _priced(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Facilities and their tranches, as far as the document has such things."""
    for facility in _objects(document.get("facilities")):
        yield facility
        yield from _objects(facility.get("tranches"))


def _objects(value: object) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        yield from (each for each in value if isinstance(each, dict))
