"""The before-and-after curve as plain geometry: fractions of the plot's width and height.

The template only scales and draws. Steps, not slopes: cash changes on days.
"""

from datetime import date, timedelta

import msgspec
import numpy as np

from backstop.domain import Book
from backstop.plan import Plan
from backstop.projection import Ints
from backstop.telling import Narrator

Point = tuple[float, float]
MOST_MONTH_LABELS = 13
WORD_REACH_PERCENT = 11
"""Half the width of a word beside a curve, as a share of the plot."""
HIGHEST_TICK = 0.96
"""The label of a higher one would stand in the heading above the plot."""
SHORT_HORIZON = 75
"""Up to so many days the axis counts weeks, beyond it months."""


class Tick(msgspec.Struct, frozen=True):
    """A mark on an axis: where (0 to 1), what it says, and whether it carries the year."""

    at: float
    label: str
    year: str = ""


class Mark(msgspec.Struct, frozen=True):
    """A point of a curve with a word to it, set above the height `clear` or below it."""

    at: Point
    label: str
    above: bool
    clear: float


class Curve(msgspec.Struct, frozen=True):
    """`before` is dashed, `after` solid, `buffer` dotted, `short` hatched; `zero` is a height. With
    an overdraft `floor` is how low cash may fall, from where the minimum is counted."""

    before: list[Point]
    after: list[Point]
    short: list[list[Point]]
    zero: float
    buffer: list[Point]
    floor: list[Point]
    x_ticks: list[Tick]
    y_ticks: list[Tick]
    marks: list[Mark]
    lost_at: float | None
    described: str


def curve_of(plan: Plan, narrator: Narrator) -> Curve:
    """The curve of a plan: cash if nothing is done, with the plan, and what lies below zero."""
    before, after, floor = plan.before.cash, plan.after.cash, plan.before.floor
    wanted = plan.before.projection.buffer
    kept = wanted + floor
    levels = int(floor.min()), max(0, int(kept.max()))
    frame = _Frame(narrator.book, before, after, levels)
    changed = bool((before != after).any())
    return Curve(
        before=frame.steps(before),
        after=frame.steps(after) if changed else [],
        short=frame.areas_short(before, floor),
        zero=frame.height(0),
        buffer=frame.steps(kept) if wanted.any() else [],
        floor=frame.steps(floor) if floor.any() else [],
        x_ticks=_day_ticks(frame.days, narrator),
        y_ticks=frame.money_ticks(narrator),
        marks=_marks(frame, plan, narrator) if changed else _marks(frame, plan, narrator)[:1],
        lost_at=frame.across(plan.contingency.loss_day) if plan.contingency.loss_day else None,
        described=_described(plan, narrator),
    )


