"""Statements that were taken in: kept beside the book, like the ledger, and not in it."""

from datetime import date
from typing import Annotated, Self

import msgspec

from backstop.domain import spec


class KeptStatement(msgspec.Struct, frozen=True, kw_only=True):
    """A file that was read. `key` is a digest of its bytes; `layout` the key of its format, `named`
    what it calls its account, `account` the id of the book's account or line that it is of. Of one
    that was forgotten only the digests of its rows are left, `seen`: they are never taken in again.
    """

    key: Annotated[str, spec.labelled("Identifier")]
    name: Annotated[str, spec.labelled("Name")]
    layout: Annotated[str, spec.labelled("Format")]
    named: Annotated[str, spec.labelled("Account in the file")] = ""
    account: Annotated[str, spec.labelled("Account")] = ""
    read_on: Annotated[date, spec.labelled("Read on")]
    first_day: Annotated[date, spec.labelled("From")]
    last_day: Annotated[date, spec.labelled("Until")]
    seen: Annotated[tuple[str, ...], spec.labelled("Digests")] = ()


class KeptRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row of a statement, as far as matching needs it. Of `digest`, see `importers.digests`; it
    outlives the row. `pair` is the digest of the row of another statement that tells of the same
    movement; its own, where the owner said that no other one does. `matched` is what of the book
    the row was said to be, `teaches` whether its counterparty stands for that from then on."""

    digest: Annotated[str, spec.labelled("Digest")]
    statement: Annotated[str, spec.labelled("Statement")]
    line: Annotated[int, spec.labelled("Line")]
    day: Annotated[date, spec.labelled("Day")]
    amount: Annotated[int, spec.labelled("Amount")]
    direction: Annotated[str, spec.labelled("Direction")]
    nature: Annotated[str, spec.labelled("Kind")]
    standing: Annotated[str, spec.labelled("Status")]
    counterparty: Annotated[str, spec.labelled("Counterparty")] = ""
    text: Annotated[str, spec.labelled("Text")] = ""
    category: Annotated[str, spec.labelled("Category")] = ""
    source: Annotated[str, spec.labelled("Paid through")] = ""
    number: Annotated[str, spec.labelled("Number")] = ""
    balance: Annotated[int | None, spec.labelled("Balance")] = None
    pair: Annotated[str, spec.labelled("Pair")] = ""
    matched: Annotated[str, spec.labelled("Matched")] = ""
    teaches: Annotated[bool, spec.labelled("Its name is known by it")] = True

    @property
    def is_single(self) -> bool:
        """Whether its owner said that no other row tells of the same movement."""
        return self.pair == self.digest


class Statements(msgspec.Struct, frozen=True):
    """All that is kept of statements."""

    files: tuple[KeptStatement, ...] = ()
    rows: tuple[KeptRow, ...] = ()

    @property
    def known(self) -> frozenset[str]:
        """The digests of all rows that were ever taken in."""
        seen = (digest for each in self.files for digest in each.seen)
        return frozenset((*seen, *(each.digest for each in self.rows)))


NOTHING_KEPT = Statements()


class StatementsEdit(msgspec.Struct, frozen=True):
    """What a change adds to what is kept of statements, and what it takes away. A row that changes
    is both."""

    added: Statements = NOTHING_KEPT
    removed: Statements = NOTHING_KEPT

    @property
    def reversed(self) -> Self:
        """The edit back."""
        return type(self)(self.removed, self.added)


NO_EDIT = StatementsEdit()


def edited(kept: Statements, edit: StatementsEdit) -> Statements:
    """What is kept after an edit."""
    gone, more = edit.removed, edit.added
    keys, digests = {each.key for each in gone.files}, {each.digest for each in gone.rows}
    return Statements(
        (*(each for each in kept.files if each.key not in keys), *more.files),
        (*(each for each in kept.rows if each.digest not in digests), *more.rows),
    )
