"""What is owed on a line, as far as rows of statements tell: purchases that no repayment has paid,
and what was drawn less what was paid back.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from backstop.domain import (
    Book,
    Bought,
    Facility,
    KeptRow,
    RepaymentMethod,
    Tranche,
)
from backstop.importers import Direction, Nature
from backstop.services.beginnings import terms_of_draw

_LATEST = 28
"""The latest day of a month that every month has."""


def with_what_is_owed(book: Book, line: Facility, rows: Sequence[KeptRow]) -> Facility:
    """A new line with what its rows leave owed; its limit is at least that. Of a loan the interest
    within repayments is not known: what is owed of it is more rather than less."""
    if line.method is RepaymentMethod.STATEMENT_CYCLE:
        return _with_bills(book, line, rows)
    drawn, repaid = (total(rows, each) for each in (Nature.PAYOUT, Nature.REPAYMENT))
    line = line.changed(limit=drawn)
    if drawn <= repaid:
        return line
    first = min(each.day for each in rows if each.nature == Nature.PAYOUT)
    made = sum(each.nature == Nature.REPAYMENT and each.day > first for each in rows)
    left = max(1, line.periods - made)
    return line.changed(tranches=(_owed(book, line, drawn - repaid, remaining_periods=left),))


def _with_bills(book: Book, line: Facility, rows: Sequence[KeptRow]) -> Facility:
    unpaid = bought_between(rows, _first_unpaid(rows, line.statement_day), book.as_of)
    since = last_statement(book.as_of, line.statement_day)
    unbilled = tuple(each for each in unpaid if each.day >= since)
    billed = sum(each.amount for each in unpaid if each.day < since)
    line = line.changed(limit=sum(each.amount for each in unpaid), unbilled=unbilled)
    return line.changed(tranches=(_owed(book, line, billed),)) if billed else line


def _owed(book: Book, line: Facility, principal: int, **told: int) -> Tranche:
    terms = terms_of_draw(book, line, line.name)
    return Tranche(**terms | {"principal": principal} | told)


def bought_between(rows: Sequence[KeptRow], since: date, until: date) -> tuple[Bought, ...]:
    """Purchases day by day, what came back taken off, in so far as any is left of a day."""
    days: dict[date, int] = defaultdict(int)
    for each in rows:
        if since <= each.day < until:
            if each.nature == Nature.SPENDING and each.direction == Direction.OUT:
                days[each.day] += each.amount
            elif each.nature == Nature.REFUND:
                days[each.day] -= each.amount
    return tuple(Bought(day=day, amount=days[day]) for day in sorted(days) if days[day] > 0)


def last_statement(day: date, statement_day: int | None) -> date:
    """The newest statement day before or on a day; the first of its month where none is known."""
    wanted = min(statement_day or 1, _LATEST)
    month = day if day.day >= wanted else day.replace(day=1) - timedelta(days=1)
    return month.replace(day=wanted)


def total(rows: Sequence[KeptRow], nature: Nature) -> int:
    """What rows of one nature add up to, in minor units."""
    return sum(each.amount for each in rows if each.nature == nature)


def _first_unpaid(rows: Sequence[KeptRow], statement_day: int | None) -> date:
    """The day from which purchases are not paid yet: the last repayment paid the statement before
    it."""
    repaid = [each.day for each in rows if each.nature == Nature.REPAYMENT]
    return last_statement(max(repaid), statement_day) if repaid else date.min
