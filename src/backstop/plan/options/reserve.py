"""Bringing own reserve money into the cash pool."""

from collections.abc import Iterator

from backstop.domain import Account, AccountRole
from backstop.plan.drafting.situation import Situation
from backstop.plan.options.offer import Claim, Offer, hundred, proposal
from backstop.plan.results import ActionKind


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
        once = Claim(account.id, 1, counts=True)
        yield Offer(action, (once,), least=account.breaking_cost + 1, step=hundred(situation.book))
