"""R1: what a loss does when the owner keeps a standing rule, "below the buffer, draw from these in
this order". A loop over days, for all contingencies at once; draws have exact schedules.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import ROUND_CEILING, Decimal
from functools import partial

import numpy as np

from backstop.contingency.availability import open_days_by, room_to_keep, room_under
from backstop.contingency.changes import Flags
from backstop.contingency.counted import is_known
from backstop.contingency.elements import Contingency
from backstop.contingency.gone import projection_of_now
from backstop.contingency.losses import flows_under, free_of_interest, low_under
from backstop.contingency.metrics import Outcome, outcome_of
from backstop.contingency.obligations import Payables
from backstop.contingency.overdrafts import Recharging
from backstop.contingency.ways import Way, ways_of
from backstop.domain import Facility, PlannedDraw
from backstop.projection import Ints, Projection, calendar_of, draw_schedule
from backstop.projection.balances import draws_made
from backstop.projection.flows import net_of_fee
from backstop.projection.schedules import paid_on


@dataclass(frozen=True, slots=True)
class StandingDraw:
    """A draw that the rule makes: day offset, minor units."""

    facility: str
    day: int
    amount: int


@dataclass(frozen=True)
class Standing:
    """What is left to be paid out each day (days,) once the rule has been followed, and its
    draws."""

    low: Ints
    draws: tuple[StandingDraw, ...]


@dataclass(frozen=True)
class _Access:
    """What the rule's lines, in their order, still give: (lines, days). For those that are
    `touched` by a loss, the rows of `changed` count instead."""

    room: Ints
    opened: Flags
    touched: Sequence[int] = ()
    changed: _Access | None = None

    def on(self, day: int) -> tuple[Ints, Flags]:
        """The room of each line on a day, and whether it is open."""
        room, opened = self.room[:, day], self.opened[:, day]
        if self.changed is not None:
            room, opened = room.copy(), opened.copy()
            room[self.touched], opened[self.touched] = self.changed.on(day)
        return room, opened


def with_standing_draws(
    projection: Projection, contingencies: Sequence[Contingency]
) -> list[Standing]:
    """R1 of each contingency, in the order given.

    On each day on which cash would end below the buffer, the lines are drawn on in turn, in their
    own steps, as far as their room reaches for good and as often as their lenders let; what such a
    draw repays is not counted on again. Nobody foresees a loss: money asked for because of it
    arrives a line's lead time after.
    """
    rule = _Rule(projection)
    low = low_under(projection, contingencies)
    free = partial(free_of_interest, projection, contingencies)
    interest = Recharging(projection, contingencies, free)
    moves = np.zeros((len(contingencies), projection.days), dtype=np.int64)
    drawn = np.zeros((len(contingencies), len(rule.lines)), dtype=np.int64)
    turns = np.tile(rule.turns, (len(contingencies), 1))
    made: list[list[StandingDraw]] = [[] for _ in contingencies]
    carried = np.zeros(len(contingencies), dtype=np.int64)
    for day in range(projection.days if rule.lines else 0):
        moves[:, day] -= interest.morning(day)
        carried += moves[:, day]
        need = projection.buffer[day] - low[:, day] - carried
        for case in map(int, np.flatnonzero(need > 0)):
            left = rule.access(contingencies[case]), drawn[case], turns[case]
            for number, amount in rule.draws(
                int(need[case]), day, contingencies[case].loss_day, *left
            ):
                received, dues, totals = rule.schedule(number, amount, day)
                moves[case, day] += received
                carried[case] += received
                np.subtract.at(moves[case], dues, totals)
                drawn[case, number] += amount
                turns[case, number] -= 1
                made[case].append(StandingDraw(rule.lines[number].id, day, amount))
        interest.evening(day, carried)
    after = low + np.cumsum(moves, axis=1)
    return [Standing(row, tuple(draws)) for row, draws in zip(after, made, strict=True)]


def standing_outcomes(
    projection: Projection, contingencies: Sequence[Contingency], standings: Sequence[Standing]
) -> list[Outcome]:
    """The figures of R1 of each contingency. The rule's draws count as planned ones, so that their
    instalments can bounce as any other payment; most losses make it draw in the same way."""
    known: dict[tuple[StandingDraw, ...], Payables] = {(): Payables(projection)}
    found = []
    for contingency, standing in zip(contingencies, standings, strict=True):
        if standing.draws not in known:
            known[standing.draws] = Payables(_with_draws(projection, standing.draws))
        due = known[standing.draws]
        found.append(outcome_of(due.projection, contingency, standing.low, due))
    return found


def _with_draws(projection: Projection, draws: Sequence[StandingDraw]) -> Projection:
    book, planned = projection.book, list[PlannedDraw]()
    free = book.new_ids("standing")
    for each in draws:
        line = book.by_id[each.facility]
        assert isinstance(line, Facility)
        planned.append(
            PlannedDraw(
                id=next(free),
                name=line.name,
                facility=line.id,
                amount=each.amount,
                periods=line.periods,
                first_date=projection.date_of(each.day),
            )
        )
    book = book.changed(planned_draws=(*book.planned_draws, *planned))
    return projection_of_now(book, projection.today)


class _Rule:
    """The book's standing rule: its usable lines, and what each draw brings and costs."""

    def __init__(self, projection: Projection) -> None:
        self.projection = projection
        self.lines = [
            record
            for each in projection.book.standing_draws
            if isinstance(record := projection.book.by_id[each], Facility) and _usable(record)
        ]
        self.leads = np.array([line.lead_days or 0 for line in self.lines], dtype=np.int64)
        self.least = np.array([_least(line) for line in self.lines], dtype=np.int64)
        self.turns = np.array([_turns(projection, each) for each in self.lines], dtype=np.int64)
        numbers, opened = range(len(self.lines)), np.zeros((0, projection.days), dtype=np.bool_)
        if self.lines:
            opened = np.stack([self._opened(None, each) for each in numbers])
        self.plain = _Access(self._room(projection, None, numbers), opened)
        self.known: dict[tuple[int, int, int], tuple[int, Ints, Ints]] = {}
        self.accessed: dict[Contingency, _Access] = {}

    def access(self, contingency: Contingency) -> _Access:
        """What the lines give under a contingency; those it does not touch give what they did."""
        if contingency not in self.accessed:
            self.accessed[contingency] = self._access_under(contingency)
        return self.accessed[contingency]

    def _access_under(self, contingency: Contingency) -> _Access:
        """Of the lines that it touches, only those need to be worked out anew that are ever open
        under it."""
        ways = {way.element: way for way in reversed(ways_of(self.projection.book, contingency))}
        touched = [number for number, line in enumerate(self.lines) if line.id in ways]
        if not touched:
            return self.plain
        opened = np.stack([self._opened(ways[self.lines[each].id], each) for each in touched])
        open_still = [number for number, days in zip(touched, opened, strict=True) if days.any()]
        room = np.zeros(opened.shape, dtype=np.int64)
        if open_still:
            hanging = self.projection.flows.hanging_on(self.lines[n].id for n in open_still)
            # what becomes of a line is its own matter
            alone = replace(self.projection, flows=hanging, overdrafts=())
            under = replace(alone, flows=flows_under(alone, contingency))
            room[opened.any(axis=1)] = self._room(under, contingency, open_still)
        return replace(self.plain, touched=touched, changed=_Access(room, opened))

    def _opened(self, way: Way | None, number: int) -> Flags:
        """On which days the line gives what is asked of it in time: (days,)."""
        line = self.lines[number]
        return _asked_in_time(open_days_by(self.projection, way, line), line.lead_days or 0)

    def _room(
        self, under: Projection, contingency: Contingency | None, numbers: Sequence[int]
    ) -> Ints:
        """What the lines give for good: (lines, days)."""
        room = np.zeros((len(numbers), under.days), dtype=np.int64)
        for row, number in enumerate(numbers):
            room[row] = room_to_keep(room_under(under, contingency, self.lines[number]))
        return room

    def draws(
        self, need: int, day: int, loss_day: int, access: _Access, drawn: Ints, turns: Ints
    ) -> list[tuple[int, int]]:
        """(line, amount) of the draws that meet a need on that day, as far as they can."""
        since = day - loss_day if day >= loss_day else day
        free, opened = access.on(day)
        room = free - drawn
        ready = opened & (self.leads <= since) & (room >= self.least) & (turns > 0)
        chosen = []
        for number in np.flatnonzero(ready):
            amount = _amount(self.lines[number], need, int(room[number]))
            if amount:
                chosen.append((int(number), amount))
                need -= net_of_fee(self.lines[number], amount)
            if need <= 0:
                break
        return chosen

    def schedule(self, number: int, amount: int, day: int) -> tuple[int, Ints, Ints]:
        """What a draw brings that day, and the days and sums of its instalments within sight."""
        key = number, amount, day
        if key not in self.known:
            line, book = self.lines[number], self.projection.book
            drawn = book.as_of + timedelta(days=day)
            calendar = calendar_of(book)
            dues = draw_schedule(line, amount, drawn, line.periods)
            inside = [
                (offset, each.total)
                for each in dues
                if (offset := self.projection.day_of(paid_on(line, each, calendar, drawn)))
                < self.projection.days
            ]
            days, totals = np.array(inside, dtype=np.int64).reshape(-1, 2).T
            self.known[key] = net_of_fee(line, amount), days, totals
        return self.known[key]


