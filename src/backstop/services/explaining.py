"""Differences between what banks show and what follows: listed until they are explained."""

from __future__ import annotations

from collections.abc import Sequence

from backstop.domain import BadInput, Book, Settled, message
from backstop.services.commands import Change
from backstop.services.settling import rule_of
from backstop.settling import UNEXPLAINED, Extra, explained


def unexplained(ledger: Sequence[Settled]) -> list[Settled]:
    """The rows of accounts that nobody has explained yet, the newest first."""
    found = (each for each in reversed(ledger) if each.kind == UNEXPLAINED and each.account)
    return [each for each in found if each.actual]


def numbered(ledger: Sequence[Settled], number: int) -> Settled:
    """The one with this number in that list, from 1 on; raises `BadInput`."""
    listed = unexplained(ledger)
    if not 0 < number <= len(listed):
        raise BadInput(
            message("There is no unexplained difference {n}. See: settle FILE --list.", n=number)
        )
    return listed[number - 1]


def explaining(book: Book, row: Settled, what: Extra, *, recurs: bool = False) -> Change:
    """The change that explains it, whole or in part; with a rule of its own where it goes on every
    month. Raises `BadInput`."""
    after, rows = explained(book, row, what)
    if recurs and (rule := rule_of(after, what, after.as_of)) is not None:
        after = after.put(rule)
    said = message("explain {name}", name=f"“{rows[0].name}”")
    return Change(book, after, said, settled=rows, unsettled=(row,))
