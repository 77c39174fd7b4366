"""Contingencies: which elements are lost, how, and when. Generated from the book, never typed."""

from dataclasses import dataclass
from enum import StrEnum

from backstop.domain import Account, AccountRole, Book


class ContingencyKind(StrEnum):
    SINGLE = "single"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Contingency:
    """`targets` (ids of facilities and accounts) are lost on day `loss_day` of the projection.

    A facility takes no new draws and pays no new purchases, what is owed goes on by its own
    schedule. An account is frozen: the money held in it is out of reach, receipts through it too.
    `id` is the facility's or the link group's.
    """

    id: str
    kind: ContingencyKind
    targets: tuple[str, ...]
    loss_day: int = 0


def single_closures(book: Book, loss_day: int = 0) -> list[Contingency]:
    """One contingency for every facility."""
    return [
        Contingency(facility.id, ContingencyKind.SINGLE, (facility.id,), loss_day)
        for facility in book.facilities
    ]


def group_closures(book: Book, loss_day: int = 0) -> list[Contingency]:
    """One contingency for every link group."""
    return [
        Contingency(group.id, ContingencyKind.GROUP, tuple(dict.fromkeys(group.members)), loss_day)
        for group in book.link_groups
    ]


def all_closures(book: Book, loss_day: int = 0) -> list[Contingency]:
    """Every single closure and every link group, in the book's order."""
    return [*single_closures(book, loss_day), *group_closures(book, loss_day)]


def pooled_accounts(book: Book) -> list[Account]:
    """Accounts whose money counts as cash."""
    return [account for account in book.accounts if account.role is AccountRole.OPERATING]
