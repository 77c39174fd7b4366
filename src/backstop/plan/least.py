"""The least extra money, as cash on a day or room on a new line, so that nothing is missed."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from backstop.contingency import Outcome, outcome_of
from backstop.domain import Facility, RepaymentMethod
from backstop.plan.columns import Column, Limit
from backstop.plan.draft import draft
from backstop.plan.effects import cost_of
from backstop.plan.model import model_of, offers_for
from backstop.plan.optimise import optimise
from backstop.plan.options import Offer
from backstop.plan.options.draw import MOST_DRAWS, draws
from backstop.plan.program import Infeasible
from backstop.plan.situation import Situation

TAKEN = 1e-3
"""Price of taking an action, so that it stays a choice: far below one minor unit in all."""

MOST_TIMES = 4
"""A new line is looked for up to so many times the largest gap: it may have to be rolled over."""

MOST_LIFTS = 4
"""Rounds in which cash is added until a drafted plan misses nothing."""

SHORTEST = 6
"""Months over which a new line is paid back, where the one it stands for has fewer."""


def least_extra(
    situation: Situation,
    offers: Sequence[Offer],
    extra: Sequence[Column],
    cancelled: Callable[[], bool],
    at_most: int | None = None,
) -> int | None:
    """Minor units that the extra columns have to give together, besides the best use of what there
    is, so that no payment is missed; None where they cannot. Rounded up; within the solver's gap.

    No more than `at_most` of the extra columns are taken.
    """
    model = model_of(situation, offers)
    free = (replace(each, cost=0.0, fixed_cost=TAKEN) for each in model.columns)
    wanted = (replace(each, cost=1.0, fixed_cost=TAKEN) for each in extra)
    limits = model.limits
    if at_most is not None:
        numbers = range(len(model.columns), len(model.columns) + len(extra))
        limits = (*limits, Limit(tuple(numbers), at_most, counts=True))
    asked = replace(model, columns=(*free, *wanted), limits=limits, missable=(), buffer=None)
    try:
        solution = optimise(asked, cancelled)
    except Infeasible:
        return None
    return round(sum(solution.amounts[len(model.columns) :]) + 0.5)


def least_cash(situation: Situation, day: int, cancelled: Callable[[], bool]) -> int | None:
    """The least cash (minor units) that has to be there from `day` on, proved by drafting: with it
    the plan misses nothing. Days and whole steps of the plan that it allows may ask for more than
    the program says."""
    extra = [cash_by(day, most_asked(situation))]
    amount = least_extra(situation, offers_for(situation), extra, cancelled)
    if amount is None:
        return None
    gap = situation.outcome.largest_gap
    for _ in range(MOST_LIFTS):
        if amount >= gap:
            return gap
        missed = draft(situation.projection, _richer(situation, day, amount), cancelled).missed
        if not missed:
            return amount
        amount += sum(each.missed for each in missed)
    return gap


def _richer(situation: Situation, day: int, amount: int) -> Outcome:
    """The loss with so much more cash from a day on."""
    low = situation.outcome.low.copy()
    low[day:] += amount
    return outcome_of(situation.projection, situation.contingency, low)


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
    """Draws on this line alone."""
    return [each for each in draws(situation) if each.action.source == line]


def least_limit(
    situation: Situation, like: Facility, lead_days: int, cancelled: Callable[[], bool]
) -> tuple[int | None, int]:
    """The least limit (minor units) of one more line on the terms of `like`, so that nothing is
    missed, and what drawing it costs; None where its money comes too late."""
    widened, line = with_line(situation, like, lead_days)
    draws_ = draws_on(widened, line)
    columns = [replace(each.column(widened, 0.0), least=0.0) for each in draws_]
    limit = least_extra(situation, offers_for(situation), columns, cancelled, MOST_DRAWS)
    if limit is None or not draws_:
        return limit, 0
    return limit, cost_of(widened.book, draws_[0].of(limit))


def proved_limit(
    situation: Situation, like: Facility, limit: int, cancelled: Callable[[], bool]
) -> int | None:
    """From this limit up, one with which a drafted plan misses nothing; None if none is found."""
    widened, line = with_line(situation, like, like.lead_days or 0)
    record = widened.book.by_id[line]
    for _ in range(MOST_LIFTS):
        book = widened.book.put(record.changed(limit=limit))
        projection = replace(situation.projection, book=book)
        missed = draft(projection, situation.outcome, cancelled).missed
        if not missed:
            return limit
        limit += sum(each.missed for each in missed)
    return None
