"""The least extra money, as cash on a day or room on a new line, so that nothing is missed."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from backstop.domain import Facility, RepaymentMethod
from backstop.plan.columns import Column
from backstop.plan.model import model_of
from backstop.plan.optimise import optimise
from backstop.plan.options import Offer
from backstop.plan.options.draw import draws
from backstop.plan.program import Infeasible
from backstop.plan.situation import Situation

TAKEN = 1e-3
"""Price of taking an action, so that it stays a choice: far below one minor unit in all."""

MOST_TIMES = 4
"""A new line is looked for up to so many times the largest gap: it may have to be rolled over."""

SHORTEST = 6
"""Months over which a new line is paid back, where the one it stands for has fewer."""


def least_extra(
    situation: Situation,
    offers: Sequence[Offer],
    extra: Sequence[Column],
    cancelled: Callable[[], bool],
) -> int | None:
    """Minor units that the extra columns have to give together, besides the best use of what there
    is, so that no payment is missed; None where they cannot. Rounded up; within the solver's gap.
    """
    model = model_of(situation, offers)
    free = (replace(each, cost=0.0, fixed_cost=TAKEN) for each in model.columns)
    wanted = tuple(replace(each, cost=1.0, fixed_cost=0.0) for each in extra)
    asked = replace(model, columns=(*free, *wanted), missable=(), buffer=None)
    try:
        solution = optimise(asked, cancelled)
    except Infeasible:
        return None
    return round(sum(solution.amounts[len(model.columns) :]) + 0.5)


def cash_by(day: int, most: int) -> Column:
    """Money that is simply there from a day on."""
    return Column(f"cash@{day}", ((day, 1.0),), float(most))


def most_asked(situation: Situation) -> int:
    """An amount (minor units) with which any gap of this loss is closed many times."""
    return MOST_TIMES * max(situation.outcome.largest_gap, 1)


def with_line(situation: Situation, like: Facility, lead_days: int) -> tuple[Situation, str]:
    """The situation with one more line on the terms of `like`, agreed beforehand; and its id."""
    book = situation.book
    cycle = like.method is RepaymentMethod.STATEMENT_CYCLE
    line = like.changed(
        id=book.new_id("new-line"),
        limit=most_asked(situation),
        lead_days=lead_days,
        last_verified=book.as_of,
        usage_until=None,
        contract_until=None,
        maximum_draws=None,
        minimum_draw=0,
        draw_step=1,
        headroom_haircut_percent=0,
        purchases_only=False,
        method=RepaymentMethod.ANNUITY if cycle else like.method,
        periods=max(like.periods, SHORTEST),
        tranches=(),
    )
    return replace(
        situation, projection=replace(situation.projection, book=book.put(line))
    ), line.id


def draws_on(situation: Situation, line: str) -> list[Offer]:
    """Draws on this line alone, without its own limit on how many."""
    return [
        replace(each, claims=(), least=0) for each in draws(situation) if each.action.source == line
    ]
