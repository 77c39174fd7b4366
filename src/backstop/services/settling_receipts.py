"""What a loss of receipts that has happened makes of their rules, and of those of payments that
stop with them: from the settled day on they are what the loss says. What came before is told date
by date."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from backstop.contingency.ways import NEVER, RECEIPT_MODES, WHOLE, Way
from backstop.domain import (
    Account,
    Book,
    CashFlow,
    Direction,
    LaterAmount,
    LossMode,
    Moved,
    Repeat,
)
from backstop.domain.spec import MOST_DAYS
from backstop.projection import calendar_of
from backstop.projection.amounts import rounded_share
from backstop.projection.dues import amount_on
from backstop.projection.recurrence import Occurrence, occurrences
from backstop.settling.rules import with_amount

ONE = timedelta(days=1)


class _Loss(NamedTuple):
    """The dates of a rule that are affected, from the day `first` on, as `way` says."""

    way: Way
    first: date
    falls: Sequence[Occurrence]

    @property
    def for_good(self) -> bool:
        return self.way.until >= NEVER

    @property
    def dates(self) -> set[date]:
        return {each.rule_date for each in self.falls}


def less_coming(before: Book, after: Book, ways: Sequence[Way]) -> Iterator[CashFlow]:
    """The rules of the settled book that these ways change; their days count from the as-of date
    of the book before."""
    for way in ways:
        if way.mode not in RECEIPT_MODES:
            continue
        for flow in _touched(after, way.element):
            changed = _under(flow, _loss(before, after, flow, way))
            if changed != flow:
                yield changed


def _touched(book: Book, element: str) -> list[CashFlow]:
    record = book.by_id[element]
    if isinstance(record, Account):
        through = (each for each in book.cash_flows if each.through == element)
        return [each for each in through if each.direction is Direction.RECEIPT]
    return [record] if isinstance(record, CashFlow) else []


def _loss(before: Book, after: Book, flow: CashFlow, way: Way) -> _Loss:
    first = max(after.as_of, before.as_of + timedelta(days=way.first))
    last = after.as_of + timedelta(days=after.horizon_days)
    if way.until < NEVER:
        last = before.as_of + timedelta(days=way.until - 1)
    late = timedelta(days=flow.usual_lateness_days)
    found = occurrences(flow, first - late, last - late, calendar_of(after))
    return _Loss(way, first, [each for each in found if _can_be_lost(flow, each.rule_date)])


def _can_be_lost(flow: CashFlow, day: date) -> bool:
    """Whether it is not settled, nor said to be expected on a day of its own."""
    for each in flow.open:
        if each.rule_date == day:
            return each.expected is None
    return day >= (flow.answered_until or date.min) and day not in flow.settled_ahead


def _under(flow: CashFlow, loss: _Loss) -> CashFlow:
    ended = flow.repeat is Repeat.ONCE or (flow.until or date.max) < loss.first
    if ended and not loss.falls:
        return flow
    if loss.way.mode is LossMode.RECEIPTS_LATE:
        return _later(flow, loss)
    if loss.way.percent < WHOLE:
        return _less(flow, loss)
    return _ended(flow, loss) if loss.for_good else _without(flow, loss)


def _without(flow: CashFlow, loss: _Loss) -> CashFlow:
    for day in sorted(loss.dates):
        flow = with_amount(flow, day, 0)
    return flow


def _ended(flow: CashFlow, loss: _Loss) -> CashFlow:
    """Without the dates that are lost, and with no date after them; what is said of other dates
    needs them to be dates of the rule."""
    left = _without(flow, loss)
    if flow.repeat is Repeat.ONCE:
        return left
    said = (*left.settled_ahead, *(each.rule_date for each in left.open), flow.first_date)
    until = max(min([*loss.dates, loss.first]) - ONE, *said)
    if flow.until is not None and flow.until <= until:
        return left
    return left.changed(
        until=until,
        skipped=tuple(day for day in left.skipped if day <= until),
        moved=tuple(each for each in left.moved if each.rule_date <= until),
        amounts=tuple(each for each in left.amounts if each.rule_date <= until),
        later_amounts=tuple(each for each in left.later_amounts if each.from_day <= until),
    )


def _less(flow: CashFlow, loss: _Loss) -> CashFlow:
    def left(amount: int) -> int:
        return max(1, amount - rounded_share(amount, loss.way.percent))

    less, opened = flow, {each.rule_date for each in flow.open}
    alone = opened | {each.rule_date for each in flow.amounts}
    for day in sorted(loss.dates & alone if loss.for_good else loss.dates):
        less = with_amount(less, day, left(amount_on(flow, day)))
    coming = loss.dates - opened
    if not (loss.for_good and coming):
        return less
    return less.changed(later_amounts=tuple(_steps(flow, min(coming), left)))


def _steps(flow: CashFlow, first: date, left: Callable[[int], int]) -> Iterator[LaterAmount]:
    plain = flow.changed(amounts=())
    yield from (each for each in flow.later_amounts if each.from_day < first)
    yield LaterAmount(from_day=first, amount=left(amount_on(plain, first)))
    for each in flow.later_amounts:
        if each.from_day > first:
            yield LaterAmount(from_day=each.from_day, amount=left(each.amount))


def _later(flow: CashFlow, loss: _Loss) -> CashFlow:
    days = loss.way.late_days
    if loss.for_good:
        return flow.changed(usual_lateness_days=min(MOST_DAYS, flow.usual_lateness_days + days))
    moved = {each.rule_date: each for each in flow.moved}
    for day, rule_date in loss.falls:
        moved[rule_date] = Moved(rule_date=rule_date, to=day + timedelta(days=days))
    return flow.changed(moved=tuple(moved[day] for day in sorted(moved)))
