"""What a saved loss leaves behind once it has happened: each element as the loss itself says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from backstop.contingency.saved import contingency_of
from backstop.contingency.ways import NEVER, Way, ways_of
from backstop.domain import (
    Account,
    Book,
    Facility,
    LimitChange,
    LossMode,
    RepaymentMethod,
    SavedContingency,
    Tranche,
)
from backstop.plan.life.expenses import is_counted
from backstop.projection.amounts import rounded_share
from backstop.services.settling_receipts import less_coming
from backstop.settling import Extra, ExtraKind

_BY_BILL_OR_TAKINGS = (RepaymentMethod.STATEMENT_CYCLE, RepaymentMethod.SHARE_OF_TAKINGS)
_CLOSED = (LossMode.NO_NEW_DRAWS, LossMode.PURCHASES_BLOCKED, LossMode.CALL)


def lost_for_good(book: Book, loss: SavedContingency) -> Iterator[tuple[str, date]]:
    """The lines that lend nothing any more, each since its day."""
    for line, way in _lines(book, loss):
        if _closes(way) and way.until >= NEVER and not line.is_overdraft:
            yield line.id, _day(book, way.first)


def cut_by(book: Book, loss: SavedContingency) -> Iterator[tuple[str, LimitChange]]:
    """The lines that lend less, or nothing for a time, each with its limit from that day on. An
    overdraft is withdrawn by its limit."""
    for line, way in _lines(book, loss):
        if _closes(way) and way.until >= NEVER and not line.is_overdraft:
            continue
        first = way.due if line.is_overdraft and way.due < NEVER else way.first
        last = None if way.until >= NEVER else _day(book, way.until - 1)
        if last is None or first < way.until:
            limit = line.limit_on(_day(book, first))
            left = 0 if _closes(way) else limit - rounded_share(limit, way.percent)
            yield line.id, LimitChange(from_day=_day(book, first), limit=left, until=last)


def left_by(before: Book, after: Book, loss: SavedContingency) -> Book:
    """The settled book as the loss leaves it: accounts that are out of reach, receipts that come
    later, less or not at all from its day on, payments that stop with them, and what is called."""
    for account, ends in _frozen_by(before, loss, after.as_of).items():
        after = after.put(after.by_id[account].changed(frozen_until=ends))
    for rule in less_coming(before, after, _ways(before, loss)):
        after = after.put(rule)
    for line in _called_by(before, after, loss):
        after = after.put(line)
    return after


def _frozen_by(book: Book, loss: SavedContingency, until: date) -> dict[str, date]:
    """The accounts that are out of reach beyond `until`, each up to a day: the last one that the
    book looks ahead to, where no end is known."""
    found: dict[str, date] = {}
    for way in _ways(book, loss):
        account = book.by_id[way.element]
        if isinstance(account, Account) and way.mode is LossMode.ACCOUNT_FROZEN:
            known = way.until < NEVER
            ends = _day(book, way.until) if known else until + timedelta(days=book.horizon_days)
            if ends > max(until, account.frozen_until or until):
                found[account.id] = ends
    return found


def _called_by(before: Book, after: Book, loss: SavedContingency) -> Iterator[Facility]:
    """The lines of the settled book whose lender wants back all that is owed: each draw on the day
    on which the notice ends, or today where that is past. A card's lender asks for it by a bill."""
    for old, way in _lines(before, loss):
        if way.mode is LossMode.CALL and not old.is_overdraft:
            line, due = after.by_id[old.id], max(_day(before, way.due), after.as_of)
            assert isinstance(line, Facility)
            yield line.changed(tranches=tuple(_called(each, due) for each in line.tranches))


def _called(owed: Tranche, due: date) -> Tranche:
    if owed.method in _BY_BILL_OR_TAKINGS and not owed.cash_advance:
        return owed
    return owed.changed(early_on=due, early_amount=owed.principal, early_fee_percent=Decimal(0))


def spent_on(book: Book, loss: SavedContingency, until: date) -> Iterator[Extra]:
    """The expense that nobody had foreseen; one from before the book's own day counts on that. Once
    a plan for the loss is carried out, it is among the payments of the book."""
    is_paid = any(
        plan.contingency == loss.id and is_counted(book, plan, until)
        for plan in book.accepted_plans
    )
    if loss.expense and loss.loss_date is not None and not is_paid:
        day = max(loss.loss_date, book.as_of)
        yield Extra(ExtraKind.PAYMENT, day, loss.expense, name=loss.name)


def _lines(book: Book, loss: SavedContingency) -> Iterator[tuple[Facility, Way]]:
    for way in _ways(book, loss):
        line = book.by_id[way.element]
        if isinstance(line, Facility) and (_closes(way) or way.mode is LossMode.LIMIT_CUT):
            yield line, way


def _ways(book: Book, loss: SavedContingency) -> list[Way]:
    """How each element went. Whether other lines followed is seen in what their lenders show."""
    if loss.loss_date is None:
        return []
    day = (loss.loss_date - book.as_of).days  # it may lie before the book's own day
    asked = contingency_of(book, loss.changed(loss_date=None), day)
    return ways_of(book, replace(asked, cascade=None))


def _closes(way: Way) -> bool:
    return way.mode in _CLOSED


def _day(book: Book, offset: int) -> date:
    return book.as_of + timedelta(days=offset)
