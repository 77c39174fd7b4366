"""Where records stand in their lists, as numbers in the file: only their order means anything.

So that a record can come or go anywhere without another row being written, a position once given
stays, and a record that comes takes one between those of its neighbours.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import groupby, pairwise

STEP = 1 << 10
"""Between two positions that are given anew: room for what comes between them."""


def new_positions(order: Sequence[str], known: Mapping[str, int]) -> dict[str, int]:
    """The positions to be given, by id, so that the records stand in this order; `known` are those
    in the file. As few as can be are given anew, and all where there is no room left."""
    kept = _rising([known[each] for each in order if each in known])
    runs = [
        (stays, list(ids)) for stays, ids in groupby(order, lambda each: known.get(each) in kept)
    ]
    given: dict[str, int] = {}
    for place, (stays, ids) in enumerate(runs):
        if stays:
            continue
        before = known[runs[place - 1][1][-1]] if place else None
        after = known[runs[place + 1][1][0]] if place + 1 < len(runs) else None
        room = _between(before, after, len(ids))
        if room is None:
            return {each: number * STEP for number, each in enumerate(order)}
        given.update(zip(ids, room, strict=True))
    return given


def _between(before: int | None, after: int | None, count: int) -> Sequence[int] | None:
    """So many numbers in a row between two others, evenly; None where they do not fit. At an open
    end they go on in ones, so that what is added and taken away again leaves no gap."""
    if before is None:
        return range(count) if after is None else range(after - count, after)
    if after is None:
        return range(before + 1, before + 1 + count)
    if after - before <= count:
        return None
    return [before + (after - before) * each // (count + 1) for each in range(1, count + 1)]


def _rising(numbers: Sequence[int]) -> set[int]:
    """A longest rising part of these numbers, which are all different."""
    if all(one < two for one, two in pairwise(numbers)):
        return set(numbers)
    ends: list[int] = []  # the smallest number with which a rising part of each length ends
    lengths = []
    for each in numbers:
        place = bisect_left(ends, each)
        ends[place : place + 1] = [each]
        lengths.append(place)
    kept, wanted = set(), len(ends) - 1
    for each, length in zip(reversed(numbers), reversed(lengths), strict=True):
        if length == wanted:
            kept.add(each)
            wanted -= 1
    return kept
