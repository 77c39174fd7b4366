"""Rows of two statements that tell of one movement, as their owner decides: what only may be a pair
is asked, and what was taken for one can be parted.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from backstop.domain import Book, KeptRow, Message, Statements, StatementsEdit, message
from backstop.importers import Nature
from backstop.importers.pairs import Bond, Placed, pairs_among
from backstop.services.commands import Change
from backstop.services.statements import PairSaid, as_row
from backstop.work import watched


@dataclass(frozen=True)
class KeptPair:
    """Two rows: whether they are counted as one movement, or whether that is still to be said."""

    pair: PairSaid
    is_decided: bool

    @property
    def key(self) -> str:
        """By which a list knows it again."""
        return f"{self.pair.new.digest} {self.pair.other.digest}"


def kept_pairs(kept: Statements) -> list[KeptPair]:
    """The pairs among all that is kept: those to be decided first, then by day; on a worker."""
    asked = (KeptPair(each, is_decided=False) for each in _maybe(kept))
    return [*asked, *(KeptPair(each, is_decided=True) for each in _linked(kept))]


def joined(book: Book, pair: PairSaid) -> Change:
    """The change after which both rows tell of one movement."""
    one, other = pair.new, pair.other
    said = message("count two rows of {day} as one", day=one.day)
    return _changed(book, (one, other), (other.digest, one.digest), said)


def parted(book: Book, pair: PairSaid) -> Change:
    """The change after which the rows tell of two movements, and are not asked about again."""
    one, other = pair.new, pair.other
    said = message("count two rows of {day} apart", day=one.day)
    return _changed(book, (one, other), (one.digest, other.digest), said)


def _changed(
    book: Book, rows: tuple[KeptRow, KeptRow], pairs: tuple[str, str], said: Message
) -> Change:
    after = tuple(
        msgspec.structs.replace(row, pair=pair) for row, pair in zip(rows, pairs, strict=True)
    )
    edit = StatementsEdit(Statements(rows=after), Statements(rows=rows))
    return Change(book, book, said, statements=edit)


def _maybe(kept: Statements) -> list[PairSaid]:
    """What is like a transfer by its amount and days alone."""
    free = [each for each in kept.rows if not each.pair]
    amounts = {each.amount for each in free if each.nature == Nature.UNSURE}
    rows = [each for each in free if each.amount in amounts]
    layouts = {each.key: each.layout for each in kept.files}
    placed = [
        Placed(as_row(each), layouts.get(each.statement, ""), each.statement)
        for each in watched(rows)
    ]
    found = [PairSaid(rows[one], rows[two], bond) for one, two, bond in pairs_among(placed)]
    return sorted((e for e in found if e.bond is Bond.MAYBE), key=lambda each: each.new.day)


def _linked(kept: Statements) -> Iterator[PairSaid]:
    by_digest = {each.digest: each for each in kept.rows if each.pair and not each.is_single}
    for one in sorted(by_digest.values(), key=lambda each: (each.day, each.digest)):
        other = by_digest.get(one.pair)
        if other is not None and one.digest < other.digest:
            yield PairSaid(one, other, Bond.SAME)
