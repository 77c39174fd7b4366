"""Which account money goes through, and what each account holds on a later day."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import NamedTuple

import numpy as np

from backstop.domain import (
    AccountRole,
    BadInput,
    Book,
    CashFlow,
    Direction,
    Facility,
    is_gone,
    message,
)
from backstop.domain.validation import clip
from backstop.projection.columns import FlowKind, FlowTable, Ints, Series, Side


class Frozen(NamedTuple):
    """An account that is out of reach from a day on and before another one, as the book itself does
    not say."""

    account: str
    since: date
    until: date


class Accounts:
    """The operating accounts of a book, on its own day or a later one: what goes through none of
    them by name goes through the main one, the first. What is frozen that day pays nothing, and
    nothing but the receipts that come through it comes into it; `frozen` says what is so besides.
    """

    def __init__(
        self, book: Book, day: date | None = None, frozen: tuple[Frozen, ...] = ()
    ) -> None:
        self.book, self.besides, today = book, frozen, day or book.as_of
        self.operating = {a.id for a in book.accounts if a.role is AccountRole.OPERATING}
        self.lines = {each.id for each in book.facilities}
        self.frozen = {e.id for e in book.accounts if is_gone(e, today)}
        self.frozen |= {each.account for each in frozen if each.since <= today < each.until}
        usual = [each.id for each in book.accounts if each.id in self.operating]
        self.main = next((each for each in usual if each not in self.frozen), "".join(usual[:1]))

    def on(self, day: date) -> Accounts:
        """The same on a later day, on which less may be frozen, or something else."""
        return Accounts(self.book, day, self.besides) if self.frozen or self.besides else self

    def named(self, account: str) -> str:
        """This account, or the main one where it is none that is pooled as cash and in reach."""
        return account if account in self.operating - self.frozen else self.main

    def line(self, line: str, book: Book | None = None) -> Facility:
        """The line with this id; raises `BadInput` where there is none."""
        found = (book or self.book).by_id.get(line)
        if not isinstance(found, Facility):
            said = "“{id}” is not in this book. Choose one that is, or add it first."
            raise BadInput(message(said, id=clip(line)), "line")
        return found

    def of_flow(self, flow: CashFlow) -> str:
        """The account through which a receipt or payment goes."""
        if flow.direction is Direction.RECEIPT and flow.through in self.operating:
            return flow.through
        return self.named(flow.through)

    def of_line(self, line: Facility, *, draw: bool = False) -> str:
        """The account that pays what is due on a line, or into which its draws are paid."""
        return self.named(line.paid_into if draw else line.paid_from)

    def of_series(self, series: Series) -> str:
        """The account through which flows of the projection go."""
        record, line = self.book.by_id.get(series.record), self.book.by_id.get(series.element)
        if isinstance(line, Facility):
            if series.kind is FlowKind.INSTALMENT and series.side is Side.RECEIPT:
                return self.named(line.takings_into)
            return self.of_line(line, draw=series.kind is FlowKind.DRAW)
        if isinstance(record, Facility):
            return self.of_line(record)
        return self.of_flow(record) if isinstance(record, CashFlow) else self.main


def accounts_of(
    book: Book, flows: FlowTable, frozen: tuple[Frozen, ...] = ()
) -> tuple[list[str], Ints]:
    """The ids of accounts, and for each flow the number of the one that it goes through; `frozen`
    as in `Accounts`."""
    known, found = dict[str, int](), np.zeros(len(flows), dtype=np.int64)
    thaws = {each.frozen_until for each in book.accounts if is_gone(each, book.as_of)}
    thaws |= {day for each in frozen for day in (each.since, each.until)}
    for day in sorted({book.as_of, *filter(None, thaws)}):
        accounts = Accounts(book, day, frozen)
        through = (accounts.of_series(each) for each in flows.descriptions)
        numbers = [known.setdefault(each, len(known)) for each in through]
        later = flows.day >= (day - book.as_of).days
        found[later] = np.array(numbers, dtype=np.int64)[flows.series[later]]
    return list(known), found


def moved_by_account(
    book: Book, flows: FlowTable, days: int, frozen: tuple[Frozen, ...] = ()
) -> dict[str, int]:
    """What comes into each account, less what leaves it, in that many days from the as-of date on,
    as it is planned (minor units)."""
    names, numbers = accounts_of(book, flows, frozen)
    sums = np.zeros(len(names), dtype=np.int64)
    np.add.at(sums, numbers, np.where(flows.day < days, _signed(flows), 0))
    return dict(zip(names, sums.tolist(), strict=True))


class Balances:
    """What each operating account holds as a book is projected, in minor units."""

    def __init__(self, book: Book, flows: FlowTable) -> None:
        self._book, self._flows = book, flows
        self._opening = {each.id: each.balance for each in book.accounts}
        self._sums: dict[str, tuple[Ints, Ints]] = {}

    def before(self, account: str, day: int) -> int:
        """What is in an operating account when that day begins (an offset from the as-of date)."""
        if account not in self._sums:
            self._sums[account] = self._summed(account)
        days, sums = self._sums[account]
        number = int(np.searchsorted(days, day))
        return self._opening[account] + (int(sums[number - 1]) if number else 0)

    @cached_property
    def _rows_of(self) -> dict[str, Ints]:
        """By account: the rows of its flows."""
        names, numbers = accounts_of(self._book, self._flows)
        return {name: np.flatnonzero(numbers == number) for number, name in enumerate(names)}

    def _summed(self, account: str) -> tuple[Ints, Ints]:
        """Days in order, and all that has moved by each of them."""
        rows = self._rows_of.get(account, np.empty(0, dtype=np.int64))
        rows = rows[np.argsort(self._flows.day[rows], kind="stable")]
        return self._flows.day[rows], np.cumsum(_signed(self._flows)[rows])


def _signed(flows: FlowTable) -> Ints:
    """The amounts, below zero for what leaves cash."""
    return np.where(flows.side == Side.PAYMENT, -flows.amount, flows.amount)


def main_account(book: Book) -> str:
    """The id of the account through which all goes that names none; empty where there is none."""
    return Accounts(book).main
