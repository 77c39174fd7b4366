"""Where what is planned is not what usually comes: amounts by the ledger, to be taken or left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from backstop.domain import Book, CashFlow, Repeat, Settled
from backstop.services.commands import Change, put_record
from backstop.services.ledger import Occurred, occurred
from backstop.settling import ExpectedKind

NEWEST = 6
_LEAST_PERCENT = 2
_KINDS = (ExpectedKind.RECEIPT, ExpectedKind.PAYMENT, ExpectedKind.PURCHASE)


@dataclass(frozen=True)
class UsualAmount:
    """A rule, and what it came to on average the last six times (minor units)."""

    flow: CashFlow
    average: int

    @property
    def off(self) -> int:
        """By how much that differs from what is planned (minor units)."""
        return abs(self.average - self.flow.amount)


def usual_amounts(book: Book, ledger: Iterable[Settled]) -> list[UsualAmount]:
    """The rules whose last six amounts were others on average than is still planned, the greatest
    difference first. Dates that were left out, or planned otherwise, say nothing of it."""
    came: dict[str, list[Occurred]] = {}
    for each in occurred(ledger):
        flow = book.by_id.get(each.record)
        if isinstance(flow, CashFlow) and _tells(flow, each):
            came.setdefault(flow.id, []).append(each)
    found = (_usual(book, id_, entries) for id_, entries in came.items())
    told = [each for each in found if 100 * each.off > _LEAST_PERCENT * each.flow.amount]
    return sorted(told, key=lambda each: (-each.off, each.flow.name))


def _tells(flow: CashFlow, entry: Occurred) -> bool:
    """Of a receipt with a share that is not counted on, as planned says nothing of the whole."""
    is_plain = not (flow.later_amounts or flow.haircut_percent or flow.held_percent)
    is_rule = is_plain and flow.repeat is not Repeat.ONCE and entry.kind in _KINDS
    return is_rule and entry.days_late is not None and abs(entry.planned) == flow.amount


def _usual(book: Book, id_: str, entries: list[Occurred]) -> UsualAmount:
    flow = book.by_id[id_]
    assert isinstance(flow, CashFlow)
    newest = sorted(entries, key=lambda each: each.planned_day)[-NEWEST:]
    if len(newest) < NEWEST:
        return UsualAmount(flow, flow.amount)
    total = sum(abs(each.actual) for each in newest)
    return UsualAmount(flow, (total + NEWEST // 2) // NEWEST)


def as_usual(book: Book, usual: UsualAmount) -> Change:
    """The change that plans from now on what usually comes."""
    return put_record(book, usual.flow.changed(amount=usual.average))
