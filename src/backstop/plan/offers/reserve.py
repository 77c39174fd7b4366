"""Bringing own reserve money into the cash pool."""

from collections.abc import Iterator

from backstop.domain import Account, AccountRole, Book, Message, message
from backstop.plan.actions import Action, ActionKind
from backstop.plan.offers.claims import once
from backstop.plan.offers.kind import OptionKind
from backstop.plan.offers.meaning import Meaning
from backstop.plan.offers.offer import Offer, hundred, proposal
from backstop.plan.offers.sentence import money
from backstop.plan.situation import Situation


def reserves(situation: Situation) -> Iterator[Offer]:
    """Each reserve that is not frozen, once, on each candidate day after its lead time."""
    for account in situation.book.accounts:
        counts = account.role is AccountRole.RESERVE and account.balance > account.breaking_cost
        if counts:
            yield from _releases(situation, account)


def _releases(situation: Situation, account: Account) -> Iterator[Offer]:
    for day in situation.releasable(account):
        action = proposal(
            ActionKind.RESERVE,
            (account.id, account.name),
            day,
            account.balance,
            lead_days=account.lead_days,
            contact=account.institution,
        )
        least = account.breaking_cost + 1
        yield Offer(action, (once(account.id),), least=least, step=hundred(situation.book))


def _meaning(book: Book, action: Action) -> Meaning:
    """What is taken from a reserve, less the cost of breaking it."""
    account = book.by_id[action.source]
    assert isinstance(account, Account)
    cost = account.breaking_cost
    return Meaning(((action.day, action.amount - cost),), cost=cost)


def _sentence(book: Book, action: Action) -> Message:
    return message(
        "Release {amount} from {name}", amount=money(book, action.amount), name=action.name
    )


KIND = OptionKind(
    key=ActionKind.RESERVE,
    offers=reserves,
    meaning=_meaning,
    sentence=_sentence,
    movable=True,
    cost_is_fixed=True,
)
