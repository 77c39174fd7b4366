"""More money than the book has, and the least of it with which no payment is missed."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from backstop.plan.drafting.attempts import MOST_REPAIRS
from backstop.plan.drafting.granting import grant
from backstop.plan.drafting.judge import replayed
from backstop.plan.drafting.model import GIVE, model_of
from backstop.plan.drafting.rounding import DUST, Taken, whole_steps
from backstop.plan.offers import CashMoves
from backstop.plan.offers.rules import offers_for
from backstop.plan.situation import Situation
from backstop.plan.solver.columns import Column, Floats, FundingModel, Limit, Solution
from backstop.plan.solver.optimise import optimise
from backstop.plan.solver.program import Infeasible
from backstop.plan.wishes import NO_WISHES, Wishes
from backstop.projection import Ints

TAKEN = 1e-3
"""Price of taking an action that is counted, so that it stays a choice: far below one minor unit
in all."""


@dataclass(frozen=True)
class Extra:
    """More money than the book has: a column of it, and what an amount of it does to cash."""

    column: Column
    moves: Callable[[int], CashMoves]


@dataclass(frozen=True)
class LeastExtra:
    """How much more money it takes (minor units), and what is done besides."""

    amount: int
    taken: Taken


def cash_by(day: int, most: float) -> Extra:
    """Money that is simply there from a day on."""
    return Extra(Column(f"cash@{day}", ((day, 1.0),), most), lambda amount: ((day, amount),))


def least_extra(
    situation: Situation,
    extra: Sequence[Extra],
    *,
    at_most: int | None = None,
    floor: Ints | None = None,
    wishes: Wishes = NO_WISHES,
) -> LeastExtra | None:
    """What the extra money has to come to, besides the best use of what there is, so that no
    payment is missed; None where it cannot. Within the solver's gap. Raises `Cancelled`.

    The answer is proved by replay: with it, whole steps of what is left miss nothing. No more than
    `at_most` of the extra columns are taken. `floor` is cash that has to stay in hand each day;
    what is done besides is what the owner `wishes`.
    """
    offers = grant(situation, offers_for(situation), wishes).offers
    model = _asked(model_of(situation, offers), extra, at_most)
    kept = np.zeros_like(situation.low)
    if floor is not None:
        kept[: len(floor)] = floor
    margin: Floats = kept.astype(float) - GIVE
    choices: Sequence[bool] | None = None
    found: LeastExtra | None = None
    for _ in range(MOST_REPAIRS):
        try:
            asked = replace(model, margin=margin)
            solution = optimise(asked, choices)
        except Infeasible:  # the first time nothing helps; later what was found stands
            break
        taken = whole_steps(situation.book, offers, _own(solution, len(offers)))
        amounts = [math.ceil(each - DUST) for each in solution.amounts[len(offers) :]]
        short = _shortfall(situation, taken, zip(extra, amounts, strict=True), kept)
        found = LeastExtra(sum(amounts) + int(short.max()), taken)
        if not short.any():
            break
        margin, choices = margin + short, solution.taken
    return found


def _own(solution: Solution, count: int) -> Solution:
    """The part of the solution that is about what there is: the first columns."""
    return replace(solution, amounts=solution.amounts[:count], taken=solution.taken[:count])


def _asked(model: FundingModel, extra: Sequence[Extra], at_most: int | None) -> FundingModel:
    """The model whose cost is the extra money, and in which nothing may be missed. Whether an
    action is taken is a choice only where that is counted, or where its amount is not free."""
    limits = [each for each in model.limits if each.can_bind]
    wanted = [replace(each.column, cost=1.0, fixed_cost=0.0) for each in extra]
    if at_most is not None:
        numbers = range(len(model.columns), len(model.columns) + len(extra))
        limits.append(Limit(tuple(numbers), at_most, counts=True))
    counted = {number for each in limits if each.counts for number in each.columns}
    columns = [
        replace(
            each,
            cost=each.cost if number >= len(model.columns) else 0.0,
            fixed_cost=TAKEN if number in counted else 0.0,
            least=each.least if each.least > 1 else 0.0,
        )
        for number, each in enumerate((*model.columns, *wanted))
    ]
    return replace(model, columns=tuple(columns), limits=tuple(limits), missable=(), buffer=None)


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
