"""A slow, plain reference for cards whose bills are reckoned whole: one day after the other.

Statements and due days are found by walking through the days. Nothing of it is shared with the
engine but the calendar.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from math import floor
from typing import Any

from backstop.domain import Book, Direction, Facility, MinimumBase, RepaymentMethod
from backstop.projection import calendar_of
from backstop.projection.calendars import adjusted

ONE_DAY = timedelta(days=1)


def is_whole(book: Book, card: Facility) -> bool:
    """Whether purchases by it share their bills."""
    if card.method is not RepaymentMethod.STATEMENT_CYCLE:
        return False
    back = any(f.through == card.id and f.direction is Direction.RECEIPT for f in book.cash_flows)
    return card.pays_minimum or card.bill_instalments > 1 or card.credit_balance > 0 or back


def half_up(amount: Fraction) -> int:
    return floor(amount + Fraction(1, 2))


def falls_on(day: date, wanted: int) -> bool:
    """Whether it is that day of the month, or the last one of a shorter month."""
    is_last = (day + ONE_DAY).day == 1
    return day.day == wanted or (is_last and day.day < wanted)


@cache
def next_such(after: date, wanted: int) -> date:
    day = after + ONE_DAY
    while not falls_on(day, wanted):
        day += ONE_DAY
    return day


def in_shares(total: int, of: list[int]) -> list[int]:
    """One unit after the other to whoever is furthest below what is due to them."""
    if not sum(of):
        return [total] + [0] * (len(of) - 1)
    exact = [Fraction(total * each, sum(of)) for each in of]
    given = [floor(each) for each in exact]
    for _ in range(total - sum(given)):
        behind = [e - g for e, g in zip(exact, given, strict=True)]
        given[behind.index(max(behind))] += 1
    return given


@dataclass
class Item:
    """A purchase, or an earlier bill."""

    left: int
    terms: Any
    statement: date
    due: date
    since: date
    running: bool = False
    so_far: Fraction = Fraction(0)
    parts: list[tuple[int, int]] | None = None
    bought: date = date.min

    def __post_init__(self) -> None:
        self.bought = self.since

    def interest(self, day: date) -> Fraction:
        if not self.running or day <= self.since:
            return self.so_far
        more: Fraction = self.terms.share(self.since, day)
        return self.so_far + self.left * more

    def paid(self, day: date, amount: int) -> None:
        if self.running:
            self.so_far, self.since = self.interest(day), max(day, self.since)
        self.left -= amount
        for number in range(len(self.parts or ()) - 1, -1, -1):
            assert self.parts is not None
            principal, fee = self.parts[number]
            less = min(principal, amount)
            self.parts[number] = (principal - less, fee)
            amount -= less


@dataclass
class NaiveCard:
    book: Book
    card: Facility
    terms_of: Any
    items: list[Item] = field(default_factory=list)
    credits: dict[date, int] = field(default_factory=dict)
    charges: dict[date, int] = field(default_factory=dict)
    paid_at_first: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.card.credit_balance:
            self.credits[self.statement_after(self.book.as_of)] = self.card.credit_balance
        for tranche in self.card.tranches:
            if self.takes_in(tranche):
                self.earlier_bill(tranche)
        for each in self.card.unbilled:
            statement = self.statement_after(min(each.day, self.book.as_of))
            item = self.item(each.amount, each.day, statement)
            self.items.append(item)
            if statement > self.book.as_of:
                self.paid_at_first += self.give_credit([item], self.book.as_of)

    def takes_in(self, tranche: Any) -> bool:
        cycle = tranche.method is RepaymentMethod.STATEMENT_CYCLE
        alone = tranche.cash_advance or tranche.imported or tranche.early_amount
        if not cycle or alone or tranche.bill_instalments != self.card.bill_instalments:
            return False
        if self.card.bill_instalments > 1:
            return bool(tranche.purchases and not tranche.original_principal)
        if tranche.pays_minimum != self.card.pays_minimum:
            return False
        return tranche.pays_minimum or bool(tranche.purchases and not tranche.interest_from)

    def earlier_bill(self, tranche: Any) -> None:
        statement = self.statement_of_bill(tranche.next_due)
        due = self.due_of(statement)
        if self.moved(due) != tranche.next_due:
            due = tranche.next_due
        listed = [(each.amount, min(each.day, due)) for each in tranche.purchases]
        for amount, bought in listed or [(tranche.principal, min(statement, due))]:
            item = Item(amount, self.terms_of(tranche), statement, due, bought)
            if tranche.interest_from:
                item.running, item.since = True, tranche.interest_from
                item.bought = item.bought if listed else item.since
            self.items.append(item)
            if statement > self.book.as_of and not item.running:
                self.paid_at_first += self.give_credit([item], self.book.as_of)
        if tranche.charges:
            self.charges[due] = self.charges.get(due, 0) + tranche.charges

    def statement_after(self, bought: date) -> date:
        assert self.card.statement_day is not None
        return next_such(bought, self.card.statement_day)

    def due_of(self, statement: date) -> date:
        if self.card.due_days_after is not None:
            return statement + timedelta(days=self.card.due_days_after)
        assert self.card.due_day is not None
        return next_such(statement, self.card.due_day)

    def statement_of_bill(self, due: date) -> date:
        """The one whose bill is due nearest to that day."""
        day, found = due - timedelta(days=140), []
        while day < due + timedelta(days=60):
            day = self.statement_after(day)
            found.append(day)
        return min(found, key=lambda each: abs((self.due_of(each) - due).days))

    def moved(self, due: date) -> date:
        """When banks are open, and never before the statement."""
        day = adjusted(due, self.card.due_adjustment, calendar_of(self.book))
        return day if day >= due else max(day, self.statement_of_bill(due))

    def item(self, amount: int, bought: date, statement: date) -> Item:
        return Item(amount, self.terms_of(self.card), statement, self.due_of(statement), bought)

    @property
    def left(self) -> int:
        return sum(each.left for each in self.items)

    def buy(self, amount: int, day: date) -> list[int]:
        item = self.item(amount, day, self.statement_after(day))
        self.items.append(item)
        return self.give_credit([item], day)

    def refund(self, amount: int, day: date) -> list[int]:
        coming = self.statement_after(day)
        self.credits[coming] = self.credits.get(coming, 0) + amount
        later = [each for each in self.items if each.statement >= coming and not each.running]
        return self.give_credit(later, day)

    def give_credit(self, items: list[Item], day: date, called: bool = False) -> list[int]:
        given = []
        rolls = self.card.pays_minimum and self.card.bill_instalments == 1
        for each in items:
            earlier = [e for e in self.items if e.left and e.statement < each.statement]
            since = each.statement if rolls and earlier else date.min
            whole = 0
            for statement in sorted(self.credits):
                part = min(self.credits[statement], each.left - whole)
                if called or since <= statement <= each.statement:
                    self.credits[statement] -= part
                    whole += part
            if whole:
                each.paid(day, whole)
                given.append(whole)
        return given

    def pay(self, day: date, first: bool) -> tuple[int, list[int]]:
        """What is paid in cash that day, and the principal that each share pays back."""
        cash, back = 0, list[int]()
        while True:
            dues = {each.due for each in self.items}
            today = [each for each in dues if self.moved(each) == day]
            today += [each for each in dues if first and self.moved(each) < day]
            if not today:
                return cash, back
            paid, shares = self.pay_bill(min(today))
            cash += paid
            back += shares

    def pay_bill(self, due: date) -> tuple[int, list[int]]:
        bill = sorted((e for e in self.items if e.due == due), key=lambda e: e.bought)
        following = self.due_of(self.statement_after(bill[0].statement))
        back = list[int]()
        if self.card.bill_instalments > 1:
            principals, interest = self.parts_of(bill)
        else:
            back += self.give_credit([each for each in bill if each.running], due)
            back += self.give_credit([each for each in bill if not each.running], due)
            interest = half_up(sum((each.interest(due) for each in bill), Fraction(0)))
            interest += self.charges.pop(due, 0)
            owed = [each.left for each in bill]
            whole = sum(owed)
            paying = self.minimum(whole, interest) if self.card.pays_minimum else whole
            if paying < whole and self.card.interest_from_purchase:
                fresh = [each for each in bill if not each.running and due > each.since]
                lost = [each.left * each.terms.share(each.since, due) for each in fresh]
                charge = half_up(sum(lost, Fraction(0)))
                self.charges[following] = self.charges.get(following, 0) + charge
            principals = in_shares(paying, owed)
        for each, principal in zip(bill, principals, strict=True):
            each.left -= principal
            each.running, each.so_far, each.since = True, Fraction(0), max(due, each.since)
            each.statement = self.statement_after(each.statement)
            each.due = self.due_of(each.statement)
        self.items = [e for e in self.items if e not in bill or e.left or e.parts]
        back += self.give_credit([each for each in self.items if not each.running], due)
        return sum(principals) + interest, back + principals

    def minimum(self, owed: int, interest: int) -> int:
        """The principal in the minimum payment of a whole bill."""
        base = owed
        if self.card.minimum_base is MinimumBase.BALANCE_AND_INTEREST:
            base += interest
        share = half_up(Fraction(self.card.minimum_percent) * base / 100)
        if share == 0:
            return owed
        if self.card.minimum_base is MinimumBase.INTEREST_ON_TOP:
            share += interest
        return min(owed, max(share, self.card.minimum_floor, interest) - interest)

    def parts_of(self, bill: list[Item]) -> tuple[list[int], int]:
        new = [each for each in bill if each.parts is None]
        count, owed = self.card.bill_instalments, [each.left for each in new]
        whole = sum(owed)
        fee = half_up(Fraction(self.card.instalment_fee_percent) * whole / 100)
        for each in new:
            each.parts = []
        for number in range(count if whole else 0):
            is_last = number == count - 1
            part = sum(owed) if is_last else min(sum(owed), half_up(Fraction(whole, count)))
            share = fee - fee // count * (count - 1) if is_last else fee // count
            fees, principals = in_shares(share, owed), in_shares(part, owed)
            for item, one, cost in zip(new, principals, fees, strict=True):
                assert item.parts is not None
                item.parts.append((one, cost))
            owed = [mine - one for mine, one in zip(owed, principals, strict=True)]
        due = [each.parts.pop(0) if each.parts else (0, 0) for each in bill]
        return [one for one, _ in due], sum(cost for _, cost in due)

    def settle(self, day: date) -> int:
        self.give_credit(self.items, day, called=True)
        total = sum(each.left for each in self.items) + sum(self.charges.values())
        if self.card.bill_instalments > 1:
            total += sum(each.parts[0][1] for each in self.items if each.parts)
        else:
            total += half_up(sum((each.interest(day) for each in self.items), Fraction(0)))
        self.items, self.charges = [], {}
        return total

    def repay(self, amount: int, day: date) -> list[int]:
        back = []
        order = sorted(self.items, key=lambda each: (each.statement, each.since), reverse=True)
        for each in order:
            part = min(amount, each.left)
            if part:
                each.paid(day, part)
                amount -= part
                back.append(part)
        return back
