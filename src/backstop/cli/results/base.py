"""What every result of a command line has."""

from datetime import date
from typing import Literal

import msgspec


class Result(msgspec.Struct, frozen=True, kw_only=True, tag_field="result"):
    """What every result has: its kind (`result`) and the version of this form."""

    result_version: Literal[1] = 1


class BookRef(msgspec.Struct, frozen=True):
    """Which book, and in which state: the fingerprint changes whenever the book does."""

    title: str
    currency: str
    as_of: date
    last_day: date
    fingerprint: str


class Said(msgspec.Struct, frozen=True):
    """A verdict in words: one sentence, its figures, and `fine`, `careful` or `danger`."""

    headline: str
    detail: str
    severity: str


def result_json(result: Result) -> str:
    """The result as indented JSON."""
    return msgspec.json.format(msgspec.json.encode(result), indent=2).decode()
