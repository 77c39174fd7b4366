"""Own money brought into the cash pool."""

from backstop.domain import Account, Book
from backstop.plan.meanings.meaning import Meaning
from backstop.plan.results import Action


def released(book: Book, action: Action) -> Meaning:
    """What is taken from a reserve, less the cost of breaking it."""
    account = book.by_id[action.source]
    assert isinstance(account, Account)
    cost = account.breaking_cost
    return Meaning(((action.day, action.amount - cost),), cost=cost)
