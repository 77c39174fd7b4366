"""What has really happened: lines that are gone, and losses for which a plan is being carried out.

What they take away is not expected any more, and what a lost line would have bought is paid in
cash. Receipts that come late under one are expected on their own days.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

from backstop.contingency.cuts import cut_of
from backstop.contingency.delayed import Delays
from backstop.contingency.gone import already_gone, projection_of_now
from backstop.contingency.late import coming_by, said_again
from backstop.contingency.ways import NEVER, Way, ways_of
from backstop.domain import Book, CashFlow, Direction, Facility, LossMode, PlannedDraw
from backstop.projection import FlowKind, Side
from backstop.projection.amounts import counted, is_held_back, rounded_share
from backstop.projection.cards import is_reckoned_whole
from backstop.projection.dues import amount_on, lateness_of
from backstop.projection.recurrence import Occurrence, day_of, placed_open
from backstop.projection.spans import span_of
from backstop.settling.edits import Edits
from backstop.settling.in_flight import carried_out, reaching
from backstop.settling.rules import came, expected_on, left_without, put_off, with_amount

FUNDS = int(Side.FUNDING)
_CLOSED = (LossMode.NO_NEW_DRAWS, LossMode.PURCHASES_BLOCKED, LossMode.CALL)


class Lost(NamedTuple):
    """A draw that cannot be made, a receipt that does not come, a payment that stops with it, or a
    purchase that is paid `in_cash`; `left` (minor units) of a draw under a cut, or of a receipt, is
    there all the same. What waits for the end of a freeze, or comes late, is there `later`."""

    rule: CashFlow | PlannedDraw
    falls: Occurrence
    left: int = 0
    later: date | None = None
    in_cash: bool = False

    @property
    def id(self) -> str:
        """That of what was expected."""
        return f"{self.rule.id}@{self.falls.rule_date}"


def lost_until(book: Book, until: date) -> list[Lost]:
    """What lines that are gone, and losses that happened, take away from the as-of date on and
    before that day. What becomes of the draws of a freeze is judged once, for all of it: later,
    cash is another one, by what is done instead of them."""
    if until <= book.as_of:
        return []
    lost, found = _Losing(book, until), dict[str, Lost]()
    for way in sorted(_happened(book), key=lambda way: way.mode is LossMode.LIMIT_CUT):
        for each in lost.by(way):
            found.setdefault(each.id, each)
    return list(found.values())


class _Losing:
    """What is lost in a book until a day, way by way."""

    def __init__(self, book: Book, until: date) -> None:
        self.book, self.until, self.span = book, until, span_of(book)

    @cached_property
    def delays(self) -> Delays:
        """The freezes, as the figures of a loss see them."""
        return Delays(projection_of_now(reaching(self.book, self.until)))

    def by(self, way: Way) -> Iterator[Lost]:
        """What an element that goes in this way takes away."""
        if way.mode is LossMode.LIMIT_CUT:
            yield from self._cut(way)
        elif way.mode in _CLOSED:
            if way.until < NEVER and self.delays.has(way):
                yield from self._waiting(way)
            for rule in _hanging_on(self.book, way):
                paid = isinstance(rule, CashFlow)
                for falls in self._within(way, rule, self.until):
                    yield Lost(rule, falls, in_cash=paid)
        elif way.mode is LossMode.RECEIPTS_CUT:
            yield from self._less_coming(way)
        elif way.mode is LossMode.RECEIPTS_LATE:
            yield from self._coming_late(way)

    def _less_coming(self, way: Way) -> Iterator[Lost]:
        """Of a receipt, of all those through an account, or of a payment that stops with one."""
        for flow in coming_by(self.book, way.element):
            for falls in (*self._within(way, flow, self.until), *self._held(way, flow)):
                counts = counted(flow, amount_on(flow, falls.rule_date))
                lost = rounded_share(counts, way.percent)
                yield Lost(flow, falls, left_without(flow, falls.rule_date, lost))

    def _coming_late(self, way: Way) -> Iterator[Lost]:
        """What was to come before that day, and what was given a day before the loss."""
        if way.first >= self.span.offset(self.until):
            return
        for flow in coming_by(self.book, way.element):
            given = said_again(flow)
            ahead = (e for e in self._within(way, flow, self.until) if e.rule_date not in given)
            for falls in (*ahead, *(() if way.expected else self._given(way, flow, given))):
                yield Lost(flow, falls, later=falls.day + timedelta(days=way.late_days))

    def _given(self, way: Way, flow: CashFlow, dates: set[date]) -> Iterator[Occurrence]:
        places = placed_open(flow, self.span.calendar)
        for each in sorted(dates):
            falls = Occurrence(max(places[each], self.book.as_of), each)
            if self._is_in(way, falls):
                yield falls

    def _held(self, way: Way, flow: CashFlow) -> Iterator[Occurrence]:
        """What was held back of dates that are settled, and comes now."""
        if is_held_back(flow):
            due = self.span.due(flow, lateness_of(flow), held=flow.held_days)
            last = min(way.until, self.span.offset(self.until))
            ahead = {each.rule_date for each in came(self.span, flow, self.until)}
            for day, own in zip(due.days.tolist(), map(day_of, due.own.tolist()), strict=True):
                if way.first <= day < last and own not in ahead:
                    yield Occurrence(self.span.date(day), own)

    def _within(self, way: Way, rule: CashFlow | PlannedDraw, until: date) -> Iterator[Occurrence]:
        for falls in came(self.span, rule, until):
            if self._is_in(way, falls):
                yield falls

    def _is_in(self, way: Way, falls: Occurrence) -> bool:
        return way.first <= self.span.offset(falls.day) < way.until

    def _waiting(self, way: Way) -> Iterator[Lost]:
        thaw, fates = self.span.date(way.until), defaultdict[tuple[str, int], list[bool]](list)
        for each in self.delays.of(way).draws:
            fates[each.record, each.day].append(each.made)
        for rule in _drawn_on(self.book, way):
            for falls in self._within(way, rule, thaw):
                if mine := fates[rule.id, self.span.offset(falls.day)]:
                    yield Lost(rule, falls, later=thaw if mine.pop(0) else None)

    def _cut(self, way: Way) -> Iterator[Lost]:
        """What there is no room for under a cut, and what of it there is."""
        line = self.book.by_id[way.element]
        assert isinstance(line, Facility)
        through = [flow for flow in self.book.cash_flows if flow.through == line.id]
        if line.is_overdraft or line.is_repaid_by_takings or is_reckoned_whole(line, through):
            return
        projection = self.delays.projection
        flows, cut = projection.flows, cut_of(projection, way, {})
        made = {
            like: principal for _, like, _, side, _, _, principal, _ in cut.added if side == FUNDS
        }
        taken = dict[tuple[str, int], int]()
        for row in cut.gone:
            series = flows.descriptions[flows.series[row]]
            if series.kind is FlowKind.DRAW or series.falls_back:
                taken[series.record, int(flows.began[row])] = made.get(row, 0)
        for rule in _hanging_on(self.book, way):
            for falls in came(self.span, rule, self.until):
                left = taken.get((rule.id, self.span.offset(falls.day)))
                if left is not None:
                    yield Lost(rule, falls, left, in_cash=isinstance(rule, CashFlow))


def _happened(book: Book) -> Iterator[Way]:
    gone = already_gone(book)
    if gone is not None:
        yield from ways_of(book, gone)
    for _, loss in carried_out(book):
        yield from ways_of(book, loss)


def _hanging_on(book: Book, way: Way) -> Iterator[CashFlow | PlannedDraw]:
    if way.mode is not LossMode.PURCHASES_BLOCKED:
        yield from _drawn_on(book, way)
    for flow in book.cash_flows:
        if flow.through == way.element and flow.direction is Direction.PAYMENT:
            yield flow


def _drawn_on(book: Book, way: Way) -> Iterator[PlannedDraw]:
    return (each for each in book.planned_draws if each.facility == way.element)


def lose(edits: Edits, lost: Collection[Lost], answered: Collection[str]) -> None:
    """Leave out what is lost, save what the owner says something of."""
    left = [each for each in lost if each.id not in answered]
    edits.book = without(edits.book, left)
    for each in left:
        if each.in_cash and isinstance(each.rule, CashFlow):
            edits.pay_in_cash(each.rule, each.falls)


def without(book: Book, lost: Iterable[Lost]) -> Book:
    """The book without these dates of its rules."""
    for each in lost:
        rule, day = book.by_id[each.rule.id], each.falls.rule_date
        assert isinstance(rule, CashFlow | PlannedDraw)
        book = book.put(_without(rule, day, each))
    return book


def _without(rule: CashFlow | PlannedDraw, day: date, lost: Lost) -> CashFlow | PlannedDraw:
    if lost.later is None:
        return with_amount(rule, day, lost.left)
    if isinstance(rule, CashFlow):
        return expected_on(rule, day, lost.later)
    return put_off(rule, day, lost.later)
