"""Limit cuts that change nothing: all that is drawn, or bought, under them has room all the same.

Most cuts of a review are such. Whether one is follows from what is taken up of the line with every
line open, for all lines at once; only the others need to be walked through day by day (`cuts`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from backstop.contingency.changes import Flags, columns, ranges
from backstop.contingency.ways import Way
from backstop.domain import Facility
from backstop.projection import FlowKind, FlowTable, Ints, Projection, limits_of
from backstop.projection.amounts import rounded_share

MOST_LINES = 500
"""Lines looked at together: memory stays within a few megabytes."""


def changing_nothing(projection: Projection, cuts: Iterable[Way]) -> frozenset[Way]:
    """Those of these cuts under which every draw and purchase is made, and nothing has to be paid
    back early. Lines of which that would not be exact are not among them."""
    asked = [way for way in dict.fromkeys(cuts) if _is_simple(projection, way)]
    parts = (asked[start : start + MOST_LINES] for start in range(0, len(asked), MOST_LINES))
    return frozenset(way for part in parts for way in _without_effect(projection, part))


def _is_simple(projection: Projection, way: Way) -> bool:
    """Whether what is taken up is what was drawn less what is repaid, without any rounding."""
    line = _line(projection, way.element)
    return not way.renewed and (not line.revolving or line.repaid_share_percent in (0, 100))


def _without_effect(projection: Projection, ways: Sequence[Way]) -> Iterator[Way]:
    numbers = {line: number for number, line in enumerate({way.element for way in ways})}
    lines = _Lines.of(projection, list(numbers))
    place = [numbers[way.element] for way in ways]
    limits = np.stack([_limits(projection, way) for way in ways])
    day, firsts = np.arange(projection.days), np.array([[way.first] for way in ways])
    untils, dues = (np.array([getattr(way, it) for way in ways]) for it in ("until", "due"))
    limited = (day >= firsts) & (day < untils[:, np.newaxis])
    lacking: Flags = limited & lines.comes[place] & (lines.used[place] > limits)
    short = np.asarray(lacking.any(axis=1))
    asked, on = np.flatnonzero(dues < projection.days), np.minimum(dues, projection.days - 1)
    above = lines.owed[place, on] > limits[np.arange(len(ways)), on]
    short[asked] |= above[asked]
    short |= lines.unsure[place]
    yield from (way for way, is_short in zip(ways, short.tolist(), strict=True) if not is_short)


def _limits(projection: Projection, way: Way) -> Ints:
    limits = limits_of(projection, _line(projection, way.element))
    return limits - rounded_share(limits, way.percent)


@dataclass(frozen=True)
class _Lines:
    """What is taken up and what is owed of lines at the end of each day (lines, days), in minor
    units, and on which days something new comes. `unsure` (lines,) are those that repay something
    on the day on which it is drawn."""

    used: Ints
    owed: Ints
    comes: Flags
    unsure: Flags

    @staticmethod
    def of(projection: Projection, ids: Sequence[str]) -> _Lines:
        """These lines of the projection."""
        flows, days, size = projection.flows, projection.days, (len(ids), projection.days + 1)
        row, line = _repayments(flows, ids)
        began, principal = flows.began[row], flows.principal[row]
        day, start = np.minimum(flows.day[row], days), np.clip(began, 0, days)
        used, owed = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
        comes, unsure = np.zeros(size, dtype=np.bool_), np.zeros(len(ids), dtype=np.bool_)
        np.add.at(owed, (line, start), principal)
        np.subtract.at(owed, (line, day), principal)
        records = [_line(projection, each) for each in ids]
        used[:, 0] = [each.balance + each.blocked for each in records]
        new, frees = began >= 0, np.array([each.revolving for each in records])
        freed = (frees & np.array([each.repaid_share_percent > 0 for each in records]))[line]
        np.add.at(used, (line[new], start[new]), principal[new])
        np.subtract.at(used, (line[freed], day[freed]), principal[freed])
        comes[line[new], start[new]] = True
        unsure[line[flows.day[row] == began]] = True
        taken, left = np.cumsum(used[:, :days], axis=1), np.cumsum(owed[:, :days], axis=1)
        return _Lines(taken, left, comes[:, :days], unsure)


def _line(projection: Projection, identity: str) -> Facility:
    line = projection.book.by_id[identity]
    assert isinstance(line, Facility)
    return line


def _repayments(flows: FlowTable, ids: Sequence[str]) -> tuple[Ints, Ints]:
    """The rows of the table that repay what is owed on these lines, and of each row which line."""
    series = [
        (number, line)
        for line, each in enumerate(ids)
        for number in flows.series_of.get(each, ())
        if flows.descriptions[number].kind is not FlowKind.DRAW
    ]
    numbers, lines = columns(series, 2)
    row, owner = ranges(flows.bounds[numbers], flows.bounds[numbers + 1])
    return row, lines[owner]
