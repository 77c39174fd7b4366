"""Which backups may go: all of the last day stay, then one an hour, a day, a week, a month.

Three rules stand above the calendar. A backup goes only if a newer one of the same span, read whole
just now, stands for it. A backup of an empty book never stands for one that holds records: the two
are thinned apart. And the newest ones stay whatever the clock says, for a clock can be set ahead;
which are the newest goes by their numbers, which no clock changes.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

_ALL = timedelta(days=1)
_SPANS: tuple[tuple[timedelta, str], ...] = (
    (timedelta(days=3), "%Y-%m-%d %H"),
    (timedelta(days=31), "%Y-%m-%d"),
    (timedelta(weeks=26), "%Y-%m %G-%V"),
)
_FOREVER = "%Y-%m"
ALWAYS = 24


@dataclass(frozen=True)
class Dated:
    """What is to be known of a backup: its time (aware), how many records it holds, and its number:
    each has a higher one than those before it, and those of older programs have 0."""

    at: datetime
    records: int
    number: int = 0

    @property
    def place(self) -> tuple[int, datetime]:
        """By which backups stand in the order in which they were made."""
        return self.number, self.at


def doomed(
    backups: Iterable[Dated], now: datetime, is_good: Callable[[Dated], bool]
) -> list[Dated]:
    """Those that may be deleted. `is_good` is asked only about those that stand for others."""
    found = list(backups)
    full = [each for each in found if each.records]
    empty = [each for each in found if not each.records]
    return [*_doomed(full, now, is_good), *_doomed(empty, now, is_good)]


def _doomed(
    backups: Sequence[Dated], now: datetime, is_good: Callable[[Dated], bool]
) -> list[Dated]:
    spans: dict[str, list[Dated]] = {}
    newest_first = sorted(backups, key=lambda backup: backup.place, reverse=True)
    for each in newest_first:
        spans.setdefault(_span(each, now), []).append(each)
    always = set(newest_first[:ALWAYS])
    gone: list[Dated] = []
    for name, members in spans.items():
        if name and len(members) > 1:
            keeper = next((each for each in members if is_good(each)), None)
            gone += members[members.index(keeper) + 1 :] if keeper else []
    return [each for each in gone if each not in always]


def _span(backup: Dated, now: datetime) -> str:
    """The span of time that one backup is kept of; empty where all are."""
    age = now - backup.at
    if age < _ALL:
        return ""
    for most, pattern in _SPANS:
        if age < most:
            return backup.at.strftime(pattern)
    return backup.at.strftime(_FOREVER)
