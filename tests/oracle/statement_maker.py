"""A statement in the making: rows with the truth of each, in order at the end."""

import random
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import NamedTuple

import msgspec

from backstop.importers import Direction, Nature, Row, Standing
from backstop.importers.rhythms import Rhythm
from oracle.due_days import by_months
from oracle.printed_names import Printer

SEEN_ENOUGH = {Rhythm.WEEKLY: 4, Rhythm.FORTNIGHTLY: 4, Rhythm.YEARLY: 2}
"""How often at least something came that a reader of the statement could call recurring."""
AT_LEAST = 3


class TrueItem(NamedTuple):
    """What truly comes round: `rows` are the places of its rows in the statement."""

    kind: str
    rhythm: Rhythm
    rows: frozenset[int]


class KnownStatement(NamedTuple):
    """A statement, its recurring items, and the places of rows that count neither way."""

    rows: tuple[Row, ...]
    items: tuple[TrueItem, ...]
    unclear: frozenset[int]


class Tag(NamedTuple):
    """To which contract a row belongs; two contracts have two tags, whatever they hold."""

    kind: str
    rhythm: Rhythm | None


NOBODY_KNOWS = Tag("unclear", None)
"""For rows of which nobody could say: they count neither way."""


class _Drafted(NamedTuple):
    day: date
    order: float
    tag: Tag | None
    row: Row


class Maker:
    """Puts rows into one statement, of a first and a last day, in one language and style."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.first = date(2022, 1, 1) + timedelta(self.rng.randrange(900))
        self.last = self.first + timedelta(self.rng.randrange(365, 860))
        self.printer = Printer(self.rng)
        self.drafted: list[_Drafted] = []

    def price(self, least: int, most: int) -> int:
        """An amount between two of them (in whole units), as prices are: often round."""
        whole = self.rng.randint(least, most) * 100
        return self.rng.choice([whole, whole, whole - 1, whole - 50, whole - 10])

    def put(
        self,
        who: str,
        day: date,
        amount: int,
        nature: Nature = Nature.SPENDING,
        tag: Tag | None = None,
        standing: Standing = Standing.DONE,
    ) -> None:
        """One row; a refund and an income come in, everything else goes out."""
        coming = nature in (Nature.INCOME, Nature.REFUND)
        counterparty, text = self.printer.printed(who, day)
        row = Row(
            line=0,
            day=day,
            amount=max(1, amount),
            direction=Direction.IN if coming else Direction.OUT,
            nature=nature,
            counterparty=counterparty,
            text=text,
            standing=standing,
        )
        self.drafted.append(_Drafted(day, self.rng.random(), tag, row))

    def contract(
        self,
        kind: str,
        who: str,
        rhythm: Rhythm,
        days: Iterable[date],
        amounts: Callable[[int], int],
        nature: Nature = Nature.SPENDING,
    ) -> None:
        """One recurring item; two of the same kind and rhythm differ by the id of their tag."""
        tag = Tag(kind, rhythm)
        for number, day in enumerate(sorted(days)):
            if self.first <= day <= self.last:
                self.put(who, day, amounts(number), nature, tag)

    def fixed(self, amount: int) -> Callable[[int], int]:
        """The same each time."""
        return lambda _: amount

    def stepped(self, amount: int) -> Callable[[int], int]:
        """Dearer once, by 2 to 15 %."""
        when, later = self.rng.randint(4, 10), amount * self.rng.randint(102, 115) // 100
        return lambda number: later if number >= when else amount

    def drifting(self, amount: int) -> Callable[[int], int]:
        """Another amount each time, by up to 2 %: a price in foreign currency."""
        return lambda _: amount * self.rng.randint(980, 1020) // 1000

    def varying(self, amount: int) -> Callable[[int], int]:
        """A bill by consumption."""
        return lambda _: amount * self.rng.randint(65, 140) // 100 + self.rng.randrange(100)

    def some_days(self, share: float) -> list[date]:
        """Days at random, each day as likely as `share` says."""
        span = range((self.last - self.first).days + 1)
        return [self.first + timedelta(each) for each in span if self.rng.random() < share]

    def monthly(self, months: int = 1, day: int = 0) -> list[date]:
        """Days of a rule of so many months, from its first day in or before the statement."""
        return by_months(self.first, self.last, months, day or self.rng.randint(1, 28), self.rng)

    def finished(self) -> KnownStatement:
        """The statement in order of days, and what is true of it."""
        ordered = sorted(self.drafted, key=lambda each: each[:2])
        rows = tuple(
            msgspec.structs.replace(each.row, line=line) for line, each in enumerate(ordered, 2)
        )
        places: dict[int, list[int]] = {}
        tags = {id(each.tag): each.tag for each in ordered if each.tag}
        for place, each in enumerate(ordered):
            if each.tag:
                places.setdefault(id(each.tag), []).append(place)
        items, unclear = [], set[int]()
        for key, tag in tags.items():
            if tag.rhythm and len(places[key]) >= SEEN_ENOUGH.get(tag.rhythm, AT_LEAST):
                items.append(TrueItem(tag.kind, tag.rhythm, frozenset(places[key])))
            else:
                unclear.update(places[key])
        return KnownStatement(rows, tuple(items), frozenset(unclear))
