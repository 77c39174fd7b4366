"""Rows that vanish from the table, and rows that appear instead, found one by one."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from backstop.contingency.changes import Appearing, Changes, Instead, columns
from backstop.projection import Flow, FlowTable, Side


@dataclass(slots=True)
class Rebuilt:
    """What a loss makes of a line: rows of the table that vanish, and columns of `Appearing`."""

    gone: list[int] = field(default_factory=list)
    added: list[tuple[int, ...]] = field(default_factory=list)

    def add(self, flows: FlowTable, like: int, why: Instead, side: Side, new: Flow) -> None:
        """A flow that appears, after the flow `like`."""
        series = int(flows.series[like])
        moved = new.day, new.amount, new.principal, new.began
        self.added.append((series, like, int(why), int(side), *moved))

    def join(self, other: Rebuilt) -> None:
        """What that one says, too."""
        self.gone += other.gone
        self.added += other.added

    def changes(self, case: int) -> Changes:
        """The same for one contingency."""
        gone, size = np.array(self.gone, dtype=np.int64), len(self.added)
        added = Appearing(np.full(size, case), *columns(self.added, 8))
        return Changes(np.full(len(gone), case), gone, added)
