"""What the guided start asks for, turned into records: what an owner knows first, and no more.

All else has the usual values, and is to be had under Sources and Cash flow. Amounts are in minor
units. Whoever comes back finds what was said, and changes it in the same place.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from backstop.domain import (
    Account,
    Book,
    CashFlow,
    Direction,
    Facility,
    Message,
    Priority,
    Repeat,
    Tranche,
    message,
)
from backstop.domain.validation import refuse
from backstop.services.beginnings import name_of_draw, terms_of_draw, usual_next_due
from backstop.services.catalogue import Template, facility_from
from backstop.telling import Words

_MONTH, _NEAR = 30, 5
"""Days."""

RHYTHMS: dict[tuple[Repeat, int], Message] = {
    (Repeat.ONCE, 1): message("once"),
    (Repeat.WEEKS, 1): message("every week"),
    (Repeat.WEEKS, 2): message("every 2 weeks"),
    (Repeat.MONTHS, 1): message("every month"),
    (Repeat.MONTHS, 3): message("every 3 months"),
    (Repeat.YEARS, 1): message("every year"),
}
"""How often something comes, as far as the guide asks; other rules stay what they are."""


@dataclass(frozen=True)
class Money:
    """An account: what is in it today."""

    name: str
    balance: int


@dataclass(frozen=True)
class Movement:
    """A receipt or a payment. `rhythm` is None for a rule that the guide does not ask about."""

    name: str
    amount: int
    first: date
    rhythm: tuple[Repeat, int] | None
    late_days: int = 0
    priority: Priority = Priority.IMPORTANT


@dataclass(frozen=True)
class Line:
    """The four facts of a line; `next_due` is asked where something is owed."""

    name: str
    limit: int
    owed: int
    next_due: date | None
    checked: bool


def account_of(book: Book, said: Money, known: Account | None, today: date) -> Account:
    """The account as it is now. Raises `BadInput`."""
    new = known or Account(id=book.new_id("account"), name=said.name)
    dated = new.balance_date if known and known.balance == said.balance else today
    return new.changed(name=said.name, balance=said.balance, balance_date=dated)


def flow_of(book: Book, said: Movement, known: CashFlow | None, direction: Direction) -> CashFlow:
    """The receipt or payment as it is now. Raises `BadInput`."""
    told: dict[str, Any] = {
        "name": said.name,
        "amount": said.amount,
        "first_date": said.first,
    }
    if said.rhythm is not None:
        told |= {"repeat": said.rhythm[0], "every": said.rhythm[1]}
    if direction is Direction.RECEIPT:
        told |= {"usual_lateness_days": said.late_days}
    else:
        told |= {"priority": said.priority}
    if known is not None:
        return known.changed(**told)
    return CashFlow(id=book.new_id(direction.value), direction=direction, **told)


def line_of(
    book: Book, said: Line, known: Facility | Template, words: Words, today: date
) -> Facility:
    """The line as it is now: begun from a template, or changed. Raises `BadInput`."""
    if isinstance(known, Template):
        line = facility_from(known, book.new_id(known.id), words)
    else:
        line = known
    verified = line.last_verified
    if said.checked:
        verified = verified if verified == today else today
    elif verified == today:
        verified = None
    line = line.changed(name=said.name, limit=said.limit, last_verified=verified)
    if not asks_owed(line):
        return line
    if said.next_due != next_payment(line):
        line = _fitted(line, said)
    return line.changed(tranches=_owed(book, said, line, words))


def asks_owed(line: Facility) -> bool:
    """Whether what is owed on it is one figure and one day, as the guide asks for them. An
    overdraft is owed by the account itself; several draws, and what is known of one more exactly,
    are changed under Sources."""
    if line.is_overdraft or line.unbilled or len(line.tranches) > 1:
        return False
    return not any(
        each.imported or each.purchases or each.origin or each.early_on or each.takings_repaid
        for each in line.tranches
    )


def next_payment(line: Facility) -> date | None:
    """The next day on which something is due on it, as the owner told it."""
    return min((each.next_due for each in line.tranches), default=None)


def numbered(book: Book, name: str) -> str:
    """The name, with a number where something of the book is called so already."""
    taken = {each.name for each in book.records()}
    if name not in taken:
        return name
    return next(each for n in range(2, len(taken) + 3) if (each := f"{name} {n}") not in taken)


def _fitted(line: Facility, said: Line) -> Facility:
    """The line with the due day of this owner. Where that is far from the usual one, so is the
    statement: it comes as long before."""
    if said.next_due is None or line.due_day is None:
        return line
    due = said.next_due.day
    if line.statement_day is None:
        return line.changed(due_day=due)
    usual = (line.due_day - line.statement_day) % _MONTH
    if abs((due - line.statement_day) % _MONTH - usual) <= _NEAR:
        return line.changed(due_day=due)
    statement = said.next_due - timedelta(days=usual)
    return line.changed(due_day=due, statement_day=statement.day)


def _owed(book: Book, said: Line, line: Facility, words: Words) -> tuple[Tranche, ...]:
    if not said.owed:
        return ()
    due = said.next_due or usual_next_due(line, book.as_of)
    if due < book.as_of:
        raise refuse(
            said.name, "next_due", "this day is past. Enter the next day on which something is due."
        )
    told: dict[str, Any] = {"principal": said.owed, "next_due": due, "due_day": line.due_day}
    if line.is_repaid_by_takings:
        told |= {"original_principal": said.owed}
    if line.tranches:
        return (line.tranches[0].changed(**told),)
    return (Tranche(**terms_of_draw(book, line, name_of_draw(line, words)) | told),)
