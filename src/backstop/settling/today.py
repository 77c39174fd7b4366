"""What is due on the book's own day, and is in its balances already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from backstop.domain import Book, CashFlow, Facility, PlannedDraw
from backstop.projection import Side
from backstop.projection.recurrence import Occurrence
from backstop.projection.spans import Span, span_of
from backstop.settling import lines, loans, rules
from backstop.settling.advancing import since_of
from backstop.settling.lines import Since, Used
from backstop.settling.rules import Said
from backstop.settling.values import NO_CASH, Expected, ExpectedKind

_BY_LINE = (ExpectedKind.BILL, ExpectedKind.INTEREST)
"""What is settled by letting the day pass on its line."""


def already(book: Book, came: Sequence[Expected]) -> Book:
    """The book of a day on which these have come as planned."""
    if not came:
        return book
    span, since = span_of(book), since_of(book, book.as_of + timedelta(days=1))
    for each in came:
        book = _with_cash(book, each)
        record = book.by_id[each.record]
        if isinstance(record, CashFlow | PlannedDraw):
            book = _rule_came(book, span, record, each)
        if each.kind is ExpectedKind.DRAW or each.kind is ExpectedKind.PURCHASE:
            book = _used(book, since, each)
        elif each.kind in _BY_LINE:
            line = lines.advanced(_without_use(since), _line(book, each), lines.NOT_USED)
            book = book.put(line)
        elif each.tranche:
            book = _paid(book, since, each)
    return book


def _with_cash(book: Book, each: Expected) -> Book:
    if each.kind in NO_CASH or not each.account:
        return book
    signed = -each.planned if each.side is Side.PAYMENT else each.planned
    return book.changed(
        accounts=tuple(
            one.changed(balance=one.balance + signed) if one.id == each.account else one
            for one in book.accounts
        )
    )


def _rule_came(book: Book, span: Span, rule: CashFlow | PlannedDraw, each: Expected) -> Book:
    if each.kind is ExpectedKind.HELD:
        return book.put(rule.changed(skipped=tuple(sorted({*rule.skipped, each.rule_date}))))
    said = Said(came=frozenset({each.rule_date}))
    if isinstance(rule, CashFlow):
        return book.put(rules.advanced(span, rule, book.as_of, said))
    return book.put(rules.advanced(span, rule, book.as_of, said))


def _line(book: Book, each: Expected) -> Facility:
    line = book.by_id[each.line]
    assert isinstance(line, Facility)
    return line


def _without_use(since: Since) -> Since:
    """As if nothing were bought that day."""
    plain = {name: replace(card, purchases=(), refunds=()) for name, card in since.cards.items()}
    return replace(since, cards=plain)


def _used(book: Book, since: Since, each: Expected) -> Book:
    """What was drawn, or bought, that day is owed."""
    rule, line = since.book.by_id[each.record], _line(book, each)
    falls = Occurrence(each.day, each.rule_date)
    used = Used()
    if isinstance(rule, PlannedDraw):
        used = Used(drawn=((rule, falls),))
    elif isinstance(rule, CashFlow):
        used = Used(bought=((rule, falls),))
    return book.put(lines.used_today(since.span, line, used))


def _paid(book: Book, since: Since, each: Expected) -> Book:
    line = _line(book, each)
    kept = []
    for owed in line.tranches:
        if owed.id != each.tranche:
            kept.append(owed)
        elif (left := loans.advanced(since.span, line, owed, since.until)) is not None:
            kept.append(left)
    return book.put(line.changed(tranches=tuple(kept)))
