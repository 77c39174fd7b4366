"""To whom a payment is owed."""

from backstop.contingency import Obligation
from backstop.domain import Book, CashFlow, Facility, PlannedDraw
from backstop.projection import FlowKind

OWED = (FlowKind.BILL, FlowKind.INSTALMENT, FlowKind.INTEREST, FlowKind.REPAYMENT)


def owed_on(book: Book, owed: Obligation) -> Facility | None:
    """The line on which this is owed; None for what is no debt, as a purchase still to be made."""
    if owed.kind not in OWED or owed.bought is not None:
        return None
    record = book.by_id.get(owed.record)
    if isinstance(record, PlannedDraw):
        record = book.by_id.get(record.facility)
    elif isinstance(record, CashFlow):
        record = book.by_id.get(record.through)
    return record if isinstance(record, Facility) else None
