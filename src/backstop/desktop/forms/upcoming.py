"""The next dates of a rule, each with the date of the rule that it stands for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice, takewhile
from typing import TYPE_CHECKING, NamedTuple

from backstop.domain import Recurring
from backstop.projection.calendars import adjusted, longest_shift
from backstop.projection.recurrence import rule_dates

if TYPE_CHECKING:
    from backstop.projection import Calendar


class Upcoming(NamedTuple):
    """`day` is when it falls, after all; `rule_date` what the rule says, before any change."""

    day: date
    rule_date: date


def upcoming(rule: Recurring, first: date, number: int, calendar: Calendar) -> list[Upcoming]:
    """The next few dates from `first` on: the same days as `next_dates` of the projection."""
    reach = timedelta(days=longest_shift(calendar))
    own = (each for each in _own(rule, first - reach, calendar) if each.day >= first)
    moved = (each for each in _moved(rule) if each.day >= first)
    return sorted([*islice(own, number), *moved])[:number]


def _own(rule: Recurring, first: date, calendar: Calendar) -> Iterator[Upcoming]:
    left_out = {*rule.skipped, *(each.rule_date for each in rule.moved)}
    for day in rule_dates(rule):
        if day >= first and day not in left_out:
            yield Upcoming(adjusted(day, rule.adjustment, calendar), day)


def _moved(rule: Recurring) -> Iterator[Upcoming]:
    """Those moved dates that are the rule's own."""
    moves = {m.rule_date: m.to for m in rule.moved if m.rule_date not in rule.skipped}
    last = max(moves, default=rule.first_date)
    own = set(takewhile(lambda day: day <= last, rule_dates(rule))) if moves else set()
    return (Upcoming(to, day) for day, to in moves.items() if day in own)
