"""Pooled cash of a whole book at the end of each day, by the reference."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from fractions import Fraction

from backstop.domain import (
    Account,
    AccountRole,
    Book,
    Facility,
    PlannedDraw,
    RepaymentMethod,
)
from oracle.card_bills import advance_owed, advance_rows, card_moves
from oracle.lenders import (
    Move,
    adjusted,
    closed_days,
    growth,
    half_up,
    month_on,
    repaid,
    share,
    tranche_moves,
)
from oracle.occurrences import cash_moves, due_dates


def moves_of(book: Book) -> Iterator[Move]:
    """All that moves pooled cash."""
    lines = {line.id: line for line in book.facilities}
    for line in book.facilities:
        if line.method is RepaymentMethod.STATEMENT_CYCLE:
            yield from _of_card(line, book)
        else:
            yield from _of_line(line, book)
    for flow in book.cash_flows:
        if flow.through not in lines:
            yield from cash_moves(flow, book)
    for draw in book.planned_draws:
        yield from _drawn(draw, lines[draw.facility], book)


def _of_card(line: Facility, book: Book) -> Iterator[Move]:
    closed = closed_days(book)
    for owed in line.tranches:
        if owed.cash_advance:
            for day, amount in advance_owed(owed):
                yield adjusted(day, line.due_adjustment, closed), amount
    billed = line.changed(tranches=tuple(t for t in line.tranches if not t.cash_advance))
    moved = list(_through(line, book))
    bought = [(day, -amount) for day, amount in moved if amount < 0]
    given_back = [(day, amount) for day, amount in moved if amount > 0]
    yield from card_moves(billed, bought, given_back, book.as_of, closed)


def _of_line(line: Facility, book: Book) -> Iterator[Move]:
    for owed in line.tranches:
        yield from tranche_moves(owed, line, book)
    for day, amount in _through(line, book):
        yield from repaid(line, day, -amount, line.periods, book)


def _through(line: Facility, book: Book) -> Iterator[Move]:
    """What is bought through a line, below zero, and what is given back."""
    for flow in book.cash_flows:
        if flow.through == line.id:
            for day, amount in cash_moves(flow, book):
                if amount:
                    yield max(day, book.as_of), amount


def _drawn(draw: PlannedDraw, line: Facility, book: Book) -> Iterator[Move]:
    closed = closed_days(book)
    for due in due_dates(draw, 0, book):
        day, amount = max(due.day, book.as_of), due.amount if due.left is None else due.left
        if not amount:
            continue
        yield day, amount
        if line.purchases_only:
            for paid, cost in advance_rows(line, day, amount):
                yield adjusted(paid, line.due_adjustment, closed), cost
        else:
            yield day, -share(amount, line.draw_fee_percent)
            yield from repaid(line, day, amount, draw.periods, book)


def opening(accounts: Iterable[Account]) -> int:
    """Pooled cash on the evening before the as-of date."""
    return sum(each.balance for each in accounts if each.role is AccountRole.OPERATING)


def closing(book: Book) -> list[int]:
    """Pooled cash at the end of each day, from the as-of date to the horizon."""
    cash = [0] * (book.horizon_days + 1)
    for day, amount in moves_of(book):
        offset = max(0, (day - book.as_of).days)
        if offset <= book.horizon_days:
            cash[offset] += amount
    total, closed = opening(book.accounts), []
    for amount in cash:
        total += amount
        closed.append(total)
    return _overdrawn(book, closed)


def _run_up_before(line: Facility, as_of: date) -> Fraction:
    total = Fraction(0)
    ends = [*(each.from_day for each in line.overdrawn[1:]), as_of]
    for each, end in zip(line.overdrawn, ends, strict=False):
        total += each.amount * growth(line, each.from_day, end)
    return total


def _overdrawn(book: Book, cash: list[int]) -> list[int]:
    """The same with the interest of an overdraft: of each evening below zero, charged monthly."""
    line = next((each for each in book.facilities if each.is_overdraft), None)
    if line is None:
        return cash
    charged, closed = 0, list[int]()
    run_up = _run_up_before(line, book.as_of)
    for offset, plain in enumerate(cash):
        day = book.as_of + timedelta(offset)
        if day == month_on(day, 0, line.due_day or 31):
            charged, run_up = charged + half_up(run_up), Fraction(0)
        closed.append(plain - charged)
        run_up += max(0, charged - plain) * growth(line, day, day + timedelta(1))
    return closed
