"""The dates of rules and what falls on them: from what the fields say, without the engine."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from backstop.domain import (
    Book,
    CashFlow,
    Direction,
    MonthlyOn,
    PlannedDraw,
    Repeat,
)
from oracle.lenders import Move, adjusted, closed_days, month_on, share


class Due(NamedTuple):
    """An occurrence of so much; `left` of it is still to come: all (None), nothing, or in part.
    Only the `own` ones of a rule have a part that is held back."""

    day: date
    amount: int
    left: int | None
    own: bool = True


def rule_dates(rule: CashFlow | PlannedDraw, last: date) -> Iterator[date]:
    """The dates that a rule says, up to `last`, whatever becomes of them."""
    for number, day in enumerate(_endless(rule)):
        if day > last or (rule.until and day > rule.until):
            return
        if rule.count is not None and rule.repeat is not Repeat.ONCE and number >= rule.count:
            return
        yield day


def _endless(rule: CashFlow | PlannedDraw) -> Iterator[date]:
    first, step = rule.first_date, rule.every
    if rule.repeat is Repeat.ONCE:
        yield first
        return
    for number in range(200_000):
        if rule.repeat is Repeat.DAYS:
            yield first + timedelta(step * number)
        elif rule.repeat is Repeat.WEEKS:
            yield first + timedelta(7 * step * number)
        else:
            months = number * step * (12 if rule.repeat is Repeat.YEARS else 1)
            yield from sorted(day for day in _in_month(rule, months) if day >= first)


def _in_month(rule: CashFlow | PlannedDraw, months: int) -> Iterable[date]:
    first = rule.first_date
    if rule.monthly_on is not MonthlyOn.DAY:
        begin = month_on(first, months, 1)
        days = [begin + timedelta(n) for n in range(monthrange(begin.year, begin.month)[1])]
        same = [day for day in days if day.weekday() == first.weekday()]
        last = rule.monthly_on is MonthlyOn.LAST_WEEKDAY
        return [same[-1] if last else same[(first.day - 1) // 7]]
    found = [month_on(first, months, 31 if rule.last_day_of_month else first.day)]
    if rule.repeat is Repeat.MONTHS and rule.second_day is not None:
        found.append(month_on(first, months, rule.second_day))
    return found


def due_dates(rule: CashFlow | PlannedDraw, late: int, book: Book) -> Iterator[Due]:
    """All that a rule says, and what is open of it; days before the as-of date are kept."""
    closed = closed_days(book)
    moved = {each.rule_date: each.to for each in rule.moved}
    single = {each.rule_date: each.amount for each in rule.amounts}
    still_open = {each.rule_date for each in rule.open}
    end = book.as_of + timedelta(book.horizon_days)

    def own_day(day: date) -> date:
        return moved.get(day) or adjusted(day, rule.adjustment, closed)

    def amount_of(day: date) -> int:
        later = [each.amount for each in rule.later_amounts if each.from_day <= day]
        return single.get(day, later[-1] if later else rule.amount)

    for each in rule.open:
        there = each.expected or own_day(each.rule_date) + timedelta(late)
        own = each.rule_date in set(rule_dates(rule, each.rule_date))
        yield Due(there, amount_of(each.rule_date), each.left, own)
    for day in rule_dates(rule, end + timedelta(400)):
        if day not in still_open and day not in rule.skipped:
            there, whole = own_day(day) + timedelta(late), amount_of(day)
            yield Due(there, whole, 0 if _settled(rule, day, there, book.as_of) else None)


def _settled(rule: CashFlow | PlannedDraw, day: date, there: date, as_of: date) -> bool:
    if rule.answered_until:
        return day < rule.answered_until
    single = rule.repeat is Repeat.ONCE or rule.count == 1
    return not single and max(day, there) < as_of


def cash_moves(flow: CashFlow, book: Book) -> Iterator[Move]:
    """Receipts as far as they are counted on, and payments."""
    if flow.direction is Direction.PAYMENT:
        for due in due_dates(flow, 0, book):
            yield due.day, -(due.amount if due.left is None else due.left)
        return
    for due in due_dates(flow, flow.usual_lateness_days, book):
        counted = due.amount - share(due.amount, flow.haircut_percent)
        held = share(counted, flow.held_percent) if flow.held_days and due.own else 0
        if due.left is None:
            yield due.day, counted - held
        else:
            yield due.day, due.left - share(due.left, flow.haircut_percent)
        behind = due.day + timedelta(flow.held_days)
        if due.left != 0 or behind >= book.as_of:
            yield behind, held
