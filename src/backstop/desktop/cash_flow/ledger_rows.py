"""Columns of planned and actual, by item and by month."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from backstop.desktop.tables.columns import TableColumn, money_column
from backstop.services.ledger import ItemTotal, MonthTotal
from backstop.telling import Words
from backstop.telling.settling import kind_text

if TYPE_CHECKING:
    from datetime import date

    from backstop.desktop.state.context import Context
    from backstop.domain import Settled


def item_columns(context: Context) -> list[TableColumn[ItemTotal]]:
    """What, how often, planned, actual, the difference, and how late."""

    def currency() -> str:
        return context.book.currency

    return [
        TableColumn("item|What", _name, sort=lambda row: row.name, tip=_name, stretch=True),
        TableColumn("Kind", _kind, sort=lambda row: row.kind, tone=_muted, spare=3),
        TableColumn("Times", _times, sort=lambda row: row.times, figures=True, spare=2),
        money_column("Planned", lambda row: row.planned, currency),
        money_column("Actual", lambda row: row.actual, currency),
        money_column("Difference", lambda row: row.difference, currency, tone=_tone),
        TableColumn("Usually", _late, sort=lambda row: row.days_late, tone=_late_tone, spare=1),
    ]


def unexplained_columns(context: Context) -> list[TableColumn[Settled]]:
    """When, in which account, and how much more or less than follows."""
    return [
        TableColumn("Date", lambda row, words: words.day(row.planned_day), sort=_planned_day),
        TableColumn("Account", lambda row, _: row.name, sort=lambda row: row.name, stretch=True),
        money_column("Difference", lambda row: row.actual, lambda: context.book.currency),
    ]


def _planned_day(row: Settled) -> date:
    return row.planned_day


def month_columns(context: Context) -> list[TableColumn[MonthTotal]]:
    """Month, money in and out as planned and as it came, and what that makes."""

    def currency() -> str:
        return context.book.currency

    return [
        TableColumn("Month", _month, sort=lambda row: row.month),
        money_column("In, planned", lambda row: row.planned_in, currency),
        money_column("In, actual", lambda row: row.actual_in, currency),
        money_column("Out, planned", lambda row: row.planned_out, currency),
        money_column("Out, actual", lambda row: row.actual_out, currency),
        money_column("Unexplained", lambda row: row.unexplained or None, currency, spare=1),
        money_column("Difference", lambda row: row.difference, currency, tone=_tone),
    ]


def _name(row: ItemTotal, words: Words) -> str:
    return row.name


def _kind(row: ItemTotal, words: Words) -> str:
    return kind_text(row.kind, words)


def _times(row: ItemTotal, words: Words) -> str:
    return str(row.times)


def _month(row: MonthTotal, words: Words) -> str:
    return words.month(row.month)


def _late(row: ItemTotal, words: Words) -> str:
    if row.days_late is None:
        return words.say("did not come")
    if row.days_late == 0:
        return words.say("on its day")
    if row.days_late < 0:
        return words.count(-row.days_late, "one day early", "{n} days early")
    return words.count(row.days_late, "one day late", "{n} days late")


def _late_tone(row: ItemTotal) -> str:
    return "careful" if row.days_late is None or row.days_late > 0 else "muted"


def _tone(row: Any) -> str:
    return "careful" if row.difference < 0 else ""


def _muted(row: ItemTotal) -> str:
    return "muted"
