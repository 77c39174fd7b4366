"""What is really gone: lines that closed, and accounts that are frozen, are part of the projection.

They go by the same rules as in any loss; then nobody can lose them again.
"""

from dataclasses import replace

from backstop.contingency.elements import Contingency, ContingencyKind
from backstop.contingency.identity import AlreadyGone
from backstop.contingency.losses import projection_under
from backstop.domain import Account, Book, Facility, LossMode, is_gone
from backstop.projection import Projection, project


def projection_of_now(book: Book, today: int = 0) -> Projection:
    """The projection of the book with what is really gone; `today` as in `Projection`."""
    made, gone = project(book, today), already_gone(book)
    return made if gone is None else projection_under(made, gone)


def already_gone(book: Book) -> Contingency | None:
    """All that is gone, each since its own day; None where nothing is."""
    found: Contingency | None = None
    records: list[Facility | Account] = [*book.facilities, *book.accounts]
    for record in records:
        if is_gone(record, book.as_of):
            found = replace(_loss(book, record), also=found)
    return found


def _loss(book: Book, record: Facility | Account) -> Contingency:
    single = Contingency(AlreadyGone(), ContingencyKind.SINGLE, (record.id,))
    if isinstance(record, Account):
        assert record.frozen_until is not None
        days = (record.frozen_until - book.as_of).days
        return replace(single, mode=LossMode.ACCOUNT_FROZEN, duration_days=days)
    assert record.lost_since is not None
    since = max(0, (record.lost_since - book.as_of).days)
    return replace(single, mode=LossMode.NO_NEW_DRAWS, loss_day=since)
