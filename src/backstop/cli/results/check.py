"""What `check` answers."""

import msgspec

from backstop.cli.results.base import BookRef, Result


class FindingOut(msgspec.Struct, frozen=True):
    """`level` is `problem`, `warning` or `note`; `records` are ids."""

    check: str
    level: str
    sentence: str
    records: list[str]


class Checked(Result, frozen=True, kw_only=True, tag="check"):
    """`ok` says that there is no problem, nor, with `--strict`, a warning; the rest may remain."""

    book: BookRef
    ok: bool
    findings: list[FindingOut]


class Repaired(Result, frozen=True, kw_only=True, tag="repair"):
    """`file` is the new book, empty where none was needed; `fixes` are what was done to it."""

    file: str
    book: BookRef
    fixes: list[str]
