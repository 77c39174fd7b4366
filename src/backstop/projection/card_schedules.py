"""Bills of a card that are not paid in full, each alone: one purchase, or one earlier bill.

They stand for what a single decision costs; in a book all purchases of a card share its bills.
"""

from collections.abc import Iterable
from datetime import date

from backstop.domain import Facility, Priced, Tranche
from backstop.domain.validation import LAST_DAY
from backstop.projection.amortisation import Instalment, price_of
from backstop.projection.bills import Owed, Paid, Rules, RunningBill
from backstop.projection.cycle import cycle_of
from backstop.projection.recurrence import add_months, clipped


def purchase_schedule(card: Facility, amount: int, bought: date) -> list[Instalment]:
    """What one purchase obliges the owner to pay, bill by bill."""
    cycle = cycle_of(card)
    number = cycle.number(bought)
    owed = Owed(0, 0, amount, price_of(card), number, cycle.due(number), bought)
    made, left = _paid_off([owed], Rules(card, cycle.due, card.interest_from_purchase))
    return _with_rest(made, left)


def minimum_payments(
    balance: int, terms: Priced, first: date, start: date, step: int = 1
) -> list[Instalment]:
    """A bill of which only the minimum is paid each month, from `first` on, interest from `start`.

    The minimum is a percentage of its base, to the nearest `step`, at least the floor and the
    interest. The payments run to their end; if that is beyond all days that can be reckoned with,
    what is then left is listed with the last of them.
    """
    owed = Owed(0, 0, balance, price_of(terms), 0, first, start, bears=True)
    return _with_rest(*_minimum_payments([owed], terms, first, step=step))


def left_after_minimum(balance: int, terms: Priced, day: date) -> int:
    """What of a bill due that day is still owed after all minimum payments that can be reckoned
    with; 0 where they pay it off."""
    owed = Owed(0, 0, balance, price_of(terms), 0, day, day, bears=True)
    return _minimum_payments([owed], terms, day)[1]


def minimum_of_bill(bill: Tranche) -> list[Instalment]:
    """An earlier bill of which only the minimum is paid: interest runs from `interest_from`, or
    from the purchases on it, or else from its due day."""
    price, first = price_of(bill), bill.next_due
    since, bears = bill.interest_from or first, True
    owed = [Owed(0, 0, bill.principal, price, 0, first, since, bears)]
    if bill.purchases and bill.interest_from is None:
        bought = enumerate(bill.purchases)
        owed = [Owed(0, n, each.amount, price, 0, first, each.day) for n, each in bought]
    made, left = _minimum_payments(owed, bill, first, from_purchase=bool(bill.purchases))
    return _with_rest(made, left)


def _minimum_payments(
    owed: list[Owed], terms: Priced, first: date, *, from_purchase: bool = False, step: int = 1
) -> tuple[list[Instalment], int]:
    """Monthly from `first` on, anchored to the due day of the terms."""
    day, begin = terms.due_day or first.day, first.replace(day=1)

    def due(number: int) -> date:
        month = add_months(begin, number)
        return clipped(month.year, month.month, day)

    return _paid_off(owed, Rules(terms, due, from_purchase, step))


def _paid_off(owed: list[Owed], rules: Rules) -> tuple[list[Instalment], int]:
    """Every payment up to the last day that can be reckoned with, and what is then left."""
    bill = RunningBill(rules)
    bill.owed += owed
    made = []
    while (due := bill.next_due()) is not None and due <= LAST_DAY:
        made += _added_up(due, bill.pay(due))
    return made, bill.left


def _added_up(due: date, paid: Iterable[Paid]) -> list[Instalment]:
    shares = list(paid)
    if not shares:
        return []
    principal = sum(each.principal for each in shares)
    interest = sum(each.interest for each in shares)
    return [Instalment(due, principal, interest, min(each.since for each in shares))]


def _with_rest(made: list[Instalment], left: int) -> list[Instalment]:
    *before, last = made
    return [*before, last._replace(principal=last.principal + left)]