class _Frame:
    """Scales days and minor units to fractions of the plot; `levels` are shown too, whatever cash
    does: the lowest that it may be, and the highest that it should."""

    def __init__(self, book: Book, before: Ints, after: Ints, levels: tuple[int, int]) -> None:
        self.book, self.days = book, len(before)
        self.before, self.after = before, after
        lowest = min(int(before.min()), int(after.min()))
        low, highest = min(levels[0], lowest), max(int(before.max()), int(after.max()))
        high = max(highest, levels[1], low + 1)
        self.step = nice_step(high - low)
        self.low = min(levels[0], lowest - (high - low) // 8)  # room for a word below the curve
        self.high = high + (high - low) // 12 + 1

    def across(self, day: int) -> float:
        return round(day / self.days, 5)

    def height(self, minor: int) -> float:
        return round((int(minor) - self.low) / (self.high - self.low), 5)

    def steps(self, values: Ints) -> list[Point]:
        """The corners of a step line; days on which nothing changes are left out."""
        turns = [0, *(np.flatnonzero(np.diff(values)) + 1).tolist()]
        points: list[Point] = []
        for day, following in zip(turns, [*turns[1:], self.days], strict=True):
            height = self.height(int(values[day]))
            points += [(self.across(day), height), (self.across(following), height)]
        return points

    def areas_short(self, values: Ints, floor: Ints) -> list[list[Point]]:
        """One polygon for each run of days on which cash is lower than it may be."""
        below = np.concatenate(([False], values < floor, [False]))
        edges = np.flatnonzero(np.diff(below)).tolist()
        return [
            self._area(values, floor, first, after)
            for first, after in zip(edges[::2], edges[1::2], strict=True)
        ]

    def _area(self, values: Ints, floor: Ints, first: int, after: int) -> list[Point]:
        """Forth along the cash and back along the floor, which seldom changes."""
        corners: list[Point] = [(self.across(first), self.height(int(floor[first])))]
        for day in range(first, after):
            height = self.height(int(values[day]))
            corners += [(self.across(day), height), (self.across(day + 1), height)]
        corners.append((self.across(after), self.height(int(floor[after - 1]))))
        for day in range(after - 1, first, -1):
            if floor[day] != floor[day - 1]:
                heights = int(floor[day]), int(floor[day - 1])
                corners += [(self.across(day), self.height(each)) for each in heights]
        return corners

    def money_ticks(self, narrator: Narrator) -> list[Tick]:
        first = -(-self.low // self.step) * self.step
        return [
            Tick(self.height(at), money_label(at, self.step, narrator))
            for at in range(first, self.high + 1, self.step)
            if self.height(at) <= HIGHEST_TICK
        ]

    def clear_above(self, day: int) -> float:
        """The height over both curves around that day, where a word hides nothing."""
        reach = max(1, self.days * WORD_REACH_PERCENT // 100)
        near = slice(max(0, day - reach), day + reach + 1)
        return self.height(max(int(self.before[near].max()), int(self.after[near].max())))


def nice_step(span: int) -> int:
    """A round step that divides the span into four to eight parts: 1, 2 or 5 times a power of 10.

    A span of a few minor units gives steps of one.
    """
    power = 1
    while True:
        for factor in (1, 2, 5):
            if span <= 7 * factor * power:
                return factor * power
        power *= 10


def money_label(minor: int, step: int, narrator: Narrator) -> str:
    """`¥200,000`; in Chinese `¥20万` or `¥3.5亿` where the steps are tenths of these units."""
    for size, unit in narrator.language.large_units if minor else ():
        tenth = size * 10**narrator.book.money.digits // 10
        if step % tenth == 0:
            whole, tenths = divmod(abs(minor) // tenth, 10)
            figures = f"{whole:,}" + (f".{tenths}" if tenths else "")
            return ("−" if minor < 0 else "") + f"{narrator.book.money.sign}{figures}{unit}"
    return narrator.amount(minor)


def _day_ticks(days: int, narrator: Narrator) -> list[Tick]:
    if days <= SHORT_HORIZON:
        return [
            Tick(
                round(day / days, 5), narrator.short_day(narrator.book.as_of + timedelta(days=day))
            )
            for day in range(0, days, 7)
        ]
    starts = _month_starts(narrator.book.as_of, days)
    every = next(e for e in (1, 2, 3, 6, 12, 24, 60) if len(starts) <= e * MOST_MONTH_LABELS)
    chosen = [each for each in starts if (each.month - 1 + 12 * each.year) % every == 0]
    return [_month_tick(each, days, narrator, first=each is chosen[0]) for each in chosen]


def _month_starts(as_of: date, days: int) -> list[date]:
    all_days = (as_of + timedelta(days=day) for day in range(days))
    return [each for each in all_days if each.day == 1]


def _month_tick(start: date, days: int, narrator: Narrator, *, first: bool) -> Tick:
    short = narrator.language.month(start, year=False)
    year = str(start.year) if first or start.month == 1 else ""
    return Tick(round((start - narrator.book.as_of).days / days, 5), short, year)


def _marks(frame: _Frame, plan: Plan, narrator: Narrator) -> list[Mark]:
    """The deepest point of each curve."""
    found = []
    for outcome, above in ((plan.before, False), (plan.after, True)):
        at = (frame.across(outcome.lowest_day), frame.height(outcome.lowest_cash))
        money = narrator.amount(outcome.lowest_cash)
        label = f"{money} · {narrator.brief_day(outcome.lowest_day)}"
        clear = frame.clear_above(outcome.lowest_day) if above else at[1]
        found.append(Mark(at, label, above, clear))
    return found


def _described(plan: Plan, narrator: Narrator) -> str:
    """The curve for those who hear the page."""
    return narrator.say(
        "Cash day by day. If nothing is done, the lowest is {before} on {day}; "
        "with the plan, {after} on {other}.",
        before=narrator.amount(plan.before.lowest_cash),
        day=narrator.brief_day(plan.before.lowest_day),
        after=narrator.amount(plan.after.lowest_cash),
        other=narrator.brief_day(plan.after.lowest_day),
    )
