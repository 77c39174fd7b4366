"""What has really happened: lines that are gone, and losses for which a plan is being carried out.

What they take away is not expected any more, and what a lost line would have bought is paid in
cash.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import NamedTuple

from backstop.contingency.cuts import cut_of
from backstop.contingency.gone import already_gone
from backstop.contingency.ways import Way, ways_of
from backstop.domain import Book, CashFlow, Direction, Facility, LossMode, PlannedDraw, PlanStage
from backstop.plan.life.progress import contingency_of
from backstop.projection import FlowKind, Side, project
from backstop.projection.cards import is_reckoned_whole
from backstop.projection.dues import amount_on
from backstop.projection.recurrence import Occurrence
from backstop.projection.spans import span_of
from backstop.settling.advancing import came
from backstop.settling.edits import Edits
from backstop.settling.rules import with_amount
from backstop.settling.values import Extra, ExtraKind

FUNDS = int(Side.FUNDING)
_CLOSED = (LossMode.NO_NEW_DRAWS, LossMode.PURCHASES_BLOCKED, LossMode.CALL)


class Lost(NamedTuple):
    """A draw that cannot be made, or a purchase that is paid in cash; under a cut, `left` (minor
    units) of a draw can."""

    rule: CashFlow | PlannedDraw
    falls: Occurrence
    left: int = 0

    @property
    def id(self) -> str:
        """That of what was expected."""
        return f"{self.rule.id}@{self.falls.rule_date}"


def lost_until(book: Book, until: date) -> list[Lost]:
    """What lines that are gone, and losses that happened, take away from the as-of date on and
    before that day."""
    happened = [way for each in _happened(book) for way in each]
    cuts = [way for way in happened if way.mode is LossMode.LIMIT_CUT]
    ways = [way for way in happened if way.mode in _CLOSED]
    if not (ways or cuts):
        return []
    span, found = span_of(book), dict[str, Lost]()
    for way in ways:
        for rule in _hanging_on(book, way):
            for falls in came(span, rule, until):
                if way.first <= span.offset(falls.day) < way.until:
                    lost = Lost(rule, falls)
                    found[lost.id] = lost
    for way in cuts:
        found |= {each.id: each for each in _cut(book, way, until) if each.id not in found}
    return list(found.values())


def _cut(book: Book, way: Way, until: date) -> Iterator[Lost]:
    """What there is no room for under a cut, and what of it there is."""
    line = book.by_id[way.element]
    assert isinstance(line, Facility)
    through = [flow for flow in book.cash_flows if flow.through == line.id]
    if line.is_overdraft or line.is_repaid_by_takings or is_reckoned_whole(line, through):
        return
    projection, span = project(book), span_of(book)
    flows, cut = projection.flows, cut_of(projection, way, {})
    made = {like: principal for _, like, _, side, _, _, principal, _ in cut.added if side == FUNDS}
    taken = dict[tuple[str, int], int]()
    for row in cut.gone:
        series = flows.descriptions[flows.series[row]]
        if series.kind is FlowKind.DRAW or series.falls_back:
            taken[series.record, int(flows.began[row])] = made.get(row, 0)
    for rule in _hanging_on(book, way):
        for falls in came(span, rule, until):
            left = taken.get((rule.id, span.offset(falls.day)))
            if left is not None:
                yield Lost(rule, falls, left)


def _happened(book: Book) -> Iterator[list[Way]]:
    gone = already_gone(book)
    if gone is not None:
        yield ways_of(book, gone)
    for plan in book.accepted_plans:
        if plan.stage is PlanStage.ACTIVE and not plan.drill and plan.activated_on is not None:
            loss = contingency_of(book, plan)
            if loss is not None:
                yield ways_of(book, loss)


def _hanging_on(book: Book, way: Way) -> Iterator[CashFlow | PlannedDraw]:
    if way.mode is not LossMode.PURCHASES_BLOCKED:
        yield from (each for each in book.planned_draws if each.facility == way.element)
    for flow in book.cash_flows:
        if flow.through == way.element and flow.direction is Direction.PAYMENT:
            yield flow


def lose(edits: Edits, lost: Collection[Lost], answered: Collection[str]) -> None:
    """Leave out what is lost, save what the owner says something of."""
    left = [each for each in lost if each.id not in answered]
    edits.book = without(edits.book, left)
    for each in left:
        if isinstance(each.rule, CashFlow):
            amount = amount_on(each.rule, each.falls.rule_date)
            edits.extra(Extra(ExtraKind.PAYMENT, each.falls.day, amount, name=each.rule.name))


def without(book: Book, lost: Iterable[Lost]) -> Book:
    """The book without these dates of its rules."""
    for each in lost:
        rule, day = book.by_id[each.rule.id], each.falls.rule_date
        assert isinstance(rule, CashFlow | PlannedDraw)
        book = book.put(with_amount(rule, day, each.left))
    return book
