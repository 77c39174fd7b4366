"""The bound's program: every plan that the replay would accept is a solution of it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import isfinite

from backstop.domain import Facility
from backstop.plan.actions import ActionKind
from backstop.plan.bound.ways import Payoff, on_each_day, once_each, payoffs
from backstop.plan.drafting.model import GIVE
from backstop.plan.offers import Claim, Key, Offer
from backstop.plan.offers.offer import key_of
from backstop.plan.offers.room import room_from, turns_of
from backstop.plan.situation import Situation
from backstop.plan.solver.program import INFINITY, Infeasible, Program

NODES = 30
"""Limit of the search among whole choices: what it has shown by then is a bound too."""

FEW_DAYS = 8
"""So many days are told apart no further: the program may use a source in part on each of them."""

ROOM_ROUNDED = 10
"""Minor units by which rounding may change what a line has room for."""

LARGEST = 1e4
"""Money is scaled so that no sum is larger, and the solver's tolerances mean little."""

Terms = dict[int, float]


class Relaxation:
    """What could be done about one loss, written out. `daily` are the offers of each day."""

    def __init__(self, situation: Situation) -> None:
        self.situation, self.every = situation, situation.on_every_day()
        once, self.daily = [*once_each(self.every)], [*on_each_day(self.every)]
        self.cash = situation.low + situation.beyond_payments
        most = max((float(each.most) for each in (*once, *self.daily)), default=1.0)
        self.scale = max(1.0, max(most, float(abs(self.cash).max())) / LARGEST)
        self.program = Program(NODES)
        self._effects: dict[int, Terms] = defaultdict(lambda: defaultdict(float))
        self._taken: dict[Key, list[tuple[int, float]]] = defaultdict(list)
        self._drawn: dict[str, list[tuple[Offer, int]]] = defaultdict(list)
        self._write_once(once)
        self._write_daily()
        self._write_payoffs()
        for line in self.situation.book.facilities:
            self._write_room(line)
        self.unpaid = self._write_unpaid()
        self._write_cash()

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
        try:
            self.program.minimise(dict.fromkeys(self.unpaid.values(), 1.0), relaxed=not whole)
        except Infeasible:
            if self.program.impossible:
                raise
        least = self.program.at_least  # also where the search ended before it found anything
        return self.scale * least if isfinite(least) else 0.0

    def _write_once(self, offers: Sequence[Offer]) -> None:
        """What is no choice of its own on each day: whole where no part of it can be taken."""
        shared: dict[Claim, Terms] = defaultdict(dict)
        for each in offers:
            x = self._amount(each)
            chosen = self._chosen(each, x)
            for claim in each.claims:
                if claim.counts:
                    shared[claim] |= chosen
                elif claim.on is None and not claim.due:
                    shared[claim][x] = 1.0
            if each.action.kind is ActionKind.PURCHASE:
                self._drawn[each.action.source].append((each, x))
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

    def _write_daily(self) -> None:
        of_source: dict[str, dict[int, list[tuple[Offer, int]]]] = defaultdict(dict)
        for each in self.daily:
            action, x = each.action, self._amount(each)
            of_source[action.source].setdefault(action.day, []).append((each, x))
            self._drawn[action.source].append((each, x))
        for source, days in of_source.items():
            record = self.situation.book.by_id[source]
            most = turns_of(self.situation, record) if isinstance(record, Facility) else 1
            self._count(days, sorted(days), float(most))

    def _count(
        self, uses: Mapping[int, list[tuple[Offer, int]]], days: Sequence[int], most: float
    ) -> int:
        """How often a source is used on these days, in whole times: of each half of them, and so
        on, down to a few days."""
        times = self.program.variable(0.0, most, integer=True)
        if len(days) <= FEW_DAYS:
            mine = [use for day in days for use in uses[day]]
            parts = {x: -self.scale / offer.most for offer, x in mine}
            self.program.row(0.0, {times: 1.0} | parts)
            if all(offer.least for offer, _ in mine):
                least = {x: self.scale / offer.least for offer, x in mine}
                self.program.row(0.0, {times: -1.0} | least)
            return times
        middle = len(days) // 2
        halves = [self._count(uses, half, most) for half in (days[:middle], days[middle:])]
        self.program.row(0.0, {times: 1.0} | dict.fromkeys(halves, -1.0), 0.0)
        return times

    def _write_payoffs(self) -> None:
        """Each debt is paid off once, by a draw elsewhere of as much at least."""
        book = self.situation.book
        lenders = {f.id for f in book.facilities if not f.purchases_only and not f.permitted_use}
        for times in payoffs(self.situation):
            chosen = [self._payoff(each, lenders - {each.line}) for each in times]
            terms = {y: 1.0 for y in chosen if y is not None}
            if terms:
                self.program.row(-INFINITY, terms, 1.0)

    def _payoff(self, payoff: Payoff, lenders: set[str]) -> int | None:
        """The variable of the choice; None where nothing can be drawn for it."""
        draws = {
            x: 1.0
            for lender in lenders
            for offer, x in self._drawn.get(lender, ())
            if payoff.first <= offer.action.day <= payoff.day
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

    def _write_room(self, line: Facility) -> None:
        """What is taken up of the limit, day by day: what is repaid counts from the day after."""
        drawn = self._drawn.get(line.id)
        if not drawn:
            return
        changes: dict[int, Terms] = defaultdict(lambda: defaultdict(float))
        for offer, x in drawn:
            changes[offer.action.day][x] += 1.0
            for day, back in offer.meaning(self.every).freed:
                changes[day + 1][x] -= back / offer.most
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

    def _write_cash(self) -> None:
        starts, before = sorted({0, *self._effects}), None
        for start, end in zip(starts, [*starts[1:], len(self.cash)], strict=True):
            lacking = float((-GIVE - self.cash[start:end]).max()) / self.scale
            before = self._state(lacking, INFINITY, self._effects[start], before)

    def _state(self, lower: float, upper: float, changes: Terms, before: int | None) -> int:
        """A sum that changes from the one before, within bounds."""
        state = self.program.variable(lower, upper)
        terms = {state: 1.0} | {x: -share for x, share in changes.items()}
        self.program.row(0.0, terms if before is None else terms | {before: -1.0}, 0.0)
        return state
