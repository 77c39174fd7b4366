"""What to do beforehand: the standing reserve and the backup line that make every loss survivable.

Opening cash and a line agreed beforehand are shared by all losses, what is done later is each
loss's own. More of either never hurts, so what all need is what the neediest one needs.
"""

from collections.abc import Callable
from dataclasses import dataclass

from backstop.plan.answers import Answers
from backstop.plan.beforehand.backup import BackupLine, backup_lines, first_proved, may_back_up
from backstop.plan.beforehand.curve import Point, curve_of
from backstop.plan.beforehand.drawn_now import EarlyDraw, early_draws
from backstop.plan.beforehand.needs import Need, most, neediest_drafted, needs_of


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
    hurting = [each for each in answers.singles if each.outcome.hurts]
    touched = [each for each in answers.losses if each.outcome.hurts or each.outcome.touches_buffer]
    unsafe = any(each.cure is None or not each.cure.complete for each in hurting)
    lenders = [each for each in answers.book.facilities if unsafe and may_back_up(each)]
    done, of = 0, len(touched) + 1 + len(lenders)

    def told(more: int) -> None:
        nonlocal done
        done += more
        progress(done, of)

    told(0)
    found = []
    for need in needs_of(answers, touched, cancelled):
        found.append(need)
        told(1)
    needs = neediest_drafted(answers, found, cancelled)
    singles = [each for each in needs if not each.group]
    least = most(each.least for each in singles)
    curve = curve_of(answers, singles, least, cancelled)
    lines = []
    for line in backup_lines(answers, hurting, lenders, cancelled):
        lines.append(line)
        told(1)
    reserve = Reserve(
        bare=max((each.bare for each in singles), default=0),
        least=least,
        with_groups=most(each.least for each in needs),
        kept=most(each.kept for each in singles),
        needs=tuple(needs),
        curve=curve,
        lines=first_proved(answers, hurting, lines, cancelled),
        early=early_draws(answers, cancelled) if unsafe else (),
    )
    told(1)
    return reserve
