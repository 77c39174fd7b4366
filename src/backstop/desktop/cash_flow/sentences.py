"""The sentences on top of the Cash flow page."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from backstop.domain import Book, CashFlow, Direction
from backstop.projection import amounts_due, calendar_of, due_days
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
    day, row = min(dated, key=lambda each: (each[0], -each[1].amount))
    return words.say(
        "Next payment: {name}, {amount}, on {day}.",
        name=row.record.name,
        amount=words.round_money(row.amount, currency),
        day=day,
    )


def _due(book: Book, direction: Direction, words: Words) -> str:
    flows = (each for each in book.cash_flows if each.direction is direction)
    total = sum(_soon(book, each) for each in flows)
    whole = 10**book.money.digits
    return words.round_money((total + whole // 2) // whole * whole, book.currency)


def _soon(book: Book, flow: CashFlow) -> int:
    due = due_days(flow, clock.first_day(book), NEAR_DAYS - 1, calendar_of(book))
    return int(amounts_due(flow, due.own).sum())


def taken_sentence(rows: list[FlowRow], as_of: date, words: Words) -> str:
    """How many of them have dates that count as settled without a word; empty where none has."""
    taken = sum(row.taken is not None for row in rows)
    if not taken:
        return ""
    return words.count(
        taken,
        "The last date of one item lies before {day} and is taken as paid.",
        "The last dates of {n} items lie before {day} and are taken as paid.",
        day=as_of,
    )
