"""The statements of a card, and the days on which their bills are due."""

from dataclasses import dataclass
from datetime import date, timedelta

from backstop.domain import Facility
from backstop.projection.recurrence import add_months, clipped


@dataclass(frozen=True, slots=True)
class Cycle:
    """One statement a month, on `statement_day`. Its bill is due on the first `due_day` after it,
    or `after` days later, where that is given.

    Statements are numbered by their month, so that every one of them is found from the terms, and
    none from the one before it: a day that a month does not have moves that month's alone. Days are
    those of the contract, before any adjustment to days on which banks work.
    """

    statement_day: int
    due_day: int
    after: int | None = None

    def statement(self, number: int) -> date:
        """The day of the statement of this number."""
        year, month0 = divmod(number, 12)
        return clipped(year, month0 + 1, self.statement_day)

    def due(self, number: int) -> date:
        """The day on which the bill of that statement is due."""
        statement = self.statement(number)
        if self.after is not None:
            return statement + timedelta(days=self.after)
        return statement_due(statement, self.due_day)

    def number(self, bought: date) -> int:
        """The statement on which a purchase of that day falls: one on the statement day itself
        falls on the next."""
        number = _number(bought)
        return number + (bought >= self.statement(number))

    def nearest(self, due: date) -> int:
        """The number of the statement whose bill is due nearest to that day."""
        month = _number(due)
        return min(range(month - 3, month + 2), key=lambda n: abs((self.due(n) - due).days))


def cycle_of(card: Facility) -> Cycle:
    """The statements of a line that has them."""
    assert card.statement_day is not None  # the record's own check: a cycle has both days
    return Cycle(card.statement_day, card.due_day or card.statement_day, card.due_days_after)


def bill_due(card: Facility, bought: date) -> date:
    """When a purchase leaves cash: on the due date of the statement that it falls on."""
    cycle = cycle_of(card)
    return cycle.due(cycle.number(bought))


def statement_due(statement: date, due_day: int) -> date:
    """The first due day after a statement."""
    due = clipped(statement.year, statement.month, due_day)
    if due <= statement:
        month = add_months(statement.replace(day=1), 1)
        due = clipped(month.year, month.month, due_day)
    return due


def _number(day: date) -> int:
    return 12 * day.year + day.month - 1
