"""What to do beforehand: the standing reserve and the backup line that make every loss survivable.

Opening cash and a line agreed beforehand are shared by all losses, what is done later is each
loss's own. More of either never hurts, so what all need is what the neediest one needs; losses are
added from the worst on, and those that cannot need more than the most found so far are passed over.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import accumulate

from backstop.contingency import ContingencyKind
from backstop.domain import Facility
from backstop.plan.answers import Answers, Loss
from backstop.plan.drawn_now import EarlyDraw, early_draws
from backstop.plan.least import (
    drafted_cash,
    least_cash,
    least_kept,
    least_limit,
    missed_with,
    proved_limit,
)
from backstop.plan.side_by_side import side_by_side
from backstop.plan.situation import Situation

STEPS = 10
"""Most points on the curve of what more reserve buys."""

UNIT = 10_000
"""Whole units of currency between two points of the curve, if these are not too many."""


@dataclass(frozen=True)
class Need:
    """The least opening reserve (minor units) that lets one loss pass with nothing missed.

    `bare` is without any action; `least` with the best use of what is left, None where no opening
    cash helps. `kept` is what keeps the owner's minimum on every day too. `group` says that
    several go at once.
    """

    loss: str
    name: str
    bare: int
    least: int | None
    kept: int | None = None
    group: bool = False


@dataclass(frozen=True)
class Point:
    """With `reserve` more from day 0: single losses whose plans still miss something, and the most
    missed in any of them. Minor units, of drafted plans."""

    reserve: int
    not_survivable: int
    most_missed: int


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


@dataclass(frozen=True)
class Reserve:
    """`bare` and `least` are the reserves that all single losses need, without and with actions;
    `with_groups` also lets every group be survived, with actions, and `kept` keeps the owner's
    minimum in every single loss; None where no cash does.

    `needs` of each loss that hurts or touches the minimum, the neediest first; `lines` the cheapest
    first whose limit is proved, then the others by cost. `early` is what could be drawn now
    instead, shared by all single losses; empty where that is not enough.
    """

    bare: int
    least: int | None
    with_groups: int | None
    kept: int | None
    needs: tuple[Need, ...]
    curve: tuple[Point, ...]
    lines: tuple[BackupLine, ...]
    early: tuple[EarlyDraw, ...] = ()


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
    touched = [each for each in _touched(answers) if each not in hurting]
    unsafe = any(each.cure is None or not each.cure.complete for each in hurting)
    lenders = [f for f in answers.book.facilities if unsafe and _may_back_up(f)]
    of = len(hurting) + len(touched) + 1 + len(lenders)
    progress(0, of)
    needs: list[Need] = []
    for need in side_by_side(partial(_need, answers), [*hurting, *touched], cancelled):
        needs.append(need)
        progress(len(needs), of)
    needs = _neediest_drafted(answers, needs, cancelled)
    needs.sort(key=_neediest_first)
    singles = [each for each in needs if not each.group]
    least = _most(each.least for each in singles)
    curve = _curve(answers, singles, least, cancelled)
    lines: list[BackupLine] = []
    for line in side_by_side(partial(_backup_line, answers, hurting), lenders, cancelled):
        lines.append(line)
        progress(len(needs) + len(lines), of)
    lines.sort(key=lambda each: (each.limit is None, each.cost, each.limit or 0, each.like))
    lines = _first_proved(answers, hurting, lines, cancelled)
    found = Reserve(
        bare=max((each.bare for each in singles), default=0),
        least=least,
        with_groups=_most(each.least for each in needs),
        kept=_most(each.kept for each in singles),
        needs=tuple(needs),
        curve=tuple(curve),
        lines=tuple(lines),
        early=early_draws(answers, cancelled) if unsafe else (),
    )
    progress(of, of)
    return found


def _most(amounts: Iterable[int | None]) -> int | None:
    """What all of them need; None where one cannot be helped."""
    most = 0
    for each in amounts:
        if each is None:
            return None
        most = max(most, each)
    return most


def _touched(answers: Answers) -> list[Loss]:
    """Every loss, single or group, that comes below the owner's minimum."""
    return [each for each in answers.losses if each.outcome.hurts or each.outcome.touches_buffer]


