"""What to do beforehand: the standing reserve and the backup line that make every loss survivable.

Opening cash and a line agreed beforehand are shared by all losses, what is done later is each
loss's own. More of either never hurts, so what all need is what the neediest one needs.
"""

from dataclasses import dataclass

from backstop.contingency import ContingencyKind
from backstop.plan.answers import Answers, Loss
from backstop.plan.beforehand.backup import BackupLine, backup_lines, first_proved, may_back_up
from backstop.plan.beforehand.curve import Point, curve_of
from backstop.plan.beforehand.drawn_now import EarlyDraw, early_draws
from backstop.plan.beforehand.needs import (
    Need,
    most_needed,
    neediest_drafted,
    neediest_first,
    needs_of,
)
from backstop.plan.gravest import is_searched_whole
from backstop.work import current_work


@dataclass(frozen=True)
class Reserve:
    """The reserves that all single losses need (minor units): `without_actions` and `with_actions`;
    `with_groups` also lets every group be survived, with actions, and `keeping_minimum` keeps the
    owner's minimum in every single loss. None where no cash does.

    Of a large book all this is what is enough, though less might be: what the plans that are known
    leave unpaid, or the gap; then there is neither curve nor line.

    `needs` of each loss that hurts or touches the minimum, the neediest first; `lines` the cheapest
    first whose limit is proved, then the others by cost. `early` is what could be drawn now
    instead, shared by all single losses; empty where that is not enough.
    """

    without_actions: int
    with_actions: int | None
    with_groups: int | None
    keeping_minimum: int | None
    needs: tuple[Need, ...]
    curve: tuple[Point, ...]
    lines: tuple[BackupLine, ...]
    early: tuple[EarlyDraw, ...] = ()


def reserve_for(answers: Answers) -> Reserve:
    """What would make every single loss survivable; the work's progress is told. Raises
    `Cancelled`."""
    if not is_searched_whole(answers):
        return _enough(answers)
    progress = current_work().progress
    hurting = [each for each in answers.singles if each.outcome.hurts]
    touched = [each for each in answers.losses if each.outcome.hurts or each.outcome.touches_buffer]
    unsafe = any(each.cure is None or not each.cure.complete for each in hurting)
    lenders = [each for each in answers.book.facilities if unsafe and may_back_up(each)]
    done, of = 0, len(touched) + 1 + len(lenders)

    def report(more: int) -> None:
        nonlocal done
        done += more
        progress(done, of)

    report(0)
    found = []
    for need in needs_of(answers, touched):
        found.append(need)
        report(1)
    needs = neediest_drafted(answers, found)
    singles = [each for each in needs if not each.group]
    least = most_needed(each.with_actions for each in singles)
    curve = curve_of(answers, singles, least)
    lines = []
    for line in backup_lines(answers, hurting, lenders):
        lines.append(line)
        report(1)
    reserve = Reserve(
        without_actions=max((each.without_actions for each in singles), default=0),
        with_actions=least,
        with_groups=most_needed(each.with_actions for each in needs),
        keeping_minimum=most_needed(each.keeping_minimum for each in singles),
        needs=tuple(needs),
        curve=curve,
        lines=first_proved(answers, hurting, lines),
        early=early_draws(answers) if unsafe else (),
    )
    report(1)
    return reserve


def _enough(answers: Answers) -> Reserve:
    """What is enough by what is known without any search: what a plan leaves unpaid, as much more
    in hand pays."""
    touched = [each for each in answers.losses if each.outcome.hurts or each.outcome.touches_buffer]
    needs = sorted(map(_known_need, touched), key=neediest_first)
    singles = [each for each in needs if not each.group]
    return Reserve(
        without_actions=max((each.without_actions for each in singles), default=0),
        with_actions=most_needed(each.with_actions for each in singles),
        with_groups=most_needed(each.with_actions for each in needs),
        keeping_minimum=most_needed(each.keeping_minimum for each in singles),
        needs=tuple(needs),
        curve=(),
        lines=(),
    )


def _known_need(loss: Loss) -> Need:
    return Need(
        loss.contingency.id,
        loss.name,
        loss.outcome.largest_gap,
        loss.at_most,
        loss.outcome.reserve_needed,
        loss.contingency.kind is not ContingencyKind.SINGLE,
    )
