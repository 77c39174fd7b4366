"""What comes round among the rows of statements: rent, wages, subscriptions, bills.

Rows are gathered by counterparty, then by amount, then laid against calendar rules; three contracts
with one insurer are three, three coffees in a week are none. A rule may miss a time or two and may
change its amount once; a bill of another amount each time needs its day all the more. More than
half of what a counterparty got must follow rules, for visits to a shop fall on some rule by chance;
else only what is always the same amount, so near its days that no chance explains it: a membership
at a shop where one also buys.
"""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from math import comb, exp
from statistics import median_low
from typing import NamedTuple

import msgspec

from backstop.importers.naming import name_of, printed_name
from backstop.importers.rhythms import DAYS, LAST, MONTHS, Rhythm, Rule, rules_for
from backstop.importers.rows import Direction, Nature, Row
from backstop.work import stage, watched

_SAME_AMOUNT = 0.06
"""Share by which one payment may differ from the next one of its size."""
_STEP = 0.6
"""Share by which an amount may change once."""
_SINGLE = frozenset((Nature.INCOME, Nature.SPENDING, Nature.UNSURE, Nature.REPAYMENT))


class Fit(NamedTuple):
    """What a rhythm asks for: how many times at least, days off at most, and how much of its time
    may be missed."""

    least: int
    off: int
    missed: float


_FITS = {
    Rhythm.WEEKLY: Fit(5, 1, 0.2),
    Rhythm.FORTNIGHTLY: Fit(4, 2, 0.2),
    Rhythm.MONTHLY: Fit(3, 4, 0.25),
    Rhythm.EVERY_TWO_MONTHS: Fit(4, 4, 0.2),
    Rhythm.QUARTERLY: Fit(3, 5, 0.2),
    Rhythm.YEARLY: Fit(2, 9, 0.0),
}
_CHANCES = {3: 4e-3, 4: 6e-4}
_CHANCE = 1e-4
"""How likely a rule may be by chance, by the number of its events: few can prove little."""
_CHANCE_AMONG_OTHERS = 1e-6
"""The same for one amount among many others, each of which might have had a rule by chance."""
_LEAST_SURE, _MOST_AMOUNTS = 5, 30
"""Fewer events are never so sure; and how many amounts of one counterparty are tried."""
_MOST_RULES = 4
_MOST_ROWS = 1500
_DENSE = 0.35


