"""The sentences on top of the Cash flow page."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from backstop.desktop.cash_flow.debts import DebtDue, moves_cash
from backstop.desktop.cash_flow.rows import KEPT, FlowRow
from backstop.domain import Book, CashFlow, Direction
from backstop.projection import amounts_due, calendar_of, due_days
from backstop.services import clock
from backstop.telling import Words

if TYPE_CHECKING:
    from backstop.projection import Calendar

NEAR_DAYS = 30


def flow_sentence(book: Book, debts: list[DebtDue], words: Words) -> str:
    """What is due to come in and to go out soon, in cash: with `debts`, what lines ask for."""
    if not book.cash_flows:
        return words.say("No receipt or payment is registered yet.")
    owed = sum(each.amount for each in debts)
    said = {
        "n": NEAR_DAYS,
        "received": _rounded(book, _due(book, Direction.RECEIPT), words),
        "paid": _rounded(book, _due(book, Direction.PAYMENT) + owed, words),
    }
    if not owed:
        return words.say(
            "In the next {n} days, {received} is due to come in and {paid} to go out.", **said
        )
    return words.say(
        "In the next {n} days, {received} is due to come in and {paid} to go out, {owed} of it for "
        "instalments and bills.",
        **said,
        owed=_rounded(book, owed, words),
    )


def next_payment(book: Book, rows: list[FlowRow], debts: list[DebtDue], words: Words) -> str:
    """Which payment comes next, of those in cash; empty when none does."""
    dated = [(each.day, -each.amount, each.name) for each in debts]
    dated += [
        (row.next_date, -row.amount, row.record.name)
        for row in rows
        if row.record.direction is Direction.PAYMENT
        and row.next_date is not None
        and moves_cash(book, row.record)
    ]
    if not dated:
        return ""
    day, amount, name = min(dated)
    return words.say(
        "Next payment: {name}, {amount}, on {day}.",
        name=name,
        amount=words.round_money(-amount, book.currency),
        day=day,
    )


def near_days(book: Book) -> tuple[date, date]:
    """The first and the last day that count as soon."""
    first = clock.first_day(book)
    return first, first + timedelta(days=NEAR_DAYS - 1)


def _due(book: Book, direction: Direction) -> int:
    first, calendar = clock.first_day(book), calendar_of(book)
    flows = (each for each in book.cash_flows if each.direction is direction)
    return sum(_soon(each, first, calendar) for each in flows if moves_cash(book, each))


def _rounded(book: Book, total: int, words: Words) -> str:
    whole = 10**book.money.digits
    return words.round_money((total + whole // 2) // whole * whole, book.currency)


@lru_cache(maxsize=KEPT)
def _soon(flow: CashFlow, first: date, calendar: Calendar) -> int:
    """What of it is due soon; kept, because an edit changes one of many."""
    return int(amounts_due(flow, due_days(flow, first, NEAR_DAYS - 1, calendar).own).sum())


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
