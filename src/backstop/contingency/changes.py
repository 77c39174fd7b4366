"""What losses do to the flows of a projection, in columns: which vanish, which appear instead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from backstop.projection import Ints

Flags = NDArray[np.bool_]


class Instead(IntEnum):
    """What a flow that appears is: of the same kind as its series, a purchase that has to be paid
    in cash after all, money that was frozen and is free again, or what is paid that would have been
    kept back."""

    SAME_KIND = 0
    IN_CASH = 1
    GIVEN_BACK = 2
    PAID = 3


NO_ROW = -1
"""In the place of a row of the table: a flow that follows none."""

NO_SERIES = -1
"""In the place of a series of the table: the flow is the sudden expense of its case."""


@dataclass(frozen=True, slots=True)
class Appearing:
    """Flows that appear, as columns. `case` counts contingencies; `series` is the series of the
    projection's table that they belong to, changed as `why` says; `like` the flow (a row of the
    table) that they follow, or `NO_ROW`."""

    case: Ints
    series: Ints
    like: Ints
    why: Ints
    side: Ints
    day: Ints
    amount: Ints
    principal: Ints
    began: Ints


@dataclass(frozen=True, slots=True)
class Changes:
    """`case[i]` loses the flow `gone[i]` (a row of the table); `appearing` is what it gets."""

    case: Ints
    gone: Ints
    appearing: Appearing

    def of(self, case: int) -> Changes:
        """Those of one contingency."""
        mine, new = self.case == case, self.appearing.case == case
        return Changes(self.case[mine], self.gone[mine], _chosen(self.appearing, new))


def joined(parts: Sequence[Changes]) -> Changes:
    """All of them, in that order; there is at least one."""
    if len(parts) == 1:
        return parts[0]
    return Changes(
        np.concatenate([each.case for each in parts]),
        np.concatenate([each.gone for each in parts]),
        stacked([each.appearing for each in parts]),
    )


def stacked(parts: Sequence[Appearing]) -> Appearing:
    """One table of what appears, from several, in their order; there is at least one."""
    if len(parts) == 1:
        return parts[0]
    return Appearing(
        *(
            np.concatenate([getattr(each, column.name) for each in parts])
            for column in fields(Appearing)
        )
    )


def _chosen(appearing: Appearing, mine: Flags) -> Appearing:
    return Appearing(*(getattr(appearing, column.name)[mine] for column in fields(Appearing)))


def columns(rows: Sequence[tuple[int, ...]], width: int) -> list[Ints]:
    """Rows of whole numbers as columns, also when there is no row."""
    return list(np.array(rows, dtype=np.int64).reshape(-1, width).T)


def ranges(starts: Ints, stops: Ints) -> tuple[Ints, Ints]:
    """The numbers of all ranges one after the other, and for each the range it is from."""
    counts = stops - starts
    owner = np.repeat(np.arange(len(counts)), counts)
    before = np.cumsum(counts) - counts
    return np.arange(int(counts.sum())) + (starts - before)[owner], owner
