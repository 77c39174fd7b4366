"""The bound's program: every plan that the replay would accept is a solution of it."""

from collections import defaultdict
from collections.abc import Sequence, Set
from functools import reduce
from math import isfinite
from operator import or_

import numpy as np

from backstop.contingency.overdrafts import charged_in
from backstop.domain import Facility, FundsUse
from backstop.plan.actions import Action, ActionKind
from backstop.plan.bound.stretches import Possible, Source, Stretch, cumulated, lent
from backstop.plan.bound.uses import uses
from backstop.plan.bound.ways import EARLIEST, Payoff, payoffs
from backstop.plan.drafting.model import GIVE
from backstop.plan.offers import Claim, Key, Offer
from backstop.plan.offers.offer import key_of
from backstop.plan.offers.room import room_from, turns_of
from backstop.plan.situation import Situation
from backstop.plan.solver.columns import CashEffect, Floats
from backstop.plan.solver.program import INFINITY, Infeasible, Program
from backstop.projection import Ints

NODES = 250
"""Limit of the search among whole choices: what it has shown by then is a bound too."""

ROOM_ROUNDED = 10
"""Minor units by which rounding may change what a line has room for."""

TAKEN = 0.5
"""Minor units below which nothing is taken."""

MOST_STEPS = 100
"""Steps of an amount that are counted whole; finer ones hardly ever matter."""

SHORT = 1.0
"""Minor units below nothing at which cash is short."""

LARGEST = 1e4
"""Money is scaled so that no sum is larger, and the solver's tolerances mean little."""

Terms = dict[int, float]


def charged(situation: Situation) -> Ints:
    """The interest that overdrafts charge by each entry of `Situation.low` if nothing is done
    (minor units): no plan can spare more of it."""
    found = np.zeros_like(situation.low)
    days = situation.projection.days
    for each in charged_in(situation.under):
        found[:days] += np.cumsum(each)
        found[days:] += int(each.sum())
    return found


