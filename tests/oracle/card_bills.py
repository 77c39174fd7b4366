"""What a card with statements asks for, bill by bill: written from what its fields say, and without
the engine. Money is in minor units."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from backstop.domain import Facility, MinimumBase, Priced, RatePer, Tranche
from oracle.lenders import Move, adjusted, growth, half_up, month_on, share


@dataclass
class Bill:
    """What falls on one statement: purchases by their days, refunds, charges of before."""

    bought: list[tuple[date, int]] = field(default_factory=list)
    refunds: int = 0
    charges: int = 0

    @property
    def new(self) -> int:
        """What was bought."""
        return sum(amount for _, amount in self.bought)


def statement_of(line: Facility, day: date) -> date:
    """The statement on which a purchase of that day falls: the first after it."""
    wanted = line.statement_day or 31
    this = month_on(day, 0, wanted)
    return this if this > day else month_on(day, 1, wanted)


def due_of(line: Facility, statement: date) -> date:
    """The contract's due day of a statement."""
    if line.due_days_after is not None:
        return statement + timedelta(line.due_days_after)
    wanted = line.due_day or 31
    this = month_on(statement, 0, wanted)
    return this if this > statement else month_on(statement, 1, wanted)


def card_moves(
    line: Facility,
    purchases: Iterable[tuple[date, int]],
    refunds: Iterable[tuple[date, int]],
    as_of: date,
    closed: Callable[[date], bool],
) -> Iterator[Move]:
    """All that the bills of a line take from cash."""
    bills: dict[date, Bill] = defaultdict(Bill)
    for day, amount in (*purchases, *((b.day, b.amount) for b in line.unbilled)):
        bills[statement_of(line, day)].bought.append((day, amount))
    for day, amount in refunds:
        bills[statement_of(line, day)].refunds += amount
    for owed in line.tranches:
        sent = _sent_before(line, owed.next_due)
        bill = bills[sent]
        known = [(each.day, each.amount) for each in owed.purchases]
        bill.bought += known or [(sent, owed.principal)]
        bill.charges += owed.charges
    if not bills:
        return
    if line.credit_balance:  # it lowers bills that are still to be sent
        bills[statement_of(line, as_of)].refunds += line.credit_balance
    way = _minimum if line.pays_minimum and line.bill_instalments == 1 else _whole
    for due, amount in way(line, bills):
        yield adjusted(due, line.due_adjustment, closed), -amount


def later_due(line: Facility, statement: date, months: int) -> date:
    """The due day of a later statement."""
    return due_of(line, month_on(statement, months, line.statement_day or 31))


def _sent_before(line: Facility, due: date) -> date:
    """The statement that is due then."""
    months = (month_on(due, -back, line.statement_day or 31) for back in range(5))
    return next(each for each in months if due_of(line, each) == due)


def _whole(line: Facility, bills: dict[date, Bill]) -> Iterator[Move]:
    """Each bill, less what the lender owes, at once or in instalments."""
    credit = 0
    for statement, bill in sorted(bills.items()):
        total = bill.new - bill.refunds - credit
        credit = max(0, -total)
        yield due_of(line, statement), bill.charges
        if total > 0:
            yield from _instalments(line, total, statement)


def _instalments(line: Facility, total: int, statement: date) -> Iterator[Move]:
    parts = line.bill_instalments
    fee = share(total, line.instalment_fee_percent) if parts > 1 else 0
    part, left = half_up(Fraction(total, parts)), total
    for number in range(parts):
        last = number == parts - 1
        own = left if last else min(part, left)
        of_fee = fee - fee // parts * (parts - 1) if last else fee // parts
        left -= own
        yield later_due(line, statement, number), own + of_fee


def _minimum(line: Facility, bills: dict[date, Bill]) -> Iterator[Move]:
    """Of each bill the minimum; the rest bears interest from one due day to the next."""
    owed, since, waiting, credit = 0, date.min, Fraction(0), 0
    first, last = min(bills), max(bills)
    for number in range(12 * (last.year - first.year + 12)):
        statement = month_on(first, number, line.statement_day or 31)
        due, bill = due_of(line, statement), bills.get(statement, Bill())
        interest = half_up(owed * growth(line, since, due) if owed else Fraction(0))
        interest += half_up(waiting) + bill.charges
        balance = owed + bill.new - bill.refunds - credit
        spare = bill.refunds + credit
        credit, balance = max(0, -balance), max(0, balance)
        paid = minimum_of(line, balance, interest)
        yield due, paid
        waiting = Fraction(0)
        if line.interest_from_purchase and paid < balance + interest:
            waiting = _lost(line, bill, due, spare)
        owed, since = balance + interest - paid, due


def _lost(line: Facility, bill: Bill, due: date, left: int) -> Fraction:
    """Interest of what was bought, each from its own day, save the first of it, `left` in all, that
    a credit has paid."""
    left, total = max(0, left), Fraction(0)
    for day, amount in sorted(bill.bought):
        kept = max(0, amount - left)
        left -= amount - kept
        total += kept * growth(line, day, due)
    return total


def minimum_of(terms: Priced, balance: int, interest: int) -> int:
    """The minimum payment of a bill: never less than its interest, and all of a tiny one."""
    percent = Fraction(str(terms.minimum_percent)) / 100
    with_interest = terms.minimum_base is MinimumBase.BALANCE_AND_INTEREST
    part = half_up((balance + with_interest * interest) * percent)
    if not part:
        return balance + interest
    on_top = interest if terms.minimum_base is MinimumBase.INTEREST_ON_TOP else 0
    return min(balance + interest, max(part + on_top, terms.minimum_floor, interest))


def advance_rows(line: Facility, day: date, amount: int) -> Iterator[Move]:
    """Cash drawn on a card: due whole with its bill, with interest from the day on, and a fee."""
    due = due_of(line, statement_of(line, day))
    priced = line.changed(rate_percent=line.cash_advance_rate_percent, rate_changes=())
    fee = share(amount, line.cash_advance_fee_percent)
    yield due, -(amount + fee + half_up(amount * growth(priced, day, due)) + _flat(priced, amount))


def _flat(terms: Priced, amount: int) -> int:
    return share(amount, terms.rate_percent) if terms.rate_per is RatePer.PRINCIPAL else 0


def advance_owed(owed: Tranche) -> Iterator[Move]:
    """Cash drawn before: due whole."""
    start = owed.interest_from or owed.next_due
    interest = half_up(owed.principal * growth(owed, start, owed.next_due))
    yield owed.next_due, -(owed.principal + interest + owed.charges)
