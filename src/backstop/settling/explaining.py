"""What an account had more or less than followed, explained later: its balance is right already, so
only what is owed by it changes, and the ledger."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import msgspec

from backstop.domain import BadInput, Book, Facility, Settled, Teller, message
from backstop.settling.draws import drawn
from backstop.settling.edits import Edits
from backstop.settling.outcome import finished
from backstop.settling.values import Extra, ExtraKind

UNEXPLAINED = "unexplained"
"""The kind of what an account has more or less than follows from all that is known."""

_INCOMING = (ExtraKind.RECEIPT, ExtraKind.DRAW)


class Explained(NamedTuple):
    """The book with what was explained, and the rows that take the place of the unexplained one."""

    book: Book
    rows: tuple[Settled, ...]


def explained(book: Book, row: Settled, what: Extra) -> Explained:
    """What is known now of an unexplained difference, or of a part of it. A draw is owed from the
    book's own day on, and a repayment is of the principal. Raises `BadInput` for more than there
    is, or for money that goes the other way."""
    _check(book, row, what)
    kept = what.amount if row.actual > 0 else -what.amount
    named = msgspec.structs.replace(
        row,
        record=what.line,
        tranche=what.tranche,
        name=what.name or _line_name(book, what.line),
        kind=what.kind.value,
        actual=what.amount,
        said_by=Teller.HAND,
        change=0,
    )
    rest = msgspec.structs.replace(row, actual=row.actual - kept, change=0)
    return Explained(_owed(book, what), (named, rest) if rest.actual else (named,))


def _check(book: Book, row: Settled, what: Extra) -> None:
    if (what.kind in _INCOMING) != (row.actual > 0):
        raise BadInput(
            message(
                "The account shows more than follows: say what came in."
                if row.actual > 0
                else "The account shows less than follows: say what went out."
            ),
            "kind",
        )
    if not 0 < what.amount <= abs(row.actual):
        raise BadInput(
            message("No more than what is unexplained can be explained. Enter a smaller amount."),
            "amount",
        )
    line = book.by_id.get(what.line)
    owed = line.balance if isinstance(line, Facility) else 0
    if what.kind is ExtraKind.REPAYMENT and what.amount > owed:
        said = "On “{line}” less is owed than that. Enter what was repaid, or another line."
        raise BadInput(message(said, line=_line_name(book, what.line)), "amount")


def _line_name(book: Book, line: str) -> str:
    record = book.by_id.get(line)
    return record.name if record is not None else line


def _owed(book: Book, what: Extra) -> Book:
    if what.kind is ExtraKind.DRAW:
        line = book.by_id[what.line]
        assert isinstance(line, Facility)
        known = {"id": book.new_id(f"{line.id[:28]}-draw@{book.as_of}"), "name": line.name}
        owed = drawn(line, book.as_of, what.amount, what.periods, known)
        return book.put(line.changed(tranches=(*line.tranches, owed)))
    if what.kind is ExtraKind.REPAYMENT:
        edits = Edits(book, book.as_of)
        edits.repayment(replace(what, day=book.as_of))
        edits.cash.clear()  # it has left the account already
        return finished(edits, edits.book)
    return book
