"""What to do beforehand: the standing reserve and the backup line that make every loss survivable.

Opening cash and a line agreed beforehand are shared by all losses, what is done later is each
loss's own. More of either never hurts, so what all need is what the neediest one needs; losses are
added from the worst on, and those that cannot need more than the most found so far are passed over.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from backstop.domain import Facility
from backstop.plan.answers import Answers, Loss
from backstop.plan.columns import FundingModel
from backstop.plan.least import least_cash, least_limit, proved_limit
from backstop.plan.model import model_of, offers_for
from backstop.plan.optimise import CureQuestion
from backstop.plan.situation import Situation

STEPS = 20
"""Most points on the curve of what more reserve buys."""

UNIT = 10_000
"""Whole units of currency between two points of the curve, if these are not too many."""


@dataclass(frozen=True)
class Need:
    """The least opening reserve (minor units) that lets one loss pass with nothing missed.

    `bare` is without any action; `least` with the best use of what is left, None where no opening
    cash helps.
    """

    loss: str
    name: str
    bare: int
    least: int | None


@dataclass(frozen=True)
class Point:
    """With `reserve` more from day 0: single losses that still miss something, and the most missed
    in any of them. Minor units."""

    reserve: int
    not_survivable: int
    most_missed: int


@dataclass(frozen=True)
class BackupLine:
    """One more line on the terms of `like`: the least `limit` with which every loss is survivable.

    `cost` is what drawing all of it once costs. None where its money comes too late. `proved` says
    that plans were drafted with it and miss nothing; the other limits are the program's own.
    """

    like: str
    name: str
    lead_days: int
    limit: int | None
    cost: int
    proved: bool = False


@dataclass(frozen=True)
class Reserve:
    """`bare` and `least` are the reserves that all single losses need, without and with actions;
    `needs` of each loss that hurts, the neediest first; `lines` the cheapest first whose limit is
    proved, then the others by cost."""

    bare: int
    least: int | None
    needs: tuple[Need, ...]
    curve: tuple[Point, ...]
    lines: tuple[BackupLine, ...]


def reserve_for(
    answers: Answers,
    cancelled: Callable[[], bool] = lambda: False,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> Reserve:
    """What would make every single loss survivable. Raises `Cancelled`.

    `progress(done, of)` is told as the work goes on.
    """
    hurting = sorted(
        (each for each in answers.singles if each.outcome.hurts),
        key=lambda each: (-each.outcome.largest_gap, each.contingency.id),
    )
    unsafe = any(each.cure is None or not each.cure.complete for each in hurting)
    lenders = [f for f in answers.book.facilities if unsafe and _may_back_up(f)]
    of = len(hurting) + 1 + len(lenders)
    needs: list[Need] = []
    for done, loss in enumerate(hurting):
        progress(done, of)
        needs.append(_need(_situation(answers, loss), loss, cancelled))
    needs.sort(key=lambda each: (each.least is not None, -(each.least or 0), each.loss))
    least = None if any(each.least is None for each in needs) else _most(needs)
    progress(len(hurting), of)
    curve = _curve(answers, hurting, least, cancelled)
    lines: list[BackupLine] = []
    for done, like in enumerate(lenders):
        progress(len(hurting) + 1 + done, of)
        lines.append(_backup_line(answers, hurting, like, cancelled))
    lines.sort(key=lambda each: (each.limit is None, each.cost, each.limit or 0, each.like))
    lines = _first_proved(answers, hurting, lines, cancelled)
    progress(of, of)
    return Reserve(
        bare=max((each.bare for each in needs), default=0),
        least=least,
        needs=tuple(needs),
        curve=tuple(curve),
        lines=tuple(lines),
    )


def _most(needs: Sequence[Need]) -> int:
    return max((each.least or 0 for each in needs), default=0)


def _situation(answers: Answers, loss: Loss) -> Situation:
    return Situation(answers.projection, loss.outcome, loss.contingency.loss_day)


def _need(situation: Situation, loss: Loss, cancelled: Callable[[], bool]) -> Need:
    gap = loss.outcome.largest_gap
    if loss.cure is not None and loss.cure.complete:
        least: int | None = 0
    else:
        least = least_cash(situation, 0, cancelled)
    return Need(loss.contingency.id, loss.name, gap, least)


def _curve(
    answers: Answers, hurting: Sequence[Loss], least: int | None, cancelled: Callable[[], bool]
) -> list[Point]:
    """What each further step of reserve buys, to where nothing is left to buy."""
    top = least if least is not None else max((e.outcome.largest_gap for e in hurting), default=0)
    unit = UNIT * 10**answers.book.money.digits
    step = unit * max(1, -(-top // (unit * STEPS)))
    steps = [min(number * step, top) for number in range(-(-top // step) + 1)]
    missed = [_missed_with(_situation(answers, each), steps, cancelled) for each in hurting]
    return [
        Point(more, sum(row[n] > 0 for row in missed), max((row[n] for row in missed), default=0))
        for n, more in enumerate(steps)
    ]


def _missed_with(
    situation: Situation, steps: Sequence[int], cancelled: Callable[[], bool]
) -> list[int]:
    """What one loss still misses at best with each of these opening reserves (a linear bound)."""
    model = model_of(situation, offers_for(situation))
    found: list[int] = []
    for more in steps:
        if found and found[-1] == 0:
            found.append(0)
            continue
        least = CureQuestion(_richer(model, more), cancelled).least
        found.append(round(sum(least)))
    return found


def _richer(model: FundingModel, more: int) -> FundingModel:
    return replace(model, cash=model.cash + np.int64(more))


def _first_proved(
    answers: Answers,
    hurting: Sequence[Loss],
    lines: Sequence[BackupLine],
    cancelled: Callable[[], bool],
) -> list[BackupLine]:
    """The lines with the cheapest one first whose limit drafting has proved, raised to that."""
    for line in lines:
        like = next(each for each in answers.book.facilities if each.id == line.like)
        limit = line.limit
        for loss in hurting:
            if limit is not None and not (loss.cure and loss.cure.complete):
                limit = proved_limit(_situation(answers, loss), like, limit, cancelled)
        if limit is not None:
            others = [each for each in lines if each is not line]
            return [replace(line, limit=limit, proved=True), *others]
    return list(lines)


def _may_back_up(facility: Facility) -> bool:
    return (
        not facility.purchases_only
        and facility.lead_days is not None
        and facility.last_verified is not None
    )


def _backup_line(
    answers: Answers, hurting: Sequence[Loss], like: Facility, cancelled: Callable[[], bool]
) -> BackupLine:
    """The least limit of one more such line with which every one of these losses can be cured."""
    limit, cost = 0, 0
    for loss in hurting:
        if loss.cure is not None and loss.cure.complete:
            continue
        situation = _situation(answers, loss)
        needed, price = least_limit(situation, like, like.lead_days or 0, cancelled)
        if needed is None:
            return BackupLine(like.id, like.name, like.lead_days or 0, None, 0)
        if needed > limit:
            limit, cost = needed, price
    return BackupLine(like.id, like.name, like.lead_days or 0, limit, cost)