def _situation(answers: Answers, loss: Loss) -> Situation:
    return Situation(answers.projection, loss.outcome, loss.contingency.loss_day)


def _need(answers: Answers, loss: Loss, cancelled: Callable[[], bool]) -> Need:
    situation, gap = _situation(answers, loss), loss.outcome.largest_gap
    if not loss.outcome.hurts or (loss.cure is not None and loss.cure.complete):
        least: int | None = 0
    else:
        least = least_cash(situation, 0, cancelled)
    kept = None if least is None else least_kept(situation, cancelled)
    return Need(
        loss.contingency.id,
        loss.name,
        gap,
        least,
        None if kept is None or least is None else max(kept, least),
        loss.contingency.kind is not ContingencyKind.SINGLE,
    )


def _neediest_first(need: Need) -> tuple[bool, int, str]:
    return need.least is not None, -(need.least or 0), need.loss


def _neediest_drafted(
    answers: Answers, needs: Sequence[Need], cancelled: Callable[[], bool]
) -> list[Need]:
    """The needs with those that decide what all need, of single losses and of groups, raised to
    where a drafted plan misses nothing."""
    deciding: list[Need] = []
    for group in (False, True):
        known = [each for each in needs if each.least and each.group is group]
        deciding += sorted(known, key=_neediest_first)[:1]
    return [_drafted(answers, each, cancelled) if each in deciding else each for each in needs]


def _drafted(answers: Answers, need: Need, cancelled: Callable[[], bool]) -> Need:
    situation = _situation(answers, answers.loss(need.loss))
    least = drafted_cash(situation, 0, need.least or 0, cancelled)
    return replace(need, least=least, kept=None if need.kept is None else max(need.kept, least))


def _curve(
    answers: Answers, needs: Sequence[Need], least: int | None, cancelled: Callable[[], bool]
) -> list[Point]:
    """What each further step of reserve buys, to where nothing is left to buy."""
    top = least if least is not None else max((each.bare for each in needs), default=0)
    unit = UNIT * 10**answers.book.money.digits
    step = unit * max(1, -(-top // (unit * STEPS)))
    steps = [min(number * step, top) for number in range(-(-top // step) + 1)]
    situations = {each.contingency.id: _situation(answers, each) for each in answers.singles}

    def missed(asked: tuple[Need, int], stopped: Callable[[], bool]) -> int:
        need, more = asked
        if need.least is not None and more >= need.least:
            return 0
        return missed_with(situations[need.loss], 0, more, stopped)

    asked = [(need, more) for need in needs for more in steps]
    found = list(side_by_side(missed, asked, cancelled))
    # a plan that was found with less is still there with more
    rows = [
        list(accumulate(found[first : first + len(steps)], min))
        for first in range(0, len(found), len(steps))
    ]
    return [
        Point(more, sum(row[n] > 0 for row in rows), max((row[n] for row in rows), default=0))
        for n, more in enumerate(steps)
    ]


def _first_proved(
    answers: Answers,
    hurting: Sequence[Loss],
    lines: Sequence[BackupLine],
    cancelled: Callable[[], bool],
) -> list[BackupLine]:
    """The lines with the cheapest one first whose limit drafting has proved, raised to that."""
    wanting = [each for each in hurting if not (each.cure and each.cure.complete)]
    for line in lines:
        like = next(each for each in answers.book.facilities if each.id == line.like)
        limit, by = line.limit, answers.projection.days - 1
        for loss in wanting:
            if limit is None:
                break
            found = proved_limit(_situation(answers, loss), like, limit, cancelled)
            limit, by = (None, 0) if found is None else (found[0], min(by, found[1]))
        if limit is not None:
            others = [each for each in lines if each is not line]
            return [replace(line, limit=limit, proved=True, by=by), *others]
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
