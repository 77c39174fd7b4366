"""What is said of single dates of a rule, when the rule itself is changed."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import takewhile
from typing import TypeVar

import msgspec

from backstop.domain import Adjustment, LaterAmount, Recurring, Repeat
from backstop.projection.patterns import Timing, terms_of_rule
from backstop.projection.recurrence import rule_dates

AnyRule = TypeVar("AnyRule", bound=Recurring)
Move = Callable[[date], date]

_DATED = ("moved", "amounts", "open")
"""Lists of what is said of one date each."""
_OTHERS = ("skipped", "settled_ahead", "later_amounts", "answered_until")


def said_of(rule: Recurring) -> set[date]:
    """The dates of which something is said."""
    listed = (each.rule_date for name in _DATED for each in getattr(rule, name))
    return {*rule.skipped, *rule.settled_ahead, *listed}


def strays(rule: Recurring) -> list[date]:
    """Those of them that are no dates of the rule, in order."""
    dates = said_of(rule)
    own = _own_to(rule, max(dates)) if dates else set()
    return sorted(dates - own)


def has_date(rule: Recurring, day: date) -> bool:
    """Whether it is a date of the rule, be it left out or moved."""
    return day in _own_to(rule, day)


def carried(old: AnyRule, new: AnyRule) -> AnyRule:
    """The new rule with what was said of dates of the old one said of its own dates, where it is
    certain which: each has one date in that week, or in that month. The rest stays as it was."""
    if not _has_exceptions(old) or _own_dates(old) == _own_dates(new):
        return new
    move = _mover(old, new)
    untouched = {name for name in (*_DATED, *_OTHERS) if getattr(old, name) == getattr(new, name)}
    changes = {name: value for name, value in _moved(new, move, old) if name in untouched}
    return new.changed(**changes)


def _has_exceptions(rule: Recurring) -> bool:
    return any(getattr(rule, name) for name in (*_DATED, *_OTHERS))


def _own_dates(rule: Recurring) -> Timing:
    """What decides them: closed days do not, nor what is settled."""
    timing = Timing(*terms_of_rule(rule))
    return timing._replace(adjustment=Adjustment.NONE, answered=None)


def _moved(new: Recurring, move: Move, old: Recurring) -> Iterator[tuple[str, object]]:
    for name in ("skipped", "settled_ahead"):
        days = getattr(new, name)
        yield name, _unless_twice(days, tuple(map(move, days)))
    for name in _DATED:
        rows = getattr(new, name)
        days = tuple(each.rule_date for each in rows)
        moved = _unless_twice(days, tuple(map(move, days)))
        yield (
            name,
            tuple(
                msgspec.structs.replace(row, rule_date=day)
                for row, day in zip(rows, moved, strict=True)
            ),
        )
    starts = tuple(each.from_day for each in new.later_amounts)
    moved = _unless_twice(starts, tuple(_threshold(day, old, move) for day in starts))
    yield (
        "later_amounts",
        tuple(
            LaterAmount(from_day=day, amount=each.amount)
            for each, day in zip(new.later_amounts, moved, strict=True)
        ),
    )
    if new.answered_until is not None:
        yield "answered_until", _threshold(new.answered_until, old, move)


def _unless_twice(days: tuple[date, ...], moved: tuple[date, ...]) -> tuple[date, ...]:
    """Where they would fall together, each stays where it was."""
    return days if len(set(moved)) < len(set(days)) else moved


def _threshold(day: date, old: Recurring, move: Move) -> date:
    """Where what holds from a day on begins, so that it holds for the same occurrences."""
    before, after = None, None
    for each in rule_dates(old):
        if each >= day:
            after = move(each)
            break
        before = move(each)
    if before is not None and before >= day:
        return after or before + timedelta(days=1)
    return day if after is None or day <= after else after


def _mover(old: Recurring, new: Recurring) -> Move:
    last = max([*said_of(old), *(each.from_day for each in old.later_amounts)], default=date.min)
    if old.answered_until is not None:
        last = max(last, old.answered_until)
    last = date(min(last.year + 1 + old.every, 9999), 12, 31)
    mine, theirs = _by_period(old, last), _by_period(new, last)
    known = {day for days in theirs.values() for day in days}

    def move(day: date) -> date:
        period = _period(old, day)
        here, there = mine.get(period, []), theirs.get(period, [])
        alone = here == [day] and len(there) == 1
        return there[0] if alone and day not in known else day

    return move


def _by_period(rule: Recurring, last: date) -> dict[tuple[object, ...], list[date]]:
    found: dict[tuple[object, ...], list[date]] = {}
    for day in takewhile(lambda each: each <= last, rule_dates(rule)):
        found.setdefault(_period(rule, day), []).append(day)
    return found


def _period(rule: Recurring, day: date) -> tuple[object, ...]:
    """The month or the week of a day; of other rules each day is a period of its own."""
    if rule.repeat in (Repeat.MONTHS, Repeat.YEARS):
        return "month", day.year, day.month
    if rule.repeat is Repeat.WEEKS:
        return "week", *day.isocalendar()[:2]
    return "day", day


def _own_to(rule: Recurring, last: date) -> set[date]:
    return set(takewhile(lambda day: day <= last, rule_dates(rule)))
