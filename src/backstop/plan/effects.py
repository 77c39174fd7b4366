"""What an action does to cash, as the judge and the paper ask for it."""

from backstop.domain import Book
from backstop.plan.actions import Action, Repayment
from backstop.plan.offers import CashMoves, meaning_of


def cash_moves(book: Book, action: Action) -> CashMoves:
    """What the action adds to cash and what it takes, also beyond the horizon."""
    return meaning_of(book, action).moves


def cost_of(book: Book, action: Action) -> int:
    """What the action costs in all (minor units); below zero where it saves."""
    return meaning_of(book, action).cost


def repayments(book: Book, action: Action) -> tuple[Repayment, ...]:
    """What has to be paid later because of the action."""
    return tuple(Repayment(day, amount) for day, amount in meaning_of(book, action).owed)
