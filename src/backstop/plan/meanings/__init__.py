"""What each kind of action means for cash: one definition, from which the columns are made and with
which the judge replays."""

from backstop.domain import Book
from backstop.plan.meanings.borrowing import drawn, purchased, refinanced
from backstop.plan.meanings.meaning import CashMoves, Meaning, Means
from backstop.plan.meanings.measures import (
    advanced,
    agreed_anew,
    borrowed_anew,
    collected,
    lent_by_owner,
    sold,
)
from backstop.plan.meanings.own import released
from backstop.plan.meanings.payments import cut, put_off
from backstop.plan.results import Action, ActionKind

MEANINGS: dict[ActionKind, Means] = {
    ActionKind.DRAW: drawn,
    ActionKind.RENEW: drawn,
    ActionKind.PURCHASE: purchased,
    ActionKind.REFINANCE: refinanced,
    ActionKind.RESERVE: released,
    ActionKind.DEFER: put_off,
    ActionKind.CUT: cut,
    ActionKind.SELL_ASSET: sold,
    ActionKind.FACTOR: advanced,
    ActionKind.COLLECT_EARLY: collected,
    ActionKind.NEW_FACILITY: borrowed_anew,
    ActionKind.OWNER_MONEY: lent_by_owner,
    ActionKind.RENEGOTIATE: agreed_anew,
}


def meaning_of(book: Book, action: Action) -> Meaning:
    return MEANINGS[action.kind](book, action)


__all__ = ["MEANINGS", "CashMoves", "Meaning", "meaning_of"]
