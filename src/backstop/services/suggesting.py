"""What statements suggest for a book, each with its evidence, taken or left one by one."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from backstop.domain import (
    Account,
    Book,
    CashFlow,
    KeptRow,
    Message,
    Money,
    Record,
    Repeat,
    Statements,
    message,
)
from backstop.domain import Direction as FlowDirection
from backstop.importers import Balance, Direction, Nature
from backstop.importers.recurring import RecurringItem, recurring
from backstop.importers.rhythms import Rhythm
from backstop.services.commands import Change, put_record
from backstop.services.named_sources import account_named, has_source, line_named
from backstop.services.statements import as_row
from backstop.work import watched

WALLET_FAMILIES = ("alipay", "wechat", "jd", "meituan")
_NEAR_DAYS, _NEAR_SHARE = 4, 0.15
_REPEATS = {
    Rhythm.WEEKLY: (Repeat.WEEKS, 1),
    Rhythm.FORTNIGHTLY: (Repeat.WEEKS, 2),
    Rhythm.MONTHLY: (Repeat.MONTHS, 1),
    Rhythm.EVERY_TWO_MONTHS: (Repeat.MONTHS, 2),
    Rhythm.QUARTERLY: (Repeat.MONTHS, 3),
    Rhythm.YEARLY: (Repeat.YEARS, 1),
}


class SuggestionKind(StrEnum):
    """What a suggestion is about."""

    BALANCE = "balance"
    FLOW = "flow"
    LINE = "line"
    ACCOUNT = "account"


@dataclass(frozen=True)
class Suggestion:
    """One suggestion: in words, with its evidence, and the digests of the rows that it rests on.
    `record` is what taking it puts into the book; None where the owner has to say more."""

    kind: SuggestionKind
    said: Message
    evidence: Message
    rows: tuple[str, ...] = ()
    record: Record | None = field(default=None, compare=False)


def suggestions(book: Book, kept: Statements, today: date) -> list[Suggestion]:
    """Flows, lines and accounts that the rows tell of and the book does not know; on a worker."""
    rows = counted_once(kept)
    return [*_flows(book, rows, today), *_lines(book, rows), *_accounts(book, kept, rows)]


def taken(book: Book, suggestion: Suggestion) -> Change | None:
    """The change that takes a suggestion; None where the owner has to say more first."""
    record = suggestion.record
    if record is None:
        return None
    if isinstance(record, CashFlow):  # others may have been taken since it was made
        stem = "receipt" if record.direction is FlowDirection.RECEIPT else "payment"
        record = record.changed(id=book.new_id(stem))
    return put_record(book, record)


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


def counted_once(kept: Statements) -> list[KeptRow]:
    """The rows without the second telling of one movement: of a payment in wallet and bank the
    wallet's is left, which says whom it was for; of a transfer, neither."""
    layouts = {each.key: each.layout.partition("-")[0] for each in kept.files}
    by_digest = {each.digest: each for each in kept.rows}

    def is_wallets(row: KeptRow) -> bool:
        return layouts.get(row.statement, "") in WALLET_FAMILIES

    return [
        each
        for each in kept.rows
        if each.is_single
        or each.pair not in by_digest
        or (is_wallets(each) and not is_wallets(by_digest[each.pair]))
    ]


def _flows(book: Book, rows: Sequence[KeptRow], today: date) -> Iterator[Suggestion]:
    for item in recurring([as_row(each) for each in watched(rows)]):
        if item.is_over(today) or item.repays or is_known(book, item):
            continue
        evidence = [rows[place] for place in item.rows]
        yield Suggestion(
            SuggestionKind.FLOW,
            _flow_said(book, item),
            message(
                "{n} times from {first} to {last}",
                n=len(evidence),
                first=min(each.day for each in evidence),
                last=item.latest,
            ),
            tuple(each.digest for each in evidence),
            flow_of(book, item),
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


def flow_of(book: Book, item: RecurringItem) -> CashFlow:
    """The cash flow that a recurring item would be."""
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
    )


def _first_from(book: Book, item: RecurringItem) -> date:
    """The next day of it that the book does not lie behind."""
    day, span = item.following, {Rhythm.WEEKLY: 7, Rhythm.FORTNIGHTLY: 14}.get(item.rhythm)
    while span and day < book.as_of:
        day += timedelta(days=span)
    return day


def is_known(book: Book, item: RecurringItem) -> bool:
    """Whether the book has a flow that this may well be."""
    incoming = item.direction is Direction.IN
    return any(
        (each.direction is FlowDirection.RECEIPT) == incoming and _is_alike(each, item)
        for each in book.cash_flows
    )


def _is_alike(flow: CashFlow, item: RecurringItem) -> bool:
    near = abs(flow.amount - item.amount) <= _NEAR_SHARE * max(flow.amount, item.amount)
    names = (flow.name, flow.counterparty)
    called = any(_shares_name(each, item.name) for each in names if each)
    repeat, every = _REPEATS[item.rhythm]
    same_rhythm = (flow.repeat, flow.every) == (repeat, every)
    off = abs(flow.first_date.day - item.day_of_month)
    same_day = item.day_of_month > 0 and min(off, 31 - off) <= _NEAR_DAYS
    exact = abs(flow.amount - item.amount) * 50 <= flow.amount
    return (called and (near or item.varies)) or (same_rhythm and same_day and exact)


def _shares_name(one: str, other: str) -> bool:
    first, second = one.casefold().strip(), other.casefold().strip()
    return bool(first and second) and (first in second or second in first)


def _lines(book: Book, rows: Sequence[KeptRow]) -> Iterator[Suggestion]:
    found: dict[str, list[KeptRow]] = defaultdict(list)
    for row in watched(rows):
        if name := line_named(row):
            found[name].append(row)
    for name, named in sorted(found.items()):
        if not has_source(book, name):
            yield Suggestion(
                SuggestionKind.LINE,
                message("A line that the book does not know: “{name}”", name=name),
                _line_evidence(book, named),
                tuple(each.digest for each in named),
            )


def _line_evidence(book: Book, rows: Sequence[KeptRow]) -> Message:
    def total(*natures: Nature) -> Money:
        return Money(sum(e.amount for e in rows if e.nature in natures), book.currency)

    return message(
        "{n} rows: bought {bought}, drawn {drawn}, repaid {repaid}",
        n=len(rows),
        bought=total(Nature.SPENDING),
        drawn=total(Nature.PAYOUT),
        repaid=total(Nature.REPAYMENT),
    )


def _accounts(book: Book, kept: Statements, rows: Sequence[KeptRow]) -> Iterator[Suggestion]:
    found: dict[str, list[str]] = defaultdict(list)
    layouts = {each.key: each.layout for each in kept.files}
    for row in watched(rows):
        if named := account_named(row, layouts.get(row.statement, "")):
            found[named].append(row.digest)
    for name, digests in sorted(found.items()):
        if not has_source(book, name):
            yield Suggestion(
                SuggestionKind.ACCOUNT,
                message("An account that the book does not know: “{name}”", name=name),
                message("{n} rows name it", n=len(digests)),
                tuple(digests),
            )
