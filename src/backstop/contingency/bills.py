"""Cards whose bills are reckoned whole, under a loss: what they no longer pay is due in cash, and
for what is left of their purchases new bills are made.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from backstop.contingency.changes import Instead
from backstop.contingency.late import Known
from backstop.contingency.rebuilt import Rebuilt
from backstop.contingency.ways import Way
from backstop.domain import LossMode
from backstop.projection import Flow, FlowTable, Projection, Side
from backstop.projection.amounts import rounded_share
from backstop.projection.cards import Card, Purchase, Refund, Share


def bills_under(
    projection: Projection, card: Card, way: Way | None, refunds: Sequence[Way]
) -> Rebuilt:
    """What becomes of a card that goes in this way (no cut), and of what comes back to it."""
    kept, lost = list[Purchase](), list[Purchase]()
    for each in card.purchases:
        (lost if way and way.first <= each.day < way.until else kept).append(each)
    called_on = way.due if way and way.mode is LossMode.CALL else None
    shares = card.bills(kept, refunds_under(card, refunds), called_on)
    return instead(projection, card, shares, lost)


def refunds_under(card: Card, ways: Iterable[Way]) -> list[Refund]:
    """What comes back to the card: later, or less of it."""
    ways = list(ways)
    going = {way.element: way for way in ways}
    known = Known(coming for way in ways for coming in way.expected)
    found = []
    for each in card.refunds:
        way = going.get(each.record)
        touched = way is not None and way.first <= each.day < way.until
        if way is None or not touched or known.has(each.record, each.day, each.amount):
            found.append(each)
        elif way.mode is LossMode.RECEIPTS_LATE:
            found.append(each._replace(day=each.day + way.late_days))
        else:
            rest = each.amount - rounded_share(each.amount, way.percent)
            found.append(each._replace(amount=rest))
    return sorted(found, key=lambda each: each.day)


def instead(
    projection: Projection, card: Card, shares: Iterable[Share], lost: Iterable[Purchase]
) -> Rebuilt:
    """These shares of bills instead of those of the projection, and purchases in cash."""
    flows, found = projection.flows, Rebuilt()
    numbers = _series(flows, card)
    rows = {who: range(flows.bounds[n], flows.bounds[n + 1]) for who, n in enumerate(numbers)}
    first = {
        (who, int(flows.debt[row])): row for who, mine in rows.items() for row in reversed(mine)
    }
    wanted: dict[tuple[int, ...], list[Share]] = defaultdict(list)
    for share in shares:
        if share.flow.amount or share.flow.principal:
            wanted[_what(share)].append(share)
    for who, mine in rows.items():
        for row in mine:
            columns = flows.debt, flows.day, flows.amount, flows.principal
            same = wanted.get((who, *(int(column[row]) for column in columns)))
            if same:
                same.pop()
            else:
                found.gone.append(row)
    for share in (each for several in wanted.values() for each in several):
        row = first[share.who, share.debt]
        found.add(flows, row, Instead.SAME_KIND, Side.PAYMENT, share.flow)
    for each in lost:
        row, new = first[each.who, each.debt], Flow(each.day, each.amount, each.day, 0)
        found.add(flows, row, Instead.IN_CASH, Side.PAYMENT, new)
    return found


def _what(share: Share) -> tuple[int, ...]:
    flow = share.flow
    return share.who, share.debt, flow.day, flow.amount, flow.principal


def _series(flows: FlowTable, card: Card) -> list[int]:
    """Which series of the table are those of the card, in its order."""
    numbers = flows.series_of.get(card.facility.id, ())
    return [number for number in numbers if flows.descriptions[number].whole]
