"""A sudden expense: money that has to be paid on a day, and that nobody foresaw."""

from collections.abc import Sequence

import numpy as np

from backstop.contingency.changes import NO_ROW, NO_SERIES, Appearing, Changes, Instead, columns
from backstop.contingency.elements import Contingency
from backstop.domain import Priority
from backstop.projection import FlowKind, Series, Side

SUDDEN_EXPENSE = Series(
    "", "sudden expense", FlowKind.EXPENSE, Side.PAYMENT, priority=Priority.MUST
)
"""What such a payment is: it belongs to no record of the book, and must be met."""


def expenses(contingencies: Sequence[Contingency]) -> Changes:
    """What each contingency has spent beside what it takes away."""
    why, side = int(Instead.SAME_KIND), int(Side.PAYMENT)
    rows = [
        (case, NO_SERIES, NO_ROW, why, side, each.loss_day, each.expense, 0, each.loss_day)
        for case, each in enumerate(contingencies)
        if each.expense
    ]
    none = np.empty(0, dtype=np.int64)
    return Changes(none, none, Appearing(*columns(rows, 9)))
