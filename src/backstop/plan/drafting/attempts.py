"""What the solver proposes, in whole steps and replayed; and up to three repairs where these do not
keep what it promised."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import accumulate

import numpy as np

from backstop.contingency import Bounced, Obligation
from backstop.plan.drafting.granting import Granted
from backstop.plan.drafting.judge import Replay, below_buffer, replay, within_limits
from backstop.plan.drafting.model import model_of
from backstop.plan.drafting.rounding import DUST, Taken, whole_steps
from backstop.plan.drafting.topping_up import topped_up
from backstop.plan.offers import Offer
from backstop.plan.offers.offer import key_of
from backstop.plan.situation import Situation
from backstop.plan.solver.columns import Floats, Solution
from backstop.plan.solver.optimise import optimise
from backstop.plan.solver.program import Infeasible
from backstop.plan.solver.tiers import BUFFER_SLACK
from backstop.projection import Ints

MOST_REPAIRS = 3
STEPS_LOST = 2
"""Steps of each lender that rounding may cost: in the amount, and in what is paid back on it."""

Drawn = tuple[Taken, Replay]
"""What is taken, and what replaying it has shown."""

DEAR_SHARE, DEAR_STEPS = 0.003, 20
"""Whole steps may cost this share of a plan, or the part of what a step has to save, before other
amounts are tried."""

DUST_IN_ALL = 100
"""Minor units that the solver's tolerance may add up to over a whole plan."""


def solve(
    situation: Situation, granted: Granted, less_than: Sequence[float] | None = None
) -> Drawn:
    """The best of what the solver proposes, in whole steps and replayed. Raises `Cancelled`; and
    `Infeasible` where less should be missed by class than so much, and no such plan is found.

    First with any amounts; where their whole steps do not keep what was promised, the same choices
    in whole steps. Where these miss something though nothing need be missed: other choices, first
    with the cash in hand that rounding took, then in whole steps too.
    """
    nothing_more = granted.pinned, replay(situation, granted.pinned)
    if not len(situation.need_days) and not granted.pinned:
        return nothing_more
    none = np.zeros(len(situation.low))
    question: _Question | None = _Question(granted.offers, none, less_than=less_than)
    promised: float | None = None
    found: list[Drawn] = []
    while question is not None and len(found) <= MOST_REPAIRS:
        try:
            solution = question.answered(situation)
        except Infeasible:  # nothing is left to take the margin from: what was found stands
            if question.less_than is not None:
                raise
            break
        taken, judged = _in_whole_steps(situation, question.offers, solution)
        found.append(_laid_open(situation, taken, judged))
        if promised is None:
            promised = sum(solution.missed) + DUST_IN_ALL
        keeps = judged.proved and sum(each.missed for each in judged.missed) <= promised
        if keeps and not _dear(situation, question, solution, found[-1][0]):
            break
        mended = question.mended(solution, judged)
        if mended is None and promised < 2 * DUST_IN_ALL:  # nothing need be missed
            mended = _others(question, granted.offers)
        question = mended
    if not found:
        return nothing_more
    best = best_of(situation, found)
    nothing_done: Drawn = [], replay(situation, [], situation.outcome.bounced)
    spared = best[1].proved and not granted.pinned and nothing_done[1].proved
    return nothing_done if spared and better(situation, nothing_done, best) else best


@dataclass(frozen=True)
class _Question:
    """What the solver is asked: the best of these offers, or just the amounts of `chosen` ones.

    `margin` is cash to keep in hand in each entry of `Situation.low`; `stepped` asks for whole
    steps; `rounding` is the cash that the whole steps of the first answer took. Less has to be
    missed by class than `less_than`.
    """

    offers: Sequence[Offer]
    margin: Floats
    chosen: bool = False
    stepped: bool = False
    rounding: Ints | None = None
    less_than: Sequence[float] | None = None

    def answered(self, situation: Situation) -> Solution:
        """The solver's answer. Raises `Infeasible` or `Cancelled`."""
        model = model_of(situation, self.offers, self.margin)
        choices = [True] * len(self.offers) if self.chosen else None
        return optimise(model, choices, stepped=self.stepped, less_than=self.less_than)

    def mended(self, answer: Solution, judged: Replay) -> _Question | None:
        """The same choices in whole steps, or with what these are still short of kept in hand; None
        where they are as good as they can be."""
        if self.stepped and judged.proved:
            return None
        if self.rounding is not None and not self.stepped:
            return None
        offers = [offer for offer, taken in zip(self.offers, answer.taken, strict=True) if taken]
        margin = self.margin + judged.shortfall if self.stepped else np.zeros_like(self.margin)
        rounding = judged.shortfall if self.rounding is None else self.rounding
        return _Question(offers, margin, chosen=True, stepped=True, rounding=rounding)


def _others(question: _Question, offers: Sequence[Offer]) -> _Question:
    """Other choices: with the cash in hand that rounding took, then in whole steps too."""
    none = np.zeros_like(question.margin)
    if question.chosen and question.rounding is not None:
        return _Question(offers, none + question.rounding, rounding=question.rounding)
    return _Question(offers, none, stepped=True, rounding=question.rounding)


def _in_whole_steps(
    situation: Situation, offers: Sequence[Offer], solution: Solution
) -> tuple[Taken, Replay]:
    """Whole steps may give what the optimiser's dust says is missed: tried without it first. What
    little they are then short of is missed where it matters least."""
    taken = whole_steps(situation.book, offers, solution)
    judged = replay(situation, taken)
    if not judged.proved and _is_rounding(taken, judged):
        taken, judged = topped_up(situation, taken, judged)
    for dust in (DUST_IN_ALL, DUST):
        if not judged.proved:
            judged = replay(situation, taken, _missed(situation, taken, solution, dust))
        if not judged.proved and int(judged.shortfall.max()) <= DUST_IN_ALL:
            judged = replay(situation, taken, _missing_the_rest(situation, taken, judged))
    return taken, judged


