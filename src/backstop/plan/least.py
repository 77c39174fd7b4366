"""The least extra money, as cash on a day or room on a new line, so that nothing is missed."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from backstop.contingency import outcome_of
from backstop.domain import Facility, RepaymentMethod
from backstop.plan.attempts import MOST_REPAIRS
from backstop.plan.columns import Column, Floats, FundingModel, Limit, Solution
from backstop.plan.draft import draft
from backstop.plan.effects import cash_moves, cost_of
from backstop.plan.judge import replay, replayed
from backstop.plan.meanings import CashMoves
from backstop.plan.model import model_of, offers_for
from backstop.plan.optimise import optimise
from backstop.plan.options import Offer
from backstop.plan.options.draw import MOST_DRAWS, draws
from backstop.plan.program import Infeasible
from backstop.plan.rounding import DUST, Taken, whole_steps
from backstop.plan.situation import Situation
from backstop.plan.wishes import Wishes
from backstop.projection import Ints

TAKEN = 1e-3
"""Price of taking an action, so that it stays a choice: far below one minor unit in all."""

MOST_TIMES = 4
"""A new line is looked for up to so many times the largest gap: it may have to be rolled over."""

EVERY_STEP = Wishes(every_step=True)

MOST_LIFTS = 4
"""Rounds in which cash is added until a drafted plan misses nothing."""

SHORTEST = 6
"""Months over which a new line is paid back, where the one it stands for has fewer."""


@dataclass(frozen=True)
class Extra:
    """More money than the book has: a column of it, and what an amount of it does to cash."""

    column: Column
    moves: Callable[[int], CashMoves]


@dataclass(frozen=True)
class Found:
    """How much more money it takes (minor units), and what is done besides."""

    amount: int
    taken: Taken


def least_extra(
    situation: Situation,
    extra: Sequence[Extra],
    cancelled: Callable[[], bool],
    at_most: int | None = None,
    floor: Ints | None = None,
) -> Found | None:
    """What the extra money has to come to, besides the best use of what there is, so that no
    payment is missed; None where it cannot. Within the solver's gap.

    The answer is proved by replay: with it, whole steps of what is left miss nothing. No more than
    `at_most` of the extra columns are taken. `floor` is cash that has to stay in hand each day.
    """
    offers = offers_for(situation)
    kept = np.zeros_like(situation.low)
    if floor is not None:
        kept[: len(floor)] = floor
    margin: Floats = kept.astype(float)
    choices: Sequence[bool] | None = None
    for _ in range(MOST_REPAIRS):
        model = _asked(model_of(situation, offers, margin), extra, at_most)
        try:
            solution = optimise(model, cancelled, choices)
        except Infeasible:
            return None
        taken = whole_steps(situation.book, offers, _own(solution, len(offers)))
        amounts = [math.ceil(each - DUST) for each in solution.amounts[len(offers) :]]
        short = _shortfall(situation, taken, zip(extra, amounts, strict=True), kept)
        if not short.any():
            break
        margin, choices = margin + short, solution.taken
    return Found(sum(amounts) + int(short.max()), taken)


def _own(solution: Solution, count: int) -> Solution:
    """The part of the solution that is about what there is: the first columns."""
    return replace(solution, amounts=solution.amounts[:count], taken=solution.taken[:count])


def _asked(model: FundingModel, extra: Sequence[Extra], at_most: int | None) -> FundingModel:
    """The model whose cost is the extra money, and in which nothing may be missed."""
    free = (replace(each, cost=0.0, fixed_cost=TAKEN) for each in model.columns)
    wanted = (replace(each.column, cost=1.0, fixed_cost=TAKEN) for each in extra)
    limits = model.limits
    if at_most is not None:
        numbers = range(len(model.columns), len(model.columns) + len(extra))
        limits = (*limits, Limit(tuple(numbers), at_most, counts=True))
    return replace(model, columns=(*free, *wanted), limits=limits, missable=(), buffer=None)


def _shortfall(
    situation: Situation, taken: Taken, extra: Iterable[tuple[Extra, int]], kept: Ints
) -> Ints:
    """What these actions and so much more money are short of in each entry of `Situation.low`,
    replayed in whole units."""
    moves = np.zeros_like(situation.low)
    for each, amount in extra:
        for day, cash in each.moves(amount):
            if (period := situation.period(day)) is not None:
                moves[period] += cash
    low = replayed(situation, (offer.of(amount) for offer, amount in taken))
    held = low + np.cumsum(moves) + situation.beyond_payments
    short: Ints = np.maximum(kept - held, 0)
    return short


def least_cash(situation: Situation, day: int, cancelled: Callable[[], bool]) -> int | None:
    """The least cash (minor units) that has to be there from `day` on, so that nothing is missed.

    Proved by replay of what is done besides. Where some of that would no longer be thought of,
    since with more cash other days matter, plans are drafted with more.
    """
    extra = Extra(cash_by(day, float(most_asked(situation))), lambda amount: ((day, amount),))
    found = least_extra(situation, [extra], cancelled)
    if found is None:
        return None
    amount = min(found.amount, situation.outcome.largest_gap)
    if _pays_all(_richer(situation, day, amount), found.taken):
        return amount
    return drafted_cash(situation, day, amount, cancelled)


def drafted_cash(situation: Situation, day: int, amount: int, cancelled: Callable[[], bool]) -> int:
    """From this amount up, cash from `day` on with which a drafted plan misses nothing: its whole
    steps may ask for a little more."""
    gap = situation.outcome.largest_gap
    for _ in range(MOST_LIFTS):
        if amount >= gap:
            return gap
        missed = missed_with(situation, day, amount, cancelled)
        if not missed:
            return amount
        amount += missed
    return gap


def missed_with(situation: Situation, day: int, amount: int, cancelled: Callable[[], bool]) -> int:
    """What a drafted plan still misses (minor units) with so much more cash from `day` on."""
    richer = _richer(situation, day, amount)
    plan = draft(richer.projection, richer.outcome, cancelled, EVERY_STEP)
    return sum(each.missed for each in plan.missed)


def _pays_all(situation: Situation, taken: Taken) -> bool:
    """Whether these actions are all on offer here, and leave nothing unpaid by replay."""
    offered = {offer.of(0): offer for offer in offers_for(situation)}
    known = [offer.of(0) in offered for offer, _ in taken]
    here = [(offered[offer.of(0)], amount) for offer, amount in taken] if all(known) else []
    return all(known) and replay(situation, here).proved


def least_kept(situation: Situation, cancelled: Callable[[], bool]) -> int | None:
    """The least cash (minor units) from the start with which the owner's minimum is kept on every
    day too; None where no cash helps. Proved by replaying whole steps."""
    wanted = situation.outcome.reserve_needed
    extra = Extra(cash_by(0, float(MOST_TIMES * max(wanted, 1))), lambda amount: ((0, amount),))
    least = least_extra(situation, [extra], cancelled, floor=situation.projection.buffer)
    return None if least is None else min(least.amount, wanted)


def _richer(situation: Situation, day: int, amount: int) -> Situation:
    """The loss with so much more cash from a day on."""
    low = situation.outcome.low.copy()
    low[day:] += amount
    outcome = outcome_of(situation.projection, situation.contingency, low)
    return Situation(situation.projection, outcome, situation.start)


def cash_by(day: int, most: float) -> Column:
    """Money that is simply there from a day on."""
    return Column(f"cash@{day}", ((day, 1.0),), most)


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
        committed=True,
        systemic=False,
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
    found = least_extra(
        situation, [_drawn(widened, each) for each in draws_], cancelled, MOST_DRAWS
    )
    if found is None or not draws_:
        return (None, 0) if found is None else (found.amount, 0)
    return found.amount, cost_of(widened.book, draws_[0].of(found.amount))


def _drawn(situation: Situation, draw: Offer) -> Extra:
    column = replace(draw.column(situation, 0.0), least=0.0)
    return Extra(
        column, lambda amount: cash_moves(situation.book, draw.of(amount)) if amount else ()
    )


def proved_limit(
    situation: Situation, like: Facility, limit: int, cancelled: Callable[[], bool]
) -> tuple[int, int] | None:
    """From this limit up, one with which a drafted plan misses nothing, and the day (offset) on
    which that plan first asks for its money; None if none is found."""
    widened, line = with_line(situation, like, like.lead_days or 0)
    record = widened.book.by_id[line]
    for _ in range(MOST_LIFTS):
        book = widened.book.put(record.changed(limit=limit))
        projection = replace(situation.projection, book=book)
        plan = draft(projection, situation.outcome, cancelled, EVERY_STEP)
        if not plan.missed:
            asked = [each.start_day for each in plan.actions if each.source == line]
            return limit, min(asked, default=situation.projection.days - 1)
        limit += sum(each.missed for each in plan.missed)
    return None
