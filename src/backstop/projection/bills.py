"""The running bill of a card: all that was bought by it and is owed, paid bill by bill.

A statement asks for all that is owed on its day: what was bought since the one before, and what is
left of earlier bills. Minimum, floor, fee and interest are worked out, and rounded, for that whole
bill, and then shared over the purchases in it by what is left of each.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import lcm
from typing import NamedTuple

from backstop.domain import MinimumBase, Priced
from backstop.projection.amortisation import Price, half_up, rounded

_UNIT = lcm(100, 36500, 36000) * 10**8
"""One whole, in parts that the units of all prices divide."""


@dataclass(slots=True)
class Owed:
    """What is left of one purchase, or of one earlier bill (minor units).

    `number` is that of the statement whose bill asks for it next, on `due`. It was bought on
    `since`; once its first bill is past, it `bears` interest, which runs from `since`. `run` is
    what has run up before (in `_UNIT`ths); `parts` are instalments still to come, as (principal,
    fee), of a bill that was `whole`. It was `bought` on a day by which those of one bill are
    ordered.
    """

    who: int
    debt: int
    left: int
    price: Price
    number: int
    due: date
    since: date
    bears: bool = False
    run: int = 0
    parts: list[tuple[int, int]] | None = None
    whole: int = 0
    bought: date = date.min

    def run_up(self, day: date) -> int:
        """The interest that it bears, to that day, in `_UNIT`ths."""
        return self.run + self._runs(day) if self.bears else 0

    def lost(self, day: date) -> int:
        """What it would bear from the day of its purchase to that day."""
        return 0 if self.bears else self._runs(day)

    def reduce(self, day: date, paid: int) -> None:
        """So much of it is paid back between two bills: from that day on, the rest bears."""
        if self.bears:
            self.run += self._runs(day)
            self.since = max(self.since, day)
        self.left -= paid
        if self.parts:
            self.parts = _without_latest(self.parts, paid)

    def _runs(self, day: date) -> int:
        if day <= self.since or not self.left:
            return 0
        return self.left * self.price.share(self.since, day) * (_UNIT // self.price.unit)


class Paid(NamedTuple):
    """One purchase's share of a payment, in minor units, of `owed` that was left of it; no cash is
    needed for what a credit pays."""

    who: int
    debt: int
    due: date
    principal: int
    interest: int
    since: date
    owed: int
    in_cash: bool = True


class Rules(NamedTuple):
    """How the bills of a card are paid: by its terms; `due` says when the bill of a statement is
    due, by its number. With `from_purchase`, interest runs from the day of a purchase where its
    bill is not paid in full. The minimum is rounded to the nearest `step`."""

    terms: Priced
    due: Callable[[int], date]
    from_purchase: bool = False
    step: int = 1


class RunningBill:
    """What is owed on a card; events have to come in the order of their days."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.owed: list[Owed] = []
        self.credits: dict[int, int] = defaultdict(int)
        """What the lender owes (minor units), by the number of the first statement it lowers."""
        self.charges: dict[date, int] = defaultdict(int)
        """Interest and fees run up already, by the due day of the bill that asks for them."""

    @property
    def credit(self) -> int:
        """What the lender owes, in minor units."""
        return sum(self.credits.values())

    @property
    def left(self) -> int:
        """The principal owed."""
        return sum(each.left for each in self.owed)

    def next_due(self) -> date | None:
        """When something is to be paid next."""
        return min((each.due for each in self.owed), default=None)

    def buy(self, bought: Owed, day: date) -> list[Paid]:
        """A purchase, or a debt that is there from the start; a credit pays of it what it can."""
        self.owed.append(bought)
        return [] if bought.bears else self._use_credit([bought], day)

    def refund(self, amount: int, number: int, day: date) -> list[Paid]:
        """Money that comes back: it lowers the bill of the statement of that number, what is left
        of it those after that."""
        self.credits[number] += amount
        unbilled = (each for each in self.owed if each.number >= number and not each.bears)
        return self._use_credit(unbilled, day)

    def pay(self, due: date) -> list[Paid]:
        """The bill of that due day is paid by its rules."""
        billed = sorted((e for e in self.owed if e.due == due), key=lambda e: e.bought)
        if self.rules.terms.bill_instalments > 1:
            made = self._instalments(billed, due)
        else:
            made = self._use_credit(sorted(billed, key=lambda each: not each.bears), due)
            made += self._whole(billed, due)
        self._carry_over(billed, due)
        return made + self._use_credit((each for each in self.owed if not each.bears), due)

    def repay(self, amount: int, day: date) -> list[Paid]:
        """So much is paid before it is due: of what was bought last first."""
        made = []
        for each in sorted(self.owed, key=lambda owed: (owed.number, owed.since), reverse=True):
            paid = min(amount, each.left)
            if paid:
                made.append(Paid(each.who, each.debt, day, paid, 0, day, each.left))
                each.reduce(day, paid)
                amount -= paid
        return made

    def settle(self, day: date) -> list[Paid]:
        """All of it is paid that day: what is owed, interest to that day, and what has run up. The
        fee of the instalment under way is due; those of later ones are not."""
        made = self._use_credit(self.owed, day, whole=True)
        fees = sum(each.parts[0][1] for each in self.owed if each.parts)
        charges = fees + sum(self.charges.values()) + self._interest(self.owed, day)
        lefts = [each.left for each in self.owed]
        made += _paid(self.owed, day, lefts, shared(charges, lefts))
        self.owed.clear()
        return made

    def _whole(self, billed: list[Owed], due: date) -> list[Paid]:
        """All of a bill, or its minimum. Where that is less, the interest-free time is lost: what
        was bought bears interest from then on, due with the next bill."""
        lefts = [each.left for each in billed]
        balance = sum(lefts)
        interest = self._interest(billed, due) + self.charges.pop(due, 0)
        principal = balance
        if self.rules.terms.pays_minimum:
            principal = minimum_principal(balance, interest, self.rules.terms, self.rules.step)
        if principal < balance and self.rules.from_purchase:
            lost = sum(each.lost(due) for each in billed)
            self.charges[self.rules.due(billed[0].number + 1)] += half_up(lost, _UNIT)
        return _paid(billed, due, shared(principal, lefts), shared(interest, lefts))

    def _instalments(self, billed: list[Owed], due: date) -> list[Paid]:
        """The bill of this day becomes instalments, of which the first is due; and the next ones of
        earlier bills."""
        divide([each for each in billed if each.parts is None], self.rules.terms)
        parts = [each.parts.pop(0) if each.parts else (0, 0) for each in billed]
        return _paid(billed, due, [part for part, _ in parts], [fee for _, fee in parts])

    def _carry_over(self, billed: list[Owed], due: date) -> None:
        gone = set[int]()
        for each in billed:
            if not each.left and not each.parts:
                gone.add(id(each))
            each.bears, each.run, each.since = True, 0, max(due, each.since)
            each.number += 1
            each.due = self.rules.due(each.number)
        self.owed = [each for each in self.owed if id(each) not in gone]

    def _interest(self, billed: Iterable[Owed], day: date) -> int:
        """That of the whole bill, rounded once."""
        if self.rules.terms.bill_instalments > 1:
            return 0
        return half_up(sum(each.run_up(day) for each in billed), _UNIT)

    def _use_credit(self, owed: Iterable[Owed], day: date, *, whole: bool = False) -> list[Paid]:
        """What a credit pays of these: none of a bill that was sent before it, save where the
        `whole` is paid; and of a later one only what no earlier one will ask for."""
        made = []
        for each in owed if self.credits else ():
            since = each.number if self._is_awaited(each.number) else 0
            usable = [n for n in sorted(self.credits) if whole or since <= n <= each.number]
            paid = min(sum(self.credits[n] for n in usable), each.left)
            if paid:
                made.append(Paid(each.who, each.debt, day, paid, 0, day, each.left, in_cash=False))
                each.reduce(day, paid)
                self._spend(usable, paid)
        return made

    def _is_awaited(self, number: int) -> bool:
        """Whether bills before that of this number will ask for what minimum payments leave."""
        terms = self.rules.terms
        rolls = terms.pays_minimum and terms.bill_instalments == 1
        return rolls and any(each.left and each.number < number for each in self.owed)

    def _spend(self, numbers: Iterable[int], amount: int) -> None:
        for number in numbers:
            used = min(self.credits[number], amount)
            self.credits[number] -= used
            amount -= used


