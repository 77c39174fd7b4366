"""What a plan counts on though nobody has granted it yet, and the plan that does without it.

A line that could be applied for counts as the owner wants unsure sources to count. The replay then
proves what follows if it is granted, and nothing for the case that it is refused: for that another
plan stands beside, which uses nothing of the kind.
"""

from collections.abc import Iterable
from dataclasses import replace
from itertools import accumulate

from backstop.domain import Book, Measure, MeasureKind
from backstop.plan.drafting.model import model_of
from backstop.plan.drafting.redraft import redraft
from backstop.plan.offers.rules import offers_for
from backstop.plan.results import Plan
from backstop.plan.situation import situation_of
from backstop.plan.solver.optimise import CureQuestion
from backstop.plan.wishes import NO_WISHES, Forbidden, Wishes
from backstop.projection import Projection

DUST = 100
"""Minor units that the solver's tolerance may come to."""


def with_fallback(projection: Projection, plan: Plan, wishes: Wishes = NO_WISHES) -> Plan:
    """The plan with the one that does without all that is not arranged; as it is where it counts
    on nothing of the kind, and the other one where that leaves no more unpaid of any class and
    nobody wished for more. Raises `Cancelled`."""
    if not plan.unarranged or plan.otherwise is not None:
        return plan
    without = wishes
    for each in _not_arranged(projection.book):
        without = without.forbidding(Forbidden(each.id))
    other = redraft(projection, plan, without)
    if plan.missed and other.certain and not wishes.pins and _missed(other) <= _missed(plan):
        return other
    return replace(plan, otherwise=other)


def but_in_vain(projection: Projection, plan: Plan) -> Plan:
    """The plan as it is, or the one that does without what is not arranged where that leaves no
    more unpaid: drafted only where a linear bound does not rule that out. Raises `Cancelled`."""
    if not (plan.unarranged and plan.missed) or not _may_do_without(projection, plan):
        return plan
    return with_fallback(projection, plan)


def _may_do_without(projection: Projection, plan: Plan) -> bool:
    situation = situation_of(projection, plan.before)
    out = {each.id for each in _not_arranged(projection.book)}
    offers = [each for each in offers_for(situation) if each.action.source not in out]
    least = accumulate(CureQuestion(model_of(situation, offers)).least_missed)
    return all(one <= other + DUST for one, other in zip(least, _missed(plan), strict=True))


def _missed(plan: Plan) -> list[int]:
    """What stays unpaid of the first class, of the first two, and in all."""
    return [*accumulate(plan.after.missed)]


def _not_arranged(book: Book) -> Iterable[Measure]:
    """The lines that could be applied for."""
    kind = MeasureKind.NEW_FACILITY
    return (each for each in book.measures if each.kind is kind and not each.arranged)


def begun_otherwise(plan: Plan) -> int | None:
    """The first day (offset) on which something of the other plan begins that is no step of this
    one: until then either can be followed. None where nothing does."""
    assert plan.otherwise is not None
    mine = {(each.what, each.amount) for each in plan.actions}
    others = (each for each in plan.otherwise.actions if not each.done)
    days = [each.start_day for each in others if (each.what, each.amount) not in mine]
    return min(days, default=None)
