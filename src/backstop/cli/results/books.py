"""What `demo`, `new`, `export`, `restore` and `calendar` answer."""

import msgspec

from backstop.cli.results.base import BookRef, Result


class Sample(msgspec.Struct, frozen=True):
    name: str
    title: str


class Samples(Result, frozen=True, kw_only=True, tag="demo"):
    samples: list[Sample]


class Created(Result, frozen=True, kw_only=True, tag="new"):
    file: str
    book: BookRef


class Exported(Result, frozen=True, kw_only=True, tag="export"):
    """`file` is empty when the book itself was the output; `tables` are those of planned and actual
    by their kinds."""

    file: str
    tables: dict[str, str] = msgspec.field(default_factory=dict)
    book: BookRef


class Restored(Result, frozen=True, kw_only=True, tag="restore"):
    """`book` is what the file holds now; names are those of records; `settings` and `ledger` say
    whether those of the book change. Nothing did unless it is `written`."""

    book: BookRef
    added: list[str]
    removed: list[str]
    changed: list[str]
    settings: bool
    ledger: bool = False
    written: bool


class CalendarAdded(Result, frozen=True, kw_only=True, tag="calendar"):
    """`years` are now in the book; `unpublished` those within its horizon that are still unsure."""

    book: BookRef
    years: list[int]
    unpublished: list[int]
