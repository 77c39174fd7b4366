"""Interest of the period under way when a balance is paid back before it is due."""

from functools import cache

import numpy as np

from backstop.projection import Ints, Period, Projection


def run_up(projection: Projection, row: Ints, day: Ints) -> Ints:
    """Interest of those instalments (rows of the table) from the start of their period to `day`, in
    minor units, as their own price counts days; none in a period that has not begun, nor after the
    day on which it ends by its contract."""
    flows = projection.flows
    interest = flows.amount[row] - flows.principal[row]
    found = np.zeros(len(row), dtype=np.int64)
    under_way = np.flatnonzero((interest > 0) & (flows.since[row] < day))
    number = row[under_way]
    columns = flows.series, flows.since, flows.until, flows.owed
    terms = [column[number].tolist() for column in columns]
    date_of = cache(projection.date_of)
    running = zip(*terms, interest[under_way].tolist(), day[under_way].tolist(), strict=True)
    found[under_way] = [
        flows.descriptions[series].price.interest_if_paid(
            Period(date_of(since), date_of(due), owed, whole), owed, date_of(paid)
        )
        for series, since, due, owed, whole, paid in running
    ]
    return found
