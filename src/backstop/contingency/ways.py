"""How each element of a contingency goes: modes, with days counted out, one element at a time."""

from collections.abc import Iterator, Set
from dataclasses import replace
from datetime import timedelta
from typing import NamedTuple

from backstop.contingency.elements import Cascade, Contingency
from backstop.contingency.identity import AlreadyGone, Unnamed
from backstop.contingency.late import Coming, expected_by
from backstop.domain import (
    LINE_MODES,
    Account,
    Book,
    CashFlow,
    CutRule,
    Facility,
    LossMode,
    is_gone,
)
from backstop.domain.kinds import RENEWAL_MODES

NEVER = 1_000_000
"""A day that no projection reaches."""

WHOLE = 100
"""Percent cut of receipts of which nothing comes."""

RECEIPT_MODES = (LossMode.RECEIPTS_LATE, LossMode.RECEIPTS_CUT)


def modes_of(book: Book, element: str) -> tuple[LossMode, ...]:
    """The ways in which the element with this id can go."""
    match book.by_id[element]:
        case Facility() as facility:
            return tuple(mode for mode in LINE_MODES if _can_go(facility, mode))
        case Account():
            through = any(f.through == element for f in book.cash_flows)
            return (LossMode.ACCOUNT_FROZEN, *(RECEIPT_MODES if through else ()))
        case CashFlow():
            return RECEIPT_MODES
        case _:
            return ()


def _can_go(facility: Facility, mode: LossMode) -> bool:
    if mode in RENEWAL_MODES:
        return facility.contract_until is not None
    return facility.purchases_only or mode is not LossMode.PURCHASES_BLOCKED


def stopping(
    book: Book, contingency: Contingency, receipt: CashFlow, lost: Set[str]
) -> list[CashFlow]:
    """The payments that stop with this receipt: once nothing of it comes any more. What is `lost`,
    by id, is so itself."""
    if contingency.mode is not LossMode.RECEIPTS_CUT or contingency.cut_percent != WHOLE:
        return []
    if isinstance(contingency.identity, Unnamed):  # a question about receipts alone
        return []
    return [each for each in book.stopping_with.get(receipt.id, ()) if each.id not in lost]


class Way(NamedTuple):
    """How one element goes. What begins on a day from `first` to before `until` is affected.

    `mode` is one of those that remain when days are counted out: no new draws, purchases blocked,
    call, limit cut, account frozen, receipts late, receipts cut. `due` is the day on which a called
    balance, or what lies above a cut limit, has to be paid. `renewed` says that the cut limit is
    that of a new contract, which counts only what is owed on `first`. What is `expected` of
    receipts that come late has its new day already.
    """

    element: str
    mode: LossMode
    first: int
    until: int = NEVER
    due: int = NEVER
    percent: int = 0
    late_days: int = 0
    renewed: bool = False
    expected: tuple[Coming, ...] = ()


Following = dict[tuple[int, Cascade, int | None], list[Way]]
"""The ways of all lines that follow in a cascade after a loss on a day, with a notice, where known
already."""


def ways_of(book: Book, contingency: Contingency, known: Following | None = None) -> list[Way]:
    """One way for each element that is affected, those that follow in a cascade included. What is
    really gone by then goes no second time. Losses of one book may share what is `known`."""
    if contingency.passed_days:
        return list(_going_on(book, contingency))
    known = {} if known is None else known
    found, day = [], book.as_of + timedelta(days=contingency.loss_day)
    going, lost = isinstance(contingency.identity, AlreadyGone), frozenset(contingency.targets)
    for target in dict.fromkeys(contingency.targets):
        if not going and is_gone(book.by_id[target], day):
            continue
        match book.by_id[target]:
            case Facility() as facility:
                found.append(_of_facility(book, facility, contingency))
            case Account() as account:
                found.append(_of_account(account, contingency))
            case CashFlow() as flow if contingency.mode in RECEIPT_MODES:
                through = book.by_id.get(flow.through)
                if not isinstance(through, Account) or through.id not in lost:
                    found.append(_of_receipts(flow.id, contingency))
                    stop = stopping(book, contingency, flow, lost)
                    found += [_of_receipts(each.id, contingency) for each in stop]
            case _:
                pass
    if contingency.cascade is not None:
        case = contingency.loss_day, contingency.cascade, contingency.notice_days
        if case not in known:
            known[case] = list(_followers(book, *case))
        found += [way for way in known[case] if way.element not in lost]
    if contingency.also is not None:
        found += ways_of(book, contingency.also, known)
    return found


def _going_on(book: Book, contingency: Contingency) -> Iterator[Way]:
    """How each goes in a loss that began before: what is over takes nothing any more."""
    now = contingency.loss_day
    begun = replace(contingency, loss_day=now - contingency.passed_days, passed_days=0)
    for way in ways_of(book, begun):
        if way.until > now:
            still = way._replace(first=max(way.first, now), due=max(way.due, now))
            if way.mode is LossMode.RECEIPTS_LATE:
                still = still._replace(expected=expected_by(book, way.element))
            yield _paid(book, still) if way.due < now else still


def _paid(book: Book, way: Way) -> Way:
    """How a line goes on being lost once its notice is over: what was called is paid, and what is
    owed on it since then was agreed."""
    line = book.by_id[way.element]
    is_call = way.mode is LossMode.CALL and isinstance(line, Facility) and not line.is_overdraft
    return way._replace(mode=LossMode.NO_NEW_DRAWS, due=NEVER) if is_call else way


