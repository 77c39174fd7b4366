"""Money from a line: what a draw on it does to cash, and what about the line is not sure."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache

from backstop.domain import Book, Facility, Message, Tranche, message
from backstop.plan.actions import Action
from backstop.plan.offers.meaning import CashMoves, Meaning, total
from backstop.projection import calendar_of, draw_schedule
from backstop.projection.amortisation import Instalment
from backstop.projection.calendars import Calendar
from backstop.projection.flows import net_of_fee
from backstop.projection.schedules import cash_schedule, paid_on, tranche_schedule

SCHEDULES_IN_MEMORY = 16384
"""Schedules kept in memory: those of the plans of a book."""

Paid = tuple[int, Instalment]
"""The day (offset) on which an instalment is paid, and the instalment."""


def drawn(book: Book, action: Action) -> Meaning:
    """The draw less its fee now, its instalments later; on a card it is a cash advance."""
    line, calendar = line_of(book, action), calendar_of(book)
    return _drawn(line, action.amount, action.day, action.periods, book.as_of, calendar)


@lru_cache(SCHEDULES_IN_MEMORY)
def _drawn(
    line: Facility, amount: int, day: int, periods: int, as_of: date, calendar: Calendar
) -> Meaning:
    """Asked for again and again, like its instalments: all that it takes to tell them is given."""
    made = instalments(line, amount, as_of + timedelta(days=day), periods, in_cash=True)
    paid = _paid_days(line, made, _begun(made), as_of, calendar)
    return _borrowed(line, ((day, net_of_fee(line, amount)),), tuple(paid))


def borrowed(book: Book, action: Action, gained: CashMoves, made: list[Instalment]) -> Meaning:
    """Money gained now, paid back by these instalments."""
    line = line_of(book, action)
    return _borrowed(line, gained, tuple(paid_days(book, line, made)))


def _borrowed(line: Facility, gained: CashMoves, paid: Sequence[Paid]) -> Meaning:
    owed = tuple((day, each.total) for day, each in paid)
    return Meaning(gained, owed, total(owed) - total(gained), _freed(line, paid))


def freed(book: Book, line: Facility, made: list[Instalment]) -> CashMoves:
    """The share of repaid principal that the line lends again."""
    return _freed(line, tuple(paid_days(book, line, made)))


def _freed(line: Facility, paid: Sequence[Paid]) -> CashMoves:
    share = line.repaid_share_percent if line.revolving else 0
    return tuple((day, each.principal * share // 100) for day, each in paid) if share else ()


def paid_off(book: Book, line: Facility, tranche: Tranche, day: int) -> tuple[int, CashMoves]:
    """What it takes to pay a debt off on that day, with interest up to it and the lender's fee; and
    the instalments after it, which are then spared."""
    on = book.as_of + timedelta(days=day)
    early = tranche.changed(early_on=on, early_amount=tranche.principal)
    before, after = (_owed(each, book.as_of) for each in (tranche, early))
    spared = [each for each in before if each.due > on]
    if not spared:
        return 0, ()
    return after[-1].total, dated(book, line, spared, drawn=date.min)


_owed = lru_cache(SCHEDULES_IN_MEMORY)(tranche_schedule)
"""Asked for again and again: by each loss, and by each line that could pay the debt off."""


@lru_cache(SCHEDULES_IN_MEMORY)
def instalments(
    line: Facility, amount: int, on: date, periods: int, *, in_cash: bool = False
) -> list[Instalment]:
    """Asked for again and again: by each limit, each round of repair, each draft of a reason."""
    return (cash_schedule if in_cash else draw_schedule)(line, amount, on, periods)


def date_of(book: Book, action: Action) -> date:
    """The day on which the action's money moves."""
    return book.as_of + timedelta(days=action.day)


def dated(
    book: Book, line: Facility, made: list[Instalment], drawn: date | None = None
) -> CashMoves:
    """Instalments of a line as (day offset, minor units), drawn when their first period begins."""
    return tuple((day, each.total) for day, each in paid_days(book, line, made, drawn))


def paid_days(
    book: Book, line: Facility, made: list[Instalment], drawn: date | None = None
) -> Iterator[Paid]:
    """Instalments with the day (offset) on which each is paid, when banks are open if the line says
    so, and not before the draw."""
    return _paid_days(line, made, drawn or _begun(made), book.as_of, calendar_of(book))


def _begun(made: list[Instalment]) -> date:
    return made[0].since if made else date.min


def _paid_days(
    line: Facility, made: list[Instalment], begun: date, as_of: date, calendar: Calendar
) -> Iterator[Paid]:
    for each in made:
        yield (paid_on(line, each, calendar, begun) - as_of).days, each


def line_of(book: Book, action: Action) -> Facility:
    """The line that the action uses."""
    record = book.by_id[action.source]
    assert isinstance(record, Facility)
    return record


def doubts(book: Book, action: Action) -> tuple[Message, ...]:
    """What is not sure about the line."""
    return (*unsure(book, action), *contract_ends(book, action))


def unsure(book: Book, action: Action) -> tuple[Message, ...]:
    """Whether the lender has promised it, and anybody has looked."""
    line = book.by_id.get(action.source)
    if not isinstance(line, Facility):
        return ()
    said = () if line.committed else (message("It may be refused."),)
    return said if line.last_verified else (*said, message("Never verified."))


def contract_ends(book: Book, action: Action) -> tuple[Message, ...]:
    """That the contract ends before the money is wanted."""
    line = book.by_id.get(action.source)
    ends = line.contract_until if isinstance(line, Facility) else None
    if ends is None or ends >= date_of(book, action):
        return ()
    return (message("Its contract ends on {day}: ask for the renewal before.", day=ends),)
