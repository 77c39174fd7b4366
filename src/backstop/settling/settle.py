"""From what was expected and what is said of it to the book of the later day, and the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

import msgspec

from backstop.domain import Account, BadInput, Book, Facility, LimitChange, Settled, Teller, message
from backstop.projection import owed_today
from backstop.settling.advancing import brought_on, check_forward
from backstop.settling.answering import Answered, lose_and_carry_out
from backstop.settling.edits import AT_FIRST, Edits
from backstop.settling.explaining import UNEXPLAINED
from backstop.settling.fingerprints import restamped
from backstop.settling.in_flight import with_expenses
from backstop.settling.listing import due_between
from backstop.settling.outcome import finished
from backstop.settling.today import already
from backstop.settling.values import (
    AS_PLANNED,
    NOTHING_TOLD,
    ONLY_LATER,
    AccountNow,
    Answer,
    AsPlanned,
    Expected,
    ExpectedKind,
    Extra,
    Happened,
    LineNow,
    Settling,
    Told,
)


def settle(
    book: Book, until: date, told: Told = NOTHING_TOLD, by: Teller = Teller.HAND
) -> Settling:
    """The book of the day `until`, after all that was due before it came as it is told, or else as
    it was planned; with the rows that the ledger gets, and what accounts and lines come to.

    Raises `BadInput` where the day lies before the book's own, or for what cannot be.
    """
    check_forward(book, until)
    before, book = book, with_expenses(book, until)
    everything = due_between(book, until + timedelta(days=1))
    listed = [each for each in everything if each.day < until]
    today = [each for each in everything if each.day == until]
    answered = Answered(book, until, listed, told)
    came = list(_in_the_balance(book, until, today, told))
    edits = answered.edits
    later = brought_on(edits.book, until, edits.unpaid, edits.moved)
    computed = already(finished(edits, later), came)
    otherwise = told.answers or told.extras
    computed = restamped(before, computed, partial(_as_planned, book, until) if otherwise else None)
    accounts = tuple(_accounts(book, computed, told))
    shown = computed.changed(
        accounts=tuple(_shown(each, told) for each in computed.accounts),
        facilities=tuple(_as_seen(each, until, told) for each in computed.facilities),
    )
    rows = [
        _row(e, answered.answer(e), answered.came.get(e.id), _teller(e, told, by)) for e in listed
    ]
    rows += [_row(each, answer, each, _teller(each, told, by)) for each, answer in came]
    rows += [_row(e._replace(planned=0), AS_PLANNED, e, by) for e in answered.unforeseen()]
    rows += [_other_row(each, by) for each in told.extras]
    rows += _unexplained(accounts, shown, until, by)
    return Settling(shown, tuple(rows), accounts, tuple(_lines(book, shown)))


def advance(book: Book, until: date) -> Book:
    """The book of the day `until`, all before it having gone as planned: what is due from then on,
    and what is owed, is what it was in the book before.

    Raises `BadInput` where that day lies before the book's own.
    """
    check_forward(book, until)
    if until == book.as_of:
        return book
    return restamped(book, _as_planned(with_expenses(book, until), until))


def _as_planned(book: Book, until: date) -> Book:
    edits = Edits(book, until)
    if not lose_and_carry_out(edits, {}):
        return brought_on(book, until, {})
    return finished(edits, brought_on(edits.book, until, {}, edits.moved))


def _in_the_balance(
    book: Book, until: date, today: list[Expected], told: Told
) -> Iterator[tuple[Expected, Answer]]:
    """What is due that day and has come already. Raises `BadInput` for a day that is to come."""
    for each in today:
        answer = told.answers.get(each.id)
        if isinstance(answer, Happened):
            on = answer.on or until
            if not book.as_of <= on <= until:
                said = "“{name}”: only a day from {first} to {last} can be in the balance."
                known = {"name": each.name, "first": book.as_of, "last": until}
                raise BadInput(message(said, **known), "on")
        if isinstance(answer, AsPlanned | Happened) and each.kind not in ONLY_LATER:
            yield each, answer


def _teller(each: Expected, told: Told, by: Teller) -> Teller:
    return Teller.STATEMENT if each.id in told.by_statement else by


def _row(each: Expected, answer: Answer, now: Expected | None, by: Teller) -> Settled:
    """What came of one thing that was expected: where nothing is said, what it then came to. What
    follows from something that did not come cannot have come either."""
    said, day, actual, account = by, None, 0, each.account
    alone = each.kind in ALONE
    if isinstance(answer, AsPlanned):
        said = by if by is Teller.STATEMENT else Teller.PLAN
        if now is not None or each.kind is ExpectedKind.STEP:
            day, actual = each.day, (now or each).planned
    elif isinstance(answer, Happened) and answer.amount and (now is not None or alone):
        day, actual, account = answer.on or each.day, answer.amount, answer.account or account
    return Settled(
        record=each.record,
        tranche=each.tranche,
        name=each.name,
        kind=each.kind.value,
        rule_date=each.rule_date,
        planned_day=each.day,
        planned=each.planned,
        actual_day=day,
        actual=actual,
        account=account,
        said_by=said,
    )


def _other_row(other: Extra, by: Teller) -> Settled:
    return Settled(
        record=other.line,
        tranche=other.tranche,
        name=other.name,
        kind=other.kind.value,
        rule_date=other.day,
        planned_day=other.day,
        actual_day=other.day,
        actual=other.amount,
        account=other.account,
        said_by=by,
    )


ALONE = (*AT_FIRST, ExpectedKind.HELD, ExpectedKind.STEP)
"""What follows from nothing else."""


def _unexplained(
    accounts: tuple[AccountNow, ...], book: Book, until: date, by: Teller
) -> list[Settled]:
    return [
        Settled(
            record=each.account,
            name=book.by_id[each.account].name,
            kind=UNEXPLAINED,
            rule_date=until,
            planned_day=until,
            actual_day=until,
            actual=each.unexplained,
            account=each.account,
            said_by=by,
        )
        for each in accounts
        if each.unexplained
    ]


def _accounts(before: Book, after: Book, told: Told) -> list[AccountNow]:
    return [
        AccountNow(old.id, old.balance, new.balance, told.balances.get(old.id))
        for old, new in zip(before.accounts, after.accounts, strict=True)
    ]


def _shown(account: Account, told: Told) -> Account:
    return account.changed(balance=told.balances.get(account.id, account.balance))


def _as_seen(line: Facility, until: date, told: Told) -> Facility:
    """The line with the limit that its lender shows, kept with the day on which it was seen."""
    limit = told.limits.get(line.id)
    if line.id in told.gone and line.is_overdraft:
        limit = 0
    elif line.id in told.gone and line.lost_since is None:
        line = line.changed(lost_since=told.gone[line.id])
    for cut in (each for of, each in told.cuts if of == line.id):
        line = line.changed(limit_changes=_with_change(line, cut))
    if limit is None or limit == line.limit_on(until):
        return line
    changed = _with_change(line, LimitChange(from_day=until, limit=limit))
    for_now = [
        msgspec.structs.replace(each, until=date.fromordinal(until.toordinal() - 1))
        if each.until is not None and each.from_day < until <= each.until
        else each
        for each in changed
    ]
    return line.changed(limit_changes=tuple(for_now))


def _with_change(line: Facility, change: LimitChange) -> tuple[LimitChange, ...]:
    """The line's changes with this one, in the order of their days, in place of one of its day."""
    kept = (each for each in line.limit_changes if each.from_day != change.from_day)
    return tuple(sorted((*kept, change), key=lambda each: each.from_day))


def _lines(before: Book, after: Book) -> list[LineNow]:
    return [
        LineNow(
            line=old.id,
            limit_before=old.limit_on(before.as_of),
            limit=new.limit_on(after.as_of),
            owed_before=owed_today(before, old),
            owed=owed_today(after, new),
        )
        for old, new in zip(before.facilities, after.facilities, strict=True)
    ]
