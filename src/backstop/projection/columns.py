"""Dated flows in columns: what they are, and which of them hang on what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import cached_property
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from backstop.domain import Priority
from backstop.projection.amortisation import FREE, Price

Ints = NDArray[np.int64]


_NONE = np.empty(0, dtype=np.int64)

BEFORE = -100_000
"""The day, long past, on which everything began that was owed before day 0."""


class Side(IntEnum):
    """The order within a day: own funding moves first, then payments, then receipts."""

    FUNDING = 0
    PAYMENT = 1
    RECEIPT = 2


class FlowKind(StrEnum):
    RECEIPT = "receipt"
    PAYMENT = "payment"
    BILL = "bill"
    DRAW = "draw"
    INSTALMENT = "instalment"
    INTEREST = "interest"
    REPAYMENT = "repayment"
    EXPENSE = "expense"


class Series(NamedTuple):
    """The flows that one record gives rise to, described once.

    `element` is the facility or account they hang on, or empty; `falls_back` says that, when the
    element is lost, they are paid in cash on the day they began. By `price` their interest runs.
    `linked` ones stop with a receipt.
    `whole` says that they follow from more than one record, as shares of bills that are reckoned
    whole, or of takings: a loss makes new ones.
    `advance` marks cash drawn on a card, which has a limit of its own. A bill is reported debt;
    `own_priority` is the class of the purchase behind it, where that is not made, or in cash.
    """

    record: str
    name: str
    kind: FlowKind
    side: Side
    element: str = ""
    priority: Priority = Priority.MUST
    partly_payable: bool = False
    falls_back: bool = False
    linked: bool = False
    income_lost: int = 0
    price: Price = FREE
    whole: bool = False
    advance: bool = False
    own_priority: Priority | None = None

    @property
    def in_cash(self) -> Series:
        """The same paid in cash on the day it began, in its own class."""
        own = self.priority if self.own_priority is None else self.own_priority
        return self._replace(
            kind=FlowKind.PAYMENT, element="", falls_back=False, priority=own, own_priority=None
        )


class Flow(NamedTuple):
    """One dated movement of cash, in minor units, on day offsets from the as-of date.

    `began` is the day of the draw or purchase behind it; `principal` how much of the amount is
    principal drawn or repaid (0 for what is no debt; all of it, for an amount of 0, where a credit
    pays); `overdue` (0 or 1) that its own date has passed. An instalment's interest runs from
    `since` to `until`, the day of the contract, on the balance `owed`, and `debt` counts the draws
    or purchases of one record.
    """

    day: int
    amount: int
    began: int
    principal: int = 0
    overdue: int = 0
    since: int = 0
    debt: int = 0
    owed: int = 0
    until: int = 0


@dataclass(frozen=True)
class FlowTable:
    """All flows of a book as columns of equal length; `series[i]` indexes `descriptions`.

    The flows of one series stand together, in the order of the descriptions. What is owed beyond
    the horizon is listed too: a lender who calls it wants it within.
    """

    descriptions: tuple[Series, ...]
    series: Ints
    day: Ints
    amount: Ints
    began: Ints
    principal: Ints
    overdue: NDArray[np.bool_]
    since: Ints
    debt: Ints
    owed: Ints
    until: Ints
    side: Ints

    def __len__(self) -> int:
        return len(self.day)

    @cached_property
    def bounds(self) -> Ints:
        """Where each series starts; the one after the last, where the table ends."""
        return np.searchsorted(self.series, np.arange(len(self.descriptions) + 1))

    @cached_property
    def series_of(self) -> dict[str, list[int]]:
        """By the id of an element: the series that hang on it. By that of a receipt, or of a
        payment that stops with one: its own."""
        found: dict[str, list[int]] = defaultdict(list)
        for number, series in enumerate(self.descriptions):
            if series.element:
                found[series.element].append(number)
            if (series.side is Side.RECEIPT and not series.whole) or series.linked:
                found[series.record].append(number)
        return found

    @cached_property
    def falls_back(self) -> NDArray[np.bool_]:
        """Of each series, whether it falls back on cash: (series,)."""
        return np.array([each.falls_back for each in self.descriptions], dtype=np.bool_)

    @cached_property
    def whole(self) -> frozenset[str]:
        """The ids of cards whose bills are reckoned whole."""
        return frozenset(each.element for each in self.descriptions if each.whole)

    @cached_property
    def _shown(self) -> dict[tuple[int, bool], tuple[Ints, Ints]]:
        return {}

    def shown(self, days: int, *, late: bool) -> tuple[Ints, Ints]:
        """`shown` of every flow, worked out once."""
        if (days, late) not in self._shown:
            self._shown[days, late] = shown(self.side, self.day, self.amount, days, late=late)
        return self._shown[days, late]

    def with_own_bills(self, element: str) -> Sequence[int]:
        """The series that hang on an element, or are that receipt's, without those that are shares
        of bills that are reckoned whole."""
        found = self.series_of.get(element, [])
        if not self.whole:
            return found
        return [number for number in found if not self.descriptions[number].whole]

    def hanging_on(self, elements: Iterable[str]) -> FlowTable:
        """Only the series that hang on these elements."""
        numbers = sorted({n for each in elements for n in self.series_of.get(each, ())})
        spans = [np.arange(self.bounds[n], self.bounds[n + 1]) for n in numbers]
        rows = np.concatenate([_NONE, *spans])
        return FlowTable(
            descriptions=tuple(self.descriptions[n] for n in numbers),
            series=np.repeat(np.arange(len(numbers)), [len(each) for each in spans]),
            day=self.day[rows],
            amount=self.amount[rows],
            began=self.began[rows],
            principal=self.principal[rows],
            overdue=self.overdue[rows],
            since=self.since[rows],
            debt=self.debt[rows],
            owed=self.owed[rows],
            until=self.until[rows],
            side=self.side[rows],
        )

    def with_rows(self, kept: NDArray[np.bool_], added: FlowTable) -> FlowTable:
        """The flows that are kept and those added, whose series follow ours in number."""
        series = np.concatenate([self.series[kept], added.series + len(self.descriptions)])
        order = np.argsort(series, kind="stable")

        def joined(mine: NDArray[Any], theirs: NDArray[Any]) -> NDArray[Any]:
            return np.concatenate([mine[kept], theirs])[order]

        return FlowTable(
            descriptions=self.descriptions + added.descriptions,
            series=series[order],
            day=joined(self.day, added.day),
            amount=joined(self.amount, added.amount),
            began=joined(self.began, added.began),
            principal=joined(self.principal, added.principal),
            overdue=joined(self.overdue, added.overdue),
            since=joined(self.since, added.since),
            debt=joined(self.debt, added.debt),
            owed=joined(self.owed, added.owed),
            until=joined(self.until, added.until),
            side=joined(self.side, added.side),
        )


def shown(side: Ints, day: Ints, amount: Ints, days: int, *, late: bool) -> tuple[Ints, Ints]:
    """On which of so many days (at most that number: beyond them) flows move cash, and by how much.
    Where receipts are `late`, those of today first show in tomorrow's lowest balance."""
    first = day + (side == Side.RECEIPT) if late else day
    return np.minimum(first, days), np.where(side == Side.PAYMENT, -amount, amount)


