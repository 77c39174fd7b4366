"""Whether the order within a day is all that makes cash short."""

import numpy as np

from backstop.checks.finding import Finding, Level
from backstop.domain import message
from backstop.projection import Projection


def same_day_order(projection: Projection) -> list[Finding]:
    """Payments are counted before the receipts of their day, and on some days only that leaves too
    little: at the end of the day there is enough."""
    if not projection.payments_first:
        return []
    at_end = projection.spendable + projection.receipts
    days = np.flatnonzero((projection.spendable < 0) & (at_end >= 0))
    if not len(days):
        return []
    said = message(
        "On {day} cash is short only because payments are counted before the receipts of the same "
        "day. If the money is there in the morning, set the order in the details of the book.",
        day=projection.date_of(int(days[0])),
    )
    return [Finding("same_day_order", Level.WARNING, said)]
