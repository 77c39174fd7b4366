"""Values that are drawn many at a time, from one string of bytes.

Drawing is the larger part of what a generated test costs, and it costs by the number of draws, not
by what is drawn. A record has fifty fields: as bytes they are one draw. Whatever a field may be is
still drawn, ends and small figures more often than others; and bytes of 0 are the simplest values,
so that a failing example becomes simple field by field, as ever.
"""

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from itertools import accumulate, pairwise
from typing import Any, Generic, TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

T = TypeVar("T")
U = TypeVar("U")
K = TypeVar("K")


@dataclass(frozen=True)
class Compact(Generic[T]):
    """A value read from so many bytes; of one of some kinds, where there is a choice."""

    size: int
    read: Callable[[bytes], T]
    kinds: "tuple[Compact[Any], ...]" = ()

    def map(self, change: Callable[[T], U]) -> "Compact[U]":
        return Compact(self.size, lambda drawn: change(self.read(drawn)))

    def __or__(self, other: "Compact[U]") -> "Compact[T | U]":
        """One or the other, as often."""
        return one_of(self, other)


def one_of(*kinds: Compact[Any]) -> Compact[Any]:
    """A value of one of these kinds, as often; the first is the simplest. Choices among them are
    choices of this one: nothing is rarer for standing with others."""
    flat = tuple(kind for each in kinds for kind in each.kinds or (each,))

    def read(drawn: bytes) -> Any:
        kind = flat[drawn[0] * len(flat) >> 8]
        return kind.read(drawn[1 : 1 + kind.size])

    return Compact(1 + max(each.size for each in flat), read, flat)


def just(value: T) -> Compact[T]:
    return Compact(0, lambda _: value)


def none() -> Compact[None]:
    return just(None)


def booleans() -> Compact[bool]:
    return Compact(1, lambda drawn: drawn[0] >= 128)


def sampled_from(values: Iterable[T]) -> Compact[T]:
    """One of fewer than 256 values, as often."""
    known = tuple(values)
    assert len(known) < 256
    return Compact(2, lambda drawn: _taken(drawn, known))


def choice() -> Compact[Callable[[Sequence[Any]], Any]]:
    """Which of some values is taken, as often, that are known only once others are drawn."""
    return Compact(2, lambda drawn: lambda among: _taken(drawn, among))


def choices(least: int, most: int) -> Compact[Callable[[Sequence[Any]], tuple[Any, ...]]]:
    """Which different ones are taken: so many, as often, as far as there are as many."""
    numbers = range(least, most + 1)

    def read(drawn: bytes) -> Callable[[Sequence[Any]], tuple[Any, ...]]:
        places = [drawn[place : place + 2] for place in range(2, len(drawn), 2)]

        def chosen(among: Sequence[Any]) -> tuple[Any, ...]:
            left, found = list(among), []
            for place in places[: min(_taken(drawn[:2], numbers), len(left))]:
                found.append(_taken(place, left))
                left.remove(found[-1])
            return tuple(found)

        return chosen

    return Compact(2 + 2 * most, read)


def _taken(drawn: bytes, among: Sequence[T]) -> T:
    return among[int.from_bytes(drawn, "big") * len(among) >> 16]


def integers(least: int, most: int) -> Compact[int]:
    """Whole numbers between two, both included: a tenth of them an end, a fifth near one."""
    room = most - least
    near = min(room, 255)
    size = max((room.bit_length() + 7) // 8, 1) + 1

    def read(drawn: bytes) -> int:
        kind, number = drawn[0], int.from_bytes(drawn[1:], "big")
        if kind < 16:
            return least
        if kind < 26:
            return most
        if kind < 58:
            return least + number % (near + 1)
        if kind < 77:
            return most - number % (near + 1)
        return least + number % (room + 1)

    return Compact(size, read)


def decimals(least: int, most: int, places: int) -> Compact[Decimal]:
    """Figures with so many decimals, trailing zeros included."""
    tens = 10**places
    return integers(least * tens, most * tens).map(lambda drawn: Decimal(drawn).scaleb(-places))


def offsets(before: int, after: int) -> Compact[timedelta]:
    """Days around a day, which is the simplest, then those after it."""
    return integers(0, before + after).map(
        lambda days: timedelta(days=days if days <= after else after - days)
    )


def texts(least: int, most: int) -> Compact[str]:
    """Characters of all scripts, not all of them spaces; none is a control or half of a pair."""

    def read(drawn: bytes) -> str:
        length = least + drawn[0] % (most - least + 1)
        parts = (drawn[1 + 3 * n : 4 + 3 * n] for n in range(length))
        said = "".join(_character(int.from_bytes(part, "big")) for part in parts)
        return said if said.strip() else said[1:] + "0"

    return Compact(1 + 3 * most, read)


_BLOCKS = (0x100, 0x800, 0x10000, 0x110000)
_UNWANTED = {"Cc", "Cs", "Co"}


def _character(drawn: int) -> str:
    """Of each size in UTF-8 a quarter; the sign for 0 in place of what nobody can type."""
    block, place = drawn >> 22, drawn & 0x3FFFFF
    found = chr((place + ord("0")) % _BLOCKS[block])
    return "0" if unicodedata.category(found) in _UNWANTED else found


def lists(each: Compact[T], most: int) -> Compact[list[T]]:
    """None to so many, as often."""

    def read(drawn: bytes) -> list[T]:
        number = drawn[0] * (most + 1) >> 8
        places = range(1, 1 + number * each.size, each.size)
        return [each.read(drawn[place : place + each.size]) for place in places]

    return Compact(1 + most * each.size, read)


def tuples(*each: Compact[Any]) -> Compact[tuple[Any, ...]]:
    """One of each."""
    return together(dict(enumerate(each))).map(lambda drawn: tuple(drawn.values()))


Drawn = Mapping[str, Compact[Any] | SearchStrategy[Any]]
"""How to draw some fields: those of a record that are compact, and those that need a strategy."""


def fields(wanted: Drawn) -> SearchStrategy[dict[str, Any]]:
    """All that is compact in one draw, each other field one by itself."""
    packed = {name: each for name, each in wanted.items() if isinstance(each, Compact)}
    others = {name: each for name, each in wanted.items() if not isinstance(each, Compact)}
    drawn = alone(together(packed))
    if not others:
        return drawn
    return st.tuples(drawn, st.fixed_dictionaries(others)).map(lambda both: both[0] | both[1])


def together(wanted: Mapping[K, Compact[Any]]) -> Compact[dict[K, Any]]:
    """Several values, one behind the other."""
    ends = list(accumulate((each.size for each in wanted.values()), initial=0))
    parts = [
        (name, slice(start, end), each.read)
        for (name, each), (start, end) in zip(wanted.items(), pairwise(ends), strict=True)
    ]
    return Compact(ends[-1], lambda drawn: {name: read(drawn[part]) for name, part, read in parts})


def alone(wanted: Compact[T]) -> SearchStrategy[T]:
    """The strategy that draws this."""
    return st.binary(min_size=wanted.size, max_size=wanted.size).map(wanted.read)


def without_copies(wanted: SearchStrategy[T]) -> SearchStrategy[T]:
    """The same values, each drawn anew.

    Hypothesis makes five of six examples by copying a part of one over another part like it. As the
    parts are whole records here, such books would hold the same record twice, and reach a fifth
    fewer branches of the engine. Inside a collection of different values it copies nothing.
    """
    alone_in_it = st.lists(wanted, min_size=1, max_size=1, unique_by=id)
    return alone_in_it.map(lambda one: one[0])
