"""Instalments, bills and interest beside the payments of the book: they go out all the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from backstop.contingency import obligations
from backstop.domain import Book, CashFlow, Facility
from backstop.projection import FlowKind
from backstop.telling import Narrator
from backstop.telling.phrases import obligation_title

if TYPE_CHECKING:
    from backstop.plan import Answers
    from backstop.telling import Words

_OF_DEBT = (FlowKind.INSTALMENT, FlowKind.BILL, FlowKind.INTEREST, FlowKind.REPAYMENT)


@dataclass(frozen=True)
class DebtDue:
    """What is to be paid to a line on one day; `amount` in minor units."""

    line: str
    name: str
    day: date
    amount: int


def debts_due(answers: Answers | None, first: date, last: date, words: Words) -> list[DebtDue]:
    """What lines ask for between two days, both included; none before there are answers. A payment
    that a line has made is owed to that line."""
    if answers is None:
        return []
    projection, narrator = answers.projection, Narrator(answers.book, words)
    begin, end = ((day - answers.book.as_of).days for day in (first, last))
    found = obligations(projection, None, max(begin, 0), end)
    return [
        DebtDue(
            line_of(answers.book, each.record),
            obligation_title(each, narrator),
            projection.date_of(each.day),
            each.amount,
        )
        for each in found
        if each.kind in _OF_DEBT
    ]


def line_of(book: Book, record_id: str) -> str:
    """The line behind a record: itself, or what a payment or a draw goes through."""
    record = book.by_id.get(record_id)
    if isinstance(record, CashFlow):
        return record.through
    return str(getattr(record, "facility", record_id))


def moves_cash(book: Book, flow: CashFlow) -> bool:
    """Whether it brings or takes money on its own day: what a line pays is billed later."""
    return not isinstance(book.by_id.get(flow.through), Facility)