def minimum_principal(balance: int, interest: int, terms: Priced, step: int = 1) -> int:
    """What the minimum payment pays back of a bill.

    It is a percentage of its base, to the nearest `step`, at least the floor and the interest;
    interest that is due on top of the percentage pays nothing back. A bill so small that its share
    comes to nothing is paid at once.
    """
    with_interest = terms.minimum_base is MinimumBase.BALANCE_AND_INTEREST
    base = balance + interest * with_interest
    share = step * rounded(base * terms.minimum_percent / Decimal(100 * step))
    if not share:
        return balance
    on_top = interest * (terms.minimum_base is MinimumBase.INTEREST_ON_TOP)
    return min(balance, max(share + on_top, terms.minimum_floor, interest) - interest)


def shared(total: int, weights: Sequence[int]) -> list[int]:
    """`total` in whole units, shared by these weights; what rounding leaves goes to the largest
    remainders, of equal ones to the first."""
    whole = sum(weights)
    if not whole:
        return [total, *[0] * (len(weights) - 1)] if weights else []
    parts = [total * each // whole for each in weights]
    missing = total - sum(parts)
    if missing:
        order = sorted(range(len(weights)), key=lambda n: -(total * weights[n] % whole))
        for number in order[:missing]:
            parts[number] += 1
    return parts


def divide(bill: list[Owed], terms: Priced, whole: int = 0, paid: int = 0) -> None:
    """A whole bill into equal instalments, the last with what rounding leaves; its fee likewise.
    Of one that was `whole` (minor units), and of which some are `paid`, into the others."""
    left, count = whole or sum(each.left for each in bill), terms.bill_instalments
    fee = rounded(left * terms.instalment_fee_percent / Decimal(100))
    even, lefts = rounded(Decimal(left) / count), [each.left for each in bill]
    for each in bill:
        each.parts, each.whole = [], left
    for number in range(paid, count if left else 0):
        last = number == count - 1
        part = sum(lefts) if last else min(sum(lefts), even)
        of_fee = fee - fee // count * (count - 1) if last else fee // count
        fees, principals = shared(of_fee, lefts), shared(part, lefts)
        for each, one, cost in zip(bill, principals, fees, strict=True):
            assert each.parts is not None
            each.parts.append((one, cost))
        lefts = [mine - paid for mine, paid in zip(lefts, principals, strict=True)]


def _paid(
    billed: Sequence[Owed], day: date, principals: Sequence[int], interests: Sequence[int]
) -> list[Paid]:
    """Each one's share; it is taken off what is left."""
    made = []
    for each, principal, interest in zip(billed, principals, interests, strict=True):
        if principal or interest:
            since = min(each.since, day) if each.bears else day
            made.append(Paid(each.who, each.debt, day, principal, interest, since, each.left))
        each.left -= principal
    return made


def _without_latest(parts: list[tuple[int, int]], paid: int) -> list[tuple[int, int]]:
    """Instalments of which so much, the latest first, is paid already; their fees stay due."""
    kept = []
    for principal, fee in reversed(parts):
        less = min(paid, principal)
        kept.append((principal - less, fee))
        paid -= less
    return kept[::-1]
