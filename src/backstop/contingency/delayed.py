"""Planned draws that fall into a freeze of their line: made at the thaw where they still help then.

A draw still helps where, without it, cash would lie below what the owner wants to keep on some day
between the thaw and its last repayment; and it has to fit within the limit until then. What several
losses do adds up, so this is judged by the freeze of the line alone: by cash as it is with every
other line open. Draws are looked at in their order, each with what became of those before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import numpy as np

from backstop.contingency.changes import Instead
from backstop.contingency.debts import NEW, Debt, debts_of
from backstop.contingency.elements import Contingency
from backstop.contingency.rebuilt import Rebuilt
from backstop.contingency.ways import NEVER, Way, ways_of
from backstop.domain import Facility, LossMode, PlannedDraw
from backstop.projection import (
    Flow,
    FlowKind,
    FlowTable,
    Ints,
    Projection,
    Side,
    calendar_of,
    cash_schedule,
    limits_of,
)
from backstop.projection.balances import advances, usage
from backstop.projection.flows import net_of_fee
from backstop.projection.overdrafts import overdrafts_of
from backstop.projection.schedules import paid_on


@dataclass(frozen=True, slots=True)
class FrozenDraw:
    """A draw of `amount` (minor units), one of those of a `record`, planned for `day` (offset):
    `made` at the `thaw`, or lost. `thaw` is None where it lies beyond the horizon, and where a draw
    is repaid by takings."""

    record: str
    name: str
    amount: int
    day: int
    thaw: int | None
    made: bool


def frozen_draws(projection: Projection, contingency: Contingency) -> list[FrozenDraw]:
    """What becomes of the draws that fall into the freezes of a loss, by their days."""
    ways = [way for way in ways_of(projection.book, contingency) if way.until < NEVER]
    delays = Delays(projection)
    found = [each for way in ways for each in _frozen_by(delays, way)]
    return sorted(found, key=lambda each: (each.day, each.name))


def _frozen_by(delays: Delays, way: Way) -> Iterator[FrozenDraw]:
    if way.mode is not LossMode.NO_NEW_DRAWS:
        return
    if delays.has(way):
        yield from delays.of(way).draws
        return
    flows = delays.projection.flows
    for number in flows.series_of.get(way.element, ()):
        series = flows.descriptions[number]
        for row in range(flows.bounds[number], flows.bounds[number + 1]):
            day = int(flows.day[row])
            if series.kind is FlowKind.DRAW and way.first <= day < way.until:
                amount = int(flows.principal[row])
                yield FrozenDraw(series.record, series.name, amount, day, None, made=False)


@dataclass(slots=True)
class Delayed:
    """The draws of a line that fall into its freeze, and the flows of those that are made then."""

    draws: list[FrozenDraw] = field(default_factory=list)
    rebuilt: Rebuilt = field(default_factory=Rebuilt)


def has_draws_to_delay(projection: Projection, way: Way) -> bool:
    """Whether the line lends cash again within the projection, and draws on it are planned."""
    drawn = (each.facility == way.element for each in projection.book.planned_draws)
    return _lends_again(projection, way) and any(drawn)


def _lends_again(projection: Projection, way: Way) -> bool:
    if way.until >= projection.days or way.mode is not LossMode.NO_NEW_DRAWS:
        return False
    line = projection.book.by_id[way.element]
    return isinstance(line, Facility) and not line.is_repaid_by_takings and not line.is_overdraft


class Delays:
    """Each freeze of one projection, worked out once."""

    def __init__(self, projection: Projection) -> None:
        self.projection = projection
        self.known: dict[Way, Delayed] = {}

    @cached_property
    def _drawn(self) -> set[str]:
        return {each.facility for each in self.projection.book.planned_draws}

    @cached_property
    def _spare(self) -> Ints:
        """Cash above what the owner wants to keep, with every line open: (days,)."""
        may_fall = sum((each.limits for each in overdrafts_of(self.projection.book)), 0)
        spare: Ints = self.projection.low + may_fall - self.projection.buffer
        return spare

    def has(self, way: Way) -> bool:
        """Whether planned draws fall into it, and the line lends cash again."""
        if way.element not in self._drawn or not _lends_again(self.projection, way):
            return False
        flows = self.projection.flows
        for number in flows.series_of.get(way.element, ()):
            if flows.descriptions[number].kind is FlowKind.DRAW:
                day = flows.day[flows.bounds[number] : flows.bounds[number + 1]]
                if ((day >= way.first) & (day < way.until)).any():
                    return True
        return False

    def of(self, way: Way) -> Delayed:
        """What becomes of those draws."""
        if way not in self.known:
            self.known[way] = _delayed(self.projection, way, self._spare)
        return self.known[way]


def _delayed(projection: Projection, way: Way, spare: Ints) -> Delayed:
    """Draw after draw. Where cash is never lacking once the line lends again, none is made."""
    line, flows, found = projection.book.by_id[way.element], projection.flows, Delayed()
    assert isinstance(line, Facility)
    drawn = debts_of(projection, line, range(way.first, way.until))
    frozen = [each for each in drawn if each.received != NEW]
    frozen.sort(key=lambda debt: (debt.began, debt.received))
    thaw = _Thaw(projection, line, way.until, spare, [_as_planned(flows, each) for each in frozen])
    for debt in frozen:
        draw = projection.book.by_id[flows.descriptions[flows.series[debt.received]].record]
        assert isinstance(draw, PlannedDraw)
        later = thaw.asked_for(draw, debt.amount)
        until, made = way.until, later is not None
        found.draws.append(FrozenDraw(draw.id, draw.name, debt.amount, debt.began, until, made))
        if later is not None:
            thaw.make(later)
            _add(found.rebuilt, flows, debt, later)
    return found


class _Loan(NamedTuple):
    """A draw: its day, the money that arrives, what is owed, and the day, sum and principal of each
    repayment."""

    day: int
    received: int
    owed: int
    repaid: tuple[tuple[int, int, int], ...]


def _as_planned(flows: FlowTable, debt: Debt) -> _Loan:
    repaid = tuple((e.day, e.principal + e.interest, e.principal) for e in debt.parts)
    return _Loan(debt.began, int(flows.amount[debt.received]), debt.amount, repaid)


def _made_on(projection: Projection, line: Facility, periods: int, owed: int, day: int) -> _Loan:
    drawn, calendar = projection.date_of(day), calendar_of(projection.book)
    repaid = tuple(
        (projection.day_of(paid_on(line, each, calendar, drawn)), each.total, each.principal)
        for each in cash_schedule(line, owed, drawn, periods)
    )
    return _Loan(day, net_of_fee(line, owed), owed, repaid)


def _add(rebuilt: Rebuilt, flows: FlowTable, debt: Debt, made: _Loan) -> None:
    drawn = Flow(made.day, made.received, made.day, made.owed)
    rebuilt.add(flows, debt.received, Instead.SAME_KIND, Side.FUNDING, drawn)
    for day, amount, principal in made.repaid:
        due = Flow(day, amount, made.day, principal)
        rebuilt.add(flows, debt.parts[0].like, Instead.SAME_KIND, Side.PAYMENT, due)


class _Thaw:
    """The day on which a line lends again: cash above what the owner wants to keep, and room on the
    line, without the frozen draws."""

    def __init__(
        self,
        projection: Projection,
        line: Facility,
        day: int,
        spare: Ints,
        frozen: Sequence[_Loan],
    ) -> None:
        self.projection, self.line, self.day = projection, line, day
        self.cash, self.frozen = spare.copy(), frozen
        for each in frozen:
            self._pay(each, -1)

    @cached_property
    def _is_open(self) -> bool:
        until = self.line.usage_until
        days = self.projection.days
        return self.day < (days if until is None else self.projection.day_of(until) + 1)

    @cached_property
    def _room(self) -> Ints:
        """What can be drawn on each day: (days,)."""
        room: Ints = limits_of(self.projection, self.line) - usage(self.projection, self.line)
        if self.line.purchases_only:
            left = self.line.cash_advance_limit - advances(self.projection, self.line)
            room = np.minimum(room, left)
        return room - sum((self._room_change(each) for each in self.frozen), 0)

    def asked_for(self, draw: PlannedDraw, owed: int) -> _Loan | None:
        """The draw as it is made then, if it can be, and cash is needed before the last of it is
        paid back."""
        if not (self._is_open and (self.cash[self.day :] < 0).any()):
            return None
        loan = _made_on(self.projection, self.line, draw.periods, owed, self.day)
        life = slice(self.day, max(day for day, *_ in loan.repaid))
        needed = bool((self.cash[life] < 0).any())
        room = self._room + self._room_change(loan)
        return loan if needed and bool((room[life] >= 0).all()) else None

    def make(self, loan: _Loan) -> None:
        """The draw is made."""
        self._pay(loan, 1)
        self._room = self._room + self._room_change(loan)

    def _pay(self, loan: _Loan, sign: int) -> None:
        self.cash[loan.day :] += sign * loan.received
        for day, amount, _ in loan.repaid:
            self.cash[day:] -= sign * amount

    def _room_change(self, loan: _Loan) -> Ints:
        """What making it does to the room of each day: repaid principal frees its share."""
        change = np.zeros(self.projection.days, dtype=np.int64)
        change[loan.day :] -= loan.owed
        returned = self.line.repaid_share_percent if self.line.revolving else 0
        for day, _, principal in loan.repaid:
            change[day:] += principal * returned // 100
        return change
