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
- How often a source is used is counted in whole times, for stretches of days; on which day of a
  stretch, and by how much of the times there, is left open. Steps, costs of a step and the owner's
  rules for whole plans are left out: these only take plans away.
- Cash is linear in the amounts but for rounding. Each instalment of a draw may be rounded by less
  than one minor unit, so that a plan has no more than so much besides; one unit of cash cannot pay
  for more than one unit of what is unpaid, so that this much is taken off the result.
- The search among whole choices may end before it is through: what it has shown by then holds.
- A plan that misses more of a graver class is no better one, whatever it pays in all: only plans
  count that miss no more of class 1, nor of the first two.
"""

from collections import defaultdict
from dataclasses import replace
from itertools import accumulate

from backstop.plan.actions import ActionKind
from backstop.plan.bound.relaxation import Relaxation
from backstop.plan.drafting.rationale import ROUNDING, what_remains
from backstop.plan.offers import KINDS
from backstop.plan.offers.room import MOST_DRAWS
from backstop.plan.results import Plan
from backstop.plan.situation import Situation, situation_of
from backstop.plan.solver.program import Infeasible
from backstop.projection import Projection

WORTH_SEARCHING = 1 / 3
"""Where the program of any parts shows less than this share, whole choices hardly ever show the
rest, and take long. Measured on 127 books."""

ENOUGH = 100
"""Minor units that the solver's tolerance may come to."""


def with_bound(projection: Projection, plan: Plan) -> Plan:
    """The plan with what any plan leaves unpaid at least, and that said. Raises `Cancelled`."""
    if not plan.missed or not plan.proved:
        return plan
    situation = situation_of(projection, plan.before)
    sure = least_unpaid(situation, plan.after.missed)
    return replace(plan, at_least=sure, remains=what_remains(situation, plan.after, sure))


def least_unpaid(situation: Situation, known: tuple[int, int, int] | None = None) -> int:
    """The least that any plan leaves unpaid in all (minor units), rounded down to what is sure.

    0 where it may be that nothing need be, in a book with an overdraft, whose interest is not
    linear, and where what a lender has agreed to hangs on the days looked at. Where `known` is what
    some plan leaves, by class: the least of any that misses no more of the graver classes, looked
    for until that explains what the known one leaves. Raises `Cancelled`.
    """
    if not len(situation.need_days) or situation.under.overdrafts or not _agreed_alike(situation):
        return 0
    relaxation = Relaxation(situation)
    spare = _rounding(relaxation)
    if known is None:
        return max(0, int(relaxation.least(whole=False)) - spare)
    *graver, unpaid = accumulate(known)
    explained = unpaid - int(unpaid * ROUNDING)
    relaxation.allow([each + spare for each in (*graver, explained)])
    try:
        found = max(0, int(relaxation.least(whole=False)) - spare)
        if explained * WORTH_SEARCHING <= found < explained:
            found = max(found, int(relaxation.least(whole=True)) - spare)
    except Infeasible:
        return explained
    return min(found, unpaid)


def _agreed_alike(situation: Situation) -> bool:
    """Whether what is agreed with lenders is about the same dues whatever the last day of need: the
    largest until then."""
    kind = KINDS[ActionKind.RENEGOTIATE]
    now, at_last = (
        [each.action for each in kind.offers(known)]
        for known in (situation, situation.on_every_day())
    )
    return now == at_last


def _rounding(relaxation: Relaxation) -> int:
    """What rounding may come to in a whole plan (minor units)."""
    moves: dict[str, int] = defaultdict(int)
    for each in relaxation.daily:
        source = each.action.source
        moves[source] = max(moves[source], len(each.meaning(relaxation.every).moves))
    return MOST_DRAWS * sum(moves.values()) + ENOUGH
