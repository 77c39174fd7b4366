"""Every loss that a book knows by an id: what `--close` takes, and what a plan can be kept for."""

from collections.abc import Iterator
from dataclasses import replace

from backstop.contingency.applying import applied, choices, every_applied
from backstop.contingency.customers import not_paying
from backstop.contingency.elements import (
    Contingency,
    ContingencyKind,
    all_closures,
    nothing_lost,
    receipts,
)
from backstop.contingency.groups import shared_groups
from backstop.contingency.identity import OfRecord
from backstop.contingency.presets import PRESETS, named
from backstop.contingency.saved import saved_closures
from backstop.domain import Book


def account_closures(book: Book, loss_day: int = 0) -> list[Contingency]:
    """One contingency for every account: it is frozen."""
    single = ContingencyKind.SINGLE
    return [Contingency(OfRecord(a.id), single, (a.id,), loss_day) for a in book.accounts]


def receipt_closures(book: Book, loss_day: int = 0) -> list[Contingency]:
    """One contingency for every expected receipt: nothing of it comes any more."""
    return [
        replace(not_paying(OfRecord(each), (each,), loss_day), kind=ContingencyKind.SINGLE)
        for each in receipts(book)
    ]


def known_closures(book: Book, loss_day: int = 0) -> Iterator[Contingency]:
    """Every loss that this book gives an id, each id once; saved ones on their own day."""
    found: dict[str, Contingency] = {}
    for each in _all(book, loss_day):
        found.setdefault(each.id, each)
    yield from found.values()


def closure_known_as(book: Book, identity: str, loss_day: int = 0) -> Contingency | None:
    """The loss with this id; None where the book knows none. A cause may say its own figure, as
    `receipts_60` does."""
    found = next((each for each in _all(book, loss_day) if each.id == identity), None)
    if found is not None:
        return found
    key, _, chosen = identity.partition(":")
    preset = named(key)
    made = None if preset is None else applied(book, preset, chosen, loss_day)
    return made if made is not None and made.id == identity else None


def _all(book: Book, loss_day: int) -> Iterator[Contingency]:
    yield from all_closures(book, loss_day)
    yield from saved_closures(book, loss_day)
    yield from account_closures(book, loss_day)
    yield from receipt_closures(book, loss_day)
    for group in shared_groups(book):
        yield group.contingency(loss_day)
    for preset in PRESETS:
        hit = every_applied(book, preset, loss_day)
        yield from (hit[each] for each in choices(book, preset) if each in hit)
    yield nothing_lost(loss_day)