def _laid_open(situation: Situation, taken: Taken, judged: Replay) -> tuple[Taken, Replay]:
    """The same with what rounding alone leaves short missed too."""
    if not judged.proved and within_limits(situation.book, taken) and _is_rounding(taken, judged):
        judged = replay(situation, taken, _missing_the_rest(situation, taken, judged))
    return taken, judged


def better(situation: Situation, one: Drawn, other: Drawn) -> bool:
    """Whether the one is better: what it leaves unpaid, then how far below the buffer cash lies,
    then what it counts as."""
    ranks = [unpaid_rank(judged) for _, judged in (one, other)]
    if ranks[0] != ranks[1]:
        return ranks[0] < ranks[1]
    mine, theirs = (below_buffer(situation, judged) for _, judged in (one, other))
    if abs(mine - theirs) > BUFFER_SLACK * max(mine, theirs):
        return mine < theirs
    return counted(situation, one[0]) < counted(situation, other[0])


def best_of(situation: Situation, found: Sequence[Drawn]) -> Drawn:
    """The best of them, of equal ones the first."""
    return reduce(lambda known, each: each if better(situation, each, known) else known, found)


def counted(situation: Situation, taken: Taken) -> float:
    """What the search counts these as: cost, what they cost beyond money, and what each step has to
    save."""
    columns = ((offer.column(situation, situation.friction), amount) for offer, amount in taken)
    return sum(column.cost * amount + column.fixed_cost for column, amount in columns)


def _dear(situation: Situation, question: _Question, solution: Solution, taken: Taken) -> bool:
    """Whether whole steps have made the first answer so much dearer that other amounts in whole
    steps may be better."""
    if question.chosen or question.stepped:
        return False
    more = counted(situation, taken) - solution.cost
    return more > max(DEAR_SHARE * solution.cost, situation.friction / DEAR_STEPS)


def unpaid_rank(judged: Replay) -> tuple[int, ...]:
    """The less, the better: what is missed of the first class, then of the first two, then in all,
    but for the solver's dust; what is not proved comes last."""
    missed = [0, 0, 0]
    for each in judged.missed:
        missed[each.priority - 1] += each.missed
    return int(not judged.proved), *(each // DUST_IN_ALL for each in accumulate(missed))


def _is_rounding(taken: Taken, judged: Replay) -> bool:
    """Whether what is short is no more than whole steps and the solver's tolerance can explain.

    More than that means that the solver's answer is wrong: it is not made good, but reported.
    """
    steps = sum(offer.step for offer, _ in taken)
    largest = max((amount for _, amount in taken), default=0)
    return int(judged.shortfall.max()) <= STEPS_LOST * steps + largest // 10**5 + DUST_IN_ALL


def _missed(
    situation: Situation, taken: Taken, solution: Solution, dust: float
) -> tuple[Bounced, ...]:
    """The optimiser's misses but for dust, laid on that day's payments of the class."""
    if not any(solution.missed):
        return ()
    rearranged = {key for offer, _ in taken for key in offer.takes}
    model = model_of(situation, ())
    missed: list[Bounced] = []
    for place, unpaid in zip(model.missable, solution.unpaid, strict=True):
        if unpaid < dust:
            continue
        payable = [
            each
            for each in situation.payable
            if (each.day, int(each.priority)) == (place.period, place.priority)
        ]
        payable.sort(key=lambda o: (-o.amount, o.record))
        left = math.ceil(unpaid - DUST)
        for arranged in (False, True):  # what a step arranges is only missed where nothing else is
            found = _laid(left, [o for o in payable if (key_of(o) in rearranged) is arranged])
            left -= sum(each.missed for each in found)
            missed += found
    return tuple(missed)


def _laid(left: int, payable: Sequence[Obligation]) -> list[Bounced]:
    """So much missed: first what fits in whole, the largest first; the rest is part of a payment
    that may be made in part, if there is one."""
    missed: dict[Obligation, int] = {}
    for each in payable:
        if each.amount <= left - sum(missed.values()) and not each.partly_payable:
            missed[each] = each.amount
    for each in sorted(payable, key=lambda o: not o.partly_payable):
        part = min(left - sum(missed.values()), each.amount)
        if part > 0 and each not in missed:
            missed[each] = part
    return [Bounced(each, part) for each, part in missed.items()]


def _missing_the_rest(situation: Situation, taken: Taken, judged: Replay) -> tuple[Bounced, ...]:
    """What rounding leaves short laid on further payments: the lowest class due by then, the
    latest first. The amounts are below a lender's step."""
    missed = {_same(b.obligation): b for b in judged.missed}
    rearranged = {key for offer, _ in taken for key in offer.takes}
    covered = 0
    for day in np.flatnonzero(np.diff(np.maximum.accumulate(judged.shortfall), prepend=0)):
        short = int(judged.shortfall[day]) - covered
        due = [o for o in situation.payable if o.day <= day and key_of(o) not in rearranged]
        for each in sorted(due, key=lambda o: (-o.priority, -o.day, o.record)):
            key = _same(each)
            before = missed[key].missed if key in missed else 0
            part = min(short, each.amount - before)
            if part > 0:
                missed[key] = Bounced(each, before + part)
                short, covered = short - part, covered + part
    return tuple(sorted(missed.values(), key=lambda b: (b.day, b.priority, b.obligation.record)))


def _same(each: Obligation) -> tuple[object, ...]:
    """What tells one payment from all others."""
    return each.record, each.day, each.kind, each.bought