_CUTS = (LossMode.LIMIT_CUT, LossMode.REDUCED_RENEWAL)


def _of_facility(book: Book, facility: Facility, contingency: Contingency) -> Way:
    mode = facility.default_mode if contingency.mode is None else contingency.mode
    if mode not in LINE_MODES or (
        mode is LossMode.PURCHASES_BLOCKED and not facility.purchases_only
    ):
        mode = facility.default_mode  # it cannot go in that way, so it goes in its own
    first = contingency.loss_day
    if mode in RENEWAL_MODES:
        first = max(first, _end_of_contract(book, facility))
    if facility.is_overdraft:
        return _of_overdraft(facility, mode, first, contingency)
    if mode in _CUTS and facility.is_repaid_by_takings:
        mode = LossMode.NO_NEW_DRAWS  # an advance is offered whole, or not
    if mode in _CUTS:
        percent = contingency.cut_percent
        percent = facility.cut_percent if percent is None else percent
        way = _cut(facility, first, _until(contingency, first), percent)
        return way._replace(renewed=mode is LossMode.REDUCED_RENEWAL)
    if mode is LossMode.CALL:
        due = first + _notice(facility, contingency.notice_days)
        return Way(facility.id, LossMode.CALL, first, due=due)
    until = _until(contingency, first)
    if mode is LossMode.FREEZE and contingency.duration_days is None:
        until = first + facility.freeze_days
    blocked = mode is LossMode.PURCHASES_BLOCKED
    closed = LossMode.PURCHASES_BLOCKED if blocked else LossMode.NO_NEW_DRAWS
    return Way(facility.id, closed, first, until)


def _of_overdraft(facility: Facility, mode: LossMode, first: int, contingency: Contingency) -> Way:
    """An overdraft is withdrawn, or cut, after its notice: `due` is the day from which cash may
    fall less low. A freeze and the end of a contract need no notice."""
    until = _until(contingency, first)
    if mode in (LossMode.LIMIT_CUT, LossMode.REDUCED_RENEWAL):
        percent = contingency.cut_percent
        percent = facility.cut_percent if percent is None else percent
        cut = mode is LossMode.LIMIT_CUT
        due = first + _wait(facility, contingency.notice_days) if cut else first
        return Way(facility.id, LossMode.LIMIT_CUT, first, until, due, percent)
    if mode is LossMode.FREEZE and contingency.duration_days is None:
        until = first + facility.freeze_days
    at_once = mode in (LossMode.FREEZE, LossMode.NO_RENEWAL)
    due = first if at_once else first + _notice(facility, contingency.notice_days)
    return Way(facility.id, LossMode.CALL, first, until, due)


def _wait(facility: Facility, given: int | None) -> int:
    match facility.cut_rule:
        case CutRule.EXCESS_DUE_NOW:
            return 0
        case CutRule.EXCESS_DUE_LATER:
            return facility.excess_days
        case CutRule.FLOOR_AT_BALANCE:
            return _notice(facility, given)


def _notice(facility: Facility, given: int | None) -> int:
    return facility.notice_days if given is None else given


def _cut(facility: Facility, first: int, until: int, percent: int) -> Way:
    due = first if facility.cut_rule is CutRule.EXCESS_DUE_NOW else first + facility.excess_days
    owes = facility.cut_rule is not CutRule.FLOOR_AT_BALANCE and due < until
    return Way(
        facility.id, LossMode.LIMIT_CUT, first, until, due if owes else NEVER, percent=percent
    )


def _of_account(account: Account, contingency: Contingency) -> Way:
    if contingency.mode in RECEIPT_MODES:
        return _of_receipts(account.id, contingency)
    first = contingency.loss_day
    return Way(account.id, LossMode.ACCOUNT_FROZEN, first, _until(contingency, first))


def _of_receipts(element: str, contingency: Contingency) -> Way:
    assert contingency.mode is not None
    first = contingency.loss_day
    return Way(
        element,
        contingency.mode,
        first,
        _until(contingency, first),
        percent=contingency.cut_percent or 0,
        late_days=contingency.late_days,
    )


def _followers(
    book: Book, loss_day: int, cascade: Cascade, notice_days: int | None
) -> Iterator[Way]:
    """The lines that are cut because of the loss of others."""
    first = loss_day + cascade.after_days
    for facility in book.facilities:
        if facility.committed or facility.lost_since:
            continue
        if facility.is_repaid_by_takings:
            yield Way(facility.id, LossMode.NO_NEW_DRAWS, first)
        elif facility.is_overdraft:
            due = first + _wait(facility, notice_days)
            yield Way(facility.id, LossMode.LIMIT_CUT, first, NEVER, due, cascade.percent)
        else:
            yield _cut(facility, first, NEVER, cascade.percent)


def _until(contingency: Contingency, first: int) -> int:
    lasts = contingency.duration_days
    return NEVER if lasts is None else first + lasts


def _end_of_contract(book: Book, facility: Facility) -> int:
    """The day on which what was lent has to be back, and nothing is lent again; without an end
    that is known, it is now."""
    ends = facility.contract_until
    return 0 if ends is None else (ends - book.as_of).days
