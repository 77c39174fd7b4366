"""Whether a row was read before: by what it says, and the how-manieth it is that says so.

Two equal payments on one day in one file are two; the same two in a file that overlaps add nothing,
a third adds one. What is compared is frozen when a row is read: no rule and no edit of the owner
changes it. A number that a bank uses again is no identity by itself, nor is a number of another
account: both stand beside day, amount and direction.
"""

from collections import Counter
from collections.abc import Sequence, Set
from hashlib import blake2b
from typing import NamedTuple

from backstop.importers.rows import Reading, Row
from backstop.work import watched

_BYTES = 15


class Numbered(NamedTuple):
    """A row with its digest, a text that outlives the row itself."""

    digest: str
    row: Row


class Sifted(NamedTuple):
    """Rows of a statement that are new, and those that were read before."""

    new: tuple[Numbered, ...]
    known: tuple[Numbered, ...]


def scope_of(reading: Reading, account: str = "") -> str:
    """What rows are compared within: the format's family, and the account as the file names it, or
    else as the owner does (`account`)."""
    family = reading.layout.partition("-")[0]
    return f"{family}:{reading.account or account}"


def numbered(rows: Sequence[Row], scope: str) -> tuple[Numbered, ...]:
    """Rows with their digests. Only what moved money has one that lasts: what is pending today may
    be paid in the next file."""
    counts: Counter[tuple[str, ...]] = Counter()
    found = []
    for row in watched(rows):
        said = _said(row, scope)
        counts[said] += 1
        found.append(Numbered(_digest((*said, str(counts[said]))), row))
    return tuple(found)


def sifted(
    rows: Sequence[Row], scope: str, known: Set[str], other_scopes: Sequence[str] = ()
) -> Sifted:
    """The rows that moved money, apart by whether their digests are known: in this scope, or in
    another one in which they may have been read before it was said whose they are."""
    moved = [each for each in watched(rows) if each.moved]
    mine = numbered(moved, scope)
    others = [numbered(moved, each) for each in other_scopes] if known else []
    if not known:
        return Sifted(mine, ())
    said = [any(each.digest in known for each in same) for same in zip(mine, *others, strict=True)]
    new = tuple(each for each, is_known in zip(mine, said, strict=True) if not is_known)
    return Sifted(new, tuple(each for each, is_known in zip(mine, said, strict=True) if is_known))


def _said(row: Row, scope: str) -> tuple[str, ...]:
    where = f"{scope}/{row.account}" if row.account else scope
    exact = (where, row.day.isoformat(), str(row.amount), row.direction.value, row.currency)
    return (*exact, row.id) if row.id else (*exact, "", row.counterparty, row.text)


def _digest(said: tuple[str, ...]) -> str:
    return blake2b("\x1f".join(said).encode(), digest_size=_BYTES).hexdigest()
