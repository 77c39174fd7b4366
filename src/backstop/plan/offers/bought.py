"""Purchases by a line that are still to be made: what leaving or moving one does to its bills."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from backstop.contingency import is_own_bill
from backstop.domain import Book, CashFlow, Facility
from backstop.plan.actions import Action
from backstop.plan.offers.claims import Claim, Key, payment_key, purchase_key
from backstop.plan.offers.lending import dated, instalments
from backstop.plan.offers.meaning import CashMoves
from backstop.plan.situation import Situation


@dataclass(frozen=True)
class Purchase:
    """One purchase of `amount` (minor units) on `day` (offset) by `line`, and its `bills`."""

    flow: CashFlow
    line: Facility
    day: int
    amount: int
    bills: CashMoves

    @property
    def claim(self) -> Claim:
        """It is left or moved by one step at most."""
        return Claim(purchase_key(self.flow.id, self.day), 1, counts=True)

    def spared(self, part: int, last: int) -> Iterator[tuple[Key, int]]:
        """What need not be paid, up to the last day (offset), where so much of it is not bought:
        the purchase itself where it has one bill, else each of its instalments."""
        if len(self.bills) == 1:
            yield purchase_key(self.flow.id, self.day), part
            return
        for day, cash in self.bills:
            if day <= last:
                yield payment_key(self.flow.id, day), cash * part // self.amount


def purchases_ahead(situation: Situation) -> list[Purchase]:
    """Those whose first bill falls due while there is need, by their day. Of a card whose bills
    are reckoned whole those alone whose bill hangs on no other."""
    flows, found = situation.under.flows, list[Purchase]()
    if not len(situation.need_days):
        return []
    for number, series in enumerate(flows.descriptions):
        line, flow = (situation.book.by_id.get(each) for each in (series.element, series.record))
        if not (series.falls_back and isinstance(line, Facility) and isinstance(flow, CashFlow)):
            continue
        rows = np.arange(flows.bounds[number], flows.bounds[number + 1])
        debts: dict[tuple[int, int], list[int]] = defaultdict(list)
        for row in rows[flows.began[rows] >= situation.start].tolist():
            if not is_own_bill(situation.under, row):
                continue
            debts[int(flows.began[row]), int(flows.debt[row])].append(row)
        for day, mine in _of_one_day(debts):
            bills = tuple((int(flows.day[row]), int(flows.amount[row])) for row in mine)
            amount = sum(int(flows.principal[row]) for row in mine)
            if len({on for on, _ in bills}) == 1:
                bills = ((bills[0][0], sum(cash for _, cash in bills)),)
            if bills[0][0] <= situation.last_need and amount:
                found.append(Purchase(flow, line, day, amount, bills))
    return sorted(found, key=lambda each: (each.day, each.flow.id))


def _of_one_day(debts: Mapping[tuple[int, int], list[int]]) -> Iterator[tuple[int, list[int]]]:
    """The rows of each purchase, by its day; those of one day that have one bill each together."""
    alike: dict[int, list[int]] = defaultdict(list)
    for (day, _), rows in debts.items():
        if len(rows) == 1:
            alike[day] += rows
        else:
            yield day, rows
    yield from alike.items()


def line_through(book: Book, action: Action) -> Facility | None:
    """The line by which what the action leaves or moves would have been bought; None: in cash."""
    line = book.by_id.get(action.payment)
    return line if isinstance(line, Facility) else None


def bills_of(book: Book, line: Facility, day: int, amount: int) -> CashMoves:
    """What is to be paid for a purchase of that day (offset), and when."""
    if amount <= 0:
        return ()
    made = instalments(line, amount, book.as_of + timedelta(days=day), line.periods)
    return dated(book, line, made)


def spared_bills(book: Book, line: Facility, day: int, whole: int, part: int) -> CashMoves:
    """What is not billed where so much of a purchase of `whole` is not made."""
    before = bills_of(book, line, day, max(whole, part))
    after = bills_of(book, line, day, max(whole, part) - part)
    left = dict(after)
    return tuple((on, cash - left.get(on, 0)) for on, cash in before)
