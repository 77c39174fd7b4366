"""What each further step of reserve buys."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from backstop.plan.answers import Answers
from backstop.plan.beforehand.least_cash import missed_with
from backstop.plan.beforehand.needs import Need
from backstop.plan.side_by_side import side_by_side

STEPS = 10
"""Most points on the curve of what more reserve buys."""

UNIT = 10_000
"""Whole units of currency between two points of the curve, if these are not too many."""


@dataclass(frozen=True)
class Point:
    """With `reserve` more from today on: single losses whose plans still miss something, and the
    most missed in any of them. Minor units, of drafted plans."""

    reserve: int
    not_survivable: int
    most_missed: int


def curve_of(answers: Answers, needs: Sequence[Need], least: int | None) -> tuple[Point, ...]:
    """What each further step of reserve buys, to where nothing is left to buy."""
    top = least if least is not None else max((each.without_actions for each in needs), default=0)
    unit = UNIT * 10**answers.book.money.digits
    step = unit * max(1, -(-top // (unit * STEPS)))
    steps = [min(number * step, top) for number in range(-(-top // step) + 1)]
    situations = {each.contingency.id: answers.situation(each) for each in answers.singles}

    def missed(asked: tuple[Need, int]) -> int:
        need, more = asked
        if need.with_actions is not None and more >= need.with_actions:
            return 0
        return missed_with(situations[need.loss], answers.projection.now, more)

    asked = [(need, more) for need in needs for more in steps]
    found = list(side_by_side(missed, asked))
    # a plan that was found with less is still there with more
    rows = [
        list(accumulate(found[first : first + len(steps)], min))
        for first in range(0, len(found), len(steps))
    ]
    return tuple(
        Point(more, sum(row[n] > 0 for row in rows), max((row[n] for row in rows), default=0))
        for n, more in enumerate(steps)
    )
