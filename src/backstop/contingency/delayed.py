"""Planned draws that fall into a freeze of their line: made at the thaw where they still help then.

A draw still helps where, without it, cash would lie below what the owner wants to keep on some day
between the thaw and its last repayment; and it has to fit within the limit until then. What several
losses do adds up, so this is judged by the freeze of the line alone: by cash as it is with every
other line open. Draws are looked at in their order, each with what became of those before.
"""

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
    """A draw of `amount` (minor units) planned for `day` (offset): `made` at the `thaw`, or lost.
    `thaw` is None where it lies beyond the horizon, and where a draw is repaid by takings."""

    name: str
    amount: int
    day: int
    thaw: int | None
    made: bool


def frozen_draws(projection: Projection, contingency: Contingency) -> list[FrozenDraw]:
    """What becomes of the draws that fall into the freezes of a loss, by their days."""
    ways = [way for way in ways_of(projection.book, contingency) if way.until < NEVER]
    found = [each for way in ways for each in _frozen_by(projection, way)]
    return sorted(found, key=lambda each: (each.day, each.name))


def _frozen_by(projection: Projection, way: Way) -> Iterator[FrozenDraw]:
    if way.mode is not LossMode.NO_NEW_DRAWS:
        return
    if has_draws_to_delay(projection, way):
        yield from delayed_draws(projection, way).draws
        return
    flows = projection.flows
    for number in flows.series_of.get(way.element, ()):
        series = flows.descriptions[number]
        for row in range(flows.bounds[number], flows.bounds[number + 1]):
            day = int(flows.day[row])
            if series.kind is FlowKind.DRAW and way.first <= day < way.until:
                yield FrozenDraw(series.name, int(flows.principal[row]), day, None, made=False)


@dataclass(slots=True)
class Delayed:
    """The draws of a line that fall into its freeze, and the flows of those that are made then."""

    draws: list[FrozenDraw] = field(default_factory=list)
    rebuilt: Rebuilt = field(default_factory=Rebuilt)


def has_draws_to_delay(projection: Projection, way: Way) -> bool:
    """Whether the line lends cash again within the projection, and draws on it are planned."""
    if way.until >= projection.days or way.mode is not LossMode.NO_NEW_DRAWS:
        return False
    line = projection.book.by_id[way.element]
    if not isinstance(line, Facility) or line.is_repaid_by_takings or line.is_overdraft:
        return False
    return any(each.facility == line.id for each in projection.book.planned_draws)


class Delays:
    """Each freeze of one projection, worked out once."""

    def __init__(self, projection: Projection) -> None:
        self.projection = projection
        self.known: dict[Way, Rebuilt] = {}

    @cached_property
    def _drawn(self) -> set[str]:
        return {each.facility for each in self.projection.book.planned_draws}

    def has(self, way: Way) -> bool:
        """Whether planned draws may fall into it."""
        if way.until >= self.projection.days or way.element not in self._drawn:
            return False
        return has_draws_to_delay(self.projection, way)

    def of(self, way: Way) -> Rebuilt:
        """The flows of draws that are made at the thaw."""
        if way not in self.known:
            self.known[way] = delayed_draws(self.projection, way).rebuilt
        return self.known[way]


def delayed_draws(projection: Projection, way: Way) -> Delayed:
    """What becomes of the draws that fall into this freeze; of any other way, nothing."""
    found = Delayed()
    if not has_draws_to_delay(projection, way):
        return found
    line, flows = projection.book.by_id[way.element], projection.flows
    assert isinstance(line, Facility)
    drawn = [each for each in debts_of(projection, line) if each.received != NEW]
    frozen = [each for each in drawn if way.first <= each.began < way.until]
    frozen.sort(key=lambda debt: (debt.began, debt.received))
    thaw = _Thaw(projection, line, way.until, [_as_planned(flows, each) for each in frozen])
    for debt in frozen:
        draw = projection.book.by_id[flows.descriptions[flows.series[debt.received]].record]
        assert isinstance(draw, PlannedDraw)
        later = _made_on(projection, line, draw.periods, debt.amount, way.until)
        made = thaw.asks_for(later)
        found.draws.append(FrozenDraw(draw.name, debt.amount, debt.began, way.until, made))
        if made:
            thaw.move(later, 1)
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
    """Cash above what the owner wants to keep, and room on the line, without the frozen draws."""

    def __init__(
        self, projection: Projection, line: Facility, day: int, frozen: Sequence[_Loan]
    ) -> None:
        self.line = line
        self.until = (
            projection.days
            if line.usage_until is None
            else (projection.day_of(line.usage_until) + 1)
        )
        may_fall = sum((each.limits for each in overdrafts_of(projection.book)), 0)
        self.cash: Ints = projection.low + may_fall - projection.buffer
        self.room: Ints = limits_of(projection, line) - usage(projection, line)
        if line.purchases_only:
            left = line.cash_advance_limit - advances(projection, line)
            self.room = np.minimum(self.room, left)
        for each in frozen:
            self.move(each, -1)

    def asks_for(self, loan: _Loan) -> bool:
        """Whether it can be made, and cash is needed before the last of it is paid back."""
        life = slice(loan.day, max(day for day, *_ in loan.repaid))
        needed = bool((self.cash[life] < 0).any())
        room = self.room + self._room_change(loan)
        return needed and loan.day < self.until and bool((room[life] >= 0).all())

    def move(self, loan: _Loan, sign: int) -> None:
        """The draw is made, or (-1) is not."""
        self.cash[loan.day :] += sign * loan.received
        for day, amount, _ in loan.repaid:
            self.cash[day:] -= sign * amount
        self.room += sign * self._room_change(loan)

    def _room_change(self, loan: _Loan) -> Ints:
        """What making it does to the room of each day: repaid principal frees its share."""
        change = np.zeros_like(self.room)
        change[loan.day :] -= loan.owed
        returned = self.line.repaid_share_percent if self.line.revolving else 0
        for day, _, principal in loan.repaid:
            change[day:] += principal * returned // 100
        return change
