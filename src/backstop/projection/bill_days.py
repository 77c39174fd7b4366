"""When the bills for many purchases by a card that is paid in full are due."""

from functools import lru_cache

import numpy as np

from backstop.domain import Adjustment, Facility
from backstop.projection.calendars import adjusted
from backstop.projection.columns import Ints
from backstop.projection.cycle import Cycle, cycle_of
from backstop.projection.spans import Span

KEPT = 20_000


def bill_days(span: Span, facility: Facility, bought: Ints) -> Ints:
    """The days on which the bills for purchases of those days are due."""
    statements, dues = _bills(span, cycle_of(facility), facility.due_adjustment)
    found: Ints = dues[np.searchsorted(statements, bought, side="right")]
    return found


@lru_cache(KEPT)
def _bills(span: Span, cycle: Cycle, adjustment: Adjustment) -> tuple[Ints, Ints]:
    """Offsets of the statements that purchases in the span fall on, and of their due days."""
    first = cycle.number(span.as_of)
    numbers = range(first, first + span.horizon_days // 28 + 3)
    dues = (adjusted(cycle.due(each), adjustment, span.calendar) for each in numbers)
    statements = np.array([span.offset(cycle.statement(each)) for each in numbers])
    return statements, np.maximum([span.offset(each) for each in dues], statements)
