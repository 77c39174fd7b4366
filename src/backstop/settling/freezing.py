"""Accounts frozen in a loss whose plan is carried out: what they had given to others by then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from backstop.contingency.gone import projection_of_now
from backstop.contingency.losses import FrozenTogether, frozen_together
from backstop.domain import Book
from backstop.settling.edits import Edits
from backstop.settling.in_flight import accounts_in, carried_out, frozen_in, reaching


class Given(NamedTuple):
    """What an account had given to another one when it was frozen (minor units)."""

    account: str
    to: str
    amount: int


def given_before(book: Book, until: date) -> list[Given]:
    """What accounts that are frozen before that day had given to others, which without it held less
    than nothing: that much is not out of reach."""
    if not any(each.since < until for each in frozen_in(book)):
        return []
    projection, days = projection_of_now(reaching(book, until)), (until - book.as_of).days
    return [
        given
        for _, loss in carried_out(book)
        for frozen in frozen_together(projection, loss)
        if frozen.first < days
        for given in _given(book, frozen)
    ]


def _given(book: Book, frozen: FrozenTogether) -> Iterator[Given]:
    main = accounts_in(book).on(book.as_of + timedelta(days=frozen.first)).main
    rest = sum(frozen.held.values()) - frozen.taken
    for account, held in frozen.held.items():
        part = min(rest, held)
        rest -= part
        if part:
            yield Given(account, main, part)


def give(edits: Edits, given: Iterable[Given]) -> None:
    """Move that much, which changes nothing of all cash together."""
    for each in given:
        edits.cash[each.account] -= each.amount
        edits.cash[each.to] += each.amount
