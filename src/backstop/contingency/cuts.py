"""A limit cut, one line at a time: draws and purchases as far as the new headroom reaches, and
what lies above the new limit paid back where the lender wants it.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from heapq import heapify, heappop, heappush

from backstop.contingency.bills import instead, refunds_under
from backstop.contingency.changes import Instead
from backstop.contingency.debts import NEW, Debt, Debts, Part, debts_of
from backstop.contingency.rebuilt import Rebuilt
from backstop.contingency.ways import Way
from backstop.domain import Facility, PlannedDraw
from backstop.projection import (
    Flow,
    Period,
    Price,
    Projection,
    Side,
    calendar_of,
    cash_schedule,
    limits_of,
)
from backstop.projection.amounts import rounded_share
from backstop.projection.cards import Card, Purchase, Refund, Running
from backstop.projection.flows import net_of_fee
from backstop.projection.schedules import paid_on


def cut_of(
    projection: Projection,
    way: Way,
    known: Debts,
    card: Card | None = None,
    refunds: Sequence[Way] = (),
) -> Rebuilt:
    """Walks through the days on which the line's debts change.

    Headroom for a day is the new limit less what was taken up by the evening before and is not
    repaid today: a rollover refinances the debt that matures on its day, as far as the new limit
    reaches. A draw is taken in part, in the lender's steps; a purchase wholly or not at all.
    Principal paid back early comes off the latest instalments, and bears no interest from that day
    on. Of a `card` whose bills are reckoned whole it comes off its running bill first.
    """
    facility = projection.book.by_id[way.element]
    assert isinstance(facility, Facility)
    if facility.id not in known:
        known[facility.id] = tuple(debts_of(projection, facility))
    bills = None if card is None else _Bills(card, refunds_under(card, refunds))
    walk = _Walk(projection, facility, way, known[facility.id], bills)
    for day in walk.days():
        walk.through(day)
    if bills is not None:
        walk.cut.join(bills.instead(projection))
    return walk.cut


class _Bills:
    """The running bill of a card as it is under the cut: what it still pays."""

    def __init__(self, card: Card, refunds: Sequence[Refund]) -> None:
        self.card, self.running = card, Running(card)
        self.lost: list[Purchase] = []
        self.refunds: dict[int, list[Refund]] = defaultdict(list)
        self.purchases: dict[int, list[Purchase]] = defaultdict(list)
        for refund in refunds:
            self.refunds[refund.day].append(refund)
        for purchase in card.purchases:
            self.purchases[purchase.day].append(purchase)

    def days(self) -> set[int]:
        """Those on which something happens, as far as they are known beforehand."""
        return {*self.refunds, *self.purchases}

    def morning(self, day: int) -> list[int]:
        """The principal that is paid or comes back that day, share by share."""
        before = len(self.running.shares)
        self.running.pay_until(day)
        for each in self.refunds.get(day, ()):
            self.running.come(each)
        return self.principal_since(before)

    def buy(self, purchase: Purchase) -> list[int]:
        """A purchase by the card: what a credit pays of it at once."""
        before = len(self.running.shares)
        self.running.come(purchase)
        return self.principal_since(before)

    def principal_since(self, before: int) -> list[int]:
        """Of each share that was listed since then."""
        return [each.flow.principal for each in self.running.shares[before:]]

    def instead(self, projection: Projection) -> Rebuilt:
        """What all that makes of the flows."""
        self.running.finish()
        return instead(projection, self.card, self.running.shares, self.lost)


class _Walk:
    """State of one line under its cut: what is taken up, and the parts still to be paid."""

    def __init__(
        self,
        projection: Projection,
        facility: Facility,
        way: Way,
        debts: tuple[Debt, ...],
        bills: _Bills | None,
    ) -> None:
        self.projection, self.facility, self.way = projection, facility, way
        limits = limits_of(projection, facility)
        self.limits = limits - rounded_share(limits, way.percent)
        self.bills, self.cut = bills, Rebuilt()
        self.coming: dict[int, list[Debt]] = defaultdict(list)
        self.due: dict[int, list[Debt]] = defaultdict(list)
        self.open: list[Debt] = []
        self.ahead = [way.due, way.first]
        for debt in map(replace, debts):  # copies: their parts are paid off, never changed
            if debt.began < 0:
                self._opened(debt)
            else:
                self.coming[debt.began].append(debt)
                self.ahead.append(debt.began)
        self.ahead += bills.days() if bills else ()
        heapify(self.ahead)
        self._ask_for_next_bill()
        self.used = facility.balance + facility.blocked
        if bills:  # what a credit has paid at once takes no room
            self.used -= sum(self._freed(each, 0) for each in bills.principal_since(0))

    def days(self) -> Iterator[int]:
        """Days on which something happens, in order; each is asked for after the one before."""
        done = -1
        while self.ahead and self.ahead[0] < self.projection.days:
            day = heappop(self.ahead)
            if day > done:
                done = day
                yield day

    def through(self, day: int) -> None:
        """What happens on that day: repayments, draws and purchases, then what lies above the
        limit."""
        if self.way.renewed and day == self.way.first:
            self.used = self._owed()
        if self.bills:
            self.used -= sum(self._freed(each, day) for each in self.bills.morning(day))
        repaid = [self._freed(debt.due_on(day), day) for debt in self.due.get(day, ())]
        room = int(self.limits[day]) - self.used + sum(repaid)
        for debt in self.coming.pop(day, ()):
            taken = debt.amount
            if self._is_limited(day) and taken > room:
                taken = self._less(debt, max(room, 0))
            if taken:
                self._opened(debt)
            room, self.used = room - taken, self.used + taken
        if self.bills:
            self._buy(self.bills, day, room)
        for debt in self.due.pop(day, ()):
            self.used -= self._freed(debt.due_on(day), day)
            debt.parts = [part for part in debt.parts if part.day != day]
        if day == self.way.due:
            self._repay_excess(day)
        self._ask_for_next_bill()

    def _is_limited(self, day: int) -> bool:
        return self.way.first <= day < self.way.until

    def _buy(self, bills: _Bills, day: int, room: int) -> None:
        """Purchases by a card whose bills are reckoned whole: each wholly, or in cash."""
        for each in bills.purchases.get(day, ()):
            if self._is_limited(day) and each.amount > room:
                bills.lost.append(each)
                continue
            taken = each.amount - sum(self._freed(paid, day) for paid in bills.buy(each))
            room, self.used = room - taken, self.used + taken

    def _ask_for_next_bill(self) -> None:
        """Its day is known once the one before is paid."""
        day = self.bills.running.next_day() if self.bills else None
        if day is not None:
            heappush(self.ahead, day)

    def _opened(self, debt: Debt) -> None:
        self.open.append(debt)
        for day in {part.day for part in debt.parts}:
            self.due[day].append(debt)
            heappush(self.ahead, day)

    def _freed(self, principal: int, day: int) -> int:
        """The room that a repayment gives: all of it where a new contract begins that day."""
        if self.way.renewed and day == self.way.first:
            return principal
        share = self.facility.repaid_share_percent if self.facility.revolving else 0
        return principal * share // 100

    def _owed(self) -> int:
        billed = self.bills.running.bill.left if self.bills else 0
        return billed + sum(part.principal for debt in self.open for part in debt.parts)

    def _less(self, debt: Debt, room: int) -> int:
        """A draw or purchase that there is no room for: what is left of it."""
        self.cut.gone += [part.row for part in debt.parts]
        if debt.bought:
            for part in debt.parts:
                self._add(
                    part.row, Side.PAYMENT, debt, debt.began, (part.principal, 0), in_cash=True
                )
            return 0
        self.cut.gone.append(debt.received)
        amount = room - room % self.facility.draw_step
        if amount < max(self.facility.minimum_draw, 1):
            return 0
        self._draw(debt, amount)
        return amount

    def _draw(self, debt: Debt, amount: int) -> None:
        """The smaller draw, with a schedule of its own."""
        flows, book = self.projection.flows, self.projection.book
        record = book.by_id[flows.descriptions[flows.series[debt.received]].record]
        assert isinstance(record, PlannedDraw)
        net = net_of_fee(self.facility, amount)
        self._add(debt.received, Side.FUNDING, debt, debt.began, (net, amount))
        drawn, like = book.as_of + timedelta(days=debt.began), debt.parts[0].like
        calendar = calendar_of(book)
        debt.parts = [
            Part(
                day=self.projection.day_of(paid_on(self.facility, each, calendar, drawn)),
                principal=each.principal,
                interest=each.interest,
                since=self.projection.day_of(each.since),
                until=self.projection.day_of(each.due),
                row=NEW,
                like=like,
            )
            for each in cash_schedule(self.facility, amount, drawn, record.periods)
        ]
        for part in debt.parts:
            paid = part.principal + part.interest, part.principal
            self._add(like, Side.PAYMENT, debt, part.day, paid)

    def _repay_excess(self, day: int) -> None:
        """Principal above the limit is paid now, and taken off the latest instalments.

        No draw under the cut can be among them: there was room for it, so nothing lay above.
        """
        latest = sorted(
            (
                (part.day, debt_no, part_no)
                for debt_no, debt in enumerate(self.open)
                for part_no, part in enumerate(debt.parts)
            ),
            reverse=True,
        )
        excess = self._owed() - int(self.limits[day])
        if self.bills and excess > 0:
            excess -= self._repay_bills(self.bills, excess, day)
        early: dict[int, dict[int, int]] = defaultdict(dict)
        for _, debt_no, part_no in latest:
            paid = min(excess, self.open[debt_no].parts[part_no].principal)
            if paid > 0:
                early[debt_no][part_no] = paid
                excess -= paid
        for debt_no, paid_parts in early.items():
            self._prepaid(self.open[debt_no], paid_parts, day)

    def _repay_bills(self, bills: _Bills, excess: int, day: int) -> int:
        before = len(bills.running.shares)
        bills.running.repay(excess, day)
        paid = bills.principal_since(before)
        self.used -= sum(self._freed(each, day) for each in paid)
        return sum(paid)

    def _prepaid(self, debt: Debt, paid: dict[int, int], day: int) -> None:
        total, left = sum(paid.values()), sum(part.principal for part in debt.parts)
        self._add(debt.parts[0].like, Side.PAYMENT, debt, day, (total, total))
        self.used -= self._freed(total, day)
        after = []
        for number, part in enumerate(debt.parts):
            interest = self._interest_after(part, left, total, day)
            left -= part.principal
            new = replace(part, principal=part.principal - paid.get(number, 0), interest=interest)
            if new != part:
                self.cut.gone.append(part.row)
                sums = new.principal + new.interest, new.principal
                self._add(part.like, Side.PAYMENT, debt, part.day, sums)
            after.append(new)
        debt.parts = after

    def _interest_after(self, part: Part, owed: int, paid: int, day: int) -> int:
        flows, date_of = self.projection.flows, self.projection.date_of
        price: Price = flows.descriptions[flows.series[part.like]].price
        period = Period(date_of(part.since), date_of(part.until), owed, part.interest)
        return price.interest_if_paid(period, paid, date_of(day))

    def _add(
        self,
        like: int,
        side: Side,
        debt: Debt,
        day: int,
        sums: tuple[int, int],
        *,
        in_cash: bool = False,
    ) -> None:
        """A flow that appears: `sums` are its amount and the principal in it."""
        why = Instead.IN_CASH if in_cash else Instead.SAME_KIND
        if sums[0]:
            amount, principal = sums
            new = Flow(day, amount, debt.began, principal)
            self.cut.add(self.projection.flows, like, why, side, new)