def _turns(projection: Projection, line: Facility) -> int:
    """How often the rule may draw on it, beside the draws that are made or planned."""
    if line.maximum_draws is None:
        return projection.days
    return max(0, line.maximum_draws - int(draws_made(projection, line)[-1]))


def _usable(line: Facility) -> bool:
    by_takings = line.is_repaid_by_takings  # which no schedule of a draw foresees
    return is_known(line) and line.draw_fee_percent < 100 and not by_takings


def _least(line: Facility) -> int:
    return max(line.minimum_draw, line.draw_step)


def _asked_in_time(opened: Flags, lead_days: int) -> Flags:
    """Days on which money arrives that was asked for on a day when the line was open too."""
    asked = np.zeros_like(opened)
    asked[lead_days:] = opened[: max(0, len(opened) - lead_days)]
    return asked & opened


def _amount(line: Facility, need: int, room: int) -> int:
    """The least draw that brings `need` after its fee, or else what there is room for."""
    gross = need
    if line.draw_fee_percent:
        share = 1 - line.draw_fee_percent / Decimal(100)
        gross = int((need / share).to_integral_value(ROUND_CEILING))
    amount = max(-(-gross // line.draw_step) * line.draw_step, _least(line))
    if amount > room:
        amount = room - room % line.draw_step
    return amount if amount >= _least(line) else 0