class Block(NamedTuple):
    """Some series and their flows: `counts` says how many flows each has. `columns` are those of
    `Flow`, one after the other: (9, flows)."""

    described: tuple[Series, ...]
    counts: Ints
    columns: Ints


_WITHOUT = np.empty((len(Flow._fields), 0), dtype=np.int64)


def block_of(series: Series, flows: Sequence[Flow]) -> Block:
    """One series, from its flows one by one."""
    return Block((series,), np.array([len(flows)]), columns_of(flows))


def columns_of(flows: Sequence[Flow]) -> Ints:
    """Flows one by one, as columns: (9, flows)."""
    return np.array(flows, dtype=np.int64).reshape(-1, len(Flow._fields)).T


def flow_table(blocks: Iterable[Block]) -> FlowTable:
    """Columns from blocks; a series without flows keeps its place."""
    found = list(blocks)
    descriptions = tuple(chain.from_iterable(each.described for each in found))
    counts = np.concatenate([_NONE, *(each.counts for each in found)])
    series = np.repeat(np.arange(len(descriptions)), counts)
    sides = np.array([each.side for each in descriptions], dtype=np.int64)
    columns = np.concatenate([_WITHOUT, *(each.columns for each in found)], axis=1)
    day, amount, began, principal, overdue, since, debt, owed, until = columns
    return FlowTable(
        descriptions=descriptions,
        series=series,
        day=day,
        amount=amount,
        began=began,
        principal=principal,
        overdue=overdue.astype(np.bool_),
        since=since,
        debt=debt,
        owed=owed,
        until=until,
        side=sides[series],
    )
