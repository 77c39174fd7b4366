"""A payment arranged otherwise: what deferring and cutting have in common."""

from backstop.domain import Book, CashFlow
from backstop.plan.actions import Action


def flow_of(book: Book, action: Action) -> CashFlow:
    """The payment that the action is about."""
    record = book.by_id[action.source]
    assert isinstance(record, CashFlow)
    return record
