"""Cards of which only the minimum is paid: whether that ever pays them off."""

from collections.abc import Iterator
from datetime import date

from backstop.checks.finding import Finding, Level
from backstop.domain import Direction, Facility, Money, Priced, RepaymentMethod, message
from backstop.domain.sums import most_at_once
from backstop.domain.validation import LAST_DAY
from backstop.projection import Projection
from backstop.projection.card_schedules import left_after_minimum


def minimum_never_pays_off(projection: Projection) -> list[Finding]:
    """After all minimum payments that can be reckoned with something is left: no payment at the
    minimum ever comes to that."""
    book = projection.book
    left = {line.id: _left_on(line, projection) for line in book.facilities}
    never = [line for line in book.facilities if left[line.id]]
    if not never:
        return []
    said = message(
        "Paid at the minimum, these are never paid off: {names}. {left} is still owed in {year}. "
        "Pay more than the minimum, or correct its share.",
        names=tuple(line.name for line in never),
        left=Money(sum(left.values()), book.currency),
        year=str(LAST_DAY.year),
    )
    ids = tuple(line.id for line in never)
    return [Finding("minimum_never_pays_off", Level.WARNING, said, ids)]


def _left_on(line: Facility, projection: Projection) -> int:
    """What minimum payments leave of the debts on a line, and of the largest purchase by it."""
    through = (f for f in projection.book.cash_flows if f.through == line.id)
    bought = [most_at_once(each) for each in through if each.direction is Direction.PAYMENT]
    debts: list[tuple[Priced, int]] = [(each, each.principal) for each in line.tranches]
    debts += [(line, max(bought))] if bought else []
    return sum(_left_of(debts, projection.book.as_of))


def _left_of(debts: list[tuple[Priced, int]], day: date) -> Iterator[int]:
    for terms, owed in debts:
        cycle = terms.method is RepaymentMethod.STATEMENT_CYCLE
        if cycle and terms.pays_minimum and terms.bill_instalments == 1:
            yield left_after_minimum(owed, terms, day)
