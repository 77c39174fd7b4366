"""What `import` answers."""

from datetime import date

import msgspec

from backstop.cli.results.base import BookRef, Result


class RefusedOut(msgspec.Struct, frozen=True):
    """A line of the file that cannot be taken, and why."""

    line: int
    reason: str


class PairOut(msgspec.Struct, frozen=True):
    """A new row that another statement tells of too. `bond`: same (one payment), transfer (between
    own accounts), maybe (only its owner can tell)."""

    line: int
    day: date
    amount: int
    statement: str
    other_line: int
    bond: str


class SuggestionOut(msgspec.Struct, frozen=True):
    """What the rows suggest for the book; `kind` is balance, flow, line, account, amount, lateness
    or used."""

    kind: str
    text: str
    evidence: str


class KeptOut(msgspec.Struct, frozen=True):
    """A statement that the book keeps; by `key` it is forgotten."""

    key: str
    name: str
    layout: str
    account: str
    first_day: date
    last_day: date
    rows: int


class StatementRead(Result, frozen=True, kw_only=True, tag="import"):
    """A statement as it was read: of `rows`, `new` ones are taken in, `known` ones were read
    before, in `apart` ones no money moved, `foreign` ones are in another currency; `refused` ones
    cannot be read. Sums (minor units) are those of the file by its own count. `kept` are the
    statements of the book; nothing has changed unless it is `written`."""

    book: BookRef
    file: str = ""
    layout: str = ""
    encoding: str = ""
    rows: int = 0
    new: int = 0
    known: int = 0
    apart: int = 0
    foreign: int = 0
    incoming: int = 0
    outgoing: int = 0
    neutral: int = 0
    refused: list[RefusedOut] = msgspec.field(default_factory=list)
    unsure: list[str] = msgspec.field(default_factory=list)
    pairs: list[PairOut] = msgspec.field(default_factory=list)
    suggestions: list[SuggestionOut] = msgspec.field(default_factory=list)
    kept: list[KeptOut] = msgspec.field(default_factory=list)
    written: bool = False
