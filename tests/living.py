"""What the law of advancing promises, asked of one book and one day.

For every day from that day to the old horizon's end the advanced book moves the same amounts, with
the same cash, the same room on each line, and the same cash under each loss; and it is the same
book, however many stops there were on the way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import takewhile
from random import Random

import numpy as np

from backstop.contingency import Contingency, ContingencyKind, projection_of_now
from backstop.contingency.identity import OfRecord
from backstop.contingency.losses import low_under
from backstop.contingency.ways import modes_of
from backstop.domain import Account, Book, CashFlow, Facility, LossMode, PlannedDraw
from backstop.projection import Projection, Side, advance_headroom, calendar_of, headroom
from backstop.projection.calendars import adjusted
from backstop.settling import advance
from oracle.occurrences import rule_dates

ONE = timedelta(days=1)
EVENTS = (
    *("rate change", "early repayment", "cut", "call", "renewal"),
    *("skip", "move", "lateness", "count", "holiday shift", "month end"),
)
LOSSES = {
    "cut": (LossMode.LIMIT_CUT,),
    "call": (LossMode.CALL,),
    "renewal": (LossMode.NO_RENEWAL, LossMode.REDUCED_RENEWAL),
}


def events_of(book: Book) -> Iterator[tuple[str, date]]:
    """What happens in a book that could make advancing go wrong, and when."""
    priced = [each for line in book.facilities for each in (line, *line.tranches)]
    for each in priced:
        yield from (("rate change", change.from_day) for change in each.rate_changes)
        if early := getattr(each, "early_on", None):
            yield "early repayment", early
    yield from (("renewal", each.contract_until) for each in book.facilities if each.contract_until)
    last = book.as_of + book.horizon_days * ONE
    rules: list[CashFlow | PlannedDraw] = [*book.cash_flows, *book.planned_draws]
    for rule in rules:
        yield from _of_rule(book, rule, last)


def _of_rule(book: Book, rule: CashFlow | PlannedDraw, last: date) -> Iterator[tuple[str, date]]:
    yield from (("skip", day) for day in rule.skipped)
    for each in rule.moved:
        yield from (("move", day) for day in (each.rule_date, each.to))
    own = list(takewhile(lambda day: day <= last, rule_dates(rule, last)))
    if rule.count is not None and own and len(own) == rule.count:
        yield "count", own[-1]
    calendar = calendar_of(book)
    late = rule.usual_lateness_days if isinstance(rule, CashFlow) else 0
    for day in own:
        falls = adjusted(day, rule.adjustment, calendar)
        if falls != day:
            yield from (("holiday shift", each) for each in (day, falls))
        if late:
            yield "lateness", falls + late * ONE
        if (day + ONE).day == 1:
            yield "month end", day


def inside(book: Book, day: date) -> bool:
    """Whether a book can be brought to that day, and says something of it."""
    return book.as_of < day < book.as_of + book.horizon_days * ONE


def days_around(book: Book, day: date) -> list[date]:
    """The day before an event, its own and the one after, as far as they can be asked for."""
    return [each for each in (day - ONE, day, day + ONE) if inside(book, each)]


def some_days(book: Book, random: Random) -> list[date]:
    """A few days on or beside events, and one by chance."""
    near = sorted({each for _, day in events_of(book) for each in days_around(book, day)})
    chance = book.as_of + random.randrange(1, book.horizon_days) * ONE
    return [*random.sample(near, min(2, len(near))), chance]


def broken_on(book: Book, day: date, random: Random) -> str | None:
    """What of the law is broken where the book is brought to that day, in words; None: nothing."""
    new, size = advance(book, day), seen_from(book, day)
    old, now = Compared(book, day), Compared(new.changed(horizon_days=size - 1), day)
    return (
        _moves(old.moves(size), now.moves(size))
        or _rows("cash", [old.cash(size)], [now.cash(size)], [""], day)
        or _room(old, now, size)
        or _losses(old, now, size, random)
        or _stops(book, new, day, random)
    )


def moves_alike(book: Book, day: date) -> str | None:
    """The first part of the law alone: what moves, and cash."""
    old, now = Compared(book, day), Compared(advance(book, day), day)
    size = seen_from(book, day)
    return _moves(old.moves(size), now.moves(size)) or _rows(
        "cash", [old.cash(size)], [now.cash(size)], [""], day
    )


def seen_from(book: Book, day: date) -> int:
    """How many days lie from that day to the end of its horizon: what is judged by all that is in
    sight, such as a draw after a freeze, is judged by the same days in both books."""
    return (book.as_of + book.horizon_days * ONE - day).days + 1


class Compared:
    """A book as it is seen from a day on."""

    def __init__(self, book: Book, day: date) -> None:
        self.book, self.day = book, day
        self.projection: Projection = projection_of_now(book)
        self.first = (day - book.as_of).days

    def moves(self, size: int) -> Counter[tuple[object, ...]]:
        """All that moves in so many days: day, side, amount, principal, class of payment, line."""
        flows, found = self.projection.flows, Counter[tuple[object, ...]]()
        shown = (flows.day >= self.first) & (flows.day < self.first + size)
        for row in np.flatnonzero(shown & ((flows.amount != 0) | (flows.principal != 0))).tolist():
            series = flows.descriptions[flows.series[row]]
            matters = series.priority if series.side is Side.PAYMENT else None
            day = self.day + (int(flows.day[row]) - self.first) * ONE
            amounts = int(flows.amount[row]), int(flows.principal[row])
            found[day, series.side.name, *amounts, matters, series.element] += 1
        return found

    def cash(self, size: int) -> list[int]:
        """Pooled cash at the end of each day."""
        return self._cut(self.projection.closing, size)

    def room(self, line: Facility, size: int) -> list[int]:
        """What could still be drawn on a line; of a card, also in cash."""
        found = self._cut(headroom(self.projection, line), size)
        if line.cash_advance_limit:
            found += self._cut(advance_headroom(self.projection, line), size)
        return found

    def losses(self, after: int, random: Random) -> list[Contingency]:
        """Each line, receipt and channel lost in each way, so many days after the day."""
        return [
            Contingency(
                OfRecord(each.id),
                ContingencyKind.SINGLE,
                (each.id,),
                self.first + after,
                mode=mode,
                notice_days=random.choice((0, 10)),
                cut_percent=random.choice((30, 80, 100)),
                late_days=9,
            )
            for each in self.book.records()
            if isinstance(each, Facility | CashFlow | Account)
            for mode in modes_of(self.book, each.id)
        ]

    def under(self, losses: Sequence[Contingency], size: int) -> list[list[int]]:
        """What is left to be paid out on each day under each of them."""
        return [self._cut(row, size) for row in low_under(self.projection, losses)]

    def _cut(self, row: np.ndarray, size: int) -> list[int]:
        return [int(each) for each in row[self.first : self.first + size]]


def _moves(old: Counter[tuple[object, ...]], new: Counter[tuple[object, ...]]) -> str | None:
    if old == new:
        return None
    gone, come = (old - new, new - old)
    return f"moves: gone {sorted(map(str, gone))[:3]}, new {sorted(map(str, come))[:3]}"


def _rows(
    what: str, old: list[list[int]], new: list[list[int]], names: Sequence[str], day: date
) -> str | None:
    for name, before, after in zip(names, old, new, strict=True):
        for number, pair in enumerate(zip(before, after, strict=False)):
            if pair[0] != pair[1]:
                return f"{what} {name} on {day + number * ONE}: {pair[0]}, now {pair[1]}"
    return None


def _room(old: Compared, now: Compared, size: int) -> str | None:
    lines = [each.id for each in old.book.facilities]
    before = [old.room(each, size) for each in old.book.facilities]
    after = [now.room(each, size) for each in now.book.facilities]
    return _rows("room", before, after, lines, old.day)


def _losses(old: Compared, now: Compared, size: int, random: Random) -> str | None:
    after, seed = random.choice((0, 1, random.randrange(size))), random.random()
    before, later = old.losses(after, Random(seed)), now.losses(after, Random(seed))
    names = [f"{each.targets[0]} {each.mode} {after} days later" for each in before]
    return _rows("loss", old.under(before, size), now.under(later, size), names, old.day)


def _stops(book: Book, new: Book, day: date, random: Random) -> str | None:
    between = (day - book.as_of).days
    if between < 2:
        return None
    stop = book.as_of + random.randrange(1, between) * ONE
    twice = advance(advance(book, stop), day)
    if twice == new:
        return None
    pairs = zip(twice.records(), new.records(), strict=True)
    wrong = next((a.id for a, b in pairs if a != b), "facts")
    return f"another book by way of {stop}: {wrong}"


def with_renewals(book: Book, random: Random) -> Book:
    """The book with contracts that end within its horizon, and lines that may be called."""
    return book.changed(
        facilities=tuple(
            each.changed(
                contract_until=book.as_of + random.randrange(1, book.horizon_days) * ONE,
                callable=True,
            )
            for each in book.facilities
        )
    )
