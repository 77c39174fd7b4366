"""Rows of what else could be done: every measure with what it would bring."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from backstop.desktop.tables.columns import TableColumn, money_column
from backstop.domain import Book, Measure, MeasureKind
from backstop.telling import Words

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context


@dataclass(frozen=True)
class MeasureRow:
    """A measure; `brings` in minor units where that is known, `about` its receipt or line."""

    record: Measure
    brings: int | None
    about: str

    @property
    def id(self) -> str:
        """The id of its record, by which a table knows the row again."""
        return self.record.id


def brings(measure: Measure) -> int | None:
    """Minor units that it would bring, where that can be said without a projection."""
    if measure.kind is MeasureKind.SELL_ASSET:
        kept = measure.amount * (100 - measure.cost_percent) / Decimal(100)
        return int(kept.quantize(Decimal(1), ROUND_HALF_UP))
    if measure.kind in (MeasureKind.NEW_FACILITY, MeasureKind.OWNER_MONEY):
        return measure.amount
    return None


def measure_rows(book: Book) -> list[MeasureRow]:
    """In the order of the book."""
    return [
        MeasureRow(each, brings(each), book.by_id[each.target].name if each.target else "")
        for each in book.measures
    ]


def measure_columns(context: Context) -> list[TableColumn[MeasureRow]]:
    """All columns; a narrow table keeps the name and what it brings."""
    return [
        TableColumn("Name", lambda row, words: row.record.name, sort=_name, stretch=True),
        TableColumn("Kind", _kind, sort=lambda row: row.record.kind.value, tone=_muted, spare=2),
        TableColumn("About", lambda row, words: row.about, sort=lambda row: row.about, spare=3),
        TableColumn("From whom", lambda row, words: row.record.provider, sort=_provider, spare=5),
        TableColumn(
            "Lead time", _lead, sort=lambda row: row.record.lead_days, figures=True, spare=4
        ),
        money_column("Brings", lambda row: row.brings, lambda: context.book.currency, spare=1),
    ]


def _name(row: MeasureRow) -> str:
    return row.record.name


def _provider(row: MeasureRow) -> str:
    return row.record.provider


def _kind(row: MeasureRow, words: Words) -> str:
    return words.label(row.record.kind)


def _lead(row: MeasureRow, words: Words) -> str:
    days = row.record.lead_days
    return words.count(days, "{n} day", "{n} days") if days else words.say("lead time|now")


def _muted(row: MeasureRow) -> str:
    return "muted"
