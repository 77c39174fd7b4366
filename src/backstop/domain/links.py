"""Payments that stop with a receipt: a lost customer's material, freight or commission."""

from collections.abc import Iterable

from backstop.domain import validation as check
from backstop.domain.kinds import Direction
from backstop.domain.records import CashFlow


def check_links(flows: Iterable[CashFlow], lines: Iterable[str]) -> None:
    """Refuse what cannot stop with a receipt; `lines` are the ids of the book's lines."""
    flows, lines = tuple(flows), set(lines)
    receipts = {each.id for each in flows if each.direction is Direction.RECEIPT}
    for flow in flows:
        if not flow.stops_with:
            continue
        if flow.direction is Direction.RECEIPT or flow.stops_with not in receipts:
            raise check.refuse(
                flow.name,
                "stops_with",
                "a payment stops with a receipt of this book. Choose one, or leave this empty.",
            )
        if flow.through in lines:
            raise check.refuse(
                flow.name,
                "stops_with",
                "a purchase by a line stops with nothing. Let it be paid from cash, or leave this "
                "empty.",
            )


def without_receipt(flows: Iterable[CashFlow], record_id: str) -> tuple[CashFlow, ...]:
    """The flows without links to a record that goes."""
    return tuple(
        each.changed(stops_with="") if each.stops_with == record_id else each for each in flows
    )
