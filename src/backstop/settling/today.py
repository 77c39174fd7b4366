"""What is due on the book's own day, and is in its balances already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from backstop.domain import (
    Book,
    CashFlow,
    Facility,
    OtherAmount,
    PlannedDraw,
    StillOpen,
)
from backstop.domain.records import Record
from backstop.projection import Side
from backstop.projection.recurrence import Occurrence
from backstop.projection.spans import Span, span_of
from backstop.settling import lines, loans, rules
from backstop.settling.advancing import since_of
from backstop.settling.edits import RULES, Edits
from backstop.settling.in_flight import with_expenses
from backstop.settling.lines import Since, Used
from backstop.settling.losing import lost_until, without
from backstop.settling.outcome import finished
from backstop.settling.rules import NOTHING_SAID, Said
from backstop.settling.values import NO_CASH, Answer, Expected, ExpectedKind, Happened

_BY_LINE = (ExpectedKind.BILL, ExpectedKind.INTEREST, ExpectedKind.TAKINGS)
"""What is settled by letting the day pass on its line."""


def already(book: Book, came: Sequence[tuple[Expected, Answer]]) -> Book:
    """The book of a day on which these have come, as planned or to another amount."""
    if not came:
        return book
    after = book.as_of + timedelta(days=1)
    span, book = span_of(book), with_expenses(book, after)
    since = since_of(without(book, lost_until(book, after)), after)
    edits = Edits(book, book.as_of)
    for each, answer in came:
        if isinstance(answer, Happened) and each.kind in RULES:
            edits.book = _of_rule(edits, since, each, answer)
            continue
        otherwise = replace(answer, on=None) if isinstance(answer, Happened) else answer
        if each.kind is ExpectedKind.EARLY and isinstance(otherwise, Happened):
            edits.answer(each, otherwise)
            paid = each._replace(planned=otherwise.amount)
            edits.book = _settled(edits.book, span, since, paid)
            continue
        edits.book = _settled(edits.book, span, since, each)
        edits.answer(each, otherwise)
    return finished(edits, edits.book)


def _settled(book: Book, span: Span, since: Since, each: Expected) -> Book:
    book = _with_cash(book, each)
    record = book.by_id[each.record]
    if isinstance(record, CashFlow | PlannedDraw):
        book = _rule_came(book, span, record, each)
    if each.kind is ExpectedKind.DRAW or each.kind is ExpectedKind.PURCHASE:
        return _used(book, since, each, record)
    if each.kind in _BY_LINE:
        line = lines.advanced(_without_use(since), _line(book, each), lines.NOT_USED)
        return book.put(line)
    return _paid(book, since, each) if each.tranche else book


def _of_rule(edits: Edits, since: Since, each: Expected, answer: Happened) -> Book:
    """What came instead on one date of a rule; of a part, the rest stays open."""
    whole = edits.of_whole(each, answer.amount)
    account = answer.account if answer.account and each.account else each.account
    came = each._replace(planned=answer.amount, whole=whole, account=account)
    book, rule = _with_cash(edits.book, came), edits.book.by_id[each.record]
    assert isinstance(rule, CashFlow | PlannedDraw)
    rest = each.whole - whole
    opened = {}
    if answer.rest_open and rest > 0:
        opened[each.rule_date] = edits.still_open(rule, each.rule_date, rest, None)
    book = _rule_came(book, since.span, rule, each, opened)
    if whole and each.kind in (ExpectedKind.DRAW, ExpectedKind.PURCHASE):
        other = OtherAmount(rule_date=each.rule_date, amount=whole)
        return _used(book, since, each, rule.changed(amounts=(other,), open=()))
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


def _rule_came(
    book: Book,
    span: Span,
    rule: CashFlow | PlannedDraw,
    each: Expected,
    opened: Mapping[date, StillOpen] = NOTHING_SAID.open,
) -> Book:
    if each.kind is ExpectedKind.HELD:
        return book.put(rule.changed(skipped=tuple(sorted({*rule.skipped, each.rule_date}))))
    said = Said(came=frozenset({each.rule_date}), open=opened)
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


def _used(book: Book, since: Since, each: Expected, rule: Record) -> Book:
    """What was drawn, or bought, that day is owed."""
    falls, used = Occurrence(each.day, each.rule_date), Used()
    if isinstance(rule, PlannedDraw):
        used = Used(drawn=((rule, falls),))
    elif isinstance(rule, CashFlow):
        used = Used(bought=((rule, falls),))
    return book.put(lines.used_today(since.span, _line(book, each), used))


def _paid(book: Book, since: Since, each: Expected) -> Book:
    line = _line(book, each)
    kept = []
    for owed in line.tranches:
        if owed.id != each.tranche:
            kept.append(owed)
        elif (left := loans.advanced(since.span, line, owed, since.until)) is not None:
            kept.append(left)
    return book.put(line.changed(tranches=tuple(kept)))
