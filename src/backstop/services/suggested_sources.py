"""Accounts and lines that statements name and the book does not know, and what is used of those it
does.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import msgspec

from backstop.domain import (
    Account,
    AccountKind,
    Book,
    Bought,
    Facility,
    FacilityKind,
    KeptRow,
    KeptStatement,
    Message,
    Money,
    RepaymentMethod,
    Statements,
    message,
)
from backstop.importers import Direction, Nature
from backstop.services.catalogue import products
from backstop.services.named_sources import (
    CARD,
    CREDIT_CARD,
    WALLETS,
    account_named,
    has_account,
    has_line,
    line_named,
    line_of,
)
from backstop.services.statements import title_of
from backstop.services.suggestion import WALLET_FAMILIES, Suggestion, SuggestionKind
from backstop.work import watched

_TEMPLATES = {
    "花呗": "huabei",
    "借呗": "jiebei",
    "网商贷": "wangshang-dai",
    "微粒贷": "weili-dai",
    "白条": "jd-baitiao",
    "金条": "jd-jintiao",
    "美团月付": "meituan-yuefu",
}
_PAY_LATER = ("抖音月付", "分付")
_NEAR_DAYS = 7
"""Days before the as-of date up to which a statement has to reach to say what is used."""
_BACK = (Nature.REFUND,)


def suggested_lines(book: Book, rows: Sequence[KeptRow]) -> Iterator[Suggestion]:
    """Lines that paid for rows, were repaid by them or paid them out, and are not in the book."""
    for name, named in sorted(_by_line(rows).items()):
        if not has_line(book, name):
            yield Suggestion(
                SuggestionKind.LINE,
                message("A line that the book does not know: “{name}”", name=name),
                _line_evidence(book, named),
                tuple(each.digest for each in named),
                _line(book, name, named),
            )


def used_amounts(book: Book, rows: Sequence[KeptRow]) -> Iterator[Suggestion]:
    """What was bought on a known line since its last statement, where the book has another sum."""
    for name, named in sorted(_by_line(rows).items()):
        line = line_of(book, name)
        if line is None or line.method is not RepaymentMethod.STATEMENT_CYCLE:
            continue
        since = _last_statement(book.as_of, line.statement_day)
        if not _reaches(rows, since, book.as_of):
            continue
        bought = _bought(named, since, book.as_of)
        now, before = (sum(e.amount for e in each) for each in (bought, line.unbilled))
        if now != before:
            yield Suggestion(
                SuggestionKind.USED,
                message(
                    "Bought on “{name}” since its last statement: {amount}",
                    name=line.name,
                    amount=Money(now, book.currency),
                ),
                message(
                    "{n} days with purchases from {first} on; the book has {before}",
                    n=len(bought),
                    first=since,
                    before=Money(before, book.currency),
                ),
                tuple(e.digest for e in named if since <= e.day < book.as_of),
                line.changed(unbilled=bought),
            )


def suggested_accounts(
    book: Book, kept: Statements, rows: Sequence[KeptRow]
) -> Iterator[Suggestion]:
    """Cards and wallets that rows went through, and the accounts of the files themselves."""
    layouts = {each.key: each.layout for each in kept.files}
    found: dict[str, list[str]] = defaultdict(list)
    for row in watched(rows):
        if named := account_named(row, layouts.get(row.statement, "")):
            found[named].append(row.digest)
    for name, digests in sorted(found.items()):
        if not has_account(book, name):
            yield _account(book, name, digests)
    yield from _accounts_of_files(book, kept)


def _by_line(rows: Sequence[KeptRow]) -> dict[str, list[KeptRow]]:
    found: dict[str, list[KeptRow]] = defaultdict(list)
    for row in watched(rows):
        if name := line_named(row):
            found[name].append(row)
    return found


def _line_evidence(book: Book, rows: Sequence[KeptRow]) -> Message:
    return message(
        "{n} rows: bought {bought}, drawn {drawn}, repaid {repaid}",
        n=len(rows),
        bought=Money(_total(rows, Nature.SPENDING), book.currency),
        drawn=Money(_total(rows, Nature.PAYOUT), book.currency),
        repaid=Money(_total(rows, Nature.REPAYMENT), book.currency),
    )


def _total(rows: Sequence[KeptRow], nature: Nature) -> int:
    return sum(each.amount for each in rows if each.nature == nature)


def _line(book: Book, name: str, rows: Sequence[KeptRow]) -> Facility:
    """The line as its product usually is; its limit is at least what was used of it at once."""
    card = CARD.match(name)
    key = "credit-card" if card else _TEMPLATES.get(name, "")
    template = next((each for each in products("china") if each.id == key), None)
    usual = FacilityKind.PAY_LATER if name in _PAY_LATER else FacilityKind.PLATFORM_LOAN
    values = dict(template.values) if template else {"lead_days": None}
    basics = {"id": book.new_id("line"), "name": name}
    basics |= {"lender": card[1]} if card else {}
    line = msgspec.convert(
        values | basics | {"kind": template.kind if template else usual}, Facility
    )
    if line.method is not RepaymentMethod.STATEMENT_CYCLE:
        return line.changed(limit=_total(rows, Nature.PAYOUT))
    unpaid = _bought(rows, _first_unpaid(rows, line.statement_day), book.as_of)
    owed = sum(each.amount for each in unpaid)
    since = _last_statement(book.as_of, line.statement_day)
    return line.changed(limit=owed, unbilled=tuple(e for e in unpaid if e.day >= since))


def _first_unpaid(rows: Sequence[KeptRow], statement_day: int | None) -> date:
    """The day from which purchases are not paid yet: the last repayment paid the statement before
    it."""
    repaid = [each.day for each in rows if each.nature == Nature.REPAYMENT]
    return _last_statement(max(repaid), statement_day) if repaid else date.min


def _last_statement(day: date, statement_day: int | None) -> date:
    """The newest statement day before or on a day; the first of its month where none is known."""
    wanted = min(statement_day or 1, 28)
    month = day if day.day >= wanted else day.replace(day=1) - timedelta(days=1)
    return month.replace(day=wanted)


def _bought(rows: Sequence[KeptRow], since: date, until: date) -> tuple[Bought, ...]:
    """Purchases day by day, what came back taken off, in so far as any is left of a day."""
    days: dict[date, int] = defaultdict(int)
    for each in rows:
        if since <= each.day < until:
            if each.nature == Nature.SPENDING and each.direction == Direction.OUT:
                days[each.day] += each.amount
            elif each.nature in _BACK:
                days[each.day] -= each.amount
    return tuple(Bought(day=day, amount=days[day]) for day in sorted(days) if days[day] > 0)


def _reaches(rows: Sequence[KeptRow], since: date, until: date) -> bool:
    days = [each.day for each in rows]
    return bool(days) and min(days) <= since and (until - max(days)).days <= _NEAR_DAYS


def _account(book: Book, name: str, digests: Sequence[str]) -> Suggestion:
    card = CARD.match(name)
    account = Account(
        id=book.new_id("account"),
        name=name.replace(CREDIT_CARD, ""),
        kind=AccountKind.BANK if card else AccountKind.WALLET,
        institution=card[1] if card else "",
        platform="" if card else name,
    )
    return Suggestion(
        SuggestionKind.ACCOUNT,
        message("An account that the book does not know: “{name}”", name=name),
        message("{n} rows name it; enter what it holds", n=len(digests)),
        tuple(digests),
        account,
    )


def _accounts_of_files(book: Book, kept: Statements) -> Iterator[Suggestion]:
    """The accounts that files of banks are of, where neither owner nor book says which it is."""
    newest: dict[tuple[str, str], KeptStatement] = {}
    for file in sorted(kept.files, key=lambda each: each.last_day):
        family = file.layout.partition("-")[0]
        if file.name and not file.account and family not in (*WALLETS, *WALLET_FAMILIES):
            newest[family, file.named] = file
    for file in newest.values():
        if not (book.accounts or book.facilities) or (
            file.named and not has_account(book, file.named)
        ):
            yield _account_of(book, kept, file)


def _account_of(book: Book, kept: Statements, file: KeptStatement) -> Suggestion:
    name = file.named or file.name.rpartition(".")[0] or file.name
    rows = [each for each in kept.rows if each.statement == file.key]
    known = [each for each in rows if each.balance is not None]
    newest = _newest(known)
    account = Account(
        id=book.new_id("account"),
        name=name[:60],
        kind=AccountKind.BANK,
        balance=newest.balance or 0 if newest else 0,
        balance_date=newest.day if newest else None,
    )
    said = message("An account that the book does not know: “{name}”", name=name)
    evidence = message(
        "{n} rows of “{file}” ({format})", n=len(rows), file=file.name, format=title_of(file.layout)
    )
    if newest:
        evidence = message(
            "{n} rows of “{file}”, which ends with {amount} on {day}",
            n=len(rows),
            file=file.name,
            amount=Money(account.balance, book.currency),
            day=newest.day,
        )
    digests = tuple(each.digest for each in rows)
    return Suggestion(SuggestionKind.ACCOUNT, said, evidence, digests, account)


def _newest(rows: Sequence[KeptRow]) -> KeptRow | None:
    """The last row of the newest day, from above or from below."""
    if not rows:
        return None
    in_order = sorted(rows, key=lambda each: each.line)
    return in_order[-1] if in_order[0].day <= in_order[-1].day else in_order[0]