class Relaxation:
    """What could be done about one loss, written out: with any part of everything, or, where
    stretches `end` after some days, how often it is used in each of them; if `stepped`, in what
    amounts a lender gives too."""

    def __init__(
        self, possible: Possible, ends: Set[int] | None = None, *, stepped: bool = False
    ) -> None:
        self.situation, self.every = possible.situation, possible.every
        kept = self.situation.low + self.situation.beyond_payments
        self.cash = kept + charged(self.situation)
        largest = max(possible.largest, int(abs(self.cash).max()))
        self.scale = max(1.0, largest / LARGEST)
        self.program = Program(NODES)
        self.stretches: dict[int, Stretch] = {}
        self._once: dict[int, Offer] = {}
        self._values: Floats | None = None
        self._ends, self._stepped = ends, stepped
        self._effects: dict[int, Terms] = defaultdict(lambda: defaultdict(float))
        self._taken: dict[Key, list[tuple[int, float]]] = defaultdict(list)
        self._used: dict[str, list[tuple[int, CashEffect]]] = defaultdict(list)
        self._write_once(possible.once)
        self._write_lent(possible.sources)
        self._write_payoffs()
        self._write_uses()
        for line in self.situation.book.facilities:
            self._write_room(line)
        self.unpaid = self._write_unpaid()
        self._states = self._write_cash()

    def allow(self, most_unpaid: Sequence[float]) -> None:
        """So much may stay unpaid: of class 1, of the first two, and in all (minor units)."""
        for priority, most in enumerate(most_unpaid, start=1):
            terms = {u: 1.0 for (_, each), u in self.unpaid.items() if each <= priority}
            if terms:
                self.program.row(-INFINITY, terms, most / self.scale)

    def least(self, *, whole: bool) -> float:
        """The least that stays unpaid in all (minor units), or less: with `whole` choices, what the
        search for them has shown. Raises `Infeasible` where nothing allowed is possible, or
        `Cancelled`."""
        everything = dict.fromkeys(self.unpaid.values(), 1.0)
        try:
            self._values = self.program.minimise(everything, relaxed=not whole)
        except Infeasible:
            if self.program.impossible:
                raise
            self._values = None
        least = self.program.at_least  # also where the search ended before it found anything
        return self.scale * least if isfinite(least) else 0.0

    def finer(self) -> set[int]:
        """Days after which to end stretches: of those that were used, where one brought more than
        its last day would have."""
        values = self._found()
        found, kept = set[int](), self._kept(values)
        for x, each in self.stretches.items():
            amount = self.scale * float(values[x])
            if amount > TAKEN and len(each.lent) > 1:
                less = amount * self._beyond(each)
                short = np.flatnonzero(kept - less < -SHORT)
                if len(short) or amount > each.most + TAKEN:
                    found.add(each.split_after(int(short[0]) if len(short) else -1))
                else:
                    kept = kept - less
        return found

    def proposed(self) -> tuple[Action, ...]:
        """What was done, each on a day on which it could be, but for what costs the same on any
        day and stands on its first alone."""
        values = self._found()
        lent = ((x, each.lent[-1].offer) for x, each in self.stretches.items())
        return tuple(
            offer.of(min(offer.most, max(offer.least, int(self.scale * float(values[x])))))
            for x, offer in (*self._once.items(), *lent)
            if self.scale * float(values[x]) > TAKEN and offer.action.kind not in EARLIEST
        )

    def _found(self) -> Floats:
        """The values found; where there are none, those with any part of everything."""
        if self._values is None:
            self.least(whole=False)
        return np.zeros(len(self.program)) if self._values is None else self._values

    def _kept(self, values: Floats) -> Floats:
        """The cash that is left in each entry of `Situation.low`."""
        added = np.zeros(len(self.cash))
        for start, state in self._states.items():
            added[start:] = self.scale * values[state]
        return self.cash + added

    def _beyond(self, stretch: Stretch) -> Floats:
        """What a unit of it brings by each day more than on the last of its days."""
        size = len(self.cash)
        most, last = cumulated([stretch.cash(size), stretch.lent[-1].cash], size)
        beyond: Floats = most - last
        return beyond

    def _write_once(self, offers: Sequence[Offer]) -> None:
        """What is no choice of its own on each day: whole where no part of it can be taken."""
        shared: dict[Claim, Terms] = defaultdict(dict)
        for each in offers:
            x = self._amount(each)
            self._once[x] = each
            chosen = self._chosen(each, x)
            for claim in each.claims:
                if claim.counts:
                    shared[claim] |= chosen
                elif claim.on is None and not claim.due:
                    shared[claim][x] = 1.0
            if each.action.kind is ActionKind.PURCHASE:
                self._used[each.action.source].append((x, lent(self.every, each).used))
        for claim, terms in shared.items():
            most = float(claim.most) if claim.counts else claim.most / self.scale
            self.program.row(-INFINITY, terms, most)

    def _amount(self, offer: Offer) -> int:
        """The variable of its amount, with what each unit of it does."""
        x = self.program.variable(0.0, offer.most / self.scale)
        for period, cash in offer.column(self.every, 0.0).profile:
            self._effects[period][x] += cash
        for key, part in offer.takes.items():
            self._taken[key].append((x, part))
        return x

    def _chosen(self, offer: Offer, x: int) -> Terms:
        """Whether it is taken: a choice where that costs something or the amount hangs on it."""
        fixed = offer.column(self.every, 0.0).fixed_profile
        if offer.least < offer.most and not fixed:
            return {x: self.scale / offer.most}
        y = self.program.variable(0.0, 1.0, integer=True)
        upper = 0.0 if offer.least >= offer.most else INFINITY
        self.program.row(0.0, {y: offer.most / self.scale, x: -1.0}, upper)
        for period, cash in fixed:
            self._effects[period][y] += cash / self.scale
        return {y: 1.0}

    def _write_lent(self, sources: Sequence[Source]) -> None:
        turns: dict[str, list[tuple[int, Terms]]] = defaultdict(list)
        for source in sources:
            days = (each.day for each in source.lent)
            for each in source.stretches(days if self._ends is None else self._ends):
                turns[source.id].append((each.first, self._turns(each, self._stretch(each))))
        for name, found in turns.items():
            terms = [each for _, each in sorted(found, key=lambda one: one[0])]
            if self._ends is not None:
                self._count(terms, self._most_turns(name))
            else:
                self.program.row(-INFINITY, reduce(or_, terms), self._most_turns(name))

    def _count(self, terms: Sequence[Terms], most: float) -> int:
        """How often a source is used in these stretches: of each half of them, and so on. The
        search then settles when it is used before it settles the day."""
        times = self.program.variable(0.0, most, integer=True)
        parts: Terms = dict.fromkeys((v for each in terms for v in each), 1.0)
        if len(terms) > 2:
            middle = len(terms) // 2
            halves = (terms[:middle], terms[middle:])
            parts = dict.fromkeys((self._count(half, most) for half in halves), 1.0)
        self.program.row(0.0, {times: 1.0} | dict.fromkeys(parts, -1.0), 0.0)
        return times

    def _stretch(self, stretch: Stretch) -> int:
        """The variable of its amount."""
        most = stretch.most * self._most_turns(stretch.source)
        x = self.program.variable(0.0, most / self.scale)
        self.stretches[x] = stretch
        size = len(self.cash)
        for period, cash in stretch.cash(size):
            self._effects[period][x] += cash
        self._used[stretch.source].append((x, stretch.used(size)))
        return x

    def _turns(self, stretch: Stretch, x: int) -> Terms:
        """How often it is used: in whole times, or by its part of the most."""
        if self._ends is None:
            return {x: self.scale / stretch.most}
        times = self.program.variable(0.0, self._most_turns(stretch.source), integer=True)
        self.program.row(0.0, {times: stretch.most / self.scale, x: -1.0})
        self.program.row(0.0, {x: 1.0, times: -stretch.least / self.scale})
        if self._stepped and stretch.step * MOST_STEPS >= stretch.most:
            steps = self.program.variable(0.0, INFINITY, integer=True)
            self.program.row(0.0, {x: 1.0, steps: -stretch.step / self.scale}, 0.0)
        return {times: 1.0}

    def _most_turns(self, source: str) -> float:
        record = self.situation.book.by_id[source]
        return float(turns_of(self.situation, record)) if isinstance(record, Facility) else 1.0

    def _write_payoffs(self) -> None:
        """Each debt is paid off once, by a draw elsewhere of as much at least."""
        book = self.situation.book
        lenders = {
            each.id
            for each in book.facilities
            if not (each.purchases_only or each.permitted_use) and each.use is FundsUse.ANY
        }
        for times in payoffs(self.situation):
            chosen = [self._payoff(each, lenders - {each.line}) for each in times]
            terms = {y: 1.0 for y in chosen if y is not None}
            if terms:
                self.program.row(-INFINITY, terms, 1.0)

    def _payoff(self, payoff: Payoff, lenders: set[str]) -> int | None:
        """The variable of the choice; None where nothing can be drawn for it."""
        draws = {
            x: 1.0
            for x, each in self.stretches.items()
            if each.source in lenders and each.first <= payoff.day and payoff.first <= each.last
        }
        if not draws:
            return None
        y = self.program.variable(0.0, 1.0, integer=True)
        self.program.row(0.0, draws | {y: -payoff.principal / self.scale})
        for day, cash in payoff.moves:
            if (period := self.situation.period(day)) is not None:
                self._effects[period][y] += cash / self.scale
        for key, cash in payoff.takes.items():
            self._taken[key].append((y, cash / self.scale))
        return y

    def _write_uses(self) -> None:
        """No more is drawn than is paid of what it is for, from any month to any."""
        for use in uses(self.situation, self.stretches):
            for x, most in use.alone.items():
                self.program.row(-INFINITY, {x: 1.0}, most / self.scale)
            drawn: list[int] = []
            for columns in use.months:
                before = drawn[-1] if drawn else None
                drawn.append(self._state(0.0, INFINITY, dict.fromkeys(columns, 1.0), before))
            for (first, last), most in use.between.items():
                before_it = {drawn[first - 1]: -1.0} if first else {}
                self.program.row(-INFINITY, {drawn[last]: 1.0} | before_it, most / self.scale)

    def _write_room(self, line: Facility) -> None:
        """What is taken up of the limit, day by day: what is repaid counts from the day after."""
        used = self._used.get(line.id)
        if not used:
            return
        changes: dict[int, Terms] = defaultdict(lambda: defaultdict(float))
        for x, effect in used:
            for day, share in effect:
                changes[day][x] += share
        room, before = room_from(self.situation, line), None
        for day in sorted(day for day in changes if day < len(room)):
            most = (room[day] + ROOM_ROUNDED) / self.scale
            before = self._state(-INFINITY, most, changes[day], before)

    def _write_unpaid(self) -> dict[tuple[int, int], int]:
        """What is left unpaid, by day and class. What is arranged otherwise cannot be."""
        amounts: dict[tuple[int, int], int] = defaultdict(int)
        taken: dict[tuple[int, int], Terms] = defaultdict(lambda: defaultdict(float))
        for each in self.situation.payable:
            place = each.day, int(each.priority)
            amounts[place] += each.amount
            for x, part in self._taken.get(key_of(each), ()):
                taken[place][x] += part
        unpaid = {}
        for place, amount in sorted(amounts.items()):
            most = amount / self.scale
            u = unpaid[place] = self.program.variable(0.0, most)
            self._effects[place[0]][u] += 1.0
            if taken[place]:
                self.program.row(-INFINITY, {u: 1.0} | taken[place], most)
        return unpaid

    def _write_cash(self) -> dict[int, int]:
        """What was added to cash by each day on which that changes."""
        starts, states, before = sorted({0, *self._effects}), dict[int, int](), None
        for start, end in zip(starts, [*starts[1:], len(self.cash)], strict=True):
            lacking = float((-GIVE - self.cash[start:end]).max()) / self.scale
            before = self._state(lacking, INFINITY, self._effects[start], before)
            states[start] = before
        return states

    def _state(self, lower: float, upper: float, changes: Terms, before: int | None) -> int:
        """A sum that changes from the one before, within bounds."""
        state = self.program.variable(lower, upper)
        terms = {state: 1.0} | {x: -share for x, share in changes.items()}
        self.program.row(0.0, terms if before is None else terms | {before: -1.0}, 0.0)
        return state
