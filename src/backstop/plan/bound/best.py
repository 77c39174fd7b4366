"""The best plan that is found: drafted again from what the bound's program has found to leave less
unpaid, where the bound does not explain what a plan leaves."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from backstop.contingency import Outcome
from backstop.plan.actions import Action
from backstop.plan.bound.least_unpaid import ENOUGH, Search, is_bounded, knowing
from backstop.plan.bound.stretches import Possible
from backstop.plan.drafting.draft import draft, draft_with_less_unpaid
from backstop.plan.results import Plan
from backstop.plan.situation import situation_of
from backstop.projection import Projection

MOST_ROUNDS = 4
"""How often the bound's program is made finer."""


def first_plan(projection: Projection, outcome: Outcome) -> Plan:
    """The first draft of the best plan for a loss around no wishes: `first` where a linear bound
    does not explain what it leaves unpaid, so that a better one may be found. Raises
    `Cancelled`."""
    plan = draft(projection, outcome)
    search = _search(projection, plan)
    if search is None:
        return plan
    least = search.least_of_parts(plan)
    known = knowing(search.possible.situation, plan, least)
    return known if search.explains(plan, least) else replace(known, bounded=False, first=True)


def best_plan(projection: Projection, outcome: Outcome, known: Plan | None = None) -> Plan:
    """The best plan for a loss around no wishes, with its bound where one is known; `known` is its
    first draft where that is there already. Raises `Cancelled`."""
    first = first_plan(projection, outcome) if known is None else known
    search = _search(projection, first) if first.first else None
    if search is None:
        return first
    plan, sure = first, first.at_least
    for number in range(MOST_ROUNDS):
        sure = max(sure, search.least(plan))
        if not search.proposed:
            break
        if number == 0 or search.is_last or number == MOST_ROUNDS - 1:
            plan = _better(projection, plan, search.proposed)
        if search.is_last or not plan.missed or search.explains(plan, sure):
            break
    if plan.missed and not search.explains(plan, sure):
        plan = _better(projection, plan, plan.actions, wide=True)
    return knowing(search.possible.situation, plan, sure) if plan.missed else plan


def _better(
    projection: Projection, plan: Plan, begin: Sequence[Action], *, wide: bool = False
) -> Plan:
    """The better of the plan and the one found near these actions."""
    other = draft_with_less_unpaid(projection, plan, begin, wide=wide)
    return plan if other is None else min(plan, other, key=_rank)


def _search(projection: Projection, plan: Plan) -> Search | None:
    """The search for less than the plan leaves; None where it leaves nothing, or no bound is
    known."""
    if not plan.missed or not plan.proved:
        return None
    situation = situation_of(projection, plan.before)
    return Search(Possible(situation)) if is_bounded(situation) else None


def _rank(plan: Plan) -> tuple[int, ...]:
    """The less, the better: what is missed by class and the classes before it, then with the steps
    that were left out; but for the solver's dust, which comes last."""
    *graver, unpaid = accumulate(plan.after.missed)
    left = (*graver, unpaid, unpaid - plan.left_out)
    return int(not plan.proved), *(each // ENOUGH for each in left), unpaid
