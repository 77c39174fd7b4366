"""What any plan leaves unpaid at least: a bound over all days and amounts.

A program is written of which every plan that the replay would accept is a solution, so that no such
plan leaves less unpaid. Why it contains them all:

- Each action of a plan is a column of the program, at its amount: draws, renewals, new lines and
  money of the owner on every day on which the plan's own offers could be made; payments put off,
  cut or paid through a line each by itself, of all of them; a step about several payments is the
  sum of such columns. What costs no more for being earlier (a reserve, a sale, a claim advanced, a
  receipt asked for) stands on its first day alone, where it does at least as much.
- A debt paid off with a draw elsewhere is two columns: the draw, and the debt's principal paid on
  the last day before its next instalment. That costs no more than the real payoff and comes no
  sooner. It needs a draw of as much in that time.
- How often a source is used is counted in whole times, for stretches of days; the column of a
  stretch does at least as much as the best of its days. Where the best that is found so used one
  that none of its days could do as well, the stretch is split there, and so on (dynamic
  discretization discovery: Boland, Hewitt, Marshall, Savelsbergh, Operations Research 65, 2017).
  Steps, costs of a step and the owner's rules for whole plans are left out: these only take plans
  away.
- Cash is linear in the amounts but for rounding. Each instalment of a draw may be rounded by less
  than one minor unit, so that a plan has no more than so much besides; one unit of cash cannot pay
  for more than one unit of what is unpaid, so that this much is taken off the result.
- The search among whole choices may end before it is through: what it has shown by then holds.
- The interest of an overdraft is not linear. No plan pays less of it than none: the program has
  back what is charged if nothing is done, so that in such a book it shows less.
- A plan that misses more of a graver class is no better one, whatever it pays in all: only plans
  count that miss no more of class 1, nor of the first two.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from backstop.plan.actions import Action, ActionKind
from backstop.plan.bound.relaxation import Relaxation
from backstop.plan.bound.stretches import Possible
from backstop.plan.drafting.rationale import ROUNDING, what_remains
from backstop.plan.offers import KINDS
from backstop.plan.offers.room import MOST_DRAWS
from backstop.plan.results import Plan
from backstop.plan.situation import Situation, situation_of
from backstop.plan.solver.program import Infeasible
from backstop.projection import Projection

ROUNDS_WITHOUT_STEPS = 2
"""How often it is searched before it counts in what steps lenders give: that takes as long, and
mostly shows no more."""

ENOUGH = 100
"""Minor units that the solver's tolerance may come to."""


def with_bound(projection: Projection, plan: Plan) -> Plan:
    """The plan with what any plan leaves unpaid at least, and that said; as it is where that is
    known, or none is known. Raises `Cancelled`."""
    if plan.bounded or not plan.missed or not plan.proved:
        return plan
    situation = situation_of(projection, plan.before)
    if not is_bounded(situation):
        return plan
    return knowing(situation, plan, Search(Possible(situation)).least(plan))


def knowing(situation: Situation, plan: Plan, least: int) -> Plan:
    """The plan with so much said to stay unpaid at least (minor units)."""
    sure = min(least, sum(plan.after.missed))
    remains = what_remains(situation, plan.after, sure)
    return replace(plan, at_least=sure, remains=remains, bounded=True, first=False)


def least_unpaid(situation: Situation) -> int:
    """The least that any plan leaves unpaid in all (minor units), rounded down to what is sure,
    where any part of everything could be taken.

    0 where it may be that nothing need be, or nothing is known. Raises `Cancelled`.
    """
    if not is_bounded(situation):
        return 0
    possible = Possible(situation)
    return max(0, int(Relaxation(possible).least(whole=False)) - _rounding(possible))


def is_bounded(situation: Situation) -> bool:
    """Whether a bound is known: not where what a lender has agreed to hangs on the days looked
    at."""
    return bool(len(situation.need_days)) and _agreed_alike(situation)


class Search:
    """Looks for the least that any plan leaves unpaid, until that explains what one leaves.

    `proposed` is what was found to leave less: nothing once what is left is explained. `is_last`:
    finer stretches show no more, because each of that is done on a day on which it could be, or
    because the search among whole choices was too long already.
    """

    def __init__(self, possible: Possible) -> None:
        self.possible, self.ends = possible, possible.first_ends()
        self.spare = _rounding(possible)
        self.proposed: tuple[Action, ...] = ()
        self.is_last = self.stepped = False
        self._rounds = 0

    def least(self, plan: Plan) -> int:
        """The least of any plan that misses no more of the graver classes. Raises `Cancelled`."""
        explained, allowed = self._explained(plan)
        self.proposed = ()
        try:
            found = self._with_whole_choices(allowed)
        except Infeasible:
            return explained
        if found >= explained:
            self.proposed = ()
        return found

    def least_of_parts(self, plan: Plan) -> int:
        """The same where any part of everything can be taken. Raises `Cancelled`."""
        explained, allowed = self._explained(plan)
        relaxation = Relaxation(self.possible, self.ends)
        relaxation.allow(allowed)
        try:
            return self._sure(relaxation.least(whole=False))
        except Infeasible:
            return explained

    def explains(self, plan: Plan, least: int) -> bool:
        """Whether that so much stays unpaid at least is why the plan leaves something."""
        return least >= self._explained(plan)[0]

    def _explained(self, plan: Plan) -> tuple[int, list[float]]:
        """From what on a bound explains what the plan leaves; and what a plan may leave that is
        better, by class."""
        *graver, unpaid = accumulate(plan.after.missed)
        unpaid -= plan.left_out
        explained = unpaid - int(unpaid * ROUNDING)
        return explained, [each + self.spare for each in (*graver, explained)]

    def _with_whole_choices(self, allowed: Sequence[float]) -> int:
        """The same among stretches of days, which are then made finer; once they need not be, in
        the steps of the lenders."""
        relaxation = Relaxation(self.possible, self.ends, stepped=self.stepped)
        relaxation.allow(allowed)
        least = relaxation.least(whole=True)
        self.proposed, finer = relaxation.proposed(), relaxation.finer()
        optimal = relaxation.program.optimal
        self.is_last = not optimal or (self.stepped and not finer)
        self._rounds += 1
        self.stepped = self.stepped or not finer or self._rounds >= ROUNDS_WITHOUT_STEPS
        self.ends |= finer
        return self._sure(least)

    def _sure(self, least: float) -> int:
        return max(0, int(least) - self.spare)


def _agreed_alike(situation: Situation) -> bool:
    """Whether what is agreed with lenders is about the same dues whatever the last day of need: the
    largest until then."""
    kind = KINDS[ActionKind.RENEGOTIATE]
    now, at_last = (
        [each.action for each in kind.offers(known)]
        for known in (situation, situation.on_every_day())
    )
    return now == at_last


def _rounding(possible: Possible) -> int:
    """What rounding may come to in a whole plan (minor units)."""
    moves: dict[str, int] = defaultdict(int)
    for source in possible.sources:
        most = max(len(each.cash) for each in source.lent)
        moves[source.id] = max(moves[source.id], most)
    return MOST_DRAWS * sum(moves.values()) + ENOUGH
