"""Columns of the short lists inside detail panes, and of repayment schedules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from backstop.desktop.tables.columns import TableColumn, money_column
from backstop.telling import Words
from backstop.telling.rules import short_rule

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context
    from backstop.domain import LinkGroup, PlannedDraw, Tranche


def tranche_columns(context: Context) -> list[TableColumn[Any]]:
    """Name, principal still owed, next due date."""
    return [
        TableColumn("Name", _name, sort=lambda tranche: tranche.name, stretch=True),
        TableColumn("Next due date", _next_due, sort=lambda t: t.next_due, tone=_muted, spare=1),
        money_column("Principal", lambda t: t.principal, _currency(context)),
    ]


def draw_columns(context: Context) -> list[TableColumn[Any]]:
    """Name, rule, amount."""
    return [
        TableColumn("Name", _name, sort=lambda draw: draw.name, stretch=True),
        TableColumn("When", _when, sort=lambda draw: draw.first_date, tone=_muted, spare=1),
        money_column("Amount", lambda draw: draw.amount, _currency(context)),
    ]


def group_columns(context: Context) -> list[TableColumn[Any]]:
    """Name and why."""

    def members(group: LinkGroup, words: Words) -> str:
        known = context.book.by_id
        return words.few([known[each].name for each in group.members if each in known])

    return [
        TableColumn("Name", _name, sort=lambda group: group.name, stretch=True),
        TableColumn(
            "Members", members, sort=lambda group: len(group.members), tone=_muted, spare=1
        ),
    ]


def schedule_columns(context: Context) -> list[TableColumn[Any]]:
    """One instalment a row."""
    currency = _currency(context)
    return [
        TableColumn(
            "Due date",
            _due,
            sort=lambda each: each.due,
            stretch=True,
        ),
        money_column("Principal", lambda each: each.principal, currency),
        money_column("Interest", lambda each: each.interest, currency),
        money_column("In all", lambda each: each.total, currency),
    ]


def _currency(context: Context) -> Any:
    return lambda: context.book.currency


def _name(record: Any, words: Words) -> str:
    return str(record.name)


def _due(instalment: Any, words: Words) -> str:
    """The short way: the column is narrow."""
    return words.language.narrow_day(instalment.due)


def _next_due(tranche: Tranche, words: Words) -> str:
    return words.day(tranche.next_due)


def _when(draw: PlannedDraw, words: Words) -> str:
    said = short_rule(draw, words)
    return words.day(draw.first_date) if draw.repeat == "once" else said


def _muted(record: object) -> str:
    return "muted"