class RecurringItem(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that comes round. `amount` is the newest usual one (minor units), the middle one of
    the last six where it `varies`; `rows` are the places of its evidence among the rows asked
    about. `weak`: seen too seldom to be sure."""

    name: str
    direction: Direction
    rhythm: Rhythm
    amount: int
    varies: bool
    last_day_of_month: bool
    day_of_month: int
    latest: date
    following: date
    rows: tuple[int, ...]
    weak: bool = False
    repays: bool = False

    def is_over(self, today: date) -> bool:
        """Whether it should have come twice since it last did."""
        return (today - self.latest).days > 2 * _length(self.rhythm) + 10


class _Event(NamedTuple):
    day: date
    amount: int
    place: int


class _Found(NamedTuple):
    rule: Rule
    events: tuple[_Event, ...]
    varies: bool = False


def recurring(rows: Sequence[Row]) -> list[RecurringItem]:
    """All that comes round, in order of counterparties."""
    found: list[RecurringItem] = []
    with stage(0, 50):
        gathered = sorted(_gathered(rows).items())
    for key, events in watched(gathered, every=32):
        ordered = sorted(events)
        if len(ordered) >= 2:
            found += (_item(key, each, rows) for each in _of_one(ordered))
    return found


def _gathered(rows: Sequence[Row]) -> dict[tuple[str, str], list[_Event]]:
    """Payments and receipts by direction and name."""
    found: dict[tuple[str, str], list[_Event]] = defaultdict(list)
    for place, row in enumerate(watched(rows)):
        if row.nature in _SINGLE and row.moved and (name := name_of(row)):
            way = _way(row)
            found[way.value, name].append(_Event(row.day, row.amount, place))
    return found


def _way(row: Row) -> Direction:
    return Direction.OUT if row.nature is Nature.REPAYMENT else row.direction


def _is_dense(events: Sequence[_Event]) -> bool:
    """Whether it is bought so often that any rule would fit."""
    days = {each.day for each in events}
    span = (events[-1].day - events[0].day).days + 7
    return len(events) > _MOST_ROWS or len(days) / span > _DENSE


def _of_one(events: list[_Event]) -> list[_Found]:
    """What comes round of one counterparty: what explains most of it, or what stands out."""
    found = [] if _is_dense(events) else _of_most(events)
    return found or _among_others(events)


def _of_most(events: list[_Event]) -> list[_Found]:
    """Contracts of an amount each, or one bill whose amount varies, whichever explains more of the
    events by fewer rules; nothing where neither explains most of them."""
    bands = _bands(events)
    found, left = _of_amounts(bands)
    if len(bands) > 1:
        varying, rest = _rules_in(events, varies=True)
        if len(rest) + 2 * len(varying) < len(left) + 2 * len(found):
            found, left = varying, rest
    return found if len(left) < sum(len(each.events) for each in found) else []


def _among_others(events: Iterable[_Event]) -> list[_Found]:
    """What is paid at one amount and on its day, whatever else the counterparty gets."""
    equal: dict[int, list[_Event]] = defaultdict(list)
    for each in events:
        equal[each.amount].append(each)
    often = sorted(equal.values(), key=len, reverse=True)[:_MOST_AMOUNTS]
    sets = [
        each
        for each in often
        if len(each) >= _LEAST_SURE and not _is_dense(each) and _is_together(each)
    ]
    return _stepped([each for one in sets for each in _rules_in(one)[0] if _is_sure(each, one)])


def _is_together(events: Sequence[_Event]) -> bool:
    """Whether most lie in one part of the month or of the week: quickly told, before rules are
    tried on them."""
    in_month = _most_near([each.day.day for each in events], 31, 2)
    in_week = _most_near([each.day.weekday() for each in events], 7, 1)
    return in_month * 2 >= len(events) or in_week * 4 >= len(events) * 3


def _most_near(places: Iterable[int], size: int, near: int) -> int:
    """How many lie around the busiest place of a circle."""
    counts = Counter(each % size for each in places)
    return max(
        sum(counts[(each + off) % size] for off in range(-near, near + 1)) for each in counts
    )


def _is_sure(found: _Found, events: Sequence[_Event]) -> bool:
    first, last = (found.rule.place(found.events[at].day)[0] for at in (0, -1))
    chance = _chance(found.rule, found.events, events, last - first + 1)
    return chance < _CHANCE_AMONG_OTHERS


def _of_amounts(bands: Iterable[list[_Event]]) -> tuple[list[_Found], list[_Event]]:
    found: list[_Found] = []
    left: list[_Event] = []
    for band in bands:
        rules, rest = _rules_in(band)
        found += rules
        left += rest
    return _absorbed(_stepped(found), sorted(left))


def _bands(events: Iterable[_Event]) -> list[list[_Event]]:
    """Events of about one amount: each within some percent of the next larger one."""
    bands: list[list[_Event]] = []
    before = 0
    for each in sorted(events, key=lambda event: event.amount):
        if not bands or each.amount > before * (1 + _SAME_AMOUNT):
            bands.append([])
        bands[-1].append(each)
        before = each.amount
    return [sorted(band) for band in bands]


def _rules_in(events: list[_Event], varies: bool = False) -> tuple[list[_Found], list[_Event]]:
    """The rules that most of these events follow, and the events that follow none."""
    left, found = list(events), list[_Found]()
    while len(found) < (1 if varies else _MOST_RULES) and len(left) >= 2:
        best = max(_fitting(left, varies), key=_goodness, default=None)
        if best is None:
            break
        found.append(best)
        taken = {each.place for each in best.events}
        left = [each for each in left if each.place not in taken]
    if len(left) * 2 > len(events):
        return [], events
    return found, left


def _goodness(found: _Found) -> tuple[int, int, int]:
    """Many events; near their days; and the day of a month rather than its last one."""
    off = sum(abs(found.rule.place(each.day)[1]) for each in found.events)
    return (len(found.events) * 4 - off, -off, -found.rule.anchor)


def _fitting(events: list[_Event], varies: bool) -> Iterator[_Found]:
    days = [each.day for each in events]
    for rhythm, fit in _FITS.items():
        if len(events) < fit.least + varies or (varies and rhythm is Rhythm.YEARLY):
            continue
        for rule in rules_for(rhythm, days):
            chosen = _followers(rule, events, _tolerance(fit, len(events), varies))
            if _holds(rule, chosen, events, fit, varies):
                yield _Found(rule, tuple(chosen), varies)


def _tolerance(fit: Fit, count: int, varies: bool) -> int:
    """Few events have to be the nearer to their days, so that chance makes no rule."""
    if varies or count < 4:
        return min(fit.off, 3)
    return fit.off


def _followers(rule: Rule, events: Iterable[_Event], off: int) -> list[_Event]:
    """One event for each period, the nearest to its day."""
    best: dict[int, tuple[int, _Event]] = {}
    place = rule.place
    for each in events:
        period, away = place(each.day)
        if -off <= away <= off and (period not in best or abs(away) < best[period][0]):
            best[period] = (abs(away), each)
    return [best[period][1] for period in sorted(best)]


def _holds(
    rule: Rule, chosen: Sequence[_Event], events: Sequence[_Event], fit: Fit, varies: bool
) -> bool:
    if len(chosen) < fit.least + varies:
        return False
    first, last = (rule.place(each.day)[0] for each in (chosen[0], chosen[-1]))
    span = last - first + 1
    missed = span - len(chosen)
    if missed > max(span * fit.missed, 1 if len(chosen) >= 4 else 0):
        return False
    if rule.rhythm is Rhythm.YEARLY:
        return len(chosen) == len(events) and _is_one_amount(chosen)
    return _chance(rule, chosen, events, span) < _CHANCES.get(len(chosen), _CHANCE)


def _chance(rule: Rule, chosen: Sequence[_Event], events: Sequence[_Event], span: int) -> float:
    """How likely it is that as many events would stand so near to a rule if their days were drawn
    by lot: the tail of a binomial, for the distance at which it is least."""
    density = len(events) / ((events[-1].day - events[0].day).days + 1)
    offs = sorted(abs(rule.place(each.day)[1]) for each in chosen)
    return min(
        _tail(bisect_right(offs, off) - 1, span - 1, 1 - exp(-density * (2 * off + 1)))
        for off in set(offs)
    )


def _tail(hits: int, of: int, chance: float) -> float:
    """The probability of so many hits or more."""
    return sum(
        comb(of, each) * chance**each * (1 - chance) ** (of - each) for each in range(hits, of + 1)
    )


def _is_one_amount(events: Sequence[_Event]) -> bool:
    amounts = [each.amount for each in events]
    return max(amounts) - min(amounts) <= min(amounts) * _SAME_AMOUNT * 2


def _stepped(found: list[_Found]) -> list[_Found]:
    """Two rules that are one whose amount changed: the same days, one after the other."""
    joined: list[_Found] = []
    for each in sorted(found, key=lambda one: one.events[0].day):
        place = next((n for n, one in enumerate(joined) if _goes_on(one, each)), None)
        if place is None:
            joined.append(each)
        else:
            joined[place] = joined[place]._replace(events=(*joined[place].events, *each.events))
    return joined


def _goes_on(one: _Found, other: _Found) -> bool:
    if one.rule.rhythm is not other.rule.rhythm:
        return False
    fit = _FITS[one.rule.rhythm]
    period, off = one.rule.place(other.events[0].day)
    last, _ = one.rule.place(one.events[-1].day)
    return (
        0 < period - last <= 3
        and abs(off) <= fit.off
        and _is_step(one.events[-1].amount, other.events[0].amount)
    )


def _is_step(before: int, after: int) -> bool:
    return abs(after - before) <= _STEP * max(before, after)


def _absorbed(found: list[_Found], left: list[_Event]) -> tuple[list[_Found], list[_Event]]:
    """Events that stand where a rule misses one, or right before or after it, at another amount."""
    grown: list[_Found] = []
    for each in found:
        taken = {each.rule.place(event.day)[0] for event in each.events}
        more = []
        for event in left:
            period, off = each.rule.place(event.day)
            near = min(taken) - 2 <= period <= max(taken) + 2
            if (
                near
                and period not in taken
                and abs(off) <= _FITS[each.rule.rhythm].off
                and (_is_step(_amount_near(each.events, event.day), event.amount))
            ):
                taken.add(period)
                more.append(event)
        left = [event for event in left if event not in more]
        grown.append(each._replace(events=tuple(sorted((*each.events, *more)))))
    return grown, left


def _amount_near(events: Sequence[_Event], day: date) -> int:
    place = bisect_left([each.day for each in events], day)
    return events[min(place, len(events) - 1)].amount


def _item(key: tuple[str, str], found: _Found, rows: Sequence[Row]) -> RecurringItem:
    rule, latest = found.rule, found.events[-1]
    period, _ = rule.place(latest.day)
    newest = rows[latest.place]
    recent = [each.amount for each in found.events[-6:]]
    is_last = rule.rhythm in MONTHS and rule.anchor == LAST
    return RecurringItem(
        name=printed_name(newest),
        direction=Direction(key[0]),
        rhythm=rule.rhythm,
        amount=median_low(recent) if found.varies else latest.amount,
        varies=found.varies,
        last_day_of_month=is_last,
        day_of_month=rule.day(period).day if rule.rhythm in MONTHS else 0,
        latest=latest.day,
        following=rule.day(period + 1),
        rows=tuple(each.place for each in found.events),
        weak=rule.rhythm is Rhythm.YEARLY and len(found.events) < 3,
        repays=any(rows[each.place].nature is Nature.REPAYMENT for each in found.events),
    )


def _length(rhythm: Rhythm) -> int:
    return DAYS.get(rhythm, 0) or MONTHS[rhythm] * 31
