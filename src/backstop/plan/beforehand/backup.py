"""Backup lines: one more line on the terms of one that the book knows, so that every loss is
survivable."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from backstop.contingency.counted import is_known
from backstop.domain import Facility
from backstop.plan.answers import Answers, Loss
from backstop.plan.beforehand.new_line import least_limit, proved_limit
from backstop.plan.side_by_side import side_by_side


@dataclass(frozen=True)
class BackupLine:
    """One more line on the terms of `like`: the least `limit` with which every loss is survivable.

    `cost` is what drawing all of it once costs. None where its money comes too late. `proved` says
    that plans were drafted with it and miss nothing; the other limits are the program's own. `by`
    is the day (offset) on which one of these plans first asks for its money.
    """

    like: str
    name: str
    lead_days: int
    limit: int | None
    cost: int
    proved: bool = False
    by: int | None = None


def backup_lines(
    answers: Answers, hurting: Sequence[Loss], lenders: Sequence[Facility]
) -> Iterator[BackupLine]:
    """For each of these lines, the least limit of one more such line. Raises `Cancelled`."""
    return side_by_side(partial(_backup_line, answers, hurting), lenders)


def _backup_line(answers: Answers, hurting: Sequence[Loss], like: Facility) -> BackupLine:
    """The least limit of one more such line with which every one of these losses can be cured."""
    limit, cost = 0, 0
    for loss in hurting:
        if loss.cure is not None and loss.cure.complete:
            continue
        situation = answers.situation(loss)
        needed, price = least_limit(situation, like, like.lead_days or 0)
        if needed is None:
            return BackupLine(like.id, like.name, like.lead_days or 0, None, 0)
        if needed > limit:
            limit, cost = needed, price
    return BackupLine(like.id, like.name, like.lead_days or 0, limit, cost)


def first_proved(
    answers: Answers, hurting: Sequence[Loss], lines: Sequence[BackupLine]
) -> tuple[BackupLine, ...]:
    """The lines by cost, before them the cheapest whose limit drafting has proved, raised to
    that."""
    lines = sorted(lines, key=lambda e: (e.limit is None, e.cost, e.limit or 0, e.like))
    wanting = [each for each in hurting if not (each.cure and each.cure.complete)]
    for line in lines:
        like = next(each for each in answers.book.facilities if each.id == line.like)
        limit, by = line.limit, answers.projection.days - 1
        for loss in wanting:
            if limit is None:
                break
            found = proved_limit(answers.situation(loss), like, limit)
            limit, by = (None, 0) if found is None else (found[0], min(by, found[1]))
        if limit is not None:
            others = [each for each in lines if each is not line]
            return replace(line, limit=limit, proved=True, by=by), *others
    return tuple(lines)


def may_back_up(facility: Facility) -> bool:
    """Whether one more line on its terms could be agreed: it lends cash, and is known to do so."""
    by_takings = facility.is_repaid_by_takings
    return is_known(facility) and facility.lends_cash and not by_takings
