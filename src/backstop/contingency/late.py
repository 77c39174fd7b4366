"""Receipts of a loss that goes on which were late because of it before: they come on the day on
which they are expected now, and are not late a second time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from backstop.domain import Book, CashFlow, Direction
from backstop.projection.amounts import counted, is_held_back, rounded_share
from backstop.projection.dues import amounts_due, lateness_of
from backstop.projection.recurrence import day_number
from backstop.projection.spans import Span, span_of

Coming = tuple[str, int, int]
"""A receipt: of which record, on which day (offset), how much (minor units)."""


class Known:
    """Receipts of which the day is known already: each is met once, and others like it are not."""

    def __init__(self, coming: Iterable[Coming]) -> None:
        self.left = Counter(coming)

    def has(self, record: str, day: int, amount: int) -> bool:
        """Whether this is one of them, of which none was met yet."""
        known = self.left[record, day, amount] > 0
        self.left[record, day, amount] -= known
        return known


def coming_by(book: Book, element: str) -> Iterator[CashFlow]:
    """This receipt, or all those through an account; or a payment that stops with one."""
    for flow in book.cash_flows:
        through = flow.through == element and flow.direction is Direction.RECEIPT
        if flow.id == element or through:
            yield flow


def expected_by(book: Book, element: str) -> tuple[Coming, ...]:
    """Of a receipt, or of all those through an account: what is open, with the day on which it is
    expected now."""
    span = span_of(book)
    return tuple(coming for flow in coming_by(book, element) for coming in _expected(span, flow))


def said_again(flow: CashFlow) -> set[date]:
    """The dates of the rule of what is open, and was given a new day."""
    return {each.rule_date for each in flow.open if each.expected is not None}


def _expected(span: Span, flow: CashFlow) -> Iterator[Coming]:
    own = {day_number(each): each for each in said_again(flow)}
    held = {day_number(each.rule_date) for each in flow.moved} - own.keys()
    if own:
        due = span.due(flow, lateness_of(flow))
        amounts = amounts_due(flow, due.own).tolist()
        for day, date_of, amount in zip(due.days.tolist(), due.own.tolist(), amounts, strict=True):
            if date_of in own:
                yield flow.id, day, counted(flow, amount)
    if is_held_back(flow) and (own or held):
        yield from _held(span, flow, own.keys() | held)


def _held(span: Span, flow: CashFlow, dates: Iterable[int]) -> Iterator[Coming]:
    """The parts that are held back of these dates, the rest of which came late, or is to."""
    settled = day_number(flow.answered_until) if flow.answered_until else 0
    opened = {day_number(each) for each in said_again(flow)}
    wanted = {each for each in dates if each < settled or each in opened}
    due = span.due(flow, lateness_of(flow), held=flow.held_days)
    wholes = amounts_due(flow, due.own, opened=False).tolist()
    for day, date_of, whole in zip(due.days.tolist(), due.own.tolist(), wholes, strict=True):
        if date_of in wanted:
            yield flow.id, day, rounded_share(counted(flow, whole), flow.held_percent)
