"""What any plan leaves unpaid at least: a bound over all days and amounts.

`least_unpaid` solves a linear program that every plan which the replay would accept is a solution
of, so that no such plan leaves less unpaid. Why it contains them all:

- Each action of a plan is a column of the program, at its amount: draws, renewals, new lines and
  money of the owner on every day on which the plan's own offers could be made; payments put off,
  cut or paid through a line each by itself, of all of them; a step about several payments is the
  sum of such columns. What costs no more for being earlier (a reserve, a sale, a claim advanced, a
  receipt asked for) stands on its first day alone, where it does at least as much.
- A debt paid off with a draw elsewhere is two columns: the draw, and the debt's principal paid on
  the last day before its next instalment. That costs no more than the real payoff and comes no
  sooner.
- An amount may be any part of the most. Least amounts, steps, costs of a step and the owner's rules
  for whole plans are left out: these only take plans away. Each line's room stays, on the days on
  which it grows or a column of the program draws; how often it is drawn on counts in parts too.
- Cash is linear in the amounts but for rounding. Each instalment of a draw may be rounded by less
  than one minor unit, so that a plan has no more than so much besides; one unit of cash cannot
  pay for more than one unit of what is unpaid, so that this much is taken off the result.
- Not all days need be columns at once. What the columns of the others could improve at most, by the
  duals, is taken off as well (the Lagrangian bound), so that the result holds whenever the search
  for columns ends.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import numpy as np

from backstop.domain import Facility
from backstop.plan.bound.pricing import IN_ALL, TURNS, Dear, Pricing, best_of_each
from backstop.plan.bound.ways import Way, on_each_day, once_each, payoffs, used, way_of_offer
from backstop.plan.drafting.model import GIVE, missable
from backstop.plan.drafting.rationale import what_remains
from backstop.plan.offers.room import MOST_DRAWS, room_from, turns_of
from backstop.plan.results import Plan
from backstop.plan.situation import Situation, situation_of
from backstop.plan.solver.columns import Floats, FundingModel, Limit
from backstop.plan.solver.funding import FundingProgram
from backstop.projection import Projection

MOST_ROUNDS = 12
"""Rounds of looking for columns: the result holds after any of them."""

ENOUGH = 100
"""Minor units by which further columns would have to lower the bound to be looked for."""

MOST_ROOMS = 40
"""Days on which the room of one line is looked at."""


def with_bound(projection: Projection, plan: Plan) -> Plan:
    """The plan with what any plan leaves unpaid at least, and that said. Raises `Cancelled`."""
    if not plan.missed or not plan.proved:
        return plan
    situation = situation_of(projection, plan.before)
    sure = min(least_unpaid(situation), sum(each.missed for each in plan.missed))
    return replace(plan, at_least=sure, remains=what_remains(situation, plan.after, sure))


def least_unpaid(situation: Situation) -> int:
    """The least that any plan leaves unpaid in all (minor units), rounded down to what is sure; 0
    where it may be that nothing need be, and in a book with an overdraft, whose interest is not
    linear. Raises `Cancelled`."""
    if not len(situation.need_days) or situation.under.overdrafts:
        return 0
    return max(0, int(_Relaxation(situation).bound()))


class _Relaxation:
    """The program of one loss: columns of which any part may be taken, `daily` ones among them
    on some days first, and on all days only where these leave something unpaid."""

    def __init__(self, situation: Situation) -> None:
        self.situation = situation
        every = situation.on_every_day()
        self.fixed = [*map(partial(way_of_offer, every), once_each(every)), *payoffs(situation)]
        self.daily = list(map(partial(way_of_offer, situation), on_each_day(situation)))
        self.rooms = {
            line.id: room_from(situation, line)
            for line in situation.book.facilities
            if situation.usable(line)
        }

    def bound(self) -> float:
        """The best bound that the rounds give, less what rounding may come to."""
        if self._solved(self.daily)[0] < ENOUGH:
            return 0.0
        known = {each.name for each in self.daily}
        every = self.situation.on_every_day()
        everywhere = list(map(partial(way_of_offer, every), on_each_day(every)))
        everywhere.sort(key=lambda each: (str(each.terms), each.day))
        taken = [each for each in everywhere if each.name in known]
        if not everywhere:
            return self._solved([])[0] - self._rounding([])
        pricing, best = Pricing(everywhere, len(self.situation.low)), 0.0
        for _ in range(MOST_ROUNDS):
            found, worth, dear = self._solved(taken)
            gained = pricing.gained(worth, dear)
            gained[[each.name in known for each in everywhere]] = 0.0
            improvable = self._improvable(everywhere, gained)
            best = max(best, found - improvable)
            fresh = best_of_each(everywhere, gained)
            if found < ENOUGH or improvable < ENOUGH:
                break
            taken += fresh
            known |= {each.name for each in fresh}
        return best - self._rounding(everywhere)

    def _rounding(self, ways: Sequence[Way]) -> float:
        """What rounding may come to in a whole plan (minor units)."""
        most: dict[str, int] = {}
        for each in ways:
            source = each.source[0]
            most[source] = max(most.get(source, 0), len(each.column.profile))
        return MOST_DRAWS * sum(most.values()) + len(self.fixed) + ENOUGH

    def _improvable(self, ways: Sequence[Way], gained: Floats) -> float:
        """What columns that are not in the program could improve, each source used as much as it
        can be."""
        most: dict[str, float] = defaultdict(float)
        for each, gain in zip(ways, gained.tolist(), strict=True):
            if gain > 0:
                source = each.source[0]
                most[source] = max(most[source], gain * self._in_all(each))
        return sum(most.values())

    def _in_all(self, way: Way) -> float:
        """The most that the source of this column gives in a whole plan."""
        if not way.line:
            return way.column.most
        turns = turns_of(self.situation, _line(self.situation, way.line))
        return float(turns * max(self.rooms[way.line]))

    def _solved(self, taken: Sequence[Way]) -> tuple[float, Floats, Dear]:
        """The least unpaid with these columns, what one more unit of cash from each period on is
        worth, and the prices of limits by source."""
        ways = [*self.fixed, *taken]
        keys, limits = self._limits(ways)
        model = FundingModel(
            cash=self.situation.low + self.situation.beyond_payments,
            columns=tuple(each.column for each in ways),
            limits=tuple(limits),
            missable=tuple(missable(self.situation, [each.takes for each in ways])),
            margin=np.full(len(self.situation.low), -GIVE),
        )
        program = FundingProgram(model)
        unpaid = dict.fromkeys(program.at.unpaid, 1.0)
        values = program.program.minimise(unpaid, relaxed=True)
        prices = program.prices()
        worth = np.zeros(len(self.situation.low) + 1)
        for period, price in prices.cash:
            worth[period] += price
        dear: Dear = defaultdict(list)
        for (source, on), price in zip(keys, prices.limits, strict=True):
            if price > 0:
                dear[source].append((on, price))
        found = program.scale * float(values[program.at.unpaid].sum())
        return found, np.cumsum(worth[::-1])[::-1], dear

    def _limits(self, ways: Sequence[Way]) -> tuple[list[tuple[str, int]], list[Limit]]:
        """What each line has room for, on some days; what other sources give in all."""
        keys: list[tuple[str, int]] = []
        limits: list[Limit] = []
        for line, room in self.rooms.items():
            mine = [n for n, each in enumerate(ways) if each.line == line]
            for on in self._room_days(line, [ways[n].day for n in mine]):
                weights = [used(ways[n], on) for n in mine]
                if any(weights):
                    keys.append((line, on))
                    limits.append(Limit(tuple(mine), float(room[on]), weights=tuple(weights)))
            if not mine:
                continue
            turns = float(turns_of(self.situation, _line(self.situation, line)))
            keys.append((line, TURNS))
            shares = tuple(1.0 / ways[n].column.most for n in mine)
            limits.append(Limit(tuple(mine), turns, weights=shares))
        of_source: dict[str, list[int]] = defaultdict(list)
        for n, each in enumerate(ways):
            if not each.line and len(each.source) == 1:
                of_source[each.source[0]].append(n)
        for source, numbers in of_source.items():
            keys.append((source, IN_ALL))
            limits.append(Limit(tuple(numbers), ways[numbers[0]].column.most))
        return keys, limits

    def _room_days(self, line: str, drawn: Sequence[int]) -> list[int]:
        room = self.rooms[line]
        grows = [day for day in range(1, len(room)) if room[day] > room[day - 1]]
        days = sorted({*drawn, *(day - 1 for day in grows), len(room) - 1})
        return days[-MOST_ROOMS:]


def _line(situation: Situation, line: str) -> Facility:
    record = situation.book.by_id[line]
    assert isinstance(record, Facility)
    return record
