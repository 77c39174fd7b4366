"""Losses for which a plan is being carried out: what they leave, and ask to be spent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

import numpy as np

from backstop.contingency.elements import Contingency
from backstop.contingency.losses import free_of_interest
from backstop.contingency.overdrafts import limited, without_interest
from backstop.contingency.ways import NEVER, Way, ways_of
from backstop.domain import AcceptedPlan, Book, LossMode
from backstop.plan.life.expenses import is_real, payment_of
from backstop.plan.life.progress import contingency_of
from backstop.projection import Accounts, project
from backstop.projection.accounts import Frozen
from backstop.projection.overdrafts import Overdraft, overdrafts_of


@lru_cache(8)
def carried_out(book: Book) -> tuple[tuple[AcceptedPlan, Contingency], ...]:
    """The plans that are carried out, with the losses that they are for. (A settling asks it again
    and again, and a loss is looked for among all that a book knows.)"""
    pairs = ((plan, contingency_of(book, plan)) for plan in book.accepted_plans if is_real(plan))
    return tuple((plan, loss) for plan, loss in pairs if loss is not None)


def with_expenses(book: Book, until: date) -> Book:
    """The book with what losses that happened before that day ask to be spent, as payments."""
    for plan, loss in carried_out(book):
        if loss.expense and book.as_of + timedelta(days=loss.loss_day) < until:
            book = book.put(payment_of(plan, loss.expense))
    return book


def reaching(book: Book, until: date) -> Book:
    """The book with that day in sight."""
    days = (until - book.as_of).days
    return book if days <= book.horizon_days else book.changed(horizon_days=days)


def overdrafts_left(book: Book) -> tuple[Overdraft, ...]:
    """The overdrafts of the book with the limits that losses which happened leave of them."""
    found = overdrafts_of(book)
    for _, loss in carried_out(book) if found else ():
        found = limited(book, found, loss)
    return found


def frozen_in(book: Book) -> tuple[Frozen, ...]:
    """The accounts that such losses put out of reach."""
    return tuple(
        Frozen(way.element, _date(book, way.first), _date(book, way.until))
        for _, loss in carried_out(book)
        for way in _freezes(book, loss)
    )


def _freezes(book: Book, loss: Contingency) -> list[Way]:
    return [way for way in ways_of(book, loss) if way.mode is LossMode.ACCOUNT_FROZEN]


def out_of_reach(book: Book) -> Iterator[tuple[int, int]]:
    """(day, change of cash) by what is frozen so: the interest of overdrafts follows from it."""
    for _, loss in carried_out(book):
        accounts = tuple(way.element for way in _freezes(book, loss))
        if accounts:
            alone = replace(loss, targets=accounts, cascade=None, expense=0, also=None)
            projection = project(book)
            (free,) = free_of_interest(projection, [alone])
            moved = np.diff(free - without_interest(projection), prepend=0)
            yield from enumerate(moved.tolist())


def _date(book: Book, offset: int) -> date:
    return date.max if offset >= NEVER else book.as_of + timedelta(days=offset)


def accounts_in(book: Book) -> Accounts:
    """The accounts of the book through which money goes meanwhile."""
    return Accounts(book, frozen=frozen_in(book))
