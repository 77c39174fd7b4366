"""Every mode but the limit cut, for all contingencies and elements at once."""

from dataclasses import dataclass
from itertools import chain

import numpy as np

from backstop.contingency.changes import (
    Appearing,
    Changes,
    Flags,
    Instead,
    columns,
    ranges,
    stacked,
)
from backstop.contingency.running import run_up
from backstop.contingency.ways import NEVER, Way
from backstop.domain import LossMode
from backstop.projection import FlowTable, Ints, Projection, Side

_NUMBER = {mode: number for number, mode in enumerate(LossMode)}
_WIDTH = 6


@dataclass(frozen=True)
class _Touched:
    """Each flow that hangs on an element of a case, with the way in which that element goes."""

    flows: FlowTable
    case: Ints
    row: Ints
    first: Ints
    until: Ints
    due: Ints
    percent: Ints
    late: Ints
    mode: Ints

    def goes_by(self, mode: LossMode) -> Flags:
        """Which rows go in this mode."""
        goes: Flags = self.mode == _NUMBER[mode]
        return goes


def window_changes(projection: Projection, ways: list[tuple[int, Way]]) -> Changes:
    """What vanishes and appears in each case (contingency) by these ways, none of them a cut.

    A window takes what begins in it: draws with their instalments, purchases (which fall back on
    cash), receipts. A call takes what is due after it, of what began before.
    """
    flows = projection.flows
    touched = _touched(flows, ways)
    row, began = touched.row, flows.began[touched.row]
    bought = flows.falls_back[flows.series[row]]
    inside = (began >= touched.first) & (began < touched.until)
    inside &= bought | ~touched.goes_by(LossMode.PURCHASES_BLOCKED)
    called = touched.goes_by(LossMode.CALL) & (began < touched.first)
    called &= flows.day[row] > touched.due
    gone = inside | called
    parts = [
        _in_cash(touched, inside & bought),
        _called(projection, touched, called),
        *_receipts(touched, inside),
    ]
    return Changes(touched.case[gone], row[gone], stacked(parts))


def _touched(flows: FlowTable, ways: list[tuple[int, Way]]) -> _Touched:
    hanging = [flows.with_own_bills(way.element) for _, way in ways]
    series = np.fromiter(chain.from_iterable(hanging), dtype=np.int64)
    row, owner = ranges(flows.bounds[series], flows.bounds[series + 1])
    which = np.repeat(np.arange(len(ways)), [len(each) for each in hanging])[owner]
    case, *figures = columns([(case, *_figures(way)) for case, way in ways], 1 + _WIDTH)
    return _Touched(flows, case[which], row, *(each[which] for each in figures))


def _figures(way: Way) -> tuple[int, ...]:
    _, mode, first, until, due, percent, late_days, _ = way
    return first, until, due, percent, late_days, _NUMBER[mode]


def _in_cash(touched: _Touched, who: Flags) -> Appearing:
    """Purchases that the line does not pay are due in cash on their own day."""
    flows, row = touched.flows, touched.row[who]
    return _appear(
        touched, who, Instead.IN_CASH, Side.PAYMENT, flows.began[row], flows.principal[row]
    )


def _called(projection: Projection, touched: _Touched, who: Flags) -> Appearing:
    """Principal still owed, and the interest of the period under way up to that day."""
    row, due = touched.row[who], touched.due[who]
    owed = touched.flows.principal[row]
    amount = owed + run_up(projection, row, due)
    return _appear(touched, who, Instead.SAME_KIND, Side.PAYMENT, due, amount, owed)


def _receipts(touched: _Touched, inside: Flags) -> list[Appearing]:
    """Receipts that come back after a freeze, come late, or come in part; and payments that stop
    with them."""
    flows = touched.flows
    day, amount = flows.day[touched.row], flows.amount[touched.row]
    back = inside & touched.goes_by(LossMode.ACCOUNT_FROZEN) & (touched.until < NEVER)
    late = inside & touched.goes_by(LossMode.RECEIPTS_LATE)
    less = inside & touched.goes_by(LossMode.RECEIPTS_CUT)
    rest = amount - (amount * touched.percent + 50) // 100
    same = Instead.SAME_KIND
    return [
        _appear(touched, back, Instead.GIVEN_BACK, Side.FUNDING, touched.until[back], amount[back]),
        _appear(touched, late, same, Side.RECEIPT, (day + touched.late)[late], amount[late]),
        _appear(touched, less, same, flows.side[touched.row[less]], day[less], rest[less]),
    ]


def _appear(
    touched: _Touched,
    who: Flags,
    why: Instead,
    side: Side | Ints,
    day: Ints,
    amount: Ints,
    principal: Ints | None = None,
) -> Appearing:
    row, size = touched.row[who], int(np.count_nonzero(who))
    return Appearing(
        case=touched.case[who],
        series=touched.flows.series[row],
        like=row,
        why=np.full(size, why, dtype=np.int64),
        side=np.broadcast_to(np.asarray(side, dtype=np.int64), (size,)),
        day=day,
        amount=amount,
        principal=np.zeros(size, dtype=np.int64) if principal is None else principal,
        began=touched.flows.began[row],
    )
