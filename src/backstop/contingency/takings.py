"""Draws repaid by a share of takings, under a loss: what is kept back of receipts that come later,
or less, and what is due when the line is called."""

from collections.abc import Iterator, Sequence

from backstop.contingency.changes import NO_ROW, Instead
from backstop.contingency.late import Known
from backstop.contingency.rebuilt import Rebuilt
from backstop.contingency.ways import NEVER, Way
from backstop.domain import LossMode
from backstop.projection import FlowTable, Projection, Side
from backstop.projection.amounts import rounded_share
from backstop.projection.takings import Receipt, Takings


def takings_under(
    projection: Projection, takings: Takings, way: Way | None, others: Sequence[Way]
) -> Rebuilt:
    """What becomes of the line's repayments where it goes in this way, and receipts in others.

    A draw that is not made is not repaid; what is called is due whole.
    """
    flows, found = projection.flows, Rebuilt()
    receipts = list(_receipts_under(takings, others))
    called = way.due if way and way.mode is LossMode.CALL else None
    for number, advances in zip(_series(flows, takings), takings.advances, strict=True):
        found.gone += range(flows.bounds[number], flows.bounds[number + 1])
        for each in advances:
            if way and way.first <= each.began < way.until:
                continue
            for new in takings.repaid(each, receipts, called):
                due = new.amount > 0
                why = Instead.PAID if due else Instead.SAME_KIND
                side = Side.PAYMENT if due else Side.RECEIPT
                moved = new.day, new.amount, new.principal, new.began
                found.added.append((number, NO_ROW, int(why), int(side), *moved))
    return found


def _receipts_under(takings: Takings, ways: Sequence[Way]) -> Iterator[Receipt]:
    """What comes in: later, less, or when its account is free again."""
    going = {way.element: way for way in ways}
    known = Known(coming for way in ways for coming in way.expected)
    for each in takings.receipts:
        way = going.get(each.record) or going.get(each.through)
        touched = way is not None and way.first <= each.day < way.until
        if way is None or not touched or known.has(each.record, each.day, each.amount):
            yield each
        elif way.mode is LossMode.RECEIPTS_LATE:
            yield each._replace(day=each.day + way.late_days)
        elif way.mode is LossMode.RECEIPTS_CUT:
            yield each._replace(amount=each.amount - rounded_share(each.amount, way.percent))
        elif way.until < NEVER:
            yield each._replace(day=way.until)


def _series(flows: FlowTable, takings: Takings) -> list[int]:
    """Which series of the table are what repays the line, in its order."""
    numbers = flows.series_of.get(takings.facility.id, ())
    return [number for number in numbers if flows.descriptions[number].whole]
