"""Every mode but the limit cut, for all contingencies and elements at once."""

from collections.abc import Iterator, Sequence
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
from backstop.contingency.late import Known
from backstop.contingency.running import run_up
from backstop.contingency.ways import NEVER, Way
from backstop.domain import LossMode
from backstop.projection import FlowTable, Ints, Projection, Side

_NUMBER = {mode: number for number, mode in enumerate(LossMode)}


@dataclass(frozen=True)
class _Touched:
    """Each flow that hangs on an element of a case: its `row`, and `which` way that element goes.
    The other columns are of ways."""

    flows: FlowTable
    row: Ints
    which: Ints
    case: Ints
    first: Ints
    until: Ints
    due: Ints
    percent: Ints
    late: Ints
    mode: Ints

    def each(self, column: Ints) -> Ints:
        """A column of ways, for each flow."""
        return column[self.which]

    def goes_by(self, mode: LossMode) -> Flags | None:
        """Which rows go in this mode; None where no way does."""
        ways: Flags = self.mode == _NUMBER[mode]
        return ways[self.which] if ways.any() else None


def window_changes(projection: Projection, ways: list[tuple[int, Way]]) -> Changes:
    """What vanishes and appears in each case (contingency) by these ways, none of them a cut.

    A window takes what begins in it: draws with their instalments, purchases (which fall back on
    cash), receipts. A call takes what is due after it, of what began before.
    """
    flows = projection.flows
    touched = _touched(flows, ways)
    row, began = touched.row, flows.began[touched.row]
    bought = flows.falls_back[flows.series[row]]
    since = began >= touched.each(touched.first)
    inside = since & (began < touched.each(touched.until))
    inside &= ~_expected(touched, [way for _, way in ways])
    blocked = touched.goes_by(LossMode.PURCHASES_BLOCKED)
    if blocked is not None:
        inside &= bought | ~blocked
    parts, gone = [_in_cash(touched, inside & bought)], inside
    called = touched.goes_by(LossMode.CALL)
    if called is not None:
        called &= ~since & (flows.day[row] > touched.each(touched.due))
        parts.append(_called(projection, touched, called))
        gone = inside | called
    parts += _receipts(touched, inside)
    return Changes(touched.case[touched.which[gone]], row[gone], stacked(parts))


def _touched(flows: FlowTable, ways: list[tuple[int, Way]]) -> _Touched:
    hanging = [flows.with_own_bills(way.element) for _, way in ways]
    series = np.fromiter(chain.from_iterable(hanging), dtype=np.int64)
    row, owner = ranges(flows.bounds[series], flows.bounds[series + 1])
    which = np.repeat(np.arange(len(ways)), [len(each) for each in hanging])[owner]
    figures = columns([(case, *_figures(way)) for case, way in ways], 7)
    return _Touched(flows, row, which, *figures)


def _figures(way: Way) -> tuple[int, ...]:
    _, mode, first, until, due, percent, late_days, *_ = way
    return first, until, due, percent, late_days, _NUMBER[mode]


def _expected(touched: _Touched, ways: Sequence[Way]) -> Flags:
    """Which rows are receipts that were late before."""
    flows, found = touched.flows, np.zeros(len(touched.row), dtype=np.bool_)
    for number, way in enumerate(ways):
        known = Known(way.expected)
        for place in np.flatnonzero(touched.which == number) if way.expected else ():
            row = int(touched.row[place])
            record = flows.descriptions[flows.series[row]].record
            found[place] = known.has(record, int(flows.day[row]), int(flows.amount[row]))
    return found


def _in_cash(touched: _Touched, who: Flags) -> Appearing:
    """Purchases that the line does not pay are due in cash on their own day."""
    flows, row = touched.flows, touched.row[who]
    return _appear(
        touched, who, Instead.IN_CASH, Side.PAYMENT, flows.began[row], flows.principal[row]
    )


def _called(projection: Projection, touched: _Touched, who: Flags) -> Appearing:
    """Principal still owed, and the interest of the period under way up to that day."""
    row, due = touched.row[who], touched.due[touched.which[who]]
    owed = touched.flows.principal[row]
    amount = owed + run_up(projection, row, due)
    return _appear(touched, who, Instead.SAME_KIND, Side.PAYMENT, due, amount, owed)


def _receipts(touched: _Touched, inside: Flags) -> Iterator[Appearing]:
    """Receipts that come back after a freeze, come late, or come in part; and payments that stop
    with them."""
    flows, same = touched.flows, Instead.SAME_KIND
    frozen = touched.goes_by(LossMode.ACCOUNT_FROZEN)
    if frozen is not None:
        back = np.flatnonzero(inside & frozen & (touched.each(touched.until) < NEVER))
        thaw, amount = touched.until[touched.which[back]], flows.amount[touched.row[back]]
        yield _appear(touched, back, Instead.GIVEN_BACK, Side.FUNDING, thaw, amount)
    late = touched.goes_by(LossMode.RECEIPTS_LATE)
    if late is not None:
        who = np.flatnonzero(inside & late)
        row = touched.row[who]
        day = flows.day[row] + touched.late[touched.which[who]]
        yield _appear(touched, who, same, Side.RECEIPT, day, flows.amount[row])
    less = touched.goes_by(LossMode.RECEIPTS_CUT)
    if less is not None:
        who = np.flatnonzero(inside & less)
        row, percent = touched.row[who], touched.percent[touched.which[who]]
        rest = flows.amount[row] - (flows.amount[row] * percent + 50) // 100
        yield _appear(touched, who, same, flows.side[row], flows.day[row], rest)


def _appear(
    touched: _Touched,
    who: Flags | Ints,
    why: Instead,
    side: Side | Ints,
    day: Ints,
    amount: Ints,
    principal: Ints | None = None,
) -> Appearing:
    row = touched.row[who]
    size = len(row)
    return Appearing(
        case=touched.case[touched.which[who]],
        series=touched.flows.series[row],
        like=row,
        why=np.full(size, why, dtype=np.int64),
        side=np.broadcast_to(np.asarray(side, dtype=np.int64), (size,)),
        day=day,
        amount=amount,
        principal=np.zeros(size, dtype=np.int64) if principal is None else principal,
        began=touched.flows.began[row],
    )
