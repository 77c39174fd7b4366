"""The best plan that is found: drafted again from what the bound's program has found to leave less
unpaid, where the bound does not explain what a plan leaves."""

from itertools import accumulate

from backstop.contingency import Outcome
from backstop.plan.bound.least_unpaid import ENOUGH, Search, is_bounded, knowing
from backstop.plan.bound.stretches import Possible
from backstop.plan.drafting.draft import draft
from backstop.plan.results import Plan
from backstop.plan.situation import situation_of
from backstop.projection import Projection

MOST_ROUNDS = 4
"""How often the bound's program is made finer."""


def best_plan(projection: Projection, outcome: Outcome, drafted: Plan | None = None) -> Plan:
    """The best plan for a loss around no wishes, with its bound where one is known; `drafted` is
    its first draft where that is there already. Raises `Cancelled`."""
    plan = draft(projection, outcome) if drafted is None else drafted
    if not plan.missed or not plan.proved:
        return plan
    situation = situation_of(projection, outcome)
    if not is_bounded(situation):
        return plan
    first, search, sure = plan, Search(Possible(situation)), 0
    for _ in range(MOST_ROUNDS):
        sure = max(sure, search.least(plan))
        if not search.proposed:
            break
        other = draft(projection, outcome, begin=search.proposed, closely=True)
        plan = min(plan, other, key=_rank)
        if search.is_last or not plan.missed:
            break
    if plan.missed and plan is not first:
        plan = min(plan, draft(projection, outcome, begin=plan.actions), key=_rank)
    return knowing(situation, plan, sure) if plan.missed else plan


def _rank(plan: Plan) -> tuple[int, ...]:
    """The less, the better: what is missed by class and the classes before it, then with the steps
    that were left out; but for the solver's dust, which comes last."""
    *graver, unpaid = accumulate(plan.after.missed)
    left = (*graver, unpaid, unpaid - plan.left_out)
    return int(not plan.proved), *(each // ENOUGH for each in left), unpaid
