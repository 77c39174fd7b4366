"""When nothing suffices: what that costs, and what would cure it."""

from dataclasses import replace

from backstop.contingency import Bounced
from backstop.domain import Facility
from backstop.plan.beforehand.least_cash import planned_cash
from backstop.plan.beforehand.new_line import least_limit
from backstop.plan.bound.least_unpaid import with_bound
from backstop.plan.drafting.granting import wanted_days
from backstop.plan.results import LineCure, Plan, Shortage
from backstop.plan.situation import Situation, situation_of
from backstop.plan.wishes import NO_WISHES, Wishes
from backstop.projection import Projection

LEADS = (0, 7, 14, 30)
"""Lead times, in days, for which the least extra limit is worked out."""


def with_shortage(
    projection: Projection,
    plan: Plan,
    wishes: Wishes = NO_WISHES,
) -> Plan:
    """The plan around these wishes with what to do about what it cannot pay; as it is where it
    pays everything.

    Raises `Cancelled`.
    """
    if not plan.missed or plan.shortage is not None:
        return plan
    if not replace(wishes, every_step=False):
        plan = with_bound(projection, plan)
    days = tuple(wanted_days(wishes))
    situation = situation_of(projection, plan.before, days)
    day = min(each.day for each in plan.missed)
    cash = planned_cash(situation, day, wishes)
    return replace(
        plan,
        shortage=Shortage(
            income_lost=sum(income_lost(each) for each in plan.missed),
            cash=cash,
            cash_day=day,
            lines=_lines(situation, wishes),
        ),
    )


def income_lost(each: Bounced) -> int:
    """The income (minor units) that goes with the missed part of a payment."""
    return each.obligation.income_lost * each.missed // each.obligation.amount


def _lines(situation: Situation, wishes: Wishes) -> tuple[LineCure, ...]:
    """The least extra limit on the terms of the lost line, for each lead time. What is ready
    sooner never has to be more: each is found within the solver's gap alone."""
    like = _lost_line(situation)
    if like is None:
        return ()

    def least(lead: int, later: int | None) -> int | None:
        """The least limit at that lead time, no more than with a longer one."""
        found = least_limit(situation, like, lead, wishes)[0]
        return min((each for each in (found, later) if each is not None), default=None)

    limits = [least(LEADS[-1], None)]
    soonest = least(LEADS[0], limits[0])
    for lead in reversed(LEADS[1:-1]):
        limits.append(soonest if limits[-1] == soonest else least(lead, limits[-1]))
    pairs = zip(LEADS, (soonest, *reversed(limits)), strict=True)
    return tuple(LineCure(lead, limit) for lead, limit in pairs)


def _lost_line(situation: Situation) -> Facility | None:
    """The line whose terms stand for a new one: the largest that is lost and lends cash."""
    lost = situation.contingency.targets if situation.contingency else ()
    records = (situation.book.by_id[target] for target in lost)
    lines = [each for each in records if isinstance(each, Facility)]
    return max(lines, key=lambda f: (f.lends_cash, f.limit), default=None)
