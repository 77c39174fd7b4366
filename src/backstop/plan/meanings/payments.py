"""A payment arranged otherwise: put off, or cut."""

from backstop.domain import Book, CashFlow
from backstop.plan.meanings.meaning import Meaning
from backstop.plan.results import Action
from backstop.projection.amortisation import rounded


def put_off(book: Book, action: Action) -> Meaning:
    """Not paid on its day, but later, with what the delay costs."""
    flow = _flow(book, action)
    price = rounded(action.amount * flow.deferral_cost_percent / 100)
    owed = ((action.day + flow.deferrable_days, action.amount + price),)
    return Meaning(((action.day, action.amount),), owed, price)


def cut(book: Book, action: Action) -> Meaning:
    """An equal part of the payment dropped each time; it costs the income that goes with it."""
    flow = _flow(book, action)
    each = action.amount // len(action.days)
    lost = flow.income_lost_if_missed * action.amount // flow.amount
    return Meaning(tuple((day, each) for day in action.days), cost=lost)


def _flow(book: Book, action: Action) -> CashFlow:
    record = book.by_id[action.source]
    assert isinstance(record, CashFlow)
    return record
