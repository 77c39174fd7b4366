"""Accounts and lines that statements name and the book does not know, and what is used of those it
does.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

import msgspec

from backstop.domain import (
    Account,
    AccountKind,
    Book,
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
from backstop.importers import Nature
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
from backstop.services.owed_by_rows import (
    bought_between,
    last_statement,
    total,
    with_what_is_owed,
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
        since = last_statement(book.as_of, line.statement_day)
        if not _reaches(rows, since, book.as_of):
            continue
        bought = bought_between(named, since, book.as_of)
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
        "{n} rows: bought {bought}, drawn {drawn}, repaid {repaid}; check its limit and what is "
        "owed",
        n=len(rows),
        bought=Money(total(rows, Nature.SPENDING), book.currency),
        drawn=Money(total(rows, Nature.PAYOUT), book.currency),
        repaid=Money(total(rows, Nature.REPAYMENT), book.currency),
    )


def _line(book: Book, name: str, rows: Sequence[KeptRow]) -> Facility:
    """The line as its product usually is, with what its rows leave owed."""
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
    return with_what_is_owed(book, line, rows)


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
