"""What moves on one day of the projection, as rows of a table."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import numpy as np

from backstop.contingency.naming import line_of
from backstop.desktop.tables import TableColumn
from backstop.projection import FlowKind, Side
from backstop.telling import Narrator, Words
from backstop.telling.phrases import obligation_title

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context
    from backstop.projection import Projection


class FlowChange(StrEnum):
    """What a loss makes of a movement."""

    SAME = ""
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class FlowRow:
    """One movement: `amount` in minor units, payments below zero. `parts` are what a bill is
    for."""

    number: int
    name: str
    kind: str
    amount: int
    currency: str
    overdue: bool
    change: FlowChange = FlowChange.SAME
    parts: tuple[str, ...] = ()


def flows_of(projection: Projection, day: int, words: Words) -> list[FlowRow]:
    """The movements of a day in their order: funding, payments, receipts. A bill is one movement,
    whatever was bought."""
    flows = projection.flows
    found = [int(i) for i in np.flatnonzero((flows.day == day) & (flows.amount > 0))]
    found.sort(key=lambda i: (int(flows.side[i]), -int(flows.amount[i])))
    narrator, rows = Narrator(projection.book, words), []
    bills: dict[str, int] = {}
    for number in found:
        series = flows.descriptions[flows.series[number]]
        amount = int(flows.amount[number])
        row = FlowRow(
            number=number,
            name=obligation_title(series, narrator),
            kind=series.kind.value,
            amount=-amount if series.side is Side.PAYMENT else amount,
            currency=projection.book.currency,
            overdue=bool(flows.overdue[number]),
        )
        if series.kind is not FlowKind.BILL:
            rows.append(row)
        elif series.element in bills:
            at = bills[series.element]
            rows[at] = _with(rows[at], row, series.name)
        else:
            bills[series.element] = len(rows)
            name = narrator.say("{line}, bill", line=line_of(projection.book, series))
            rows.append(replace(row, name=name, parts=(series.name,)))
    return rows


def _with(bill: FlowRow, more: FlowRow, name: str) -> FlowRow:
    return replace(
        bill,
        amount=bill.amount + more.amount,
        overdue=bill.overdue or more.overdue,
        parts=tuple(dict.fromkeys((*bill.parts, name))),
    )


def flows_compared(
    projection: Projection, under: Projection, day: int, words: Words
) -> list[FlowRow]:
    """The movements of a day under a loss, and those that it takes away, marked."""

    def mark(row: FlowRow) -> tuple[str, str, int]:
        return row.name, row.kind, row.amount

    before, after = flows_of(projection, day, words), flows_of(under, day, words)
    left = Counter(map(mark, before))
    rows = []
    for row in after:
        known = left[mark(row)] > 0
        left[mark(row)] -= known
        rows.append(replace(row, change=FlowChange.SAME if known else FlowChange.NEW))
    for row in reversed(before):
        if left[mark(row)] > 0:
            left[mark(row)] -= 1
            rows.insert(0, replace(row, change=FlowChange.GONE))
    return [replace(row, number=number) for number, row in enumerate(rows)]


CHANGES = {FlowChange.GONE: "not any more", FlowChange.NEW: "instead"}
KIND_NAMES = {
    "receipt": "receipt",
    "payment": "payment",
    "bill": "bill",
    "draw": "draw",
    "instalment": "instalment",
    "interest": "interest",
    "repayment": "paid back",
    "expense": "sudden expense",
}


def flow_columns(context: Context) -> list[TableColumn[Any]]:
    """The columns of what moves money on one day."""
    return [
        TableColumn(
            "What moves", _named, sort=lambda r: r.name, stretch=True, tip=_tip, tone=_faded
        ),
        TableColumn("Kind", _kind, sort=lambda r: r.kind, tone=_quiet, spare=1),
        TableColumn("amount|Change", _change, sort=lambda r: r.change, tone=_marked),
        TableColumn("Amount", _amount, sort=lambda r: r.amount, figures=True, tone=_faded),
    ]


def _named(row: FlowRow, words: Words) -> str:
    return row.name


def _tip(row: FlowRow, words: Words) -> str:
    if not row.parts:
        return row.name
    return words.say("{line}: {what}", line=row.name, what=words.listing(list(row.parts)))


def _kind(row: FlowRow, words: Words) -> str:
    return words.say("overdue") if row.overdue else words.say(KIND_NAMES[row.kind])


def _amount(row: FlowRow, words: Words) -> str:
    return ("+" if row.amount > 0 else "") + words.money(row.amount, row.currency)


def _change(row: FlowRow, words: Words) -> str:
    return words.say(CHANGES[row.change]) if row.change else ""


def _faded(row: FlowRow) -> str:
    return "muted" if row.change is FlowChange.GONE else ""


def _marked(row: FlowRow) -> str:
    return {FlowChange.GONE: "muted", FlowChange.NEW: "careful"}.get(row.change, "")


def _quiet(row: FlowRow) -> str:
    return "careful" if row.overdue else "muted"
