"""Interest of the period under way when a balance is paid back before it is due."""

import numpy as np

from backstop.projection import Ints, Period, Projection


def run_up(projection: Projection, row: Ints, day: Ints) -> Ints:
    """Interest of those instalments (rows of the table) from the start of their period to `day`, in
    minor units, as their own price counts days; none in a period that has not begun."""
    flows = projection.flows
    interest = flows.amount[row] - flows.principal[row]
    found = np.zeros(len(row), dtype=np.int64)
    for each in np.flatnonzero((interest > 0) & (flows.since[row] < day)).tolist():
        number = int(row[each])
        price = flows.descriptions[flows.series[number]].price
        owed = int(flows.owed[number])
        period = Period(
            projection.date_of(flows.since[number]),
            projection.date_of(flows.day[number]),
            owed,
            int(interest[each]),
        )
        found[each] = price.interest_if_paid(period, owed, projection.date_of(day[each]))
    return found
