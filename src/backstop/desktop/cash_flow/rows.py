"""Rows of the Cash flow table: every expected receipt and payment with its rule and next date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from backstop.desktop.tables.columns import TableColumn, money_column
from backstop.domain import Book, CashFlow, Direction, Priority
from backstop.projection import amount_on, calendar_of, overdue_occurrences, taken_as_paid, upcoming
from backstop.services import clock
from backstop.telling import Words
from backstop.telling.rules import short_rule

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context
    from backstop.projection import Calendar

KEPT = 1 << 16
"""Rows that are kept: more than any book has that this program answers for."""


@dataclass(frozen=True)
class FlowRow:
    """A receipt or payment; `next_date` from the as-of date on, None when its rule has ended, and
    `amount` what it then is (minor units).

    `overdue` says that its date has passed and it is still due; `taken` is the last date before the
    as-of date that counts as settled although nobody said so. `through` is the name of the account
    or line, or empty for pooled cash.
    """

    record: CashFlow
    next_date: date | None
    amount: int
    overdue: bool
    taken: date | None
    through: str

    @property
    def id(self) -> str:
        """The id of its record, by which a table knows the row again."""
        return self.record.id

    @property
    def signed(self) -> int:
        """Minor units, payments below zero."""
        is_payment = self.record.direction is Direction.PAYMENT
        return -self.amount if is_payment else self.amount


def flow_rows(book: Book) -> list[FlowRow]:
    """Receipts and payments in the order of the book."""
    calendar, first = calendar_of(book), clock.first_day(book)
    through = {each.id: each.name for each in (*book.accounts, *book.facilities)}
    return [
        _dated(each, book.as_of, first, calendar, through.get(each.through, ""))
        for each in book.cash_flows
    ]


@lru_cache(maxsize=KEPT)
def _dated(flow: CashFlow, as_of: date, first: date, calendar: Calendar, through: str) -> FlowRow:
    """The next occurrence from `first` on, or one before `as_of` that is still due; kept, because
    an edit changes one of many."""
    late, taken = overdue_occurrences(flow, as_of, calendar), taken_as_paid(flow, as_of, calendar)
    found = (late or upcoming(flow, first, 1, calendar))[:1]
    return FlowRow(
        record=flow,
        next_date=found[0].day if found else None,
        amount=amount_on(flow, found[0].rule_date) if found else flow.amount,
        overdue=bool(late),
        taken=taken[0].day if taken else None,
        through=through,
    )


def flow_columns(context: Context) -> list[TableColumn[FlowRow]]:
    """All columns; a narrow table keeps name, amount and next date."""

    def currency() -> str:
        return context.book.currency

    return [
        TableColumn("Name", _plain_name, sort=_name, tip=_plain_name, stretch=True),
        TableColumn("Direction", _direction, sort=_is_payment, tone=_muted, spare=4),
        money_column("Amount", lambda row: row.signed, currency),
        TableColumn("When", _when, sort=_frequency, spare=2),
        TableColumn(
            "Next date", _next, sort=lambda row: row.next_date, tone=_next_tone, tip=_taken
        ),
        TableColumn("Priority", _priority, sort=_priority_key, tone=_priority_tone, spare=3),
        TableColumn("Paid through", _through, sort=lambda row: row.through, tone=_muted, spare=5),
    ]


def _plain_name(row: FlowRow, words: Words) -> str:
    return row.record.name


def _name(row: FlowRow) -> str:
    return row.record.name


def _direction(row: FlowRow, words: Words) -> str:
    return words.label(row.record.direction)


def _is_payment(row: FlowRow) -> bool:
    return row.record.direction is Direction.PAYMENT


def _when(row: FlowRow, words: Words) -> str:
    return short_rule(row.record, words)


def _frequency(row: FlowRow) -> tuple[int, int]:
    """Roughly how many days lie between two dates; once comes last."""
    days = {"days": 1, "weeks": 7, "months": 30, "years": 365}.get(row.record.repeat, 10**6)
    return days * row.record.every, row.record.first_date.day


def _next(row: FlowRow, words: Words) -> str:
    if row.next_date is None:
        return words.say("ended")
    day = words.day(row.next_date)
    return words.say("overdue, {day}", day=day) if row.overdue else day


def _taken(row: FlowRow, words: Words) -> str:
    """What is taken for granted of the date before it."""
    if row.taken is None:
        return ""
    return words.say("{day} is taken as paid.", day=row.taken)


def _next_tone(row: FlowRow) -> str:
    if row.overdue:
        return "careful"
    return "muted" if row.next_date is None else ""


def _priority(row: FlowRow, words: Words) -> str:
    return words.label(row.record.priority) if _is_payment(row) else ""


def _priority_key(row: FlowRow) -> int | None:
    return int(row.record.priority) if _is_payment(row) else None


def _priority_tone(row: FlowRow) -> str:
    return "" if row.record.priority is Priority.MUST else "muted"


def _through(row: FlowRow, words: Words) -> str:
    return row.through or words.say("all accounts")


def _muted(row: FlowRow) -> str:
    return "muted"
