"""Rows that vanish from the table, and rows that appear instead, found one by one."""

from dataclasses import dataclass, field

import numpy as np

from backstop.contingency.changes import Appearing, Changes, Instead, columns
from backstop.projection import Side


@dataclass(slots=True)
class Rebuilt:
    """What a loss makes of a line: rows of the table that vanish, and columns of `Appearing`."""

    gone: list[int] = field(default_factory=list)
    added: list[tuple[int, ...]] = field(default_factory=list)

    def add(
        self,
        like: int,
        why: Instead,
        side: Side,
        day: int,
        amount: int,
        principal: int,
        began: int,
    ) -> None:
        """A flow that appears, after the flow `like`."""
        self.added.append((like, int(why), int(side), day, amount, principal, began))

    def join(self, other: "Rebuilt") -> None:
        """What that one says, too."""
        self.gone += other.gone
        self.added += other.added

    def changes(self, case: int) -> Changes:
        """The same for one contingency."""
        gone, size = np.array(self.gone, dtype=np.int64), len(self.added)
        added = Appearing(np.full(size, case), *columns(self.added, 7))
        return Changes(np.full(len(gone), case), gone, added)
