"""What statements suggest for a book, each with its evidence, taken or left one by one."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from backstop.domain import (
    Account,
    Book,
    CashFlow,
    KeptRow,
    Message,
    Money,
    Repeat,
    Statements,
    message,
)
from backstop.domain import Direction as FlowDirection
from backstop.importers import Balance, Direction
from backstop.importers.recurring import RecurringItem, recurring
from backstop.importers.rhythms import Rhythm
from backstop.services.commands import Change, put_record
from backstop.services.named_sources import line_named, line_of
from backstop.services.statements import as_row
from backstop.services.suggested_changes import better_amount, matched_lateness, usual_lateness
from backstop.services.suggested_sources import (
    suggested_accounts,
    suggested_lines,
    used_amounts,
)
from backstop.services.suggestion import Suggestion, SuggestionKind, counted_once
from backstop.work import stage, watched

__all__ = [
    "Suggestion",
    "SuggestionKind",
    "balance_suggestion",
    "counted_once",
    "flow_of",
    "is_known",
    "suggestions",
    "taken",
]
_NEAR_DAYS, _NEAR_SHARE = 4, 0.15
_REPEATS = {
    Rhythm.WEEKLY: (Repeat.WEEKS, 1),
    Rhythm.FORTNIGHTLY: (Repeat.WEEKS, 2),
    Rhythm.MONTHLY: (Repeat.MONTHS, 1),
    Rhythm.EVERY_TWO_MONTHS: (Repeat.MONTHS, 2),
    Rhythm.QUARTERLY: (Repeat.MONTHS, 3),
    Rhythm.YEARLY: (Repeat.YEARS, 1),
}


def suggestions(book: Book, kept: Statements, today: date) -> list[Suggestion]:
    """Accounts, lines and flows that the rows tell of and the book does not know, and what they say
    better of those it knows; on a worker."""
    rows = counted_once(kept)
    with stage(0, 60):
        flows = list(_flows(book, rows, today))
    with stage(60, 100):
        accounts = list(suggested_accounts(book, kept, rows))
        lines = [*suggested_lines(book, rows), *used_amounts(book, rows)]
    return [*accounts, *lines, *flows]


def taken(book: Book, suggestion: Suggestion) -> Change | None:
    """The change that takes a suggestion; None where the owner has to say more first."""
    record = suggestion.record
    if record is None:
        return None
    if suggestion.kind in _NEW:  # others may have been taken since it was made
        record = record.changed(id=book.new_id(record.id.rpartition("-")[0] or record.id))
    return put_record(book, record)


_NEW = (SuggestionKind.FLOW, SuggestionKind.LINE, SuggestionKind.ACCOUNT)


def balance_suggestion(book: Book, account: str, closing: Balance | None) -> Suggestion | None:
    """The balance with which a statement ends, where the account has another one."""
    owned = book.by_id.get(account)
    if closing is None or not isinstance(owned, Account) or owned.balance == closing.amount:
        return None
    said = message(
        "Balance of “{name}”: {amount}",
        name=owned.name,
        amount=Money(closing.amount, book.currency),
    )
    evidence = message(
        "the statement ends with it on {day}; the book has {before}",
        day=closing.day,
        before=Money(owned.balance, book.currency),
    )
    fits = closing.day in (book.as_of, book.as_of - timedelta(days=1))
    record = owned.changed(balance=closing.amount, balance_date=closing.day) if fits else None
    return Suggestion(SuggestionKind.BALANCE, said, evidence, record=record)


def _flows(book: Book, rows: Sequence[KeptRow], today: date) -> Iterator[Suggestion]:
    """What comes round: new flows, and what is said better of those that the book has."""
    matched = list(matched_lateness(book, rows))
    late = {each.record.id for each in matched if each.record is not None}
    yield from matched
    for item in recurring([as_row(each) for each in watched(rows)]):
        if item.is_over(today) or item.repays:
            continue
        evidence = [rows[place] for place in item.rows]
        known = known_flow(book, item)
        if known is None:
            yield _new_flow(book, item, evidence)
            continue
        found = [better_amount(book, known, item, evidence)]
        if known.id not in late:
            found.append(usual_lateness(known, evidence))
        yield from (each for each in found if each is not None)


def _new_flow(book: Book, item: RecurringItem, evidence: Sequence[KeptRow]) -> Suggestion:
    return Suggestion(
        SuggestionKind.FLOW,
        _flow_said(book, item),
        message(
            "{n} times from {first} to {last}",
            n=len(evidence),
            first=min(each.day for each in evidence),
            last=item.latest,
        ),
        tuple(each.digest for each in evidence),
        flow_of(book, item, evidence),
    )


def _flow_said(book: Book, item: RecurringItem) -> Message:
    amount = Money(item.amount, book.currency)
    values = {"name": item.name, "amount": amount, "rhythm": _RHYTHMS[item.rhythm]}
    if item.direction is Direction.IN:
        if item.varies:
            return message("Receipt “{name}”, about {amount}, {rhythm}", **values)
        return message("Receipt “{name}”, {amount}, {rhythm}", **values)
    if item.varies:
        return message("Payment “{name}”, about {amount}, {rhythm}", **values)
    return message("Payment “{name}”, {amount}, {rhythm}", **values)


_RHYTHMS = {
    Rhythm.WEEKLY: message("every week"),
    Rhythm.FORTNIGHTLY: message("every two weeks"),
    Rhythm.MONTHLY: message("every month"),
    Rhythm.EVERY_TWO_MONTHS: message("every two months"),
    Rhythm.QUARTERLY: message("every quarter"),
    Rhythm.YEARLY: message("every year"),
}


def flow_of(book: Book, item: RecurringItem, evidence: Sequence[KeptRow] = ()) -> CashFlow:
    """The cash flow that a recurring item would be; through the line that its newest row names."""
    repeat, every = _REPEATS[item.rhythm]
    incoming = item.direction is Direction.IN
    return CashFlow(
        id=book.new_id("receipt" if incoming else "payment"),
        name=item.name[:60],
        counterparty=item.name[:60],
        direction=FlowDirection.RECEIPT if incoming else FlowDirection.PAYMENT,
        amount=item.amount,
        first_date=_first_from(book, item),
        repeat=repeat,
        every=every,
        last_day_of_month=item.last_day_of_month,
        through=_through(book, evidence),
    )


def _through(book: Book, evidence: Sequence[KeptRow]) -> str:
    newest = max(evidence, key=lambda each: each.day, default=None)
    name = line_named(newest) if newest else ""
    line = line_of(book, name) if name else None
    return line.id if line is not None and line.purchases_only else ""


def _first_from(book: Book, item: RecurringItem) -> date:
    """The next day of it that the book does not lie behind."""
    day, span = item.following, {Rhythm.WEEKLY: 7, Rhythm.FORTNIGHTLY: 14}.get(item.rhythm)
    while span and day < book.as_of:
        day += timedelta(days=span)
    return day


def is_known(book: Book, item: RecurringItem) -> bool:
    """Whether the book has a flow that this may well be."""
    return known_flow(book, item) is not None


def known_flow(book: Book, item: RecurringItem) -> CashFlow | None:
    """The flow of the book that this may well be: of those that are alike, the nearest amount."""
    incoming = item.direction is Direction.IN
    alike = (
        each
        for each in book.cash_flows
        if (each.direction is FlowDirection.RECEIPT) == incoming and _is_alike(each, item)
    )
    return min(alike, key=lambda each: abs(each.amount - item.amount), default=None)


def _is_alike(flow: CashFlow, item: RecurringItem) -> bool:
    near = abs(flow.amount - item.amount) <= _NEAR_SHARE * max(flow.amount, item.amount)
    names = (flow.name, flow.counterparty)
    called = any(_shares_name(each, item.name) for each in names if each)
    repeat, every = _REPEATS[item.rhythm]
    same_rhythm = (flow.repeat, flow.every) == (repeat, every)
    off = abs(flow.first_date.day - item.day_of_month)
    same_day = item.day_of_month > 0 and min(off, 31 - off) <= _NEAR_DAYS
    exact = abs(flow.amount - item.amount) * 50 <= flow.amount
    if called and (near or item.varies or (same_rhythm and same_day)):
        return True
    return same_rhythm and same_day and exact


def _shares_name(one: str, other: str) -> bool:
    first, second = one.casefold().strip(), other.casefold().strip()
    return bool(first and second) and (first in second or second in first)
