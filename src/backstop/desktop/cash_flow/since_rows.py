"""Rows of the list of what was due since: what was planned, and what is said of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from backstop.desktop.tables.columns import TableColumn, money_column
from backstop.domain import KeptRow
from backstop.services.looking import row_said
from backstop.services.settling import InWork
from backstop.services.settling_items import DueItem, Item, Other, PassedLoss, in_full
from backstop.services.settling_words import answer_said, item_title, planned_amount
from backstop.settling import Answer, Happened, NotYet, WillNot
from backstop.telling import Narrator, Words

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context


@dataclass(frozen=True)
class SinceRow:
    """One thing of the list with its answer; `until` is the day to which the book is brought,
    `told_by` the row of a statement that says so, `full` the answer that all of a receipt came."""

    item: Item
    answer: Answer
    until: date
    told_by: KeptRow | None = None
    full: Happened | None = None

    @property
    def id(self) -> str:
        """By which the table knows the row again."""
        return self.item.id

    @property
    def is_usual(self) -> bool:
        """Whether nothing else is said than holds without a word."""
        return not isinstance(self.item, Other) and self.answer == self.item.usual


def since_rows(work: InWork) -> list[SinceRow]:
    """All that is listed, in the order of the days."""
    return [
        SinceRow(
            each, work.answer_to(each), work.until, work.rows.get(each.id), in_full(each, work.book)
        )
        for each in work.items
    ]


def since_columns(context: Context) -> list[TableColumn[SinceRow]]:
    """Day, what, planned, and what is said of it."""

    def currency() -> str:
        return context.book.currency

    def name(row: SinceRow, words: Words) -> str:
        return item_title(row.item, Narrator(context.book, words))

    def said(row: SinceRow, words: Words) -> str:
        return answer_said(row.item, row.answer, row.until, Narrator(context.book, words))

    return [
        TableColumn("Day", _day, sort=lambda row: row.item.day, tone=_day_tone),
        TableColumn(
            "item|What", name, sort=lambda row: name(row, context.words), tip=name, stretch=True
        ),
        money_column("Planned", lambda row: planned_amount(row.item), currency),
        TableColumn("What came of it", said, sort=_order, tone=_tone, tip=said),
        TableColumn("Matched row", _told_by, sort=lambda row: _told_by(row, context.words),
                    tip=_told_by, tone=lambda _: "muted", spare=2),
    ]  # fmt: skip


def _told_by(row: SinceRow, words: Words) -> str:
    return row_said(row.told_by) if row.told_by else ""


def _day(row: SinceRow, words: Words) -> str:
    return words.short_day(row.item.day)


def _day_tone(row: SinceRow) -> str:
    return "careful" if isinstance(row.item, DueItem) and row.item.due.overdue else ""


def _order(row: SinceRow) -> tuple[bool, str]:
    return row.is_usual, type(row.answer).__name__


def _tone(row: SinceRow) -> str:
    if row.is_usual:
        return "careful" if isinstance(row.item, PassedLoss) else "muted"
    return "careful" if isinstance(row.answer, NotYet | WillNot) else ""
