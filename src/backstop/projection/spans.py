"""The days that a projection covers, as dates and as offsets, and when what is due is paid."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from backstop.domain import Adjustment, Book, Facility, Recurring, RepaymentMethod
from backstop.projection.amortisation import Instalment
from backstop.projection.calendars import Calendar, adjusted, calendar_of
from backstop.projection.cycle import cycle_of
from backstop.projection.dues import Dues, due_days


@dataclass(frozen=True, slots=True)
class Span:
    """The days that a projection covers, and the calendar that it follows."""

    as_of: date
    horizon_days: int
    calendar: Calendar

    def offset(self, day: date) -> int:
        """A date as an offset from the as-of date."""
        return (day - self.as_of).days

    def paid_on(self, line: Facility, due: date) -> int:
        """As such an offset: the day on which what falls due then on a line is paid; a bill never
        before its statement."""
        day = adjusted(due, line.due_adjustment, self.calendar)
        if day < due and line.method is RepaymentMethod.STATEMENT_CYCLE:
            cycle = cycle_of(line)
            day = max(day, cycle.statement(cycle.nearest(due)))
        return self.offset(day)

    def paid_days(
        self,
        line: Facility,
        made: Sequence[Instalment],
        chosen: date | None = None,
        drawn: date = date.min,
    ) -> list[int]:
        """As such offsets: when these instalments are paid. A due day on which banks are closed
        moves as the line says, save one that the owner has `chosen` for paying early, and never
        before the draw, or from after that one to before it."""
        if line.due_adjustment is Adjustment.NONE:
            return [self.offset(each.due) for each in made]
        early = max((n for n, each in enumerate(made) if each.due == chosen), default=None)
        days = [max(self.offset(drawn), self.paid_on(line, each.due)) for each in made]
        if early is not None:
            own = self.offset(made[early].due)
            days[early:] = [own, *(max(own, day) for day in days[early + 1 :])]
        return days

    def date(self, offset: int) -> date:
        """The date of an offset from the as-of date."""
        return self.as_of + timedelta(days=offset)

    def due(self, rule: Recurring, late: int = 0, *, held: int = 0) -> Dues:
        """When the rule is due within the span, so many days late, or a part that is held back."""
        return due_days(rule, self.as_of, self.horizon_days, self.calendar, late, held=held)


def span_of(book: Book) -> Span:
    """From the as-of date of the book to its horizon, by its calendar."""
    return Span(book.as_of, book.horizon_days, calendar_of(book))
