"""Money from a line: drawn as cash, spent on a purchase, or used to pay off another debt."""

from datetime import date, timedelta
from functools import lru_cache

from backstop.domain import Book, Facility, Tranche
from backstop.plan.meanings.meaning import CashMoves, Meaning, total
from backstop.plan.results import Action
from backstop.projection import draw_schedule
from backstop.projection.amortisation import Instalment
from backstop.projection.flows import net_of_fee
from backstop.projection.schedules import cash_schedule, tranche_schedule

KEPT = 4096
"""Schedules kept in memory: those of the plans of a book."""


def drawn(book: Book, action: Action) -> Meaning:
    """The draw less its fee now, its instalments later; on a card it is a cash advance."""
    line = line_of(book, action)
    made = _schedule(line, action.amount, _date(book, action), action.periods, in_cash=True)
    return _borrowed(book, action, ((action.day, net_of_fee(line, action.amount)),), made)


def purchased(book: Book, action: Action) -> Meaning:
    """Each payment is spared on its day, by an equal part of the amount; its bill comes later."""
    line, days = line_of(book, action), action.days or (action.day,)
    each = action.amount // len(days)
    bills = [_schedule(line, each, book.as_of + timedelta(days=d), action.periods) for d in days]
    made = [instalment for bill in bills for instalment in bill]
    return _borrowed(book, action, tuple((day, each) for day in days), made)


def _borrowed(book: Book, action: Action, gained: CashMoves, made: list[Instalment]) -> Meaning:
    owed = _dated(book, made)
    freed = _freed(book, line_of(book, action), made)
    return Meaning(gained, owed, total(owed) - total(gained), freed)


def refinanced(book: Book, action: Action) -> Meaning:
    """The draw pays off a debt elsewhere: its instalments after that day need not be paid. A debt
    that is no longer in the book is paid off already."""
    line = line_of(book, action)
    owing = [t for each in book.facilities for t in each.tranches if t.id == action.payment]
    payoff, spared = paid_off(book, owing[0], action.day) if owing else (0, ())
    made = _schedule(line, action.amount, _date(book, action), action.periods)
    gained = ((action.day, net_of_fee(line, action.amount) - payoff), *spared)
    owed = _dated(book, made)
    return Meaning(gained, owed, total(owed) - total(gained), _freed(book, line, made))


def _freed(book: Book, line: Facility, made: list[Instalment]) -> CashMoves:
    """The share of repaid principal that the line lends again."""
    share = line.repaid_share_percent if line.revolving else 0
    return tuple(
        ((each.due - book.as_of).days, each.principal * share // 100) for each in made if share
    )


def paid_off(book: Book, tranche: Tranche, day: int) -> tuple[int, CashMoves]:
    """What it takes to pay a debt off on that day, with interest up to it and the lender's fee; and
    the instalments after it, which are then spared."""
    on = book.as_of + timedelta(days=day)
    early = tranche.changed(early_on=on, early_amount=tranche.principal)
    before, after = (tranche_schedule(each, book.as_of) for each in (tranche, early))
    spared = [each for each in before if each.due > on]
    if not spared:
        return 0, ()
    return after[-1].total, _dated(book, spared)


@lru_cache(KEPT)
def _schedule(
    line: Facility, amount: int, on: date, periods: int, *, in_cash: bool = False
) -> list[Instalment]:
    """Asked for again and again: by each limit, each round of repair, each draft of a reason."""
    return (cash_schedule if in_cash else draw_schedule)(line, amount, on, periods)


def _date(book: Book, action: Action) -> date:
    return book.as_of + timedelta(days=action.day)


def _dated(book: Book, instalments: list[Instalment]) -> CashMoves:
    return tuple(((each.due - book.as_of).days, each.total) for each in instalments)


def line_of(book: Book, action: Action) -> Facility:
    record = book.by_id[action.source]
    assert isinstance(record, Facility)
    return record
