"""The sentences on top of the Cash flow page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backstop.domain import Book, CashFlow, Direction
from backstop.projection import calendar_of, due_days
from backstop.services import clock
from backstop.telling import Words

if TYPE_CHECKING:
    from backstop.desktop.cash_flow.rows import FlowRow

NEAR_DAYS = 30


def flow_sentence(book: Book, words: Words) -> str:
    """What is due to come in and to go out soon."""
    if not book.cash_flows:
        return words.say("No receipt or payment is registered yet.")
    return words.say(
        "In the next {n} days, {received} is due to come in and {paid} to go out.",
        n=NEAR_DAYS,
        received=_due(book, Direction.RECEIPT, words),
        paid=_due(book, Direction.PAYMENT, words),
    )


def next_payment(rows: list[FlowRow], words: Words, currency: str) -> str:
    """Which payment comes next; empty when none does."""
    dated = [
        (row.next_date, row)
        for row in rows
        if row.record.direction is Direction.PAYMENT and row.next_date is not None
    ]
    if not dated:
        return ""
    day, row = min(dated, key=lambda each: (each[0], -each[1].record.amount))
    return words.say(
        "Next payment: {name}, {amount}, on {day}.",
        name=row.record.name,
        amount=words.round_money(row.record.amount, currency),
        day=day,
    )


def _due(book: Book, direction: Direction, words: Words) -> str:
    flows = (each for each in book.cash_flows if each.direction is direction)
    total = sum(each.amount * _times(book, each) for each in flows)
    whole = 10**book.money.digits
    return words.round_money((total + whole // 2) // whole * whole, book.currency)


def _times(book: Book, flow: CashFlow) -> int:
    first = clock.first_day(book)
    return len(due_days(flow, first, NEAR_DAYS - 1, calendar_of(book)).days)
