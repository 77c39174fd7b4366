"""What a loss does to cash, exactly and without projecting again: one delta row for each element.

Every flow hangs on at most one element, so the rows of a group's members add up to the group's.
The one exception, money frozen in several accounts of a pool that holds less, is limited by the
pool and worked out for the contingency as a whole.
"""

from collections.abc import Sequence

import numpy as np

from backstop.contingency.elements import Contingency, pooled_accounts
from backstop.projection import Ints, Projection, Side


def low_under(projection: Projection, contingencies: Sequence[Contingency]) -> Ints:
    """Each day's lowest cash under each contingency.

    Shape (contingencies, days), minor units.
    """
    low = np.empty((len(contingencies), projection.days), dtype=np.int64)
    for loss_day in {each.loss_day for each in contingencies}:
        chosen = [i for i, each in enumerate(contingencies) if each.loss_day == loss_day]
        deltas = _delta_rows(projection, [contingencies[i] for i in chosen], loss_day)
        low[chosen] = projection.low + np.cumsum(deltas, axis=1)
    return low


def _delta_rows(projection: Projection, chosen: list[Contingency], loss_day: int) -> Ints:
    """Change of the day's lowest balance, day by day, for contingencies with one loss day."""
    elements = {target: row for row, target in enumerate(_targets(chosen))}
    rows = _element_rows(projection, elements, loss_day)
    member = np.zeros((len(chosen), len(elements)), dtype=np.int64)
    for number, contingency in enumerate(chosen):
        member[number, [elements[target] for target in contingency.targets]] = 1
    deltas: Ints = rows if _is_identity(member) else member @ rows
    if loss_day < projection.days:
        deltas[:, loss_day] -= [frozen_money(projection, each) for each in chosen]
    return deltas


def _targets(chosen: list[Contingency]) -> list[str]:
    return list(dict.fromkeys(target for each in chosen for target in each.targets))


def _is_identity(member: Ints) -> bool:
    return member.shape[0] == member.shape[1] and bool((member == np.eye(len(member))).all())


def _element_rows(projection: Projection, elements: dict[str, int], loss_day: int) -> Ints:
    """For each element, what its loss takes from and gives to cash on each day."""
    flows, days = projection.flows, projection.days
    row_of = np.array(
        [elements.get(each.element, -1) for each in flows.descriptions], dtype=np.int64
    )
    falls_back = np.array([each.falls_back for each in flows.descriptions], dtype=np.bool_)
    row = row_of[flows.series] if len(flows) else np.empty(0, dtype=np.int64)
    lost = (row >= 0) & (flows.began >= loss_day)
    total = np.zeros((len(elements), days), dtype=np.int64)

    sign = np.where(flows.side == Side.PAYMENT, 1, -1)
    late = (flows.side == Side.RECEIPT) & projection.payments_first
    day = flows.day + late  # a receipt missed today first shows in tomorrow's lowest balance
    gone = lost & (day < days)
    np.add.at(total, (row[gone], day[gone]), (sign * flows.amount)[gone])

    fallen = lost & falls_back[flows.series] & (flows.began < days) if len(flows) else lost
    np.subtract.at(total, (row[fallen], flows.began[fallen]), flows.principal[fallen])
    return total


def frozen_money(projection: Projection, contingency: Contingency) -> int:
    """Cash out of reach from the loss day on: what the lost accounts hold, as far as the pool does.

    The balances are those of the as-of date; what the projection has spent by the loss day is
    no longer there to be frozen.
    """
    held = sum(
        account.balance
        for account in pooled_accounts(projection.book)
        if account.id in contingency.targets and account.balance > 0
    )
    day = contingency.loss_day
    pool = (
        projection.opening if day == 0 else int(projection.closing[min(day, projection.days) - 1])
    )
    return min(held, max(pool, 0))
